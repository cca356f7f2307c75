"""What a sound project in prompts/ holds once it is read."""

import dataclasses
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from catalog_project import (
    ENGINES,
    FILES,
    PACK,
    changed,
    faults,
    filled,
    sound,
    written,
)

from monitor.catalog import check, load, scaffold
from monitor.types import (
    Budget,
    FactType,
    Intent,
    Judges,
    Prices,
    Probing,
    Schedule,
    Severity,
    SourceKind,
    vendor_of,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return filled(tmp_path)


def test_a_sound_project_gives_engines_with_all_their_settings(project: Path) -> None:
    one, web = load(project).engines.values()
    assert (one.engine_id, one.web_search, one.account, one.prices) == (
        "one",
        False,
        "default",
        None,
    )
    assert (one.concurrency, one.requests_per_minute, one.timeout_s) == (4, None, 120.0)
    assert (web.web_search, web.account, web.region, web.simulated) == (True, "shared", "DE", True)
    assert (web.concurrency, web.requests_per_minute, web.timeout_s) == (2, 30, 30)
    assert web.prices == Prices(1, 4.5, 0.01)
    assert (web.parameters, web.api_base) == ({"seed": 7}, "http://127.0.0.1:9/v1")


def test_a_packs_brands_are_its_own_first_and_marked_then_its_rivals_in_order(
    project: Path,
) -> None:
    catalog = load(project)
    brands = catalog.brands_of(catalog.packs["own"])
    assert [(brand.name, brand.own) for brand in brands] == [
        ("Quellbach", True),
        ("Rotfuchs & Co", False),
        ("Anchor", False),
    ]
    assert brands[0].domains == ("quellbach.example",)
    assert brands[0].forms == {"de": ("Quellbachs",)}
    assert (brands[2].ambiguous, brands[2].case_sensitive) == (True, True)
    assert (brands[2].context, brands[2].exclude) == (("hosting",), ("ship's anchor",))


ANOTHER = ENGINES + "  - {id: reader, model: anthropic/model-2}\n"


def test_a_packs_judges_are_of_another_vendor_in_order_of_preference(project: Path) -> None:
    written(project, "engines.yaml", ANOTHER)
    judge = "judge: {engines: [reader, one], share: 0.25}\n"
    written(project, "packs/own.yaml", PACK.replace("budget:", f"{judge}budget:"))
    catalog = sound(project)
    pack = catalog.packs["own"]
    assert pack.judges == Judges(("reader", "one"), 0.25)
    assert [judge.vendor for judge in catalog.judges_of(pack)] == ["anthropic", "openai"]


def test_judges_are_off_where_a_pack_names_none_or_has_none_of_its_answers_judged(
    project: Path,
) -> None:
    assert sound(project).judges_of(sound(project).packs["own"]) == ()
    written(project, "engines.yaml", ANOTHER)
    off = "judge: {engines: [reader], share: 0}\n"
    written(project, "packs/own.yaml", PACK.replace("budget:", f"{off}budget:"))
    catalog = sound(project)
    assert catalog.judges_of(catalog.packs["own"]) == ()


def test_a_judge_that_searches_the_web_is_reported_where_it_stands(project: Path) -> None:
    written(
        project,
        "engines.yaml",
        ENGINES + "  - {id: reader, model: anthropic/model-2, web_search: true}\n",
    )
    judge = "judge: {engines: [reader]}\n"
    written(project, "packs/own.yaml", PACK.replace("budget:", f"{judge}budget:"))
    assert faults(project) == [
        'packs/own.yaml:8:19: judge.engines[0]: "reader" searches the web; a judge has all it '
        "needs, so write an engine without"
    ]


@pytest.mark.parametrize(
    ("model", "vendor"),
    [
        ("openai/gpt-6", "openai"),
        ("openai/responses/gpt-6", "openai"),
        ("azure/gpt-6-eu", "openai"),
        ("openrouter/anthropic/claude-sonnet-5-5", "anthropic"),
        ("bedrock/eu.anthropic.claude-haiku-5-5", "anthropic"),
        ("gemini/gemini-4-argon", "google"),
        ("vertex_ai/gemini-4-argon", "google"),
        ("ollama/llama3.1", "meta"),
        ("ollama/own-model", "ollama"),
        ("mistral/mistral-large-4", "mistral"),
    ],
)
def test_a_models_vendor_is_its_maker_also_behind_a_reseller(model: str, vendor: str) -> None:
    assert vendor_of(model) == vendor


def test_a_pack_is_named_after_its_file_and_carries_all_that_it_says(project: Path) -> None:
    catalog = load(project)
    pack = catalog.packs["own"]
    assert (pack.pack_id, pack.title, pack.repeats) == ("own", "A pack", 3)
    assert pack.schedule == Schedule("0 6 * * 1", "Europe/Berlin")
    assert pack.budget == Budget(5, None)
    assert [engine.engine_id for engine in catalog.engines_of(pack)] == ["one", "one-web"]
    best, safe = pack.questions
    assert (best.intent, best.stage, best.tags) == (Intent.DISCOVERY, "awareness", ("general",))
    assert best.phrasings("en") == ("Which is best?", "What should I take?")
    assert (best.facts, best.branded, safe.branded) == (("price",), None, False)
    assert pack.personas[0].text == {"en": "I buy things.", "de": "Ich kaufe ein."}
    assert pack.probes == Probing(("price",), (Severity.MAJOR,), ("one",), repeats=2, every=4)


def test_a_pack_without_probes_has_none(project: Path) -> None:
    written(project, "packs/own.yaml", FILES["packs/own.yaml"].partition("probes:")[0])
    assert load(project).packs["own"].probes is None


def test_facts_of_a_rival_cant_be_probed(project: Path) -> None:
    changed(project, "facts/own.yaml", "brand: Quellbach", "brand: Anchor")
    assert faults(project) == [
        'packs/own.yaml:29:18: probes.facts[0]: "price" is a fact about Anchor; probe facts of '
        "the own brand"
    ]


def test_facts_carry_typed_values(project: Path) -> None:
    catalog = load(project)
    price, labels, launch = catalog.facts_of(catalog.packs["own"])
    assert (price.brand, price.severity) == ("Quellbach", Severity.CRITICAL)
    assert (price.value.type, price.value.value) == (FactType.MONEY, 20)
    assert (price.value.currency, price.value.tolerance) == ("EUR", 0.05)
    assert (price.previous, price.valid_from) == ((15, 18.5), date(2026, 1, 1))
    assert labels.value.value == ("A1", "B2")
    assert launch.value.value == date(2019, 5, 2)


def test_the_packs_hash_follows_its_wording_and_the_brand_hash_only_its_brands(
    project: Path,
) -> None:
    before = load(project)
    changed(project, "packs/own.yaml", "Which is safe?", "Which is safest?")
    changed(project, "brands/own.yaml", "    context: [hosting]", "    context:\n    - hosting # c")
    same_brands = load(project)
    changed(project, "brands/own.yaml", "[hosting]", "[hosting, harbour]")
    other_brands = load(project)
    hashes = [
        (catalog.packs["own"].content_hash, catalog.brand_hash(catalog.packs["own"]))
        for catalog in (before, same_brands, other_brands)
    ]
    assert hashes[0][0] != hashes[1][0] == hashes[2][0]
    assert hashes[0][1] == hashes[1][1] != hashes[2][1]


def test_an_anchor_can_be_used_to_share_a_list(project: Path) -> None:
    changed(project, "packs/own.yaml", "[general]", "&topics [general, news]")
    path = project / "prompts/packs/own.yaml"
    text = path.read_text().replace("branded: false", "branded: false\n    tags: *topics")
    path.write_text(text)
    assert load(project).packs["own"].questions[1].tags == ("general", "news")


def test_a_byte_order_mark_and_windows_line_ends_are_read(project: Path) -> None:
    written(project, "packs/own.yaml", b"\xef\xbb\xbf" + PACK.replace("\n", "\r\n").encode())
    assert load(project).packs["own"].questions[1].text["de"] == "Was ist sicher?"


@pytest.mark.parametrize(
    "cron", ["0 6 * * 1", "*/15 * * * *", "0 6 * * MON-FRI", "0 0 29 2 *", "0 6 L * *", "0 6 1 * 7"]
)
def test_standard_cron_expressions_are_taken(project: Path, cron: str) -> None:
    changed(project, "packs/own.yaml", "0 6 * * 1", cron)
    schedule = sound(project).packs["own"].schedule
    assert schedule is not None
    assert schedule.cron == cron


def test_records_can_be_sent_to_another_process_and_written_as_plain_data(project: Path) -> None:
    catalog = load(project)
    assert (
        dataclasses.asdict(catalog.packs["own"])["questions"][0]["text"]["en"] == "Which is best?"
    )


def test_importing_the_catalog_loads_no_yaml_reader() -> None:
    code = "import sys, monitor.catalog; print([m for m in sys.modules if 'ruamel' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_sources_say_what_sort_of_site_a_domain_is_and_a_bad_one_is_named(tmp_path: Path) -> None:
    scaffold(tmp_path, ["demo"])
    sources = tmp_path / "prompts" / "sources.yaml"
    sources.write_text("kinds:\n  editorial: [news.example]\n  shop: [shop.example]\n")
    kinds = load(tmp_path).site_kinds
    assert kinds == {"news.example": SourceKind.EDITORIAL, "shop.example": SourceKind.SHOP}

    sources.write_text("kinds:\n  editorial: [news.example]\n  shopp: [news.example]\n")
    _, problems = check(tmp_path)
    assert {(p.file, p.line, p.column) for p in problems} >= {("prompts/sources.yaml", 3, 3)}
    assert any("shop" in p.message for p in problems)
