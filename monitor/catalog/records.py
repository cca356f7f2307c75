"""Turns validated shapes into the records that the rest of the program speaks in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from monitor.catalog import shapes
from monitor.types import (
    Brand,
    Budget,
    Engine,
    Fact,
    FactScalar,
    FactType,
    FactValue,
    Judges,
    Pack,
    Persona,
    Prices,
    Probing,
    Question,
    Schedule,
    SourceKind,
)


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {lang: tuple(texts) for lang, texts in lists.items()}


def engine(shape: shapes.EngineShape) -> Engine:
    """The engine that an entry of engines.yaml describes."""
    return Engine(
        engine_id=shape.id,
        model=shape.model,
        web_search=shape.web_search,
        account=shape.account,
        concurrency=shape.concurrency,
        requests_per_minute=shape.requests_per_minute,
        api_base=shape.api_base,
        prices=Prices(**shape.prices.model_dump()) if shape.prices else None,
        parameters=dict(shape.parameters),
        region=shape.region,
        timeout_s=shape.timeout_s,
        simulated=shape.simulated,
    )


def brand(shape: shapes.BrandShape) -> Brand:
    """The brand that an entry of a brands file describes."""
    return Brand(
        name=shape.name,
        aliases=tuple(shape.aliases),
        products=tuple(shape.products),
        domains=tuple(shape.domains),
        ambiguous=shape.ambiguous,
        context=tuple(shape.context),
        exclude=tuple(shape.exclude),
        case_sensitive=shape.case_sensitive,
        forms=_tuples(shape.forms),
    )


def pack(shape: shapes.PackFile, pack_id: str, content_hash: str) -> Pack:
    """The pack that a pack file describes."""
    schedule = shape.schedule
    return Pack(
        pack_id=pack_id,
        title=shape.title,
        own=shape.own,
        competitors=tuple(shape.competitors),
        engines=tuple(shape.engines),
        locales=tuple(shape.locales),
        questions=tuple(_question(one) for one in shape.questions),
        personas=tuple(Persona(one.id, dict(one.text)) for one in shape.personas),
        repeats=shape.repeats,
        schedule=Schedule(schedule.cron, schedule.time_zone) if schedule else None,
        budget=Budget(shape.budget.wave_usd, shape.budget.month_usd),
        judges=Judges(tuple(shape.judge.engines), shape.judge.share) if shape.judge else Judges(),
        probes=_probing(shape.probes) if shape.probes else None,
        content_hash=content_hash,
    )


def _probing(shape: shapes.ProbesShape) -> Probing:
    return Probing(
        facts=tuple(shape.facts),
        severities=tuple(shape.severities),
        engines=tuple(shape.engines),
        repeats=shape.repeats,
        every=shape.every,
    )


def _question(shape: shapes.QuestionShape) -> Question:
    return Question(
        question_id=shape.id,
        intent=shape.intent,
        text=dict(shape.text),
        paraphrases=_tuples(shape.paraphrases),
        stage=shape.stage,
        facts=tuple(shape.facts),
        tags=tuple(shape.tags),
        branded=shape.branded,
    )


def fact(shape: shapes.FactShape, brand_name: str) -> Fact:
    """The fact that an entry of a fact sheet describes."""
    value = shape.value
    return Fact(
        fact_id=shape.id,
        brand=brand_name,
        statement=dict(shape.statement),
        value=FactValue(
            type=value.type,
            value=_scalar(value.type, value.value),
            unit=value.unit,
            currency=value.currency,
            tolerance=value.tolerance,
            options=tuple(value.options),
        ),
        severity=shape.severity,
        subject=_tuples(shape.subject),
        previous=tuple(_scalar(value.type, one) for one in shape.previous),
        aliases=_tuples(shape.aliases),
        negatives=_tuples(shape.negatives),
        valid_from=shape.valid_from,
        valid_to=shape.valid_to,
        source=shape.source,
        owner=shape.owner,
    )


def _scalar(fact_type: FactType, value: Any) -> FactScalar:
    """The value as its type wants it; `fact_values` has seen that it fits."""
    if fact_type is FactType.SET:
        return tuple(value)
    if fact_type is FactType.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    scalar: FactScalar = value
    return scalar


def site_kinds(shape: shapes.SourcesFile) -> dict[str, SourceKind]:
    """The kind of each domain that the file lists."""
    lists = shape.kinds.model_dump()
    return {domain: SourceKind(kind) for kind, domains in lists.items() for domain in domains}
