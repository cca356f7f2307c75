"""What the pages read: every call is one short session of `monitor.queries`, its result cached.

Results are cached, connections never: a connection that stays open locks the scheduler out.
A cached result belongs to one state of the store's files (`DataVersion`), so that a new wave
shows at the next rerun and nothing is read twice before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from monitor import queries
from monitor.catalog import load
from monitor.plan import next_slots
from monitor.settings import Settings, load_settings
from monitor.store import Store, adopt, adopted_names, open_store, write_note
from monitor.types import Adoption, AlertState, Fact, Pack, Severity

if TYPE_CHECKING:
    from monitor.pipeline import Overruled

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class DataVersion:
    """One state of one store: the sizes and times of its file and of its write-ahead log."""

    path: str
    stamps: tuple[tuple[int, int], ...]

    @property
    def empty(self) -> bool:
        """Whether there is no store at all."""
        return not self.stamps


def settings() -> Settings:
    """The project's settings (`MONITOR_PROJECT`). Raises ConfigError."""
    return load_settings()


def data_version() -> DataVersion:
    """The state that the store's files are in now; opens nothing."""
    path = settings().store_path
    stamps = []
    for file in (path, path.with_name(path.name + ".wal")):
        try:
            seen = file.stat()
        except FileNotFoundError:
            continue
        stamps.append((seen.st_mtime_ns, seen.st_size))
    return DataVersion(str(path), tuple(stamps))


def _cached(read: Callable[Concatenate[Store, P], R]) -> Callable[Concatenate[DataVersion, P], R]:
    """`read` with the data version in place of the store, its results cached by version."""

    # The version is an argument so that it is part of the cache key.
    @st.cache_data(show_spinner=False, max_entries=200)
    @wraps(read)
    def cached(version: DataVersion, *args: P.args, **kwargs: P.kwargs) -> R:
        return read(open_store(settings()), *args, **kwargs)

    # Without the cast mypy sees only the cache's own wider type.
    return cast("Callable[Concatenate[DataVersion, P], R]", cached)


packs = _cached(queries.packs)
waves = _cached(queries.waves)
failures = _cached(queries.failures)
judging_lines = _cached(queries.judging_lines)
judging_problems = _cached(queries.judging_problems)
tone_figures = _cached(queries.tone_figures)
rates = _cached(queries.rates)
question_cells = _cached(queries.question_cells)
answer_lines = _cached(queries.answer_lines)
answer_page = _cached(queries.answer_page)
answer_count = _cached(queries.answer_count)
timeline = _cached(queries.timeline)
holdings = _cached(queries.holdings)
naming_figures = _cached(queries.naming_figures)
head_to_head = _cached(queries.head_to_head)
movements = _cached(queries.movements)
accuracy_movements = _cached(queries.accuracy_movements)
question_movements = _cached(queries.question_movements)
web_gains = _cached(queries.web_gains)
alert_lines = _cached(queries.alert_lines)
question_figures = _cached(queries.question_figures)
domains = _cached(queries.domains)
pages_of = _cached(queries.pages_of)
unknown_names = _cached(queries.unknown_names)
adopted = _cached(adopted_names)
spent_usd = _cached(queries.spent_usd)
calibration_lines = _cached(queries.calibration_lines)
probe_lines = _cached(queries.probe_lines)
probe_results = _cached(queries.probe_results)
accuracy_figures = _cached(queries.accuracy_figures)
fact_lines = _cached(queries.fact_lines)
claim_lines = _cached(queries.claim_lines)
judge_reads = _cached(queries.judge_reads)
answer_verdicts = _cached(queries.answer_verdicts)
review_work = _cached(queries.review_work)
review_page = _cached(queries.review_page)
name_work = _cached(queries.name_work)
overruled_answers = _cached(queries.overruled_answers)


def store() -> Store:
    """The project's store, for writing what a person decides; nothing is opened yet."""
    return open_store(settings())


def decide_adoption(pack: str, name: str, *, tracked: bool) -> None:
    """Keep that a name is to be tracked, or no longer is. Raises StoreError."""
    now = datetime.now(UTC)
    adopt(store(), Adoption(pack, name, now, tracked=tracked), now)


def move_alert(alert_id: str, state: AlertState, by: str, note: str) -> None:
    """Move an alert on. Raises MonitorError where it is there already, or can't be kept."""
    from monitor.pipeline.moving import move_alert as move

    move(store(), alert_id, state, by, note, datetime.now(UTC))


def rule(answer_id: str, brand: str, state: str | None, reviewer: str, note: str) -> "Overruled":
    """Overrule how a brand was read in an answer; None takes that back. Raises MonitorError."""
    from monitor.pipeline import Word, open_project
    from monitor.pipeline import rule as keep

    word = Word(answer_id, brand, state, reviewer, note)
    return keep(open_project(settings().project), word, datetime.now(UTC))


def keep_note(text: str, day: date, author: str, pack: str) -> None:
    """Put a note on the pack's timeline. Raises MonitorError where it can't be kept."""
    now = datetime.now(UTC)
    write_note(store(), text, day, now, author=author, pack=pack)


def planned_pack(pack_id: str) -> Pack | None:
    """The pack as prompts/ has it now, None if it isn't there. Raises CatalogError."""
    project = settings().project
    if not (project / "prompts").is_dir():
        return None
    return load(project).packs.get(pack_id)


def sheet(pack_id: str) -> Mapping[str, Fact]:
    """The fact sheet of the pack's own brand as prompts/ has it now, by the facts' ids.

    Empty where the pack isn't there. Raises CatalogError.
    """
    project = settings().project
    if not (project / "prompts").is_dir():
        return {}
    catalog = load(project)
    pack = catalog.packs.get(pack_id)
    return {fact.fact_id: fact for fact in catalog.facts_of(pack)} if pack else {}


def severities(sheet: Mapping[str, Fact]) -> dict[str, Severity]:
    """How bad a wrong answer is, by the facts' ids."""
    return {fact_id: fact.severity for fact_id, fact in sheet.items()}


def next_runs(pack: Pack | None, count: int) -> tuple[datetime, ...]:
    """When the pack is due next (UTC); empty without a schedule."""
    if pack is None or pack.schedule is None:
        return ()
    return next_slots(pack.schedule, datetime.now(UTC), count)
