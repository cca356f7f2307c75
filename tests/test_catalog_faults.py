"""Every fault in prompts/ is reported with file, line, column, key, value and what to write."""

from pathlib import Path

import pytest
from catalog_project import ENGINES, FILES, PACK, changed, faults, filled, sound, written
from ruamel.yaml import YAML

from monitor.catalog import CatalogError, Problem, load
from monitor.errors import ConfigError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return filled(tmp_path)


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
