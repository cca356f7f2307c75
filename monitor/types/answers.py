"""What is asked and what comes back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

SIMULATOR_NONCE_HEADER = "X-Simulator-Nonce"
"""Tells the simulator which repeat a request is, so that a wave resumed gives the same answers."""


class AnswerStatus(StrEnum):
    """How an attempt to get an answer ended; only `OK` answers stand in denominators."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"
    EMPTY = "empty"


class Origin(StrEnum):
    """Where an answer comes from; only `WAVE` and `IMPORT` answers are in trends.

    `JUDGE`: not an answer to a customer's question but a judge's reply about one.
    """

    WAVE = "wave"
    ASK = "ask"
    IMPORT = "import"
    JUDGE = "judge"


class Span(NamedTuple):
    """Half-open range of Python string indices into a raw answer."""

    start: int
    end: int


class Role(StrEnum):
    """Who speaks in a turn of a conversation."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation; the assistant's turns are given to it, not asked for."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What is asked `repeats` times in a wave; `persona` is "" for nobody in particular."""

    question_id: str
    engine: str
    locale: str
    persona: str = ""

    @property
    def lang(self) -> str:
        """The locale's language subtag ("de" of "de-DE")."""
        return self.locale.split("-")[0].lower()


@dataclass(frozen=True, slots=True)
class Source:
    """A page the provider's response names, in reading order.

    `cited` is false for pages that a search only found. `span`, where the provider gives one,
    is the range of the answer that the page supports.
    """

    url: str
    title: str = ""
    cited: bool = True
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One repeat of one cell, never changed once stored.

    `question` is all that was said to the engine but the persona: of a conversation, every turn
    with its speaker. `reason` says why a status isn't ok. `parameters` is the JSON of what was
    really sent beside it. `cost_usd` None is unknown, never zero. `raw_body` is the provider's
    response as it came.
    """

    answer_id: str
    question: str
    engine: str
    asked_at: datetime
    status: AnswerStatus
    text: str = ""
    origin: Origin = Origin.WAVE
    wave_id: str = ""
    pack: str = ""
    question_id: str = ""
    locale: str = ""
    persona: str = ""
    phrasing: int = 0
    repeat: int = 1
    reason: str = ""
    sources: tuple[Source, ...] = ()
    model_requested: str = ""
    model_served: str = ""
    system_fingerprint: str = ""
    parameters: str = "{}"
    finish_reason: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    search_calls: int | None = None
    cost_usd: float | None = None
    cost_source: str = ""
    latency_s: float | None = None
    attempts: int = 1
    raw_body: str = ""
    simulated: bool = False

    @property
    def cell(self) -> Cell:
        """The cell that this answer is a repeat of."""
        return Cell(self.question_id, self.engine, self.locale, self.persona)
