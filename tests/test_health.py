"""The checks behind `monitor doctor`."""

import socket
from pathlib import Path

import pytest

from monitor.health import Finding, check_health
from tests.cli_project import write_prompts


def _by_check(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {finding.check: finding for finding in findings}


def test_every_finding_that_is_wrong_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    write_prompts(tmp_path)
    pack = tmp_path / "prompts/packs/archives.yaml"
    pack.write_text(pack.read_text().replace("[sim-chat, sim-claude]", "[real-chat]"))
    wrong = [finding for finding in check_health(tmp_path) if not finding.ok]
    assert [finding.check for finding in wrong] == ["keys of archives"]
    assert all(finding.next_step for finding in wrong)


def test_a_host_that_answers_is_reached_and_a_closed_port_is_not(tmp_path: Path) -> None:
    write_prompts(tmp_path)
    engines = tmp_path / "prompts/engines.yaml"
    pack = tmp_path / "prompts/packs/archives.yaml"
    pack.write_text(pack.read_text().replace("[sim-chat, sim-claude]", "[real-chat]"))
    text = engines.read_text()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        base = f"http://127.0.0.1:{port}/v1"
        engines.write_text(text.replace("invented, ", f"invented, api_base: '{base}', "))
        reached = _by_check(check_health(tmp_path, reach=True))["reach 127.0.0.1"]
    assert reached.ok
    closed = _by_check(check_health(tmp_path, reach=True))["reach 127.0.0.1"]
    assert not closed.ok
    assert str(port) in closed.finding
    assert closed.next_step


def test_a_folder_without_a_project_is_one_finding_and_the_rest_is_checked(tmp_path: Path) -> None:
    found = _by_check(check_health(tmp_path))
    assert not found["prompts"].ok
    assert "monitor init" in found["prompts"].finding + found["prompts"].next_step
    assert found["disk"].check == "disk"


def test_a_damaged_store_is_a_finding_and_no_crash(tmp_path: Path) -> None:
    write_prompts(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/monitor.duckdb").write_bytes(b"not a database" * 1000)
    found = _by_check(check_health(tmp_path))["store"]
    assert not found.ok
    assert "monitor rebuild" in found.finding
