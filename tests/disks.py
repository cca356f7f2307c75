"""Folders that are full, small or read-only: for what a program says when it can't write."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 16 MB in `folder`, where this user may mount one; else the test skips."""
    with _mounted(folder, "size=16m"):
        yield folder


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """`folder` as nobody may write to it: by its rights, or for root by how it's mounted."""
    if os.geteuid() == 0:
        with _mounted(folder, "ro"):
            yield folder
    else:
        folder.mkdir(parents=True)
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)


@contextmanager
def _mounted(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not mount or not umount or os.geteuid() != 0:
        pytest.skip("needs the right to mount a disk")
    command = [mount, "-t", "tmpfs", "-o", options, "monitor-test", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting a disk is not allowed here")
    try:
        yield
    finally:
        subprocess.run([umount, "-l", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Fill a small disk to the last byte; return the file to delete for room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 9, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler
