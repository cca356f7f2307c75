"""The guard around the tests themselves: what it must stop, and what it must let through."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

REAL_DATA = Path(__file__).parents[1] / "data"


def stopped(code: str) -> str:
    """The last line that a child process running `code` writes to stderr."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def test_a_connection_beyond_this_machine_raises() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
        pytest.raises(BaseException, match=r"beyond this machine: 192\.0\.2\.1"),
    ):
        probe.connect(("192.0.2.1", 9))


def test_looking_up_a_name_raises() -> None:
    with pytest.raises(BaseException, match="beyond this machine"):
        socket.getaddrinfo("assistant.example", 443)


def test_loopback_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_the_real_store_raises() -> None:
    with pytest.raises(BaseException, match="touches the real store"):
        (REAL_DATA / "monitor.duckdb").open("rb")


def test_processes_that_tests_start_are_guarded_too() -> None:
    assert "beyond this machine" in stopped("import socket; socket.getaddrinfo('a.example', 1)")
    assert "real store" in stopped(f"open({str(REAL_DATA / 'x')!r}, 'w')")
    assert stopped("print('fine')") == ""
