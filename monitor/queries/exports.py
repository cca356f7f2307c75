"""Whole tables in batches, in the version that pages read, for export."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from monitor.queries.rows import fetch
from monitor.store import Store

_BATCH = 5_000

_CHOSEN = """
  ($pack::VARCHAR IS NULL OR a.pack = $pack)
  AND ($since::DATE IS NULL OR a.day >= $since::DATE)
  AND ($until::DATE IS NULL OR a.day <= $until::DATE)
"""
_RELEASED = "JOIN released v ON v.pack = a.pack AND v.version = x.version"

EXPORTS = {
    "answers": f"""
        SELECT a.*, t.question, t.text AS answer
        FROM answers a JOIN answer_texts t USING (answer_id)
        WHERE {_CHOSEN} ORDER BY a.asked_at, a.answer_id
    """,
    "mentions": f"""
        SELECT x.answer_id, a.pack, a.day, a.engine, a.locale, a.question_id, a.simulated,
               x.brand, x.state, x.spans, x.rank, x.mention_order, x.list_no, x.list_position,
               x.list_size, x.version
        FROM mentions x JOIN answers a USING (answer_id) {_RELEASED}
        WHERE {_CHOSEN} ORDER BY a.asked_at, x.answer_id, x.brand
    """,
    "citations": f"""
        SELECT x.answer_id, a.pack, a.day, a.engine, a.locale, a.question_id, a.simulated,
               x.position, x.url, x.domain, x.owner, x.kind, x.brand, x.title, x.cited,
               x.redirect, x.version
        FROM citations x JOIN answers a USING (answer_id) {_RELEASED}
        WHERE {_CHOSEN} ORDER BY a.asked_at, x.answer_id, x.position
    """,
}
"""Tables that can be exported, with the query that gives them in a stable order."""


def export_names(store: Store, table: str) -> tuple[str, ...]:
    """Names of the columns of `table`, also when it has no rows."""
    with store.reading(f"exporting {table}") as con:
        nothing = {"pack": None, "since": None, "until": None}
        cursor = con.execute(f"{EXPORTS[table]} LIMIT 0", nothing)
        return tuple(column[0] for column in cursor.description or ())


def export_batches(
    store: Store, table: str, pack: str | None, since: date | None, until: date | None
) -> Iterator[list[dict[str, Any]]]:
    """Rows of `table` in batches, each read in a session of its own so that nobody waits long.

    What is stored meanwhile comes at the end or not at all; nothing comes twice, for tables
    are only appended to and each batch goes on after the rows read so far.
    """
    chosen = {"pack": pack, "since": since, "until": until}
    offset = 0
    while True:
        with store.reading(f"exporting {table}") as con:
            query = f"{EXPORTS[table]} LIMIT $limit OFFSET $offset"
            rows = fetch(con, query, {**chosen, "limit": _BATCH, "offset": offset})
        if not rows:
            return
        yield rows
        offset += len(rows)
