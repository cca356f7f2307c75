"""Errors that a user can act on: each message names the thing, its value and the next step.

`monitor.cli` alone turns them into exit codes; adapters raise them ``from`` the foreign exception.
"""


class MonitorError(Exception):
    """An expected error (exit 1). Its text is one clear line, shown without a traceback."""


class ConfigError(MonitorError):
    """The project's files or the environment can't be used as they are."""


class StoreError(MonitorError):
    """The store or its journal can't be read or written."""


class StoreBusyError(StoreError):
    """The store's lock wasn't free in time; the text says who holds it."""


class ProviderError(MonitorError):
    """An engine can't be asked at all (missing key, unreachable host, unknown model)."""


class InputError(MonitorError):
    """A file or an argument that a user gave can't be read as what it should be."""
