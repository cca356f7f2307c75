"""What judges and people say of answers: paid for or decided by a person, and so journalled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.types.answers import Answer
from monitor.types.found import MentionState, Verdict


@dataclass(frozen=True, slots=True)
class Judging:
    """One call of a judge about one answer, with its reply as it came, usable or not.

    `answer_id` is the answer that was judged. `facts` are the facts it was shown: id → content
    hash, so that a verdict on a fact that reads otherwise today isn't used any more. `reply` is
    the judge's own answer (its `question` the whole prompt, its origin `JUDGE`) with status,
    model, cost and raw body. `template` is the judge template's label ("answer@1").
    """

    judging_id: str
    answer_id: str
    pack: str
    template: str
    facts: Mapping[str, str]
    reply: Answer


class ReviewSample(StrEnum):
    """Why an item was shown to a person; only `RANDOM` ones calibrate the machine."""

    SELECTED = "selected"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on what one answer says of one fact; appended, never changed.

    `verdict` None: the person is unsure. `machine_verdict` and `machine_version` are what the
    machine had said, whether or not the person saw it. A review with `withdraws` only takes the
    review of that id back. `stratum` says from which part of all judged items a random one was
    drawn and `stratum_items` how many items that part had then. `fact_hash` is the fact as it read:
    on a fact that reads otherwise the verdict isn't used any more.
    """

    review_id: str
    answer_id: str
    fact_id: str
    verdict: Verdict | None
    reviewer: str
    reviewed_at: datetime
    sample: ReviewSample = ReviewSample.SELECTED
    machine_verdict: Verdict | None = None
    machine_version: str = ""
    stratum: str = ""
    stratum_items: int = 0
    fact_hash: str = ""
    note: str = ""
    withdraws: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on how one answer speaks of one brand; appended, and the latest stands.

    `state` None takes back what was ruled before: the machine's reading stands again. How the
    machine by itself read it at that moment is `machine_state`, by measure `machine_version`.
    """

    ruling_id: str
    answer_id: str
    brand: str
    state: MentionState | None
    reviewer: str
    ruled_at: datetime
    machine_state: MentionState
    machine_version: str
    note: str = ""
