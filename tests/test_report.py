"""A period's figures in every format: the same numbers, and nobody's markup but our own."""

import csv
import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from monitor.report.tables import csv_text, json_text
from tests.cli_project import HOSTILE_ENGINE, monitor, with_answers

_FIELDS = [
    "figure",
    "brand",
    "engine",
    "locale",
    "week",
    "value",
    "k",
    "n",
    "panel",
    "market",
    "excluded",
    "versions",
    "note",
]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_answers(tmp_path_factory.mktemp("report") / "project")


@pytest.fixture(scope="module")
def written(stored: Path) -> dict[str, Any]:
    done = monitor("report", "--since", "2026-10-05", "--format", "json", project=stored)
    assert done.code == 0, done.err
    return dict(json.loads(done.out))


@pytest.fixture(scope="module")
def page(stored: Path) -> str:
    return monitor("report", "--since", "2026-10-05", "--format", "html", project=stored).out


def _visibility(report: dict[str, Any], brand: str, **scope: str) -> dict[str, Any]:
    wanted = {"engine": None, "locale": None, "week": None} | scope
    (found,) = [
        figure
        for figure in report["figures"]
        if figure["figure"] == "visibility"
        and figure["brand"] == brand
        and all(figure[name] == value for name, value in wanted.items())
    ]
    return dict(found)


def test_json_has_the_interchange_fields_and_no_others(written: dict[str, Any]) -> None:
    assert written["period"] == {"since": "2026-10-05", "until": "2026-11-09"}
    assert written["figures"]
    for figure in written["figures"]:
        assert list(figure) == _FIELDS
        for name in ("panel", "market"):
            pair = figure[name]
            assert pair is None or (len(pair) == 2 and pair[0] <= pair[1])
            if pair and figure["figure"].endswith(("visibility", "_rate")):
                assert 0 <= pair[0] <= pair[1] <= 1
        assert figure["value"] is not None or figure["note"]
        assert set(figure["versions"]) == {"measure"}


def test_a_pooled_figure_has_nulls_and_the_mean_of_the_engines(written: dict[str, Any]) -> None:
    whole = _visibility(written, "Quellmark")
    engines = [
        _visibility(written, "Quellmark", engine=name) for name in ("chat-a", HOSTILE_ENGINE)
    ]
    assert whole["engine"] is whole["locale"] is whole["week"] is None
    assert whole["value"] == pytest.approx(sum(figure["value"] for figure in engines) / 2)
    assert whole["k"] == sum(figure["k"] for figure in engines)


def test_failed_answers_are_left_out_and_counted(written: dict[str, Any]) -> None:
    whole = _visibility(written, "Quellmark")
    assert whole["excluded"] == {"failed": 2}
    assert whole["n"] == 3 * 2 * 2 * 6 - 2  # questions, engines, repeats, weeks; less the failed


def test_a_week_with_too_few_answers_has_a_note_and_no_value(written: dict[str, Any]) -> None:
    figure = _visibility(written, "Quellmark", engine="chat-a", week="2026-W41")
    assert figure["value"] is None
    assert figure["n"] == 6
    assert "too few answers (n = 6)" in figure["note"]


def test_csv_has_the_same_numbers(stored: Path, written: dict[str, Any]) -> None:
    done = monitor("report", "--since", "2026-10-05", "--format", "csv", project=stored)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert len(rows) == len(written["figures"])
    for row, figure in zip(rows, written["figures"], strict=True):
        assert row["value"] == ("" if figure["value"] is None else str(figure["value"]))
        assert (row["k"], row["n"]) == (str(figure["k"]), str(figure["n"]))
        assert row["panel_low"] == ("" if figure["panel"] is None else str(figure["panel"][0]))
        assert row["market_high"] == ("" if figure["market"] is None else str(figure["market"][1]))
        assert json.loads(row["excluded"]) == figure["excluded"]


def test_json_lines_are_the_same_figures(stored: Path, written: dict[str, Any]) -> None:
    done = monitor("report", "--since", "2026-10-05", "--format", "jsonl", project=stored)
    about = {"branded": False, "simulated": False}
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert lines == [figure | about for figure in written["figures"]]


def test_table_markdown_and_html_show_the_same_percentages(
    stored: Path, written: dict[str, Any], page: str
) -> None:
    markdown = monitor("report", "--since", "2026-10-05", "--format", "md", project=stored).out
    table = monitor("report", "--since", "2026-10-05", project=stored).out
    for brand in ("Quellmark", "Ostrabyte"):
        figure = _visibility(written, brand)
        shown = f"{100 * figure['value']:.0f} %"
        counts = f"{figure['k']}/{figure['n']}"
        assert re.search(rf"\| {brand} \| {shown} \|.*\| {counts} \|", markdown)
        assert re.search(rf"^{brand}\t{shown}\t.*\t{counts}\t", table, re.M)
        assert re.search(rf"<td>{brand}</td><td>{shown}</td>", page)
        assert f"<td>{counts}</td>" in page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_fetches_nothing_and_runs_nothing(page: str) -> None:
    parser = _Tags()
    parser.feed(page)
    names = {tag for tag, _ in parser.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form", "b", "a"}
    for _, attributes in parser.tags:
        assert not any(name in ("src", "href", "srcset", "action") for name in attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in page
    assert "@import" not in page


def test_hostile_names_are_words_on_the_page(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in page


def test_hostile_names_make_no_markup_in_markdown(stored: Path) -> None:
    text = monitor("report", "--since", "2026-10-05", "--format", "md", project=stored).out
    assert "<script" not in text
    assert "<b>" not in text


def test_branded_questions_are_apart(stored: Path, written: dict[str, Any]) -> None:
    done = monitor(
        "report", "--since", "2026-10-05", "--branded", "--format", "json", project=stored
    )
    branded = json.loads(done.out)
    assert (branded["branded"], written["branded"]) == (True, False)
    assert _visibility(branded, "Quellmark")["n"] == 24
    for form in ("table", "md", "html"):
        shown = monitor("report", "--branded", "--format", form, project=stored).out.lower()
        assert "questions that name the brand" in shown
        assert "unbranded" not in shown


def test_a_report_goes_to_a_file_as_it_goes_to_the_terminal(
    stored: Path, page: str, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    done = monitor(
        *("report", "--since", "2026-10-05", "--format", "html", "-o", str(target)), project=stored
    )
    assert done.code == 0
    assert not done.out
    assert target.read_text(encoding="utf-8") == page


def test_imported_answers_without_a_wave_are_compared_too(stored: Path) -> None:
    done = monitor(
        *("compare", "archives", "--format", "json"),
        *("--before", "2026-10-05..2026-10-25", "--after", "2026-10-26..2026-11-15"),
        project=stored,
    )
    assert done.code == 0, done.err
    first = json.loads(done.out)[0]
    assert (first["questions"], first["left_out"]) == (3, [])


def test_nothing_asked_yet_says_what_to_do(stored: Path, tmp_path: Path) -> None:
    shutil.copytree(stored / "prompts", tmp_path / "prompts")
    done = monitor("report", project=tmp_path)
    assert done.code == 1
    assert "monitor run" in done.err


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    text = csv_text(["cell"], [{"cell": f"{start}cmd|'/c calc'!A0"}])
    ((cell,),) = list(csv.reader(io.StringIO(text)))[1:]
    assert cell == f"'{start}cmd|'/c calc'!A0"


def test_numbers_stay_numbers_in_csv() -> None:
    assert csv_text(["n"], [{"n": -1.5}]) == "n\n-1.5\n"


def test_json_is_strict_also_deep_inside() -> None:
    assert json.loads(json_text({"a": [{"b": float("nan")}, float("-inf"), 1.5]})) == {
        "a": [{"b": None}, None, 1.5]
    }
