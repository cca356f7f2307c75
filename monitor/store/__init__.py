"""The store: one DuckDB file that everybody shares, filled from the journal.

    journal files ──ingest──▶ answers ──measure──▶ mentions, citations, rollups ──▶ queries
                                 └─────check─────▶ judgements ──────────────────────┘

Writes stand here, reads that are shown stand in `monitor.queries`. Only this package and
`monitor.schema` know the engine.
"""

from monitor.journal import Journal
from monitor.settings import Settings
from monitor.store.adoptions import adopt, adopted_names
from monitor.store.found_rows import Measured, Unmeasured
from monitor.store.ingestion import Ingestion, answered_now, ingest, pending_files
from monitor.store.judgements import (
    FactRelease,
    Judged,
    RulesVerdict,
    Unchecked,
    add_judgements,
    release_facts,
    released_facts,
    unchecked,
    verdicts_by_rules,
)
from monitor.store.judgings import (
    EarlierJudging,
    Judgeable,
    JudgeableAmong,
    ReadJudging,
    Unread,
    add_reads,
    asked_and_said,
    has_judgings,
    judgeable,
    unread_judgings,
)
from monitor.store.measures import (
    add_measures,
    asked_questions,
    packs_with_answers,
    release,
    released_version,
    stored_answers,
    stored_counts,
    stored_ids,
    unmeasured,
)
from monitor.store.notes import write_note
from monitor.store.reviewing import (
    Decided,
    Decision,
    claim_review,
    decide,
    is_drawn,
    release_review,
    take_back,
)
from monitor.store.rulings import keep_ruling
from monitor.store.session import Store
from monitor.store.slots import (
    asking_wave,
    claim_slot,
    claimed_slot,
    judging_pack,
    wave_asker,
)

__all__ = [
    "Decided",
    "Decision",
    "EarlierJudging",
    "FactRelease",
    "Ingestion",
    "Judgeable",
    "JudgeableAmong",
    "Judged",
    "Measured",
    "ReadJudging",
    "RulesVerdict",
    "Store",
    "Unchecked",
    "Unmeasured",
    "Unread",
    "add_judgements",
    "add_measures",
    "add_reads",
    "adopt",
    "adopted_names",
    "answered_now",
    "asked_and_said",
    "asked_questions",
    "asking_wave",
    "claim_review",
    "claim_slot",
    "claimed_slot",
    "decide",
    "has_judgings",
    "ingest",
    "is_drawn",
    "judgeable",
    "judging_pack",
    "keep_ruling",
    "open_store",
    "packs_with_answers",
    "pending_files",
    "release",
    "release_facts",
    "release_review",
    "released_facts",
    "released_version",
    "stored_answers",
    "stored_counts",
    "stored_ids",
    "take_back",
    "unchecked",
    "unmeasured",
    "unread_judgings",
    "verdicts_by_rules",
    "wave_asker",
    "write_note",
]


def open_store(settings: Settings) -> Store:
    """The project's store; nothing is opened or made yet."""
    return Store(
        path=settings.store_path,
        journal=Journal(settings.data / "journal"),
        wait_s=settings.lock_wait_s,
        read_limit_s=settings.read_limit_s,
        memory_limit=settings.memory_limit,
    )
