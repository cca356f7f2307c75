"""What other programs hand in and take out: mentions, import, export."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.cli_project import environment, monitor, with_answers, write_prompts

_ANSWER = "For archives I'd pick:\n\n1. Zöllner Soft\n2. Acme\n\nSee https://zoellner.example/a."
_BRANDS = [{"name": "Zöllner", "aliases": ["Zöllner Soft"]}, {"name": "Acme"}, {"name": "Borkum"}]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_answers(tmp_path_factory.mktemp("exchange") / "project")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return write_prompts(tmp_path / "empty")


def _mentions(*records: dict[str, Any], project: Path | None = None) -> list[dict[str, Any]]:
    lines = "".join(json.dumps(record) + "\n" for record in records)
    done = monitor("mentions", stdin=lines, project=project)
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def test_mentions_answer_each_line_in_the_interchange_format() -> None:
    first, second = _mentions(
        {"answer": _ANSWER, "brands": _BRANDS, "id": "a-1", "lang": "en"},
        {"answer": "Nobody.", "brands": _BRANDS},
    )
    assert list(first) == ["id", "mentions", "citations", "unknown_names"]
    assert (first["id"], second["id"]) == ("a-1", None)
    for mention in first["mentions"]:
        assert list(mention) == [
            *("brand", "state", "spans", "rank", "list_no", "list_position", "list_size")
        ]
    zoellner, acme, borkum = first["mentions"]
    assert [_ANSWER[start:end] for start, end in zoellner["spans"]] == ["Zöllner Soft"]
    assert (zoellner["rank"], zoellner["list_no"], zoellner["list_position"]) == (1, 1, 1)
    assert (acme["brand"], acme["rank"], acme["list_size"]) == ("Acme", 2, 2)
    assert borkum == {
        **{"brand": "Borkum", "state": "absent", "spans": [], "rank": None},
        **{"list_no": None, "list_position": None, "list_size": None},
    }
    assert [list(citation) for citation in first["citations"]] == [["url", "domain", "owner"]]
    assert first["citations"][0]["domain"] == "zoellner.example"
    assert all(mention["state"] == "absent" for mention in second["mentions"])


def test_ids_come_back_as_they_went_in() -> None:
    found = _mentions(*({"answer": "x", "brands": [], "id": i} for i in (7, "seven", None)))
    assert [record["id"] for record in found] == [7, "seven", None]


def test_lines_without_brands_are_read_for_the_projects_own(empty: Path) -> None:
    (found,) = _mentions({"answer": "Quellmark Suite or Boldsons?"}, project=empty)
    states = {mention["brand"]: mention["state"] for mention in found["mentions"]}
    assert states == {
        **{"Quellmark": "mentioned", "Ostrabyte": "absent", "<b>Bold</b> & Sons": "mentioned"}
    }


def test_lines_that_bring_brands_need_no_project(tmp_path: Path) -> None:
    done = monitor(
        "mentions", stdin=json.dumps({"answer": "Acme", "brands": _BRANDS}), cwd=tmp_path
    )
    assert done.code == 0, done.err
    assert not list(tmp_path.iterdir())


def test_bad_lines_are_told_by_number_and_the_others_done(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"answer": "A", "brands": []}\nnot json\n{"id": 1}\n\xff\n[1]\n\n')
    done = monitor("mentions", str(path))
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    for number in (2, 3, 4, 5):
        assert f"line {number}:" in done.err
    assert "Traceback" not in done.err


# -- import -----------------------------------------------------------------------------------

_LINE = {
    "question": "Which archive?",
    "engine": "chat window",
    "answer": "Quellmark.",
    "asked_at": "2026-11-02T09:00:00+01:00",
}


def _import(project: Path, *lines: str) -> tuple[int, dict[str, Any], str]:
    path = project / "in.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = monitor("import", str(path), "--format", "json", project=project)
    return done.code, json.loads(done.out)[0], done.err


def test_an_import_takes_the_four_required_fields_and_twice_changes_nothing(empty: Path) -> None:
    code, first, _ = _import(empty, json.dumps(_LINE))
    assert (code, first["new"], first["known"], first["rejected"]) == (0, 1, 0, 0)
    code, again, _ = _import(empty, json.dumps(_LINE))
    assert (code, again["new"], again["known"]) == (0, 0, 1)


def test_every_optional_field_of_an_import_is_kept(empty: Path) -> None:
    line = _LINE | {
        "id": "x-9",
        "question_id": "best",
        "repeat": 3,
        "locale": "de-DE",
        "persona": "buyer",
        "model": "chat-9",
        "status": "refused",
        "citations": ["https://a.example/1", {"url": "https://b.example/2", "title": "Two"}],
    }
    assert _import(empty, json.dumps(line))[0] == 0
    query = (
        "SELECT question_id, repeat, locale, persona, model_served, status, origin, asked_at "
        "FROM answers"
    )
    done = monitor("sql", query, "--format", "json", project=empty)
    assert json.loads(done.out) == [
        {
            **{"question_id": "best", "repeat": 3, "locale": "de-DE", "persona": "buyer"},
            **{"model_served": "chat-9", "status": "refused", "origin": "import"},
            "asked_at": "2026-11-02T08:00:00",
        }
    ]


@pytest.mark.parametrize("field", ["question", "engine", "answer", "asked_at"])
def test_a_line_without_a_required_field_is_kept_aside_with_its_number(
    empty: Path, field: str
) -> None:
    broken = {name: value for name, value in _LINE.items() if name != field}
    code, told, err = _import(empty, json.dumps(_LINE), json.dumps(broken), "not json")
    assert code == 1
    assert (told["new"], told["rejected"]) == (1, 2)
    assert "line 2" in err
    assert field in err
    aside = [json.loads(line) for line in Path(told["rejected_file"]).read_text().splitlines()]
    assert [(record["line"], bool(record["reason"])) for record in aside] == [(2, True), (3, True)]
    assert told["rejected_file"].endswith(".rejected.jsonl")


# -- export -----------------------------------------------------------------------------------

_TABLES = ("answers", "mentions", "citations", "estimates")


@pytest.mark.parametrize("table", _TABLES)
def test_csv_jsonl_and_parquet_hold_the_same_rows(stored: Path, tmp_path: Path, table: str) -> None:
    for suffix in ("csv", "jsonl", "parquet"):
        target = tmp_path / f"{table}.{suffix}"
        assert monitor("export", table, "-o", str(target), project=stored).code == 0
    lines = [json.loads(line) for line in (tmp_path / f"{table}.jsonl").read_text().splitlines()]
    with (tmp_path / f"{table}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = pq.read_table(tmp_path / f"{table}.parquet")
    assert len(lines) == len(rows) == columns.num_rows > 0
    assert list(rows[0]) == columns.column_names
    if table != "estimates":  # there JSON keeps its intervals in one field
        assert list(lines[0]) == list(rows[0])
    key = {"answers": "answer_id", "estimates": "brand"}.get(table, "answer_id")
    assert [line[key] for line in lines] == columns[key].to_pylist()
    assert not any(row["simulated"] != "False" for row in rows)


@pytest.mark.parametrize("table", _TABLES)
def test_a_table_without_rows_still_has_its_columns(
    empty: Path, tmp_path: Path, table: str
) -> None:
    done = monitor("export", table, project=empty)
    assert done.code == 0
    (header,) = done.out.splitlines()
    target = tmp_path / "empty.parquet"
    assert monitor("export", table, "-o", str(target), project=empty).code == 0
    assert pq.read_table(target).column_names == header.split(",")
    assert json.loads(monitor("export", table, "--format", "json", project=empty).out) == []


def test_days_narrow_an_export(stored: Path) -> None:
    done = monitor(
        *("export", "answers", "--since", "2026-10-12", "--until", "2026-10-19"),
        *("--format", "jsonl"),
        project=stored,
    )
    days = {json.loads(line)["day"] for line in done.out.splitlines()}
    assert days == {"2026-10-12", "2026-10-19"}


def test_exported_answers_are_taken_in_again_elsewhere_with_the_same_figures(
    stored: Path, empty: Path, tmp_path: Path
) -> None:
    lines = tmp_path / "answers.jsonl"
    assert monitor("export", "answers", "-o", str(lines), project=stored).code == 0
    done = monitor("import", str(lines), "--pack", "archives", project=empty)
    assert done.code == 0, done.err
    first, second = (_answer_figures(where) for where in (stored, empty))
    assert first
    assert first == second


def _answer_figures(project: Path) -> list[dict[str, Any]]:
    """Figures read from answers' texts; an export of answers leaves what they cite to its own."""
    done = monitor("report", "--format", "json", project=project)
    figures = json.loads(done.out)["figures"]
    return [figure for figure in figures if "citation" not in figure["figure"]]


def test_a_copy_brought_back_and_rebuilt_gives_the_same_figures(
    stored: Path, tmp_path: Path
) -> None:
    tar = tmp_path / "copy.tar"
    assert monitor("backup", str(tar), project=stored).code == 0
    new = tmp_path / "new"
    new.mkdir()
    assert monitor("restore", str(tar), project=new).code == 0
    assert monitor("rebuild", project=new).code == 0
    assert monitor("verify", project=new).code == 0
    reports = [monitor("report", "--format", "json", project=where).out for where in (stored, new)]
    assert reports[0] == reports[1]


def test_mentions_stream_line_by_line() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "monitor", "mentions"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps({"answer": "Acme", "brands": _BRANDS, "id": 1}).encode() + b"\n")
    child.stdin.flush()
    assert json.loads(child.stdout.readline())["id"] == 1
    child.stdin.close()
    assert child.wait(60) == 0
    child.stdout.close()


def test_recorded_answers_land_once(tmp_path: Path) -> None:
    recorded = Path(__file__).parents[2] / "shared" / "data" / "answers-recorded.jsonl"
    if not recorded.exists():
        pytest.skip("the recorded answers aren't beside this checkout")
    project = write_prompts(tmp_path / "project")
    copy = Path(shutil.copy(recorded, tmp_path / "recorded.jsonl"))
    for new in (400, 0):
        done = monitor("import", str(copy), "--format", "json", project=project)
        assert done.code == 0, done.err
        assert json.loads(done.out)[0]["new"] == new
