"""Keeps a test run to itself: no network beyond loopback, no touching of the real store.

The test session installs it, and so does every Python process that a test starts, because
`conftest.py` puts this folder on `PYTHONPATH` and Python imports `sitecustomize` by itself.
"""

import os
import socket
import sys
from ipaddress import ip_address

REAL_DATA = os.path.join(  # noqa: PTH118 - every process of a test loads this: no pathlib
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),  # noqa: PTH100, PTH120
    "data",
)
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex"}
_CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_FILES = {"open", "os.mkdir", "os.rename", "os.remove"}


class OutOfBoundsError(BaseException):
    """A test reached for what isn't its own. No `except Exception` may swallow it."""


def _watch(event: str, args: tuple[object, ...]) -> None:
    if event in _FILES:
        _check_file(args[0])
    elif event in _CONNECTS:
        _check_address(args[0], args[1])
    elif event in _LOOKUPS:
        _check_host(args[0])


def _check_file(path: object) -> None:
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    elif isinstance(path, os.PathLike):
        path = os.fspath(path)
    # A bare name may be relative to an open folder (`shutil.rmtree`): nobody can tell from here.
    if not isinstance(path, str) or "data" not in path or os.sep not in path:
        return
    full = os.path.abspath(path)  # noqa: PTH100
    if full == REAL_DATA or full.startswith(REAL_DATA + os.sep):
        raise OutOfBoundsError(f"a test touches the real store: {full}; give it a --project")


def _check_address(connected: object, address: object) -> None:
    if isinstance(connected, socket.socket) and connected.family == socket.AF_UNIX:
        return
    if isinstance(address, tuple):
        _check_host(address[0])


def _check_host(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "0.0.0.0", "::"):  # noqa: S104 - nothing is bound
        return
    try:
        inside = ip_address(str(name)).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise OutOfBoundsError(f"a test reaches beyond this machine: {name}")


sys.addaudithook(_watch)
