"""What is measured: brands, engines, questions, packs and facts, as prompts/ describes them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from monitor.types.answers import Turn
from monitor.types.vendors import vendor_of

JsonScalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "JsonScalar | list[Json] | dict[str, Json]"


class Intent(StrEnum):
    """What a person asking the question wants; `PROBE` is in no headline."""

    DISCOVERY = "discovery"
    COMPARISON = "comparison"
    TRUST = "trust"
    PURCHASE = "purchase"
    SUPPORT = "support"
    FACT = "fact"
    PROBE = "probe"


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

    @property
    def vendor(self) -> str:
        """Who makes the model."""
        return vendor_of(self.model)


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
    turns: Mapping[str, tuple[Turn, ...]] = field(default_factory=dict)
    """Of a conversation, its messages per language; `text` has them in one piece then."""
    engines: tuple[str, ...] = ()
    """The engines that are asked, those of the pack if empty."""
    repeats: int | None = None
    """How often a wave asks it, as often as the pack says if None."""

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


class Severity(StrEnum):
    """How bad it is when an answer gets a fact wrong."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Probing:
    """Which facts a pack probes (MEASUREMENT.md, section 6), and how.

    Facts are named by id or meant by severity. `engines` empty are all of the pack's; every
    `every`-th wave asks the probes besides its questions.
    """

    facts: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    engines: tuple[str, ...] = ()
    repeats: int = 1
    every: int = 1


@dataclass(frozen=True, slots=True)
class Judges:
    """Who judges a pack's answers: engines in order of preference; none means nobody does.

    An answer is judged by the first that is of another vendor than the one that answered.
    `share` of the answers, drawn by lot, are judged.
    """

    engines: tuple[str, ...] = ()
    share: float = 1.0


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
    judges: Judges = Judges()
    probes: Probing | None = None
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

    def wording(self, lang: str) -> str:
        """The statement in `lang`, else in the first language it's written in."""
        return self.statement.get(lang) or next(iter(self.statement.values()))

    @property
    def content_hash(self) -> str:
        """Twelve hex digits that change with everything on which a verdict depends.

        A new owner, source or severity leaves every verdict as it was.
        """
        content = asdict(self)
        for name in ("severity", "source", "owner"):
            del content[name]
        text = json.dumps(content, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
