"""A person overrules how the machine read a brand in an answer: kept first, then counted.

rule ─▶ journal ─▶ the answer read again ─▶ mentions, sums ─▶ held against the facts again

What a person says stands for the state alone; where the name stands, which rank that gives, and
what becomes of the others is still read by the same rules, so that no figure needs to know of
rulings. Rejected: a state laid over the mention where it is shown or counted. Every query would
have to join it, ranks and orders beside it would stay as they were, and one query that forgot
would contradict the next.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import InputError
from monitor.mentions import Ruled, Tracked, extract
from monitor.pipeline.checking import check_pack
from monitor.pipeline.measuring import measure_answer
from monitor.pipeline.project import Project
from monitor.queries import answer_page
from monitor.store import keep_ruling
from monitor.types import Answer, AnswerStatus, MentionState, Ruling

NAMED = "named"
"""It's the brand, and how it is spoken of is for the rules to say."""
RULED_STATES = tuple(state for state in MentionState if state is not MentionState.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on a brand in an answer: a state, `NAMED`, or None to withdraw theirs."""

    answer_id: str
    brand: str
    state: str | None
    reviewer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overruled:
    """The ruling as it was kept; `counted` is false where figures follow at the next remeasure."""

    ruling: Ruling
    counted: bool


def rule(project: Project, word: Word, now: datetime) -> Overruled:
    """Keep a person's word on a mention and let the figures follow.

    Raises InputError for an unknown answer, brand or state, for an answer without a text, and
    where there is nothing to withdraw.
    """
    if not word.reviewer.strip():
        raise InputError("say who you are: a ruling keeps the name of who made it")
    with project.store.reading("the answer that is ruled on"):
        answer = answer_page(project.store, word.answer_id).answer
        if answer.status is not AnswerStatus.OK:
            raise InputError(
                f"answer {answer.answer_id} is {answer.status}: it has no text in which a brand "
                "could stand"
            )
        tracked = project.tracked(answer.pack)
    brand = _brand(tracked, word.brand, answer.pack)
    ruling = Ruling(
        ruling_id=uuid.uuid4().hex[:16],
        answer_id=answer.answer_id,
        brand=brand,
        state=None if word.state is None else _state(answer, tracked, brand, word.state),
        reviewer=word.reviewer,
        ruled_at=now,
        machine_state=_read(answer, tracked, brand),
        machine_version=tracked.version,
        note=word.note,
    )
    keep_ruling(project.store, ruling, now)
    return Overruled(ruling, _count(project, answer, now))


def _brand(tracked: Tracked, wanted: str, pack: str) -> str:
    """The tracked brand's name as it is written. Raises InputError naming all of them."""
    names = [brand.name for brand in tracked.brands]
    for name in names:
        if name.casefold() == wanted.strip().casefold():
            return name
    where = f"pack {pack}" if pack else "this project"
    raise InputError(f"{where} doesn't track {wanted!r}; it tracks {', '.join(names)}")


def _state(answer: Answer, tracked: Tracked, brand: str, wanted: str) -> MentionState:
    """The state that is meant. Raises InputError naming all that there are."""
    if wanted == NAMED:
        return _state_if_named(answer, tracked, brand)
    if wanted not in RULED_STATES:
        known = ", ".join((NAMED, *RULED_STATES))
        raise InputError(f"{wanted!r} is no state that can be ruled; choose from {known}")
    return MentionState(wanted)


def _state_if_named(answer: Answer, tracked: Tracked, brand: str) -> MentionState:
    state = _read(answer, tracked, brand, {brand: None})
    if state is MentionState.ABSENT:
        raise InputError(
            f"no name of {brand} is found in {answer.answer_id}, so rules can't say how it is "
            "spoken of; give its state"
        )
    return state


def _read(answer: Answer, tracked: Tracked, brand: str, ruled: Ruled | None = None) -> MentionState:
    """How rules read the brand in the answer."""
    found = extract(answer.text, tracked, answer.sources, answer.cell.lang or None, ruled)
    return next(mention.state for mention in found.mentions if mention.brand == brand)


def _count(project: Project, answer: Answer, now: datetime) -> bool:
    if not measure_answer(project, answer.pack, answer.answer_id):
        return False
    if pack := project.catalog.packs.get(answer.pack):
        check_pack(project, pack, now)
    project.store.settle()
    return True
