"""The command line. Commands stand in modules by what they're for, and import what they need
only when they run, so that `--help` is quick."""

from monitor.cli import (
    asking,
    facts,
    keeping,
    reading,
    reviewing,
    ruling,
    setting_up,
    showing,
    trying,
    watching,
)
from monitor.cli.app import app, main

__all__ = [
    "app",
    "asking",
    "facts",
    "keeping",
    "main",
    "reading",
    "reviewing",
    "ruling",
    "setting_up",
    "showing",
    "trying",
    "watching",
]
