"""What is planted in the market's history, so that a monitor can be held against it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.simulator.randomness import number, unit
from monitor.types import Brand, Engine, Intent, Pack, Question


class EventKind(StrEnum):
    """What sort of thing happens in the simulated market."""

    VERSION_CHANGE = "version_change"
    TOPIC_WIN = "topic_win"
    RIVAL_SURGE = "rival_surge"
    WRONG_FACT = "wrong_fact"
    INSTRUCTIONS = "instructions"


@dataclass(frozen=True, slots=True)
class PlantedEvent:
    """One thing that happens from `week` on and stays.

    `engine`, `brand` and `topic` (a tag or an intent) are "" where the event isn't confined to
    one. `shift` is added to the logit of being named; for a wrong fact it is the chance that a
    statement of `fact_id` is wrong, for instructions the chance that an answer carries some that
    are meant for whoever judges it.
    """

    kind: EventKind
    week: int
    engine: str = ""
    brand: str = ""
    topic: str = ""
    shift: float = 0.0
    fact_id: str = ""
    note: str = ""

    def touches(self, question: Question | None) -> bool:
        """Whether the event's topic covers `question` (None: a question of no pack)."""
        if not self.topic:
            return True
        return question is not None and self.topic in (*question.tags, question.intent.value)


def default_events(
    pack: Pack, brands: Sequence[Brand], engines: Sequence[Engine], fact_id: str, seed: int
) -> tuple[PlantedEvent, ...]:
    """The four events that every simulated history holds, as far as the pack allows."""
    changing = _pick(_changeable(engines), seed, "version")
    rival = _pick([b.name for b in brands if b.name != pack.own], seed, "surge")
    topic = _winnable_topic(pack.questions, seed)
    liars = [e.engine_id for e in engines if e.engine_id != changing]
    liar = _pick(liars or [e.engine_id for e in engines], seed, "liar")
    events = []
    if changing:
        events.append(_version_change(changing, seed))
    if topic:
        events.append(_topic_win(pack.own, topic))
    if rival:
        events.append(_rival_surge(rival))
    if liar and fact_id:
        events.append(_wrong_fact(liar, pack.own, fact_id))
    return tuple(events)


def _version_change(engine: str, seed: int) -> PlantedEvent:
    shift = -0.7 if unit(seed, "version sign") < 0.7 else 0.7
    return PlantedEvent(
        EventKind.VERSION_CHANGE,
        week=7,
        engine=engine,
        shift=shift,
        note="the engine serves another model version and names every brand a bit "
        + ("less" if shift < 0 else "more"),
    )


def _topic_win(own: str, topic: str) -> PlantedEvent:
    note = f"{own} becomes a usual answer to questions on {topic}"
    return PlantedEvent(EventKind.TOPIC_WIN, week=5, brand=own, topic=topic, shift=2.4, note=note)


def _rival_surge(rival: str) -> PlantedEvent:
    note = f"{rival} is named more everywhere"
    return PlantedEvent(EventKind.RIVAL_SURGE, week=9, brand=rival, shift=1.3, note=note)


def _wrong_fact(engine: str, own: str, fact_id: str) -> PlantedEvent:
    note = f"the engine mostly gets {fact_id} of {own} wrong"
    return PlantedEvent(
        EventKind.WRONG_FACT, 3, engine=engine, brand=own, shift=0.9, fact_id=fact_id, note=note
    )


def _changeable(engines: Sequence[Engine]) -> list[str]:
    """Engines whose replies date their model, if possible with a model of their own."""
    undated = {"perplexity", "ollama", "ollama_chat"}
    dated = [e for e in engines if e.model.split("/")[0] not in undated]
    models = Counter(e.model for e in dated)
    return [e.engine_id for e in dated if models[e.model] == 1] or [e.engine_id for e in dated]


def _pick(names: Sequence[str], seed: int, what: str) -> str:
    return names[number(seed, "pick", what) % len(names)] if names else ""


def _winnable_topic(questions: Sequence[Question], seed: int) -> str:
    """A tag (else an intent) that covers some of the unbranded questions, but not most of them."""
    open_questions = [q for q in questions if not q.branded and q.intent is not Intent.PROBE]
    for names in (
        (tag for q in open_questions for tag in q.tags),
        (q.intent.value for q in open_questions),
    ):
        if topics := _partial(names, len(open_questions)):
            return _pick(topics, seed, "topic")
    return ""


def _partial(names: Iterable[str], n: int) -> list[str]:
    counts = Counter(names)
    return sorted(
        t for t, k in counts.items() if t != "general" and k >= min(3, n) and k <= max(0.5 * n, 1)
    )
