"""The records and closed sets that every other module speaks in.

One word per thing: a *question* asked of an *engine* in a *locale* by a *persona* is a *cell*;
a cell is asked `repeats` times in a *wave*; each repeat gives one *answer*; in it stand
*mentions* of brands and *citations* of sources.

Datetimes are aware and in UTC. Offsets are Python string indices into the raw answer text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

JsonScalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "JsonScalar | list[Json] | dict[str, Json]"


class AnswerStatus(StrEnum):
    """How an attempt to get an answer ended; only `OK` answers stand in denominators."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"
    EMPTY = "empty"


class Origin(StrEnum):
    """Where an answer comes from; only `WAVE` and `IMPORT` answers are in trends."""

    WAVE = "wave"
    ASK = "ask"
    IMPORT = "import"


class Intent(StrEnum):
    """What a person asking the question wants; `PROBE` is in no headline."""

    DISCOVERY = "discovery"
    COMPARISON = "comparison"
    TRUST = "trust"
    PURCHASE = "purchase"
    SUPPORT = "support"
    FACT = "fact"
    PROBE = "probe"


class MentionState(StrEnum):
    """How an answer speaks of a brand (MEASUREMENT.md, section 2)."""

    RECOMMENDED = "recommended"
    MENTIONED = "mentioned"
    WARNED_AGAINST = "warned_against"
    DECLINED = "declined"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"

    @property
    def visible(self) -> bool:
        """Whether the brand counts as visible in the answer."""
        return self in _VISIBLE_STATES


_VISIBLE_STATES = frozenset(
    {MentionState.RECOMMENDED, MentionState.MENTIONED, MentionState.WARNED_AGAINST}
)


class Owner(StrEnum):
    """To whom a cited domain belongs."""

    OURS = "ours"
    RIVAL = "rival"
    THIRD_PARTY = "third_party"


class SourceKind(StrEnum):
    """What sort of site a cited domain is."""

    EDITORIAL = "editorial"
    COMMUNITY = "community"
    SHOP = "shop"
    VENDOR = "vendor"
    ENCYCLOPAEDIA = "encyclopaedia"
    SOCIAL = "social"
    OTHER = "other"


class Span(NamedTuple):
    """Half-open range of Python string indices into a raw answer."""

    start: int
    end: int


# -- what is measured (prompts/) --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brand:
    """A tracked brand; its `name` is its identity everywhere.

    `aliases` count as the brand; `products` only lend context. An `ambiguous` brand's name is
    also a common word: it counts only where `context` words, products, case or position settle
    it, and never inside one of the phrases in `exclude`.
    """

    name: str
    aliases: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: bool = False
    context: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    case_sensitive: bool = False
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further forms of the name per language ("de": ("Notras",))."""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Prices:
    """Our own prices in USD; they override those of LiteLLM's table."""

    input_per_million: float
    output_per_million: float
    per_search: float = 0.0


@dataclass(frozen=True, slots=True)
class Engine:
    """An assistant as it is asked: a LiteLLM model with fixed parameters.

    The same model with and without `web_search` is two engines. Engines on one `account` share
    a rate gate of `concurrency` calls in flight and `requests_per_minute`.
    """

    engine_id: str
    model: str
    web_search: bool = False
    account: str = "default"
    concurrency: int = 4
    requests_per_minute: float | None = None
    api_base: str | None = None
    prices: Prices | None = None
    parameters: Mapping[str, JsonScalar] = field(default_factory=dict)
    region: str | None = None
    """ISO 3166 country from which the search engine is asked ("DE")."""
    timeout_s: float = 120.0
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one or more languages; `text` and `paraphrases` are keyed by language."""

    question_id: str
    intent: Intent
    text: Mapping[str, str]
    paraphrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stage: str | None = None
    facts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    branded: bool | None = None
    """Whether it names a tracked brand; None: the matcher decides."""

    def phrasings(self, lang: str) -> tuple[str, ...]:
        """The question's wordings in `lang`: its text first, then the paraphrases."""
        return (self.text[lang], *self.paraphrases.get(lang, ()))


@dataclass(frozen=True, slots=True)
class Persona:
    """Who asks: its `text`, per language, goes before the question as the system prompt."""

    persona_id: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Standard five-field cron in an IANA time zone."""

    cron: str
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent, in USD; None is no limit."""

    wave_usd: float | None = None
    month_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of questions with the brands, engines, locales and personas they are asked for."""

    pack_id: str
    title: str
    own: str
    competitors: tuple[str, ...]
    engines: tuple[str, ...]
    locales: tuple[str, ...]
    questions: tuple[Question, ...]
    personas: tuple[Persona, ...] = ()
    repeats: int = 2
    schedule: Schedule | None = None
    budget: Budget = Budget()
    content_hash: str = ""
    """SHA-256 of the pack file's bytes, so that a wave says which wording it asked."""


class FactType(StrEnum):
    """What sort of value a fact has, and so how an answer is held against it."""

    NUMBER = "number"
    DATE = "date"
    MONEY = "money"
    VERSION = "version"
    BOOLEAN = "boolean"
    ONE_OF = "one_of"
    SET = "set"
    TEXT = "text"


class Severity(StrEnum):
    """How bad it is when an answer gets a fact wrong."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


FactScalar: TypeAlias = str | int | float | bool | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact's typed value: `SET` is a tuple, `DATE` a date, `BOOLEAN` a bool, numbers numbers.

    `tolerance` is a share (0.05 accepts 5 % more or less); `currency` is an ISO 4217 code;
    `options` are all the values that `ONE_OF` knows, the true one among them.
    """

    type: FactType
    value: FactScalar
    unit: str = ""
    currency: str = ""
    tolerance: float = 0.0
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What is true about a brand (MEASUREMENT.md, section 5).

    Texts are keyed by language. `subject` holds the words near which the value must stand,
    `previous` the values that were true earlier, `aliases` other ways of saying the value, and
    `negatives` what the brand doesn't offer. It holds from `valid_from` through `valid_to`.
    """

    fact_id: str
    brand: str
    statement: Mapping[str, str]
    value: FactValue
    severity: Severity
    subject: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: tuple[FactScalar, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    negatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    owner: str = ""


# -- asking -----------------------------------------------------------------------------------


SIMULATOR_NONCE_HEADER = "X-Simulator-Nonce"
"""Tells the simulator which repeat a request is, so that a wave resumed gives the same answers."""


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

    `reason` says why a status isn't ok. `parameters` is the JSON of what was really sent.
    `cost_usd` None is unknown, never zero. `raw_body` is the provider's response as it came.
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


# -- what stands in an answer -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """How one answer speaks of one brand.

    `rank` is the 1-based place of the brand's first item over all recommendation items of the
    answer, None in prose; `order` is the 1-based order of first mention among visible brands.
    `list_no`, `list_position` and `list_size` say which list that item is in, and where.
    """

    brand: str
    state: MentionState
    spans: tuple[Span, ...] = ()
    rank: int | None = None
    order: int | None = None
    list_no: int | None = None
    list_position: int | None = None
    list_size: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A page that an answer cites: `url` normalised, `domain` its registrable domain.

    `brand` is the tracked brand that owns the domain, "" for third parties; `redirect` marks a
    provider's redirect address whose target the answer doesn't name.
    """

    url: str
    domain: str
    owner: Owner
    kind: SourceKind = SourceKind.OTHER
    brand: str = ""
    title: str = ""
    cited: bool = True
    redirect: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the matcher reads out of one answer.

    `mentions` has one record for every tracked brand, absent ones included, in the order in
    which the brands were given.
    """

    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...] = ()
    unknown_names: tuple[str, ...] = ()


class Verdict(StrEnum):
    """How an answer stands to a fact (MEASUREMENT.md, section 5)."""

    CORRECT = "correct"
    INCORRECT = "incorrect"
    OUTDATED = "outdated"
    NOT_STATED = "not_stated"
    UNVERIFIABLE = "unverifiable"


class JudgedBy(StrEnum):
    """Who came to a judgement."""

    RULES = "rules"
    JUDGE = "judge"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one answer stands to one fact, and the words of the answer that say so.

    `quote` is literally `span` of the raw answer; both are empty where nothing is stated. `version`
    names the rules, or the judge's template and model. `confidence` goes from 0 to 1, None where
    it's unknown. `promise`: the answer promises what the brand doesn't offer. `note` says why a
    verdict is open.
    """

    fact_id: str
    verdict: Verdict
    method: JudgedBy
    version: str
    span: Span | None = None
    quote: str = ""
    confidence: float | None = None
    promise: bool = False
    note: str = ""


# -- what else is stored ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wave:
    """One scheduled or manual round of asking a pack, as it was planned when it started.

    `slot` is the local wall time it was due ("2026-11-23T06:00"), without offset, so that the
    hour a clock change repeats is one slot. `questions` is how the pack read at that moment.
    """

    wave_id: str
    pack: str
    slot: str
    started_at: datetime
    repeats: int
    planned: int
    """Answers the wave was planned to have."""
    pack_hash: str
    questions: tuple[Question, ...]
    simulated: bool = False


class WaveOutcome(StrEnum):
    """How a wave ended; one that was cut off has no outcome yet."""

    COMPLETE = "complete"
    PARTLY_FAILED = "partly_failed"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WaveEnd:
    """A wave's end; `note` says why it isn't complete."""

    wave_id: str
    ended_at: datetime
    outcome: WaveOutcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a pack's schedule that a process took for itself."""

    pack: str
    slot: str
    wave_id: str
    claimed_at: datetime
    claimed_by: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wants to remember on the timeline; `day` is an ISO date."""

    note_id: str
    written_at: datetime
    day: str
    text: str
    author: str = ""
    pack: str = ""


class AlertState(StrEnum):
    """How far people have got with an alert: open → acknowledged → resolved."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class AlertOpened:
    """An alert as it was raised; `key` names the matter, so that it's raised once.

    `text` is Markdown for people; `since` is the wave it's about, `engine` "" for all.
    """

    alert_id: str
    key: str
    kind: str
    pack: str
    brand: str
    engine: str
    since: str
    opened_at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class AlertMoved:
    """A person, or the opposite movement, changed an alert's state."""

    alert_id: str
    state: AlertState
    moved_at: datetime
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message reached a target; `target` is a fingerprint, for addresses hold secrets."""

    message_id: str
    target: str
    delivered_at: datetime


Entry: TypeAlias = Answer | Wave | WaveEnd | Slot | Note | AlertOpened | AlertMoved | Delivery
"""What can't be computed again, and is therefore journalled."""
