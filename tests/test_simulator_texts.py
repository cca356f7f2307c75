"""Simulated answers as texts: varied, and truthful about what stands where in them."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from simulated_pack import BRANDS, ENGINES, PACK, START, simulated_market

from monitor.mentions import extract, track
from monitor.simulator.answers import SimulatedAnswer
from monitor.simulator.texts.compose import PHRASES
from monitor.simulator.texts.outline import Layout
from monitor.simulator.texts.writer import CitationMarks
from monitor.types import Brand, MentionState

LANGS = ("en", "de")
NAMES = {b.name: (b.name, *b.aliases) for b in BRANDS}


@cache
def answers(lang: str, count: int = 1200) -> list[SimulatedAnswer]:
    market = simulated_market()
    marks = list(CitationMarks)
    return [
        market.answer(
            ENGINES[i % len(ENGINES)],
            PACK.questions[i % len(PACK.questions)].text[lang],
            START + timedelta(days=i % 80),
            str(i),
            marks=marks[i % 4],
        )
        for i in range(count)
    ]


@pytest.fixture(scope="module", params=LANGS)
def many(request: pytest.FixtureRequest) -> list[SimulatedAnswer]:
    return answers(request.param)


def test_every_planted_span_covers_a_name_of_its_brand(many: list[SimulatedAnswer]) -> None:
    for answer in many:
        for mention in answer.planted:
            for start, end in mention.spans:
                assert answer.text[start:end] in NAMES[mention.brand]


def test_no_brand_stands_in_the_text_without_being_planted(many: list[SimulatedAnswer]) -> None:
    for answer in many:
        spans = [s for m in answer.planted for s in m.spans]
        for name in NAMES:
            at = answer.text.find(name)
            while at >= 0:
                assert any(s.start <= at < s.end for s in spans), (name, answer.text)
                at = answer.text.find(name, at + 1)


def test_absent_brands_have_no_span_and_all_others_have_one(many: list[SimulatedAnswer]) -> None:
    for answer in many:
        for mention in answer.planted:
            assert bool(mention.spans) is (mention.state is not MentionState.ABSENT)


def test_ranks_follow_the_order_of_the_text(many: list[SimulatedAnswer]) -> None:
    ranked = 0
    for answer in many:
        placed = sorted((m for m in answer.planted if m.rank), key=lambda m: m.rank or 0)
        assert [m.spans[0] for m in placed] == sorted(m.spans[0] for m in placed)
        assert all(m.state is MentionState.RECOMMENDED for m in placed)
        assert not placed or answer.layout is not Layout.PROSE
        ranked += bool(placed)
    assert ranked > 200


def test_orders_number_the_visible_brands_by_first_mention(many: list[SimulatedAnswer]) -> None:
    for answer in many:
        visible = sorted(
            (m for m in answer.planted if m.state.visible), key=lambda m: m.spans[0].start
        )
        assert [m.order for m in visible] == list(range(1, len(visible) + 1))


def test_every_layout_and_every_state_occurs(many: list[SimulatedAnswer]) -> None:
    assert {a.layout for a in many} == set(Layout)
    states = Counter(m.state for a in many for m in a.planted)
    assert min(states[s] for s in MentionState if s is not MentionState.AMBIGUOUS) > 10


def test_there_are_hundreds_of_different_sentences_around_the_names(
    many: list[SimulatedAnswer],
) -> None:
    shapes = set()
    for answer in many:
        text = answer.text
        for mention in answer.planted:
            for name in NAMES[mention.brand]:
                text = text.replace(name, "X")
        shapes.update(line for line in text.splitlines() if "X" in line)
    assert len(shapes) > 800
    assert len({a.text for a in many}) == len(many)


def test_german_texts_hold_genitives_and_compounds() -> None:
    text = " ".join(a.text for a in answers("de"))
    assert "Lumoras " in text
    assert "Inkwells' " in text
    assert "Pagewright-Plattform" in text
    assert "Contenta-Lösung" in text


def test_citation_spans_cover_what_their_marks_say() -> None:
    for answer in answers("en"):
        for source in answer.sources:
            if not source.cited:
                continue
            assert source.span is not None
            part = answer.text[source.span.start : source.span.end]
            if "utm_source=openai" in source.url:
                assert part.startswith("([")
                assert part.endswith(f"]({source.url}))")
            else:
                assert part


def test_only_brand_slots_are_left_for_brands() -> None:
    for phrases in PHRASES.values():
        for field in ("plus", "who", "field", "con", "checklist", "steps", "nameless"):
            assert not any("{" in text for text in getattr(phrases, field))


def test_phrases_of_each_language_are_all_different() -> None:
    for phrases in PHRASES.values():
        for field in ("list_intros", "praise", "recommends", "mentions", "warnings", "declines"):
            choices = getattr(phrases, field)
            assert len(set(choices)) == len(choices) >= 5


def test_ambiguous_names_come_with_a_word_that_settles_them() -> None:
    seen = 0
    for answer in answers("en"):
        [beacon] = [m for m in answer.planted if m.brand == "Beacon"]
        if beacon.spans:
            seen += 1
            assert "(content platform)" in answer.text[beacon.spans[0].end :][:24]
    assert seen > 100


# -- a name that is also an everyday word ---------------------------------------------------------

GARDEN = Brand(
    "Pergola",
    ambiguous=True,
    context=("content platform", "editor"),
    exclude=("garden pergola", "Pergola im Garten"),
)
TRACKED = track([*(b for b in BRANDS if b.name != "Beacon"), GARDEN])


@cache
def gardened(lang: str) -> list[SimulatedAnswer]:
    brands = tuple(GARDEN if b.name == "Beacon" else b for b in BRANDS)
    market = replace(simulated_market(), brands=brands)
    return [
        market.answer(ENGINES[i % len(ENGINES)], PACK.questions[i % len(PACK.questions)].text[lang],
                      START, str(i))
        for i in range(1200)
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_the_word_counts_for_nobody_and_at_times_cant_be_told(lang: str) -> None:
    states: Counter[MentionState] = Counter()
    for answer in gardened(lang):
        if not answer.word_use:
            continue
        [planted] = [m for m in answer.planted if m.brand == "Pergola"]
        assert planted.state is MentionState.ABSENT
        read = extract(answer.text, TRACKED, answer.sources, lang)
        states[next(m.state for m in read.mentions if m.brand == "Pergola")] += 1
    assert set(states) == {MentionState.ABSENT, MentionState.AMBIGUOUS}
    assert min(states.values()) > 5


def test_the_word_changes_nothing_else_of_an_answer() -> None:
    plain = replace(GARDEN, exclude=())
    brands = tuple(plain if b.name == "Beacon" else b for b in BRANDS)
    market = replace(simulated_market(), brands=brands)
    used = [(i, a) for i, a in enumerate(gardened("en")) if a.word_use]
    for i, answer in used[:20]:
        question = PACK.questions[i % len(PACK.questions)].text["en"]
        without = market.answer(ENGINES[i % len(ENGINES)], question, START, str(i))
        assert without.word_use == ""
        assert answer.text == f"{without.text}\n\n{answer.word_use}"
        assert (answer.planted, answer.sources) == (without.planted, without.sources)
