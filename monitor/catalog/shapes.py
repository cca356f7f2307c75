"""The keys that the files of `prompts/` may have; each description says what to write there."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
)
from pydantic_core import PydanticCustomError

from monitor.catalog.vocabulary import (
    country_fault,
    cron_fault,
    currency_fault,
    language_fault,
    locale_fault,
    time_zone_fault,
)
from monitor.types import FactType, Intent, Severity

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SECRET = re.compile(
    r"(?i)(api|access|private)[_-]?key|secret|password|token$|authorization|credential"
)
# What asking depends on: streaming drops citations, retries and fallbacks are the program's own.
_OURS = frozenset(
    {"model", "messages", "input", "tools", "stream", "timeout", "api_base", "base_url"}
    | {"max_retries", "num_retries", "fallbacks", "n", "web_search_options", "mock_response"}
    | {"response_format", "text_format"}
)
_DOMAIN = re.compile(r"[^\s/:@]+(\.[^\s/:@.]+)+")


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("fault", "{message}", {"message": message})


def _unshown(message: str) -> PydanticCustomError:
    """A fault whose value is left out of the message, for it may be a secret."""
    return PydanticCustomError("unshown", "{message}", {"message": message})


def looks_secret(name: str) -> bool:
    """Whether a key by this name would hold what must not stand in a file."""
    return _SECRET.search(name) is not None


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "is blank")
    return text.strip()


def is_id(text: str) -> bool:
    """Whether a text can be an id (of a question, an engine, a fact, a pack)."""
    return _ID.fullmatch(text) is not None


def _id(text: str) -> str:
    if not is_id(text):
        raise _fault("can't be an id; use letters, digits, dots, hyphens and underscores only")
    return text


def _domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text):
        raise _fault("isn't a domain; write it without https:// and path, such as example.com")
    return text.lower()


def _model(text: str) -> str:
    provider, _, name = text.partition("/")
    if not provider or not name:
        raise _fault("names no provider; write provider/model, such as openai/gpt-6.1-sol")
    return text


def _web_address(text: str) -> str:
    if re.match(r"[a-z]+://[^/]*@", text):
        raise _unshown("holds a password; keep that in the environment")
    if not re.match(r"https?://[^\s/]+", text):
        raise _fault("isn't an address; write one that starts with https:// or http://")
    return text


def _checked(fault_of: Any) -> AfterValidator:
    def check(text: str) -> str:
        if fault := fault_of(text):
            raise _fault(fault)
        return text

    return AfterValidator(check)


def _parameter(value: object) -> object:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    raise _fault("isn't a single value; write a number, a text, true or false")


def _parameters(parameters: dict[str, Any]) -> dict[str, Any]:
    for name in parameters:
        if looks_secret(name):
            message = f"{name} looks like a key; put it in the environment or in .env"
            raise _unshown(message)
        if name in _OURS:
            message = f"{name} is set by the program; take it out"
            raise _unshown(message)
    return parameters


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise _fault("isn't a day; write year-month-day, such as 2026-11-30") from None


Text = Annotated[str, AfterValidator(_not_blank)]
Id = Annotated[Text, AfterValidator(_id)]
Domain = Annotated[Text, AfterValidator(_domain)]
Lang = Annotated[str, _checked(language_fault)]
Locale = Annotated[Text, _checked(locale_fault)]
Day = Annotated[date, Strict(False), BeforeValidator(_day)]
ByLang = dict[Lang, Text]
ListsByLang = dict[Lang, list[Text]]
Parameters = Annotated[
    dict[str, Annotated[Any, AfterValidator(_parameter)]], AfterValidator(_parameters)
]


class _Shape(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, protected_namespaces=()
    )


class PricesShape(_Shape):
    """An engine's own prices."""

    input_per_million: float = Field(ge=0, description="USD per million input tokens")
    output_per_million: float = Field(ge=0, description="USD per million output tokens")
    per_search: float = Field(default=0.0, ge=0, description="USD per web search")


class EngineShape(_Shape):
    """One entry of engines.yaml."""

    id: Id = Field(description="a short name, such as chatgpt-web")
    model: Annotated[Text, AfterValidator(_model)] = Field(
        description="provider/model, such as openai/gpt-6.1-sol"
    )
    web_search: bool = Field(default=False, description="true or false")
    account: Id = Field(default="default", description="the account whose limits it shares")
    concurrency: int = Field(default=4, ge=1, le=256, description="calls in flight, such as 4")
    requests_per_minute: float | None = Field(
        default=None, gt=0, description="calls a minute, such as 60, or leave the key out"
    )
    api_base: Annotated[Text, AfterValidator(_web_address)] | None = Field(
        default=None, description="the address of your own server, or leave the key out"
    )
    prices: PricesShape | None = Field(
        default=None, description="input_per_million, output_per_million and per_search in USD"
    )
    parameters: Parameters = Field(
        default_factory=dict, description="a mapping of parameters, such as {seed: 1}"
    )
    region: Annotated[Text, _checked(country_fault)] | None = Field(
        default=None, description="a country's two letters, such as DE"
    )
    timeout_s: float = Field(default=120.0, gt=0, le=3600, description="seconds, such as 120")
    simulated: bool = Field(default=False, description="true or false")


class EnginesFile(_Shape):
    """prompts/engines.yaml."""

    engines: list[EngineShape] = Field(min_length=1, description="a list of engines")


class BrandShape(_Shape):
    """One brand."""

    name: Text = Field(description="the brand's name")
    aliases: list[Text] = Field(default_factory=list, description="a list of other names")
    products: list[Text] = Field(default_factory=list, description="a list of products")
    domains: list[Domain] = Field(default_factory=list, description="a list of domains")
    ambiguous: bool = Field(default=False, description="true or false")
    context: list[Text] = Field(default_factory=list, description="a list of words")
    exclude: list[Text] = Field(default_factory=list, description="a list of phrases")
    case_sensitive: bool = Field(default=False, description="true or false")
    forms: ListsByLang = Field(
        default_factory=dict, description="lists per language, such as {de: [Notras]}"
    )


class BrandsFile(_Shape):
    """One file of prompts/brands/."""

    brands: list[BrandShape] = Field(min_length=1, description="a list of brands")


class QuestionShape(_Shape):
    """One question of a pack."""

    id: Id = Field(description="a short name, such as best-headless")
    intent: Annotated[Intent, Strict(False)] = Field(description="what the person asking wants")
    text: ByLang = Field(description="the question per language, such as {en: …, de: …}")
    paraphrases: ListsByLang = Field(
        default_factory=dict, description="lists per language, such as {en: [...]}"
    )
    stage: Text | None = Field(default=None, description="a funnel stage, such as awareness")
    facts: list[Text] = Field(default_factory=list, description="a list of fact ids")
    tags: list[Text] = Field(default_factory=list, description="a list of topics")
    branded: bool | None = Field(default=None, description="true or false, or leave the key out")


class PersonaShape(_Shape):
    """One persona of a pack."""

    id: Id = Field(description="a short name, such as it-lead")
    text: ByLang = Field(description="who asks, per language")


class ScheduleShape(_Shape):
    """When a pack is asked."""

    cron: Annotated[Text, _checked(cron_fault)] = Field(
        description='five fields in quotes, such as "0 6 * * 1"'
    )
    time_zone: Annotated[Text, _checked(time_zone_fault)] = Field(
        default="UTC", description="a time zone, such as Europe/Berlin"
    )


class BudgetShape(_Shape):
    """The most a pack may cost."""

    wave_usd: float | None = Field(default=None, ge=0, description="USD, or leave the key out")
    month_usd: float | None = Field(default=None, ge=0, description="USD, or leave the key out")


class JudgesShape(_Shape):
    """Who judges a pack's answers."""

    engines: list[Text] = Field(
        min_length=1, description="a list of engine ids, the preferred first"
    )
    share: float = Field(
        default=1.0, ge=0, le=1, description="the share of answers to judge, such as 0.5"
    )


class ProbesShape(_Shape):
    """Which facts a pack probes, and how often."""

    facts: list[Text] = Field(default_factory=list, description="a list of fact ids")
    severities: list[Annotated[Severity, Strict(False)]] = Field(
        default_factory=list, description="a list of severities, such as [critical]"
    )
    engines: list[Text] = Field(
        default_factory=list, description="a list of the pack's engines, or leave the key out"
    )
    repeats: int = Field(
        default=1, ge=1, le=100, description="how often a wave asks each probe, such as 1"
    )
    every: int = Field(
        default=1, ge=1, le=1000, description="which waves ask probes: 4 for every fourth"
    )


class PackFile(_Shape):
    """One file of prompts/packs/; its name is the pack's id."""

    title: Text = Field(description="a title for people")
    own: Text = Field(description="the name of your brand")
    competitors: list[Text] = Field(default_factory=list, description="a list of brand names")
    engines: list[Text] = Field(min_length=1, description="a list of engine ids")
    locales: list[Locale] = Field(min_length=1, description="a list such as [en-US, de-DE]")
    personas: list[PersonaShape] = Field(default_factory=list, description="a list of personas")
    repeats: int = Field(
        default=2, ge=1, le=100, description="how often a wave asks each question, such as 2"
    )
    schedule: ScheduleShape | None = Field(
        default=None, description='such as {cron: "0 6 * * 1", time_zone: Europe/Berlin}'
    )
    budget: BudgetShape = Field(
        default_factory=BudgetShape, description="such as {wave_usd: 5, month_usd: 20}"
    )
    judge: JudgesShape | None = Field(
        default=None, description="such as {engines: [claude, chatgpt]}, or leave the key out"
    )
    probes: ProbesShape | None = Field(
        default=None, description="such as {severities: [critical], every: 4}"
    )
    questions: list[QuestionShape] = Field(min_length=1, description="a list of questions")


class ValueShape(_Shape):
    """A fact's typed value; whether `value` fits `type` is checked with the facts."""

    type: Annotated[FactType, Strict(False)] = Field(description="what sort of value it is")
    value: Any = Field(description="the true value")
    unit: Text = Field(default="", description="a unit, such as days")
    currency: Annotated[Text, _checked(currency_fault)] = Field(
        default="", description="three letters, such as EUR"
    )
    tolerance: float = Field(default=0.0, ge=0, lt=1, description="a share, such as 0.05")
    options: list[Text] = Field(default_factory=list, description="all the possible values")


class FactShape(_Shape):
    """One fact."""

    id: Id = Field(description="a short name, such as free-plan")
    statement: ByLang = Field(description="the truth per language, such as {en: …, de: …}")
    value: ValueShape = Field(description="such as {type: number, value: 30, unit: days}")
    severity: Annotated[Severity, Strict(False)] = Field(description="how bad an error is")
    subject: ListsByLang = Field(default_factory=dict, description="lists of words per language")
    previous: list[Any] = Field(default_factory=list, description="a list of earlier values")
    aliases: ListsByLang = Field(default_factory=dict, description="lists per language")
    negatives: ListsByLang = Field(default_factory=dict, description="lists per language")
    valid_from: Day | None = Field(default=None, description="a day, such as 2026-01-01")
    valid_to: Day | None = Field(default=None, description="a day, such as 2026-12-31")
    source: Text = Field(default="", description="where it can be read")
    owner: Text = Field(default="", description="who answers for it")


class FactsFile(_Shape):
    """One file of prompts/facts/."""

    brand: Text = Field(description="the name of the brand that the facts are about")
    facts: list[FactShape] = Field(min_length=1, description="a list of facts")


class SourceKindsShape(_Shape):
    """Domains by what sort of site they are."""

    editorial: list[Domain] = Field(default_factory=list, description="a list of domains")
    community: list[Domain] = Field(default_factory=list, description="a list of domains")
    shop: list[Domain] = Field(default_factory=list, description="a list of domains")
    vendor: list[Domain] = Field(default_factory=list, description="a list of domains")
    encyclopaedia: list[Domain] = Field(default_factory=list, description="a list of domains")
    social: list[Domain] = Field(default_factory=list, description="a list of domains")
    other: list[Domain] = Field(default_factory=list, description="a list of domains")


class SourcesFile(_Shape):
    """prompts/sources.yaml."""

    kinds: SourceKindsShape = Field(description="lists of domains by kind, such as {shop: [a.de]}")
