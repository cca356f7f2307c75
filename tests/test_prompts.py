"""What the shipped prompts hold: the demo, the B2B pack, the engines and the fact sheet."""

import json
import os
import re
from collections import Counter
from importlib.metadata import files
from itertools import combinations
from pathlib import Path

import pytest

from monitor.catalog import Catalog, load
from monitor.types import FactType, Intent, Pack, Severity

PROJECT = Path(__file__).parent.parent
VENDORS = {
    "SAP",
    "IBM",
    "Schneider Electric",
    "Salesforce",
    "Dell",
    "Siemens",
    "AWS",
    "Cisco",
    "Oracle",
}
ASKED = {
    Intent.DISCOVERY,
    Intent.COMPARISON,
    Intent.TRUST,
    Intent.PURCHASE,
    Intent.SUPPORT,
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(PROJECT)


def wordings(pack: Pack, lang: str) -> list[str]:
    return [text for question in pack.questions for text in question.phrasings(lang)]


def named(catalog: Catalog, pack: Pack, text: str) -> set[str]:
    """The pack's brands that a text names, by plain whole-word search."""
    return {
        brand.name
        for brand in catalog.brands_of(pack)
        for name in (brand.name, *brand.aliases)
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    }


def test_the_demo_asks_24_questions_over_every_intent_of_a_customer(catalog: Catalog) -> None:
    questions = catalog.packs["demo"].questions
    counts = Counter(question.intent for question in questions)
    assert len(questions) == 24
    assert all(counts[intent] >= 3 for intent in ASKED)


def test_the_demo_has_an_invented_brand_and_five_rivals_on_reserved_domains(
    catalog: Catalog,
) -> None:
    brands = catalog.brands_of(catalog.packs["demo"])
    assert [brand.own for brand in brands] == [True, False, False, False, False, False]
    assert all(
        domain.endswith(".example") for brand in brands for domain in (brand.domains or ("none",))
    )
    assert [brand.name for brand in brands if brand.ambiguous] == ["Pergola"]


def test_the_demo_needs_no_key_because_it_asks_simulated_engines_only(catalog: Catalog) -> None:
    engines = catalog.engines_of(catalog.packs["demo"])
    assert [engine.engine_id for engine in engines if not engine.simulated] == []
    pairs = [
        (one, other)
        for one, other in combinations(engines, 2)
        if one.model == other.model and one.web_search != other.web_search
    ]
    assert [(one.engine_id, other.engine_id) for one, other in pairs] == [
        ("sim-chat", "sim-chat-web")
    ]


def test_canaries_name_no_brand_and_stand_in_no_headline(catalog: Catalog) -> None:
    pack = catalog.packs["demo"]
    canaries = [question for question in pack.questions if "canary" in question.tags]
    assert len(canaries) >= 2
    for question in canaries:
        assert question.intent is Intent.PROBE
        assert not any(named(catalog, pack, text) for text in question.text.values())


def test_what_the_demo_says_of_a_branded_question_is_what_its_text_shows(
    catalog: Catalog,
) -> None:
    pack = catalog.packs["demo"]
    for question in pack.questions:
        for lang in ("en", "de"):
            for text in question.phrasings(lang):
                assert bool(named(catalog, pack, text)) is bool(question.branded), text
    assert 4 <= sum(bool(question.branded) for question in pack.questions) <= 8


def test_the_b2b_pack_tracks_the_nine_vendors_with_domains_and_products(catalog: Catalog) -> None:
    brands = catalog.brands_of(catalog.packs["b2b-tech"])
    assert {brand.name for brand in brands} == VENDORS
    assert all(brand.domains and brand.products for brand in brands)
    assert {brand.name for brand in brands if brand.ambiguous} == {"SAP", "AWS", "Oracle"}
    assert all(brand.context and brand.exclude for brand in brands if brand.ambiguous)


def test_the_b2b_pack_asks_at_least_forty_questions_over_intents_and_buyer_roles(
    catalog: Catalog,
) -> None:
    questions = catalog.packs["b2b-tech"].questions
    assert len(questions) >= 40
    counts = Counter(question.intent for question in questions)
    assert all(counts[intent] >= 5 for intent in ASKED)
    roles = Counter(tag for question in questions for tag in question.tags)
    for role in ("it-lead", "procurement", "marketing-lead", "operations-lead", "finance-lead"):
        assert roles[role] >= 3, role


def test_most_b2b_questions_name_no_vendor(catalog: Catalog) -> None:
    pack = catalog.packs["b2b-tech"]
    branded = [q.question_id for q in pack.questions if named(catalog, pack, q.text["en"])]
    assert branded == [
        "sap-vs-oracle",
        "siemens-vs-schneider",
        "alternatives-to-salesforce",
        "ibm-reputation",
    ]
    for question in pack.questions:
        assert named(catalog, pack, question.text["en"]) == named(
            catalog, pack, question.text["de"]
        )


@pytest.mark.parametrize("vendor", sorted(VENDORS))
def test_each_of_the_nine_vendors_can_be_the_own_brand(vendor: str, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    (prompts / "packs").mkdir(parents=True)
    (prompts / "engines.yaml").symlink_to(PROJECT / "prompts/engines.yaml")
    (prompts / "brands").symlink_to(PROJECT / "prompts/brands")
    text = (PROJECT / "prompts/packs/b2b-tech.yaml").read_text(encoding="utf-8")
    if vendor != "SAP":
        text = text.replace(f"\n  - {vendor}\n", "\n  - SAP\n")
        text = text.replace("\nown: SAP\n", f"\nown: {vendor}\n")
    (prompts / "packs/mine.yaml").write_text(text, encoding="utf-8")
    catalog = load(tmp_path)
    own, *rivals = catalog.brands_of(catalog.packs["mine"])
    assert own.name == vendor
    assert own.own
    assert {rival.name for rival in rivals} == VENDORS - {vendor}


@pytest.mark.parametrize("pack_id", ["demo", "b2b-tech"])
def test_questions_of_a_pack_are_all_different_and_differ_between_languages(
    catalog: Catalog, pack_id: str
) -> None:
    pack = catalog.packs[pack_id]
    english, german = wordings(pack, "en"), wordings(pack, "de")
    assert len(set(english)) == len(english)
    assert len(set(german)) == len(german)
    assert not set(english) & set(german)
    assert all(text[-1] in "?." for text in english + german)


@pytest.mark.parametrize("pack_id", ["demo", "b2b-tech"])
def test_a_shipped_pack_asks_weekly_twice_in_both_languages(catalog: Catalog, pack_id: str) -> None:
    pack = catalog.packs[pack_id]
    assert (pack.repeats, pack.locales, pack.personas) == (2, ("en-US", "de-DE"), ())
    assert pack.schedule is not None
    assert re.fullmatch(r"0 \d \* \* 1", pack.schedule.cron)
    assert pack.budget.wave_usd
    assert pack.budget.month_usd


def litellm_prices() -> dict[str, dict[str, object]]:
    # Read as a file: importing LiteLLM takes seconds.
    name = "model_prices_and_context_window_backup.json"
    path = next(path for path in files("litellm") or () if path.name == name)
    prices: dict[str, dict[str, object]] = json.loads(Path(os.fspath(path.locate())).read_text())
    return prices


def test_every_real_engine_is_a_model_that_litellm_knows_at_the_price_written_here(
    catalog: Catalog,
) -> None:
    prices = litellm_prices()
    real = [engine for engine in catalog.engines.values() if not engine.simulated]
    assert len(real) >= 12
    for engine in real:
        provider, _, name = engine.model.partition("/")
        known = prices.get(engine.model) or prices[name]
        assert known["litellm_provider"] == provider, engine.engine_id
        assert engine.prices is not None, engine.engine_id
        assert engine.prices.input_per_million == pytest.approx(
            float(str(known["input_cost_per_token"])) * 1e6
        ), engine.engine_id
        assert engine.prices.output_per_million == pytest.approx(
            float(str(known["output_cost_per_token"])) * 1e6
        ), engine.engine_id
        assert not engine.web_search or known.get("supports_web_search"), engine.engine_id
        assert bool(engine.prices.per_search) is engine.web_search, engine.engine_id


def test_engines_of_one_account_agree_on_its_limits(catalog: Catalog) -> None:
    limits: dict[str, set[tuple[int, float | None, bool]]] = {}
    for engine in catalog.engines.values():
        limit = (engine.concurrency, engine.requests_per_minute, engine.simulated)
        limits.setdefault(engine.account, set()).add(limit)
    assert {account: len(found) for account, found in limits.items() if len(found) > 1} == {}


def test_the_demos_fact_sheet_has_every_type_of_value_and_severity(catalog: Catalog) -> None:
    facts = catalog.facts_of(catalog.packs["demo"])
    assert len(facts) >= 14
    assert {fact.value.type for fact in facts} == set(FactType)
    assert {fact.severity for fact in facts} == set(Severity)
    assert any(fact.valid_to for fact in facts)
    assert any(fact.previous for fact in facts)
    assert sum(bool(fact.negatives) for fact in facts) >= 3


def test_every_fact_is_stated_with_its_subject_in_both_languages(catalog: Catalog) -> None:
    for fact in catalog.facts.values():
        assert set(fact.statement) == set(fact.subject) == {"en", "de"}, fact.fact_id
        assert all(fact.brand in text for text in fact.statement.values()), fact.fact_id
        assert fact.source.startswith("https://tessavik"), fact.fact_id
        assert fact.owner, fact.fact_id
