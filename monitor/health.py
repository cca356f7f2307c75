"""Checks that a project can work: files, keys, reachability, clock, store, schedule."""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from monitor import catalog as catalogs
from monitor import plan
from monitor.catalog import Catalog
from monitor.errors import ConfigError, StoreError
from monitor.pipeline import read_judge_template
from monitor.provider import check_engine, missing_keys
from monitor.queries import holdings
from monitor.settings import load_settings
from monitor.store import Store, open_store, pending_files
from monitor.types import Engine, Pack

_LEAST_FREE_BYTES = 500_000_000
_OLDEST_CLOCK = datetime(2026, 11, 1, tzinfo=UTC)
_CONNECT_S = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's result; `next_step` says what to do where it isn't ok."""

    check: str
    ok: bool
    finding: str
    next_step: str = ""


def check_health(root: Path | None, *, reach: bool = False) -> tuple[Finding, ...]:
    """Every check of the project in `root`; with `reach`, also whether providers can be reached.

    Raises ConfigError only where the settings themselves can't be read.
    """
    settings = load_settings(root)
    catalog, problems = catalogs.check(settings.project)
    findings = [Finding("prompts", False, str(problem)) for problem in problems]
    if catalog is not None:
        findings.append(_inventory(catalog))
        findings += _packs(catalog)
        if any(catalog.judges_of(pack) for pack in catalog.packs.values()):
            findings.append(_template(settings.project))
        findings += _reachability(catalog) if reach else ()
    findings += _store(open_store(settings))
    findings += [_clock(), _disk(settings.project)]
    return tuple(findings)


def _inventory(catalog: Catalog) -> Finding:
    counts = (
        f"{len(catalog.packs)} packs, {len(catalog.brands)} brands, {len(catalog.engines)} engines"
    )
    return Finding("prompts", True, counts)


def _packs(catalog: Catalog) -> Iterator[Finding]:
    for pack in catalog.packs.values():
        engines = catalog.engines_of(pack)
        yield _keys(pack, engines)
        if pack.judges.engines:
            yield _judges(pack, catalog.judges_of(pack))
        yield _schedule(pack)


def _keys(pack: Pack, engines: tuple[Engine, ...]) -> Finding:
    name = f"keys of {pack.pack_id}"
    try:
        for engine in engines:
            check_engine(engine)
    except ConfigError as e:
        return Finding(name, False, str(e))
    return _missing(name, pack, engines, "set them in .env") or Finding(
        name, True, f"{len(engines)} engines have theirs"
    )


def _judges(pack: Pack, judges: tuple[Engine, ...]) -> Finding:
    name = f"judges of {pack.pack_id}"
    if not judges:
        return Finding(name, True, "off: share is 0")
    read = f"{100 * pack.judges.share:.0f} % of the answers that name {pack.own}"
    return _missing(
        name, pack, judges, "set them in .env, or take the judges out of the pack"
    ) or Finding(name, True, f"{', '.join(judge.engine_id for judge in judges)} read {read}")


def _missing(name: str, pack: Pack, engines: tuple[Engine, ...], advice: str) -> Finding | None:
    """What keys the engines lack, if they do; no fault as long as nobody runs the pack."""
    missing = missing_keys(engines)
    if not missing:
        return None
    wanted = ", ".join(sorted({key for names in missing.values() for key in names}))
    what = f"missing: {wanted} (for {', '.join(missing)})"
    if pack.schedule is None:
        # An example that came along is no fault.
        return Finding(name, True, what, f"before `monitor run {pack.pack_id}`, {advice}")
    return Finding(name, False, what, advice)


def _template(folder: Path) -> Finding:
    try:
        template = read_judge_template(folder)
    except ConfigError as e:
        return Finding("judge template", False, str(e))
    return Finding("judge template", True, template.label)


def _schedule(pack: Pack) -> Finding:
    name = f"schedule of {pack.pack_id}"
    if pack.schedule is None:
        return Finding(name, True, "none: asked only by `monitor run`")
    upcoming = plan.next_slots(pack.schedule, datetime.now(UTC), 1)[0]
    when = plan.slot_name(upcoming, pack.schedule)
    return Finding(name, True, f"{pack.schedule.cron} in {pack.schedule.time_zone}, next {when}")


def _store(store: Store) -> Iterator[Finding]:
    try:
        held = holdings(store)
        waiting = pending_files(store)
    except StoreError as e:
        yield Finding("store", False, str(e))
        return
    words = f"{held.answers} answers in {held.waves} waves, {held.journal_files} journal files"
    yield Finding("store", True, words + (f", {len(waiting)} to take in" if waiting else ""))


def _clock() -> Finding:
    now = datetime.now(UTC)
    if now < _OLDEST_CLOCK:
        return Finding("clock", False, f"it says {now:%Y-%m-%d %H:%M} UTC", "set it by NTP")
    return Finding("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder if folder.is_dir() else Path()).free
    return Finding(
        "disk",
        free > _LEAST_FREE_BYTES,
        f"{free / 1e9:.1f} GB free",
        "" if free > _LEAST_FREE_BYTES else "free some: a full disk stops a wave",
    )


_HOSTS = {
    "openai": "api.openai.com",
    "anthropic": "api.anthropic.com",
    "gemini": "generativelanguage.googleapis.com",
    "perplexity": "api.perplexity.ai",
    "mistral": "api.mistral.ai",
    "xai": "api.x.ai",
}


def _reachability(catalog: Catalog) -> Iterator[Finding]:
    used = {e for pack in catalog.packs.values() for e in (*pack.engines, *pack.judges.engines)}
    targets = {_target(catalog.engines[e]) for e in used if not catalog.engines[e].simulated}
    for target in sorted(target for target in targets if target):
        yield _reached(*target)


def _target(engine: Engine) -> tuple[str, int] | None:
    if engine.api_base:
        parts = urlsplit(engine.api_base)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    host = _HOSTS.get(engine.model.split("/", maxsplit=1)[0])
    return (host, 443) if host else None


def _reached(host: str, port: int) -> Finding:
    try:
        with socket.create_connection((host, port), timeout=_CONNECT_S):
            return Finding(f"reach {host}", True, f"port {port} answers")
    except OSError as e:
        return Finding(
            f"reach {host}", False, f"port {port}: {e}", "check the network, proxy or api_base"
        )
