"""What pages are made of: marks, links, exports, words; without a page or a store."""

import csv
import io
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from dashboard import blocks, exports, formats
from dashboard.charts import wrapped
from dashboard.text import Words, all_words

DASHBOARD = Path(__file__).parent.parent / "dashboard"


# -- marks and links ---------------------------------------------------------------------------


def test_marks_are_cut_from_the_raw_text_and_escaped_after() -> None:
    text = "a <b> & Acme & Acme"
    shown = blocks.marked_text(text, [(8, 12, "ours"), (15, 19, "")])
    assert "a &lt;b&gt; &amp; <mark" in shown
    assert '<mark class="ours">Acme</mark> &amp; <mark>Acme</mark>' in shown


def test_where_marks_overlap_the_shared_piece_has_both() -> None:
    shown = blocks.marked_text("Acme costs 9", [(0, 4, "ours"), (0, 12, "wrong"), (99, 120, "x")])
    assert '<mark class="ours wrong">Acme</mark><mark class="wrong"> costs 9</mark>' in shown


def test_an_excerpt_stays_in_its_paragraph_and_is_cut_between_words() -> None:
    assert blocks.excerpt("One.\nIt <costs> 29.\nTwo.", 16, 18) == (
        "It &lt;costs&gt; <mark>29</mark>."
    )
    long = f"{'word ' * 30}29{' more' * 30}"
    cut = blocks.excerpt(long, 150, 152, around=12)
    assert cut == "…word word <mark>29</mark> more more…"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "<a" not in blocks.outside_link(url, "label")


def test_links_to_the_web_open_apart_and_say_nothing_of_us() -> None:
    assert 'rel="noopener noreferrer nofollow"' in blocks.outside_link("https://a.example", "a")


# -- exports ----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_in_exports_are_quoted(start: str) -> None:
    text = exports.to_csv(["a"], [[f"{start}cmd()"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{start}cmd()"]


def test_numbers_in_exports_stay_numbers() -> None:
    assert exports.neutral(-0.5) == -0.5


def test_exports_of_simulated_data_say_so_in_every_row() -> None:
    made = exports.marked(["a"], [[1], [2]], Words("en"), simulated=True).decode("utf-8-sig")
    assert made.splitlines() == ["a,data", "1,simulated", "2,simulated"]


# -- words ------------------------------------------------------------------------------------


def test_both_languages_say_every_text_with_the_same_fields() -> None:
    def fields(text: str) -> set[str]:
        return {field for _, field, _, _ in Formatter().parse(text) if field}

    words = all_words()
    assert [k for k, (en, de) in words.items() if fields(en) != fields(de)] == []
    assert [k for k, pair in words.items() if not all(pair)] == []


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", ("48%", "1,234.5", "16 Nov 2026")),
        ("de", ("48\u202f%", "1.234,5", "16.11.2026")),
    ],
)
def test_numbers_are_written_as_the_language_does(lang: str, written: tuple[str, ...]) -> None:
    day = date(2026, 11, 16)
    found = (formats.percent(0.48, lang), formats.decimal(1234.5, lang, 1), formats.day(day, lang))
    assert found == written


def test_long_questions_are_shortened_on_the_axis() -> None:
    lines = wrapped("word " * 60).split("\n")
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_the_dashboard_never_touches_the_engine_itself() -> None:
    sources = DASHBOARD.rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert not re.search(r"^\s*(import|from) duckdb", text, flags=re.M)
    assert "cache_resource" not in text
