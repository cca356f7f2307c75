"""From an empty folder to a plan: init, doctor, plan, status."""

import json
import os
from pathlib import Path

import pytest

from tests.cli_project import monitor, write_prompts


def _findings(project: Path, *options: str) -> dict[str, dict[str, object]]:
    done = monitor("doctor", *options, "--format", "json", project=project)
    found = {record["check"]: record for record in json.loads(done.out)}
    assert done.code == (0 if all(record["ok"] for record in found.values()) else 1)
    return found


def test_a_new_project_has_what_the_next_steps_need(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    done = monitor("init", str(folder))
    assert done.code == 0, done.err
    assert f"monitor --project {folder} doctor" in done.out
    for name in (".env.example", ".gitignore", "prompts/engines.yaml", "prompts/packs/demo.yaml"):
        assert (folder / name).is_file()
    standing = monitor("status", project=folder)
    assert standing.code == 0
    assert "Nothing asked yet" in standing.out
    assert monitor("plan", "my-brand", project=folder).code == 0
    vague = monitor("plan", project=folder)
    assert vague.code == 1
    assert "my-brand" in vague.err


def test_nothing_asks_a_new_projects_examples_by_itself(tmp_path: Path) -> None:
    assert monitor("init", str(tmp_path)).code == 0
    found = _findings(tmp_path)
    assert "next" in str(found["schedule of my-brand"]["finding"])
    for example in ("demo", "b2b-tech"):
        assert found[f"schedule of {example}"]["finding"] == "none: asked only by `monitor run`"
    keys = found["keys of b2b-tech"]
    assert keys["ok"]
    assert "before `monitor run b2b-tech`" in str(keys["next_step"])
    assert not found["keys of my-brand"]["ok"]


def test_init_here_names_commands_without_a_project(tmp_path: Path) -> None:
    done = monitor("init", cwd=tmp_path)
    assert done.code == 0
    assert "`monitor doctor`" in done.out
    assert monitor("plan", "demo", cwd=tmp_path).code == 0


def test_init_over_a_project_keeps_what_is_there(tmp_path: Path) -> None:
    assert monitor("init", str(tmp_path)).code == 0
    brands = tmp_path / "prompts/brands/my-brand.yaml"
    brands.write_text("brands: []\n")
    done = monitor("init", str(tmp_path))
    assert done.code == 0
    assert "kept prompts/brands/my-brand.yaml" in done.out
    assert brands.read_text() == "brands: []\n"


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/proc/sys").is_dir(), reason="needs /proc")
def test_init_where_nobody_may_write_says_so() -> None:
    done = monitor("init", "/proc/sys/mine")
    assert done.code == 1
    assert "/proc/sys/mine" in done.err
    assert "Traceback" not in done.err


def test_doctor_looks_at_everything_and_says_what_to_do(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    found = _findings(project)
    assert all(record["ok"] for record in found.values())
    assert {"prompts", "keys of archives", "schedule of archives", "store", "clock", "disk"} <= set(
        found
    )
    assert "Europe/Berlin" in str(found["schedule of archives"]["finding"])
    pack = project / "prompts/packs/archives.yaml"
    pack.write_text(pack.read_text().replace("[sim-chat, sim-claude]", "[real-chat]"))
    wrong = _findings(project)["keys of archives"]
    assert not wrong["ok"]
    assert "OPENAI_API_KEY" in str(wrong["finding"])
    assert ".env" in str(wrong["next_step"])


def test_doctor_reads_keys_from_the_projects_env_file(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    pack = project / "prompts/packs/archives.yaml"
    pack.write_text(pack.read_text().replace("[sim-chat, sim-claude]", "[real-chat]"))
    (project / ".env").write_text("OPENAI_API_KEY=sk-something-quite-invented\n")
    assert _findings(project)["keys of archives"]["ok"]


def test_doctor_survives_broken_prompts_and_still_checks_the_rest(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    (project / "prompts/packs/archives.yaml").write_text("title: [\n")
    found = _findings(project)
    assert not found["prompts"]["ok"]
    assert "archives.yaml" in str(found["prompts"]["finding"])
    assert found["store"]["ok"]


def test_a_setting_that_cant_be_read_is_named_with_its_variable(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    (project / ".env").write_text("MONITOR_LOCK_WAIT_S=soon\n")
    done = monitor("status", project=project)
    assert done.code == 1
    assert "MONITOR_LOCK_WAIT_S='soon'" in done.err


def test_plan_shows_calls_cost_and_margins_before_spending(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    lines = json.loads(monitor("plan", "--format", "json", project=project).out)
    assert [line["engine"] for line in lines] == ["sim-chat", "sim-claude", "all"]
    assert [line["calls"] for line in lines] == [8, 8, 16]
    assert lines[-1]["wave_usd"] == pytest.approx(lines[0]["wave_usd"] + lines[1]["wave_usd"])
    assert lines[0]["expected_panel_margin"] > 0
    shown = monitor("plan", project=project)
    assert "Expected margins" in shown.out


def test_plan_with_a_budget_proposes_a_design_within_it(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    done = monitor("plan", "--budget", "0.5", project=project)
    assert done.code == 0
    assert "For 0.50 USD a wave:" in done.out
    nothing = monitor("plan", "--budget", "0", project=project)
    assert nothing.code == 0
    assert "Traceback" not in nothing.err


def test_an_unknown_price_is_unknown_and_never_nothing(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    pack = project / "prompts/packs/archives.yaml"
    pack.write_text(pack.read_text().replace("[sim-chat, sim-claude]", "[sim-chat, real-chat]"))
    lines = json.loads(monitor("plan", "--format", "json", project=project).out)
    assert [line["wave_usd"] is None for line in lines] == [False, True, True]
    shown = monitor("plan", "--budget", "1", project=project).out
    assert "unknown" in shown
    assert "Without real-chat, whose price is unknown" in shown


def test_margins_are_of_the_unbranded_questions(tmp_path: Path) -> None:
    project = write_prompts(tmp_path)
    pack = project / "prompts/packs/archives.yaml"
    pack.write_text(pack.read_text().replace("{id: own,", "{id: own, branded: true,"))
    whole = json.loads(monitor("plan", "--format", "json", project=project).out)[0]
    text = pack.read_text()
    (branded,) = [line for line in text.splitlines() if "id: own" in line]
    pack.write_text(text.replace(branded + "\n", ""))
    without = json.loads(monitor("plan", "--format", "json", project=project).out)[0]
    assert whole["calls"] > without["calls"]
    assert whole["expected_panel_margin"] == without["expected_panel_margin"]
