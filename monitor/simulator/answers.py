"""Draws an answer from a cell's chances and keeps what was planted in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from monitor.simulator.asked import Asked
from monitor.simulator.chances import CellChances
from monitor.simulator.randomness import number, stream, unit
from monitor.simulator.sources import Page, own_page, third_party_pages
from monitor.simulator.statements import PlantedClaim, Statement
from monitor.simulator.texts.compose import composed
from monitor.simulator.texts.hostile import INSTRUCTIONS
from monitor.simulator.texts.outline import Composed, Layout, Outline, Said
from monitor.simulator.texts.words import word_use
from monitor.simulator.texts.writer import CitationMarks
from monitor.types import Brand, Engine, Mention, MentionState, Source, Span

_WORD_USES = 0.1
"""The share of answers that use a name's everyday word where they can."""
_LISTS = tuple(layout for layout in Layout if layout is not Layout.PROSE)


@dataclass(frozen=True, slots=True)
class SimulatedAnswer:
    """A text and the truth about it.

    `planted` has a record per tracked brand, in the market's order, absent ones included; its
    spans are of the bare names, without a genitive s or a compound's tail. `sources` are the
    cited pages in reading order, then those that a search only found. `strangers` are the
    untracked names in it, `instructions` what it says to its judge, "" if it doesn't. A name's
    everyday word in `word_use` is no mention of the brand.
    """

    text: str
    planted: tuple[Mention, ...]
    claims: tuple[PlantedClaim, ...]
    sources: tuple[Source, ...]
    queries: tuple[str, ...]
    strangers: tuple[str, ...]
    instructions: str
    word_use: str
    layout: Layout
    engine_id: str
    question_id: str
    lang: str
    week: int


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """All that an answer hangs on; `statements` are (statement, P(made), P(wrong)).

    `instructing` is P(it carries instructions to its judge).
    """

    seed: int
    engine: Engine
    asked: Asked
    week: int
    nonce: str
    brands: Mapping[str, Brand]
    chances: CellChances
    statements: tuple[tuple[Statement, float, float], ...]
    marks: CitationMarks
    instructing: float = 0.0


def drawn_answer(context: AnswerContext) -> SimulatedAnswer:
    """The answer that this context's own random stream gives."""
    asked, chances = context.asked, context.chances
    rng = stream(
        context.seed, context.engine.engine_id, asked.key, asked.lang, context.week, context.nonce
    )
    states = _states(chances, rng)
    listing = rng.random() < chances.listing
    ranked = _race(chances, states, rng, listing=listing)
    cited, found = _pages(context, states, rng) if chances.searching else ([], [])
    outline = Outline(
        layout=_LISTS[int(rng.random() * len(_LISTS))] if listing else Layout.PROSE,
        brands={n: Brand(n) for n in ranked} | dict(context.brands),
        recommended=tuple(ranked),
        mentioned=_in_state(states, MentionState.MENTIONED, rng),
        warned=_in_state(states, MentionState.WARNED_AGAINST, rng),
        declined=_in_state(states, MentionState.DECLINED, rng),
        said=_said(context, states, rng),
        pages=tuple(cited),
    )
    done = composed(outline, asked.lang, rng, context.marks)
    used, instructions = _word_use(context, states, done.text), _instructions(context)
    return SimulatedAnswer(
        text="\n\n".join(filter(None, (done.text, used, instructions))),
        planted=_planted(context.brands, states, done),
        claims=done.claims,
        sources=(*done.sources, *(Source(p.url, p.title, cited=False) for p in found)),
        queries=_queries(context) if chances.searching else (),
        strangers=tuple(n for n in ranked if n not in context.brands),
        instructions=instructions,
        word_use=used,
        layout=outline.layout,
        engine_id=context.engine.engine_id,
        question_id=asked.question.question_id if asked.question else "",
        lang=asked.lang,
        week=context.week,
    )


def _instructions(context: AnswerContext) -> str:
    """What the answer says to its judge; drawn apart, so that the rest of it stays the same."""
    place = (context.seed, "instructions", context.engine.engine_id, context.week, context.nonce)
    if unit(*place) >= context.instructing:
        return ""
    return stream(*place).choice(INSTRUCTIONS[context.asked.lang])


def _word_use(context: AnswerContext, states: Mapping[str, MentionState], text: str) -> str:
    """A name's everyday word in an answer without the brand; drawn apart, as instructions are."""
    place = (context.seed, "word", context.engine.engine_id, context.week, context.nonce)
    if unit(*place) >= _WORD_USES or not context.chances.listing:
        return ""
    rng = stream(*place)
    absent = (b for name, b in context.brands.items() if states[name] is MentionState.ABSENT)
    uses = (word_use(brand, context.asked.lang, text, rng) for brand in absent)
    return next(filter(None, uses), "")


def _states(chances: CellChances, rng: Random) -> dict[str, MentionState]:
    """Each brand's state, drawn independently of the others."""
    states = {}
    for name, chance in chances.brands.items():
        roll, share = rng.random(), rng.random()
        if roll >= chance.named:
            declined = share < chance.declined
            states[name] = MentionState.DECLINED if declined else MentionState.ABSENT
        elif share < chance.recommended_share:
            states[name] = MentionState.RECOMMENDED
        elif share < chance.recommended_share + chance.warned_share:
            states[name] = MentionState.WARNED_AGAINST
        else:
            states[name] = MentionState.MENTIONED
    return states


def _race(
    chances: CellChances, states: Mapping[str, MentionState], rng: Random, *, listing: bool
) -> list[str]:
    """The recommended brands in the order in which they arrive; strangers only in lists."""
    arrivals = {
        name: rng.expovariate(chances.brands[name].weight)
        for name, state in states.items()
        if state is MentionState.RECOMMENDED
    }
    if not listing:
        return sorted(arrivals, key=arrivals.__getitem__)
    for name, (chance, weight) in chances.strangers.items():
        if rng.random() < chance:
            arrivals[name] = rng.expovariate(weight)
    ranked = sorted(arrivals, key=arrivals.__getitem__)
    spare = [name for name in chances.strangers if name not in arrivals]
    # A list needs two items; those that fill it up stand last, so that no rank moves.
    return ranked + rng.sample(spare, min(len(spare), max(0, 2 - len(ranked))))


def _in_state(
    states: Mapping[str, MentionState], state: MentionState, rng: Random
) -> tuple[str, ...]:
    names = [name for name, s in states.items() if s is state]
    rng.shuffle(names)
    return tuple(names)


def _said(
    context: AnswerContext, states: Mapping[str, MentionState], rng: Random
) -> tuple[Said, ...]:
    said = []
    for statement, made, wrong in context.statements:
        roll, slip, wording = rng.random(), rng.random(), rng.random()
        state = states.get(statement.brand, MentionState.ABSENT)
        if not state.visible or roll >= made:
            continue
        correct = slip >= wrong
        choices = (statement.right if correct else statement.wrong).get(context.asked.lang, ())
        if choices:
            value = statement.value if correct else statement.wrong_value
            sentence = choices[int(wording * len(choices))]
            said.append(Said(statement.fact_id, statement.brand, correct, value, sentence))
    return tuple(said)


def _pages(
    context: AnswerContext, states: Mapping[str, MentionState], rng: Random
) -> tuple[list[Page], list[Page]]:
    """Pages to cite and pages that the search only found."""
    cited: list[Page] = []
    for name, chance in context.chances.brands.items():
        visible = states[name].visible
        if rng.random() < (chance.cited_named if visible else chance.cited_absent):
            cited.extend(filter(None, [own_page(context.brands[name], rng)]))
    key = number(context.seed, "sites", context.asked.key) % 1000
    others = third_party_pages(context.asked.lang, key, rng, 4)
    kept = 1 + int(rng.random() * len(others))
    return others[:kept] + cited, others[kept:]


def _queries(context: AnswerContext) -> tuple[str, ...]:
    text = context.nonce.split("\x1f", 1)[0].strip().rstrip("?.!")
    return (text[:120],)


def _planted(
    brands: Mapping[str, Brand], states: Mapping[str, MentionState], done: Composed
) -> tuple[Mention, ...]:
    visible = [name for name, state in states.items() if state.visible]
    visible.sort(key=lambda name: done.spans[name][0])
    order = {name: place for place, name in enumerate(visible, 1)}
    return tuple(_mention(name, states[name], done, order.get(name)) for name in brands)


def _mention(name: str, state: MentionState, done: Composed, order: int | None) -> Mention:
    place = done.places.get(name)
    spans: tuple[Span, ...] = done.spans.get(name, ())
    if place is None:
        return Mention(name, state, spans, order=order)
    return Mention(
        name,
        state,
        spans,
        rank=place.rank,
        order=order,
        list_no=place.list_no,
        list_position=place.list_position,
        list_size=place.list_size,
    )
