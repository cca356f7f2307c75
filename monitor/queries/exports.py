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
# The versions that were released when the export began: one that is released meanwhile would
# otherwise take over in the middle of it.
_RELEASED = """
  JOIN (SELECT unnest($packs::VARCHAR[]) AS pack, unnest($versions::VARCHAR[]) AS version) v
    ON v.pack = a.pack AND v.version = x.version
"""


def _after(part: str) -> str:
    """Rows after the last one of the page before, `part` telling rows of one answer apart."""
    return f"""
      AND ($asked::TIMESTAMP IS NULL OR (a.asked_at, a.answer_id, {part})
           > ($asked::TIMESTAMP, $answer::VARCHAR, $part::VARCHAR))
      ORDER BY a.asked_at, a.answer_id, {part}
    """


def _place(part: str) -> str:
    return f"a.asked_at AS page_asked, {part} AS page_part"


_POSITION = "printf('%08d', x.position)"
_PLACE = ("page_asked", "page_part")

EXPORTS = {
    "answers": f"""
        SELECT a.*, t.question, t.text AS answer, {_place("a.answer_id")}
        FROM answers a JOIN answer_texts t USING (answer_id)
        WHERE {_CHOSEN} {_after("a.answer_id")}
    """,
    "mentions": f"""
        SELECT x.answer_id, a.pack, a.day, a.engine, a.locale, a.question_id, a.simulated,
               x.brand, x.state, x.spans, x.rank, x.mention_order, x.list_no, x.list_position,
               x.list_size, x.version, r.machine_state, r.reviewer AS ruled_by, r.ruled_at,
               {_place("x.brand")}
        FROM mentions x JOIN answers a USING (answer_id) {_RELEASED}
        LEFT JOIN applied_rulings r
          ON r.answer_id = x.answer_id AND r.version = x.version AND r.brand = x.brand
        WHERE {_CHOSEN} {_after("x.brand")}
    """,
    "citations": f"""
        SELECT x.answer_id, a.pack, a.day, a.engine, a.locale, a.question_id, a.simulated,
               x.position, x.url, x.domain, x.owner, x.kind, x.brand, x.title, x.cited,
               x.redirect, x.version, {_place(_POSITION)}
        FROM citations x JOIN answers a USING (answer_id) {_RELEASED}
        WHERE {_CHOSEN} {_after(_POSITION)}
    """,
    "reviews": f"""
        SELECT x.review_id, x.answer_id, a.pack, a.day, a.engine, a.locale, a.question_id,
               a.simulated, x.fact_id, x.verdict, x.reviewer, x.reviewed_at, x.sample,
               x.machine_verdict, x.machine_version, x.stratum, x.stratum_items, x.fact_hash,
               x.note, x.withdraws, {_place("x.review_id")}
        FROM reviews x JOIN answers a USING (answer_id)
        WHERE {_CHOSEN} {_after("x.review_id")}
    """,
    "rulings": f"""
        SELECT x.ruling_id, x.answer_id, a.pack, a.day, a.engine, a.locale, a.question_id,
               a.simulated, x.brand, x.state, x.reviewer, x.ruled_at, x.machine_state,
               x.machine_version, x.note, {_place("x.ruling_id")}
        FROM rulings x JOIN answers a USING (answer_id)
        WHERE {_CHOSEN} {_after("x.ruling_id")}
    """,
    "judgements": f"""
        SELECT x.answer_id, a.pack, a.day, a.engine, a.locale, a.persona, a.question_id,
               a.simulated, x.fact_id, x.asked, x.verdict, x.method, x.judged_by,
               x.machine_verdict, x.reviewer, x.reviewed_at, x.quote, x.span_start, x.span_end,
               x.confidence, x.promise, x.note, x.version, {_place("x.fact_id")}
        FROM judgement_states x JOIN answers a USING (answer_id)
        WHERE {_CHOSEN} {_after("x.fact_id")}
    """,
}
"""Tables that can be exported, with the query that gives them in a stable order."""


def export_names(store: Store, table: str) -> tuple[str, ...]:
    """Names of the columns of `table`, also when it has no rows."""
    nothing = {"pack": None, "since": None, "until": None}
    asked = {**nothing, **_versions(store, table), **_start()}
    with store.reading(f"exporting {table}") as con:
        cursor = con.execute(f"{EXPORTS[table]} LIMIT 0", asked)
        names = [column[0] for column in cursor.description or ()]
    return tuple(name for name in names if name not in _PLACE)


def export_batches(
    store: Store, table: str, pack: str | None, since: date | None, until: date | None
) -> Iterator[list[dict[str, Any]]]:
    """Rows of `table` in batches, each read in a session of its own so that nobody waits long.

    What is stored meanwhile comes if it lies after the rows read so far. Nothing comes twice, and
    all is in the versions that were released at the beginning.
    """
    chosen = {"pack": pack, "since": since, "until": until, **_versions(store, table)}
    place = _start()
    while True:
        with store.reading(f"exporting {table}") as con:
            query = f"{EXPORTS[table]} LIMIT $limit"
            rows = fetch(con, query, {**chosen, **place, "limit": _BATCH})
        if not rows:
            return
        last = rows[-1]
        asked = last["page_asked"].replace(tzinfo=None)
        place = {"asked": asked, "answer": last["answer_id"], "part": last["page_part"]}
        yield [{k: v for k, v in row.items() if k not in _PLACE} for row in rows]


def _start() -> dict[str, Any]:
    return {"asked": None, "answer": None, "part": None}


def _versions(store: Store, table: str) -> dict[str, Any]:
    if "$versions" not in EXPORTS[table]:
        return {}
    with store.reading(f"exporting {table}") as con:
        rows = con.execute("SELECT pack, version FROM released").fetchall()
    return {"packs": [pack for pack, _ in rows], "versions": [version for _, version in rows]}
