"""A new project's files: complete, and none of yours overwritten."""

from pathlib import Path

import pytest
from catalog_project import sound

from monitor.catalog import scaffold
from monitor.errors import InputError


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
