"""A small sound project in files, and what reading it again says after a change."""

from pathlib import Path

from monitor.catalog import Catalog, check

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


def filled(folder: Path) -> Path:
    """`folder` with the project's files."""
    for name, content in FILES.items():
        written(folder, name, content)
    return folder


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
