"""Mentions: golden answers, properties, bad input, versions."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitor.mentions import extract, merge_unknown_names, names_any, track
from monitor.mentions.deciding import score
from monitor.mentions.folding import fold_name
from monitor.mentions.matching import CODE_VERSION, find
from monitor.mentions.sight import Scene, least_score
from monitor.types import Brand, Mention, MentionState, Span

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> Any:
    return YAML(typ="safe").load((GOLDEN / name).read_text(encoding="utf-8"))


def brand_of(given: str | dict[str, Any]) -> Brand:
    if isinstance(given, str):
        return Brand(given)
    fields = {
        key: tuple(value) if isinstance(value, list) else value for key, value in given.items()
    }
    return Brand(**fields)


def unmarked(text: str) -> tuple[str, set[Span]]:
    """The text without its marks, and the ranges that they marked."""
    plain, spans, start = "", set(), 0
    for char in text:
        if char == "⟦":
            start = len(plain)
        elif char == "⟧":
            spans.add(Span(start, len(plain)))
        else:
            plain += char
    return plain, spans


def mention_of(text: str, brand: Brand) -> Mention:
    return extract(text, track([brand])).mentions[0]


@pytest.mark.parametrize(
    "case", golden("mentions_answers.yaml"), ids=lambda case: str(case["trap"])
)
def test_golden_answer_is_read_as_a_person_reads_it(case: dict[str, Any]) -> None:
    text, spans = unmarked(case["text"])
    read = extract(text, track([brand_of(each) for each in case["brands"]]))
    found = {
        mention.brand: f"{mention.state}" + (f" #{mention.rank}" if mention.rank else "")
        for mention in read.mentions
    }
    assert found == case["expect"]
    ours = {span for mention in read.mentions for span in mention.spans}
    if case.get("loose"):
        assert {text[span.start : span.end].strip("*") for span in ours}
    else:
        assert ours == spans
    if "citations" in case:
        assert [citation.url for citation in read.citations] == case["citations"]
    if "unknown" in case:
        assert list(read.unknown_names) == case["unknown"]


def common_word_cases(name: str) -> Iterator[tuple[str, str, bool]]:
    for brand, answers in golden(name).items():
        for key, wanted in (("yes", True), ("no", False)):
            for text in answers.get(key) or ():
                yield brand, text, wanted


@pytest.mark.parametrize(
    "name",
    [
        "mentions_common_words.yaml",
        "mentions_common_words_unseen.yaml",
        "mentions_common_words_unseen_2.yaml",
        "mentions_common_words_unseen_3.yaml",
        "mentions_common_words_unseen_4.yaml",
        "mentions_common_words_unseen_5.yaml",
        "mentions_common_words_answers.yaml",
    ],
)
def test_common_word_names_are_told_from_the_words_without_context(name: str) -> None:
    precision, recall = told_apart(name, ambiguous=True)
    assert precision >= 0.95
    assert recall >= 0.90


def test_common_word_names_that_nobody_marked_count_unless_clearly_the_word() -> None:
    precision, recall = told_apart("mentions_common_words_unseen_3.yaml", ambiguous=False)
    assert precision >= 0.88
    assert recall >= 0.97


def told_apart(name: str, *, ambiguous: bool) -> tuple[float, float]:
    """Precision and recall over a file's sentences."""
    right = wrong = missed = 0
    for brand, text, wanted in common_word_cases(name):
        said = mention_of(text, Brand(brand, ambiguous=ambiguous)).state.visible
        right += said and wanted
        wrong += said and not wanted
        missed += wanted and not said
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("state", ["recommended", "warned_against", "declined", "mentioned"])
def test_a_sentence_says_of_a_brand_what_a_person_reads_in_it(state: str, lang: str) -> None:
    brands = track([Brand("Acme"), Brand("Borealis")])
    misread = {
        sentence: str(found)
        for sentence in golden("mentions_states.yaml")[state][lang]
        if (found := extract(sentence, brands, lang=lang).mentions[0].state) != state
    }
    assert not misread


@pytest.mark.parametrize("case", golden("mentions_ranks.yaml"), ids=lambda case: case["text"][:40])
def test_ranks_are_those_that_a_person_reads(case: dict[str, Any]) -> None:
    brands = track([Brand(name) for name in ("Acme", "Borealis", "Corvid", "Dunmore")])
    read = extract(case["text"], brands)
    assert {m.brand: m.rank for m in read.mentions if m.rank} == case["ranks"]


def test_unseen_answers_hold_the_bounds_of_the_quality_benchmark() -> None:
    """742 whole answers in thirteen sets, each by somebody who hadn't seen the rules.

    First runs of c, d, g, h1 and h2: F1 0.991 to 1.000, ranks 0.927 to 0.957. The others have two
    labellers each, who agree; first runs of en4, de3, en5, de4, en6, de5, en7, de6: F1 0.991 to
    0.998, ranks 0.918, 0.921, 0.940, 0.951, 0.979, 0.970, 0.990, 0.957.
    """
    benchmark = Path(__file__).parent / "benchmarks" / "mentions_quality.py"
    ran = subprocess.run(
        [sys.executable, benchmark, GOLDEN / "unseen_answers"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


AROUND = """
    the a an die eine der ein this new optical sichere von zu mit bei beim für als durch statt und
    oder ist nicht for from to with than of and or at via versus vs is are app offers Google Acme
    its their Harbor Harbor's Harbors Harbor-Cloud Harbor, Harbor. Harbor: harbor HARBOR (Harbor)
    Beacon iPhone apple-like e.g. 1. - – : . ; ,
"""


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*AROUND.split(), "\n", "  "]), max_size=14))
def test_what_one_look_settles_scores_at_least_that(words: list[str]) -> None:
    text = " ".join(words)
    brands = track([Brand("Harbor", ambiguous=True)])
    found = find(text, brands)
    scene = Scene(text, found, None, [], {})
    for hit in found.opened:
        for certain in (True, False):
            least = least_score(scene, hit, certain=certain)
            assert least is None or score(scene, hit, brands, found.context) >= least


def test_context_words_of_the_brand_settle_an_open_name() -> None:
    brand = Brand("Harbor", ambiguous=True, context=("container registry",))
    state = mention_of("Harbor. It is a container registry.", brand).state
    assert state is not MentionState.ABSENT
    assert mention_of("Harbor hosts a container registry.", brand).state.visible


def test_lower_case_word_stays_the_word_even_beside_other_companies() -> None:
    assert not mention_of(
        "Google and Samsung met at the target.", Brand("Target", ambiguous=True)
    ).state.visible


def test_absent_brands_come_in_the_order_given() -> None:
    read = extract("Borealis", track([Brand("Zed"), Brand("Borealis"), Brand("Acme")]))
    assert [mention.brand for mention in read.mentions] == ["Zed", "Borealis", "Acme"]
    assert [mention.order for mention in read.mentions] == [None, 1, None]


def test_order_counts_first_mentions_of_visible_brands_only() -> None:
    read = extract(
        "I don't know Acme. Corvid and Borealis exist.",
        track([Brand("Acme"), Brand("Borealis"), Brand("Corvid")]),
    )
    assert [mention.order for mention in read.mentions] == [None, 2, 1]


def test_place_within_the_list_is_kept_beside_the_rank() -> None:
    text = "Popular options:\n- Acme\n- Zephyrix\n\nBudget options:\n- Quonset\n- Borealis"
    mention = extract(text, track([Brand("Acme"), Brand("Borealis")])).mentions[1]
    assert (mention.rank, mention.list_no, mention.list_position, mention.list_size) == (4, 2, 2, 2)


def test_names_any_tells_branded_questions() -> None:
    tracked = track([Brand("Acme"), Brand("Target", ambiguous=True)])
    assert names_any("Is Acme any good?", tracked)
    assert not names_any("How do I reach my target audience?", tracked)
    assert not names_any("What is the best pump?", track([]))


def test_version_changes_with_the_definitions_and_not_with_their_order() -> None:
    first, second = Brand("Acme", aliases=("AC",)), Brand("Borealis")
    version = track([first, second]).version
    assert version == track([second, first]).version
    assert version != track([first]).version
    assert version != track([Brand("Acme", aliases=("AD",)), second]).version
    assert version.startswith(f"{CODE_VERSION}-")


def test_unknown_names_merge_over_spellings_and_longer_names() -> None:
    merged = merge_unknown_names(
        [["Zoho CRM", "Pipedrive"], ["zoho"], ["Zoho", "PIPEDRIVE"], ["Zoho CRM", "Zoho"]]
    )
    assert [(each.name, each.answers) for each in merged] == [("Zoho", 4), ("Pipedrive", 2)] or [
        (each.name, each.answers) for each in merged
    ] == [("Zoho", 4), ("PIPEDRIVE", 2)]
    assert merged[0].spellings == ("Zoho", "Zoho CRM", "zoho")


# -- properties -----------------------------------------------------------------------------------

NAMES = ["Acme", "Borealis", "Nestlé", "C++", "Yahoo!", "Blue Harbor", "カノンリー", "3M", "Target"]
PIECES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(
        ["- ", "\n", "1. ", "**", "# ", " | ", "|-|\n", "[a](https://b.example) ", "`", "<b>", "> "]
    ),
    st.sampled_from(
        ["the ", "avoid ", "I recommend ", "don't know ", ". ", ": ", " – ", "ß", "\u0301", "é"]
    ),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def tracked_names(names: list[str]) -> list[Brand]:
    return [Brand(name, ambiguous=name == "Target") for name in names]


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_no_text_crashes_the_matcher(text: str) -> None:
    read = extract(text, track(tracked_names(NAMES)))
    assert len(read.mentions) == len(NAMES)


@given(st.text(alphabet=st.characters(), max_size=60))
@settings(max_examples=300, deadline=None)
def test_surrogates_and_controls_do_not_crash_the_matcher(text: str) -> None:
    assert extract(f"{text} Acme", track([Brand("Acme")])).mentions[0].brand == "Acme"


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_slice_to_the_matched_name(text: str) -> None:
    for mention in extract(text, track(tracked_names(NAMES))).mentions:
        for span in mention.spans:
            assert 0 <= span.start < span.end <= len(text)
            kept = text[span.start : span.end].translate(str.maketrans("", "", "*`"))
            assert fold_name(mention.brand).rstrip("!") in fold_name(kept).replace("<b>", "")


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_an_unrelated_brand_changes_nothing(text: str) -> None:
    alone = extract(text, track(tracked_names(NAMES)))
    more = extract(text, track([*tracked_names(NAMES), Brand("Qzxwvian")]))
    assert more.mentions[:-1] == alone.mentions
    assert more.citations == alone.citations


@given(TEXTS, st.permutations(NAMES))
@settings(max_examples=200, deadline=None)
def test_the_order_of_brands_changes_nothing(text: str, names: list[str]) -> None:
    usual = {
        mention.brand: mention for mention in extract(text, track(tracked_names(NAMES))).mentions
    }
    other = {
        mention.brand: mention for mention in extract(text, track(tracked_names(names))).mentions
    }
    assert usual == other


@given(
    st.sampled_from(["Acme", "Nestlé", "Blue Harbor", "3M"]),
    st.sampled_from(
        [
            ("**", "**"),
            ("*", "*"),
            ("`", "`"),
            ("<b>", "</b>"),
            ("[", "](https://x.example)"),
            ("~~", "~~"),
        ]
    ),
    st.sampled_from(["We saw {} there.", "Ich sah {} dort.", "Pumps of {} leak, says {}."]),
)
def test_markup_around_a_name_changes_nothing(
    name: str, marks: tuple[str, str], frame: str
) -> None:
    plain, marked = frame.replace("{}", name), frame.replace("{}", f"{marks[0]}{name}{marks[1]}")
    before, after = mention_of(plain, Brand(name)), mention_of(marked, Brand(name))
    assert after.state == before.state
    assert [marked[span.start : span.end] for span in after.spans] == [name] * len(before.spans)


# -- bad input ------------------------------------------------------------------------------------

BAD = {
    "5 MB of prose": "It runs well and costs little. " * 160_000 + "Acme",
    "5 MB of names": "Acme sells. " * 400_000,
    "5 MB of list items": "- Acme – fine\n" * 350_000,
    "names in a row": "Popular picks: " + "Acme OneBolt TwoCorvid" * 50_000,
    "5 MB on one line without spaces": "a" * 5_000_000 + " Acme",
    "only combining marks": "\u0301" * 1_000_000,
    "marks on everything": "Acme " + "e\u0301\u0323" * 300_000,
    "quotes 10,000 deep": ">" * 10_000 + " Acme",
    "lists 10,000 deep": "- " * 10_000 + "Acme",
    "brackets 10,000 deep": "[" * 10_000 + "Acme" + "]" * 10_000,
    "emphasis 10,000 deep": "*" * 10_000 + "Acme" + "*" * 10_000,
    "open links": "[a](" * 20_000 + " Acme",
    "control characters": "\x00\x01\x02\x1b[31m Acme \x7f\x80" * 1_000,
    "colons and dashes": ("Acme: – " * 60_000),
    "glued sentences": "Acme:Good.Bolt:Bad." * 50_000,
    "labels before labels": "a: " * 100_000 + "Acme",
    "signs below signs": "• Target: x\n▪ Acme: y\n" * 20_000,
    "everyday words between code": "`a` Target sells. " * 50_000 + "Acme",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_bounded_time_with_right_spans(name: str) -> None:
    text = BAD[name]
    started = time.monotonic()
    mention = extract(text, track([Brand("Acme"), Brand("Target", ambiguous=True)])).mentions[0]
    assert time.monotonic() - started < 60
    if name != "only combining marks":
        assert mention.spans
    assert all(text[span.start : span.end] == "Acme" for span in mention.spans)


# -- what people ruled ------------------------------------------------------------------------

RULABLE = track([Brand("Target", ambiguous=True), Brand("Acme"), Brand("Oracle", ambiguous=True)])


def read_with(text: str, **ruled: MentionState | None) -> dict[str, Mention]:
    return {m.brand: m for m in extract(text, RULABLE, ruled=ruled).mentions}


def test_without_rulings_everything_is_as_it_was() -> None:
    text = "1. Target\n2. **Acme** – fine\n\nOracle that."
    assert extract(text, RULABLE, ruled={}) == extract(text, RULABLE)
    assert extract(text, RULABLE, ruled={"Gone": MentionState.ABSENT}) == extract(text, RULABLE)


def test_a_name_that_people_settle_gets_state_and_rank_from_the_rules() -> None:
    text = "- Target\n- Oracle"
    assert read_with(text)["Target"].state is MentionState.AMBIGUOUS
    found = read_with(text, Target=None)["Target"]
    assert (found.state, found.rank, found.spans) == (MentionState.RECOMMENDED, 1, (Span(2, 8),))
    # That one name was settled says nothing of the other.
    assert read_with(text, Target=None)["Oracle"] == read_with(text)["Oracle"]


@pytest.mark.parametrize("state", [s for s in MentionState if s is not MentionState.AMBIGUOUS])
def test_a_ruled_state_stands_and_only_visible_ones_have_a_place(state: MentionState) -> None:
    found = read_with("1. Acme\n2. Oracle Cloud\n3. Target", Acme=state)["Acme"]
    assert found.state is state
    assert (found.rank, found.order) == ((1, 1) if state.visible else (None, None))
    assert bool(found.spans) is (state is not MentionState.ABSENT)


def test_a_brand_ruled_absent_leaves_its_order_to_others_and_is_no_untracked_name() -> None:
    text = "1. **Acme** – fine\n2. **Zentro** – fine\n3. **Oracle Cloud** – fine"
    found = extract(text, RULABLE, ruled={"Acme": MentionState.ABSENT})
    oracle = next(m for m in found.mentions if m.brand == "Oracle")
    assert (oracle.rank, oracle.order) == (3, 1)
    assert found.unknown_names == ("Zentro",)


def test_only_names_that_rules_settle_are_marked_where_there_are_some() -> None:
    text = "Shop at Target.\n\nOur target audience is small. Target that."
    settled = read_with(text)["Target"]
    assert read_with(text, Target=MentionState.WARNED_AGAINST)["Target"].spans == settled.spans
    rejected = "Our target audience is small."
    assert read_with(rejected)["Target"].state is MentionState.ABSENT
    assert read_with(rejected, Target=MentionState.MENTIONED)["Target"].spans == (Span(4, 10),)


def test_a_brand_that_nothing_names_is_visible_without_spans_and_rank() -> None:
    found = read_with("They are great.", Acme=MentionState.RECOMMENDED)["Acme"]
    assert found == Mention("Acme", MentionState.RECOMMENDED)
    assert read_with("They are great.", Acme=None)["Acme"].state is MentionState.ABSENT
