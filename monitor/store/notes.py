"""Notes on the timeline: what people want to remember when they look at a trend."""

import uuid
from datetime import date, datetime

from monitor.errors import InputError
from monitor.store.ingestion import ingest
from monitor.store.session import Store
from monitor.types import Note

LONGEST = 1_000
"""Characters; a note is a line on a timeline, not a report."""


def write_note(
    store: Store, text: str, day: date, now: datetime, *, author: str = "", pack: str = ""
) -> Note:
    """Journal a note about `day` and take it in; `pack` "" puts it on every timeline.

    Raises InputError for a note that is empty or too long.
    """
    words = text.strip()
    if not words:
        raise InputError("the note is empty; write what happened")
    if len(words) > LONGEST:
        raise InputError(f"the note has {len(words):,} characters; {LONGEST:,} are the most")
    kept = Note(uuid.uuid4().hex[:16], now, day.isoformat(), words, author.strip(), pack)
    store.journal.append([kept], now)
    ingest(store, now)
    return kept
