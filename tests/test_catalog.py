"""Every fault in prompts/ is reported with file, line, column, key, value and what to write."""

import dataclasses
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.catalog import Catalog, CatalogError, Problem, check, load, scaffold
from monitor.errors import ConfigError, InputError
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

ENGINES = """\
engines:
  - id: one
    model: openai/model-1
  - id: one-web
    model: openai/model-1
    web_search: true
    account: shared
    concurrency: 2
    requests_per_minute: 30
    api_base: http://127.0.0.1:9/v1
    prices: {input_per_million: 1, output_per_million: 4.5, per_search: 0.01}
    parameters: {seed: 7}
    region: DE
    timeout_s: 30
    simulated: true
"""
BRANDS = """\
brands:
  - name: Quellbach
    aliases: [Quellbach Cloud]
    products: [Quellbach Studio]
    domains: [Quellbach.example]
    forms: {de: [Quellbachs]}
  - name: Anchor
    ambiguous: true
    context: [hosting]
    exclude: [ship's anchor]
    case_sensitive: true
  - name: Rotfuchs & Co
"""
FACTS = """\
brand: Quellbach
facts:
  - id: price
    statement: {en: It costs 20 euros., de: Es kostet 20 Euro.}
    subject: {en: [costs], de: [kostet]}
    value: {type: money, value: 20, currency: EUR, tolerance: 0.05}
    previous: [15, 18.5]
    negatives: {en: [a free plan]}
    severity: critical
    valid_from: 2026-01-01
    source: https://quellbach.example/prices
    owner: Sales
  - id: labels
    statement: {en: It has two labels.}
    value: {type: set, value: [A1, B2]}
    severity: minor
  - id: launch
    statement: {en: It started in May 2019.}
    value: {type: date, value: "2019-05-02"}
    severity: major
"""
PACK = """\
title: A pack
own: Quellbach
competitors: [Rotfuchs & Co, Anchor]
engines: [one, one-web]
locales: [en-US, de-DE]
repeats: 3
schedule: {cron: "0 6 * * 1", time_zone: Europe/Berlin}
budget: {wave_usd: 5}
questions:
  - id: best
    intent: discovery
    stage: awareness
    tags: [general]
    facts: [price]
    text:
      en: Which is best?
      de: Was ist am besten?
    paraphrases:
      en: [What should I take?]
  - id: safe
    intent: trust
    branded: false
    text:
      en: Which is safe?
      de: Was ist sicher?
personas:
  - id: buyer
    text: {en: I buy things., de: Ich kaufe ein.}
probes: {facts: [price], severities: [major], engines: [one], repeats: 2, every: 4}
"""
FILES = {
    "engines.yaml": ENGINES,
    "brands/own.yaml": BRANDS,
    "facts/own.yaml": FACTS,
    "packs/own.yaml": PACK,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / "prompts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def written(project: Path, file: str, content: str | bytes) -> None:
    path = project / "prompts" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def changed(project: Path, file: str, old: str, new: str) -> None:
    assert FILES[file].count(old) == 1, f"{old!r} must stand once in {file}"
    written(project, file, FILES[file].replace(old, new))


def faults(project: Path) -> list[str]:
    catalog, problems = check(project)
    assert catalog is None
    return [str(problem).removeprefix("prompts/") for problem in problems]


def sound(project: Path) -> Catalog:
    catalog, problems = check(project)
    assert problems == ()
    assert catalog is not None
    return catalog


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


FAULTS = YAML(typ="safe").load(Path(__file__).parent / "golden" / "catalog_faults.yaml")


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["fault"])
def test_a_fault_is_reported_once_with_its_place_and_what_to_write(
    project: Path, case: dict[str, str]
) -> None:
    changed(project, case["file"], case["old"], case["new"])
    assert faults(project) == [case["says"]]


UNREADABLE = [
    ("", "packs/bad.yaml:1:1: is empty; fill it in or delete the file"),
    ("# only this\n", "packs/bad.yaml:1:1: is empty; fill it in or delete the file"),
    ("a:\n\t- b\n", "packs/bad.yaml:2:1: a tab can't indent YAML; use spaces"),
    (
        "a: b\nc: d: e\n",
        "packs/bad.yaml:2:5: isn't valid YAML (mapping values are not allowed here); "
        "put text that holds a colon in quotes",
    ),
    (
        "a: 'b\nc: d\n",
        "packs/bad.yaml:1:4: isn't valid YAML (found unexpected end of stream); close the quote",
    ),
    (
        "a: [b\nc: d\n",
        "packs/bad.yaml:2:2: isn't valid YAML (expected ',' or ']', but got ':'); "
        "close the bracket, or put a comma between the items",
    ),
    (
        "a: @b\n",
        "packs/bad.yaml:1:4: isn't valid YAML (found character '@' that cannot start any token); "
        "put text that starts with a special character in quotes",
    ),
    (b"a: b\nc: \xfcber\n", "packs/bad.yaml:2:4: byte 0xfc isn't UTF-8; save the file as UTF-8"),
    ("a: b\nc: \x07\n", "packs/bad.yaml:2:4: '\\x07' can't stand in YAML; take it out"),
    (
        "a: b\n---\nc: d\n",
        "packs/bad.yaml:2:1: isn't valid YAML (but found another document); "
        "keep one document a file: take the --- out",
    ),
    (
        "just words\n",
        'packs/bad.yaml:1:1: "just words" isn\'t a mapping; write the keys title, own, '
        "competitors, engines, locales, personas, repeats, schedule, budget, judge, probes, "
        "questions",
    ),
    *(
        (deep, "packs/bad.yaml:1:1: is nested too deeply; write fewer levels")
        for deep in (
            "[" * 3000,
            "[" * 200_000 + "]" * 200_000,
            "{a: " * 9000,
            "- " * 200_000,
            "\n".join(" " * level + "a:" for level in range(3000)),
        )
    ),
]


@pytest.mark.parametrize(("content", "message"), UNREADABLE)
def test_a_file_that_is_no_yaml_says_where_and_how_to_mend_it(
    project: Path, content: str | bytes, message: str
) -> None:
    written(project, "packs/bad.yaml", content)
    assert faults(project) == [message]


def test_faults_of_all_files_are_reported_together_in_file_order(project: Path) -> None:
    changed(project, "engines.yaml", "concurrency: 2", "concurrency: 0")
    changed(project, "brands/own.yaml", "ambiguous: true", "ambiguous: maybe")
    changed(project, "facts/own.yaml", "severity: minor", "severity: low")
    written(project, "packs/bad.yaml", "a: 'b")
    path = project / "prompts/packs/own.yaml"
    text = PACK.replace("intent: trust", "intent: none").replace("repeats: 3", "repeats: 0")
    path.write_text(text.replace("      de: Was ist sicher?\n", ""))
    places = [fault.split(": ")[0] for fault in faults(project)]
    assert places == [
        "brands/own.yaml:8:16",
        "engines.yaml:8:18",
        "facts/own.yaml:16:15",
        "packs/bad.yaml:1:4",
        "packs/own.yaml:6:10",
        "packs/own.yaml:21:13",
        "packs/own.yaml:24:7",
    ]


def test_the_error_says_every_problem_on_a_line_of_its_own(project: Path) -> None:
    changed(project, "engines.yaml", "concurrency: 2", "concurrency: 0")
    changed(project, "packs/own.yaml", "repeats: 3", "repeats: 0")
    with pytest.raises(CatalogError) as caught:
        load(project)
    assert isinstance(caught.value, ConfigError)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    assert caught.value.problems[0] == Problem(
        file="prompts/engines.yaml",
        line=8,
        column=18,
        key="engines[1].concurrency",
        value="0",
        message="isn't at least 1; write calls in flight, such as 4",
    )


@pytest.mark.parametrize(
    ("setting", "place"),
    [
        ("api_key: sk-verysecret", "engines.yaml:12:5: engines[1].api_key: doesn't belong in a"),
        ("parameters: {api_key: sk-verysecret}", "engines.yaml:12:17: engines[1].parameters: api_"),
        ("api_base: https://me:sk-verysecret@host", "engines.yaml:12:15: engines[1].api_base: hol"),
    ],
)
def test_a_secret_in_a_file_is_refused_and_never_shown(
    project: Path, setting: str, place: str
) -> None:
    text = ENGINES.replace("    api_base: http://127.0.0.1:9/v1\n", "    region: AT\n")
    text = text.replace("    parameters: {seed: 7}\n    region: DE", f"    {setting}")
    written(project, "engines.yaml", text)
    (fault,) = faults(project)
    assert fault.startswith(place)
    assert "verysecret" not in fault


def test_an_unreadable_brands_file_does_not_make_its_brands_unknown(project: Path) -> None:
    written(project, "brands/own.yaml", "brands: [")
    assert [fault.split(":")[0] for fault in faults(project)] == ["brands/own.yaml"]


def test_a_brand_described_in_two_files_is_reported_in_the_second(project: Path) -> None:
    written(project, "brands/second.yaml", "brands:\n  - name: Anchor\n")
    assert faults(project) == [
        'brands/second.yaml:2:11: brands[0].name: "Anchor" names a brand a second time '
        "(first: prompts/brands/own.yaml:7); keep one entry"
    ]


def test_a_file_of_aliases_of_aliases_is_refused_in_bounded_time(project: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    written(project, "packs/bomb.yaml", "\n".join(lines))
    assert any("holds too many values" in fault for fault in faults(project))


def test_without_a_prompts_folder_it_says_to_run_init(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"prompts: not found in .*run `monitor init`"):
        load(tmp_path)


@pytest.mark.parametrize("missing", ["engines.yaml", "brands", "packs"])
def test_a_missing_part_of_prompts_is_named(project: Path, missing: str) -> None:
    (project / "prompts" / missing).rename(project / "elsewhere")
    assert f"{missing}: not found; run `monitor init` to make one" in faults(project)


def test_fact_sheets_can_be_left_out(project: Path) -> None:
    (project / "prompts/facts").rename(project / "elsewhere")
    without = FILES["packs/own.yaml"].replace("    facts: [price]\n", "")
    written(project, "packs/own.yaml", without.partition("probes:")[0])
    assert sound(project).facts == {}


@pytest.mark.parametrize(
    ("name", "better"), [("more.yml", "more.yaml"), ("my pack.yaml", "my-pack.yaml")]
)
def test_a_file_under_a_name_that_is_not_read_is_reported(
    project: Path, name: str, better: str
) -> None:
    written(project, f"packs/{name}", PACK)
    assert faults(project) == [
        f"packs/{name}: can't be used under this name; rename it to {better}"
    ]


@pytest.mark.parametrize(
    "cron", ["0 6 * * 1", "*/15 * * * *", "0 6 * * MON-FRI", "0 0 29 2 *", "0 6 L * *", "0 6 1 * 7"]
)
def test_standard_cron_expressions_are_taken(project: Path, cron: str) -> None:
    changed(project, "packs/own.yaml", "0 6 * * 1", cron)
    schedule = sound(project).packs["own"].schedule
    assert schedule is not None
    assert schedule.cron == cron


def test_a_scaffolded_project_loads_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    first = scaffold(tmp_path)
    assert first.kept == ()
    assert {"demo", "b2b-tech", "my-brand"} == set(sound(tmp_path).packs)
    (tmp_path / "prompts/packs/my-brand.yaml").write_text("mine")
    second = scaffold(tmp_path)
    assert (second.made, set(second.kept)) == ((), set(first.made))
    assert (tmp_path / "prompts/packs/my-brand.yaml").read_text() == "mine"


def test_a_scaffold_names_the_keys_of_every_shipped_provider_and_hides_them_from_git(
    tmp_path: Path,
) -> None:
    scaffold(tmp_path, packs=[])
    keys = (tmp_path / ".env.example").read_text()
    providers = {"OPENAI", "ANTHROPIC", "GEMINI", "PERPLEXITYAI", "MISTRAL", "XAI"}
    assert providers == {
        line.removesuffix("_API_KEY=") for line in keys.splitlines() if "=" in line
    }
    assert (tmp_path / ".gitignore").read_text().splitlines()[-2:] == ["data/", ".env"]


def test_a_scaffold_copies_only_the_packs_it_is_asked_for(tmp_path: Path) -> None:
    scaffold(tmp_path, packs=["demo"])
    catalog = sound(tmp_path)
    assert set(catalog.packs) == {"demo", "my-brand"}
    assert "SAP" not in catalog.brands
    assert catalog.facts


def test_a_scaffold_can_leave_the_starter_pack_out(tmp_path: Path) -> None:
    scaffold(tmp_path, packs=["demo"], starter=False)
    assert set(sound(tmp_path).packs) == {"demo"}


def test_a_scaffold_of_a_pack_that_is_not_shipped_says_which_are(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match='"nothing" isn\'t a shipped pack; choose from b2b-tech, demo'
    ):
        scaffold(tmp_path, packs=["nothing"])
    assert list(tmp_path.iterdir()) == []


def test_a_scaffold_in_a_place_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "prompts").write_text("in the way")
    with pytest.raises(InputError, match="can't be filled"):
        scaffold(tmp_path)


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
