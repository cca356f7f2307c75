"""Commands as processes that begin with the program's modules loaded.

A command spends most of its time on imports, LiteLLM's alone seconds of it, and the tests run
hundreds of commands. `run` has each forked from one process that has imported and done nothing
else: still a process of its own with its environment, folder, streams and exit code. Tests of
starting, of what is imported, of pipes and of kills start `python -m monitor` from scratch.
"""

import atexit
import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
_MODULES = ("monitor.cli", "monitor.pipeline", "monitor.report", "monitor.health", "scipy.stats")
_ASKING = ("ask", "run")
_TURNS = threading.Lock()


def run(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path | None = None,
    stdin: bytes = b"",
) -> "subprocess.CompletedProcess[bytes]":
    """`subprocess.run` of `monitor` with `arguments`, its output captured."""
    with tempfile.TemporaryDirectory() as folder, _TURNS:
        streams = [Path(folder) / name for name in ("in", "out", "err")]
        streams[0].write_bytes(stdin)
        wanted = {
            "arguments": list(arguments),
            "env": dict(env),
            "cwd": str(cwd or Path.cwd()),
            "streams": [str(path) for path in streams],
        }
        parent = _parent()
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write(json.dumps(wanted).encode() + b"\n")
        parent.stdin.flush()
        code = int(parent.stdout.readline())
        return subprocess.CompletedProcess(
            ["monitor", *arguments], code, streams[1].read_bytes(), streams[2].read_bytes()
        )


def run_from_scratch(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path | None = None,
    stdin: bytes = b"",
) -> "subprocess.CompletedProcess[bytes]":
    """The same with nothing loaded beforehand: as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        input=stdin,
        capture_output=True,
        env=dict(env),
        cwd=cwd,
        timeout=200,
        check=False,
    )


@cache
def _parent() -> "subprocess.Popen[bytes]":
    """The process that the commands are forked from; it ends with this one."""
    parent = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    atexit.register(parent.kill)
    return parent


def _serve() -> None:
    """Fork a command for each line of standard input and say its exit code; one at a time."""
    sys.path[0] = str(ROOT)
    for name in _MODULES:
        importlib.import_module(name)
    for line in sys.stdin.buffer:
        wanted = json.loads(line)
        if set(_ASKING) & set(wanted["arguments"]):
            _load_litellm()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _become(wanted)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the reply


def _load_litellm() -> None:
    from monitor.provider.library import load_library

    load_library()


def _become(wanted: Mapping[str, list[str]]) -> None:
    """Run the command in this process, which a fork has just made, and end."""
    from monitor.cli import main

    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(str(wanted["cwd"]))
    for number, path in enumerate(wanted["streams"]):
        opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
    # What stood in the buffer was read by the parent: a reader of its own for the new stream.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["monitor", *wanted["arguments"]]
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve()
