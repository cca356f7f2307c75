"""Measures of answers by version: what's still to do, what was found, which version pages read.

A version is written beside the older ones and released when every answer of the pack has it:
figures never mix versions, and a reader never sees a half-measured past.

`measured` names the rulings that an answer was read with. Where others stand by now, the answer is
read again: its mentions are replaced and the rollups get the difference, all in one transaction.
So a ruling that was cut off before it was applied is simply work that is open, and applied once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.store.found_rows import (
    CELL_ROW,
    COUNTED,
    Measured,
    Row,
    Unmeasured,
    answer_counts,
    cell,
    citation_rows,
    mention_rows,
    mention_sums,
    unknown_rows,
)
from monitor.store.ingestion import append_rows, naive_utc
from monitor.store.session import Store
from monitor.store.wholes import SHARE_SUMS, WHOLE_SUMS, rows, share_sums, whole_sums
from monitor.types import (
    AnswerStatus,
    Intent,
    Mention,
    MentionState,
    Question,
    Source,
    Span,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def packs_with_answers(store: Store) -> tuple[str, ...]:
    """Ids of the packs that have answers; "" stands for answers of no pack."""
    with store.reading("listing packs") as con:
        rows = con.execute("SELECT DISTINCT pack FROM answers ORDER BY pack").fetchall()
    return tuple(pack for (pack,) in rows)


def asked_questions(store: Store, pack: str) -> dict[tuple[str, str], Question]:
    """Questions of `pack` as they were asked, by wave and question id."""
    with store.reading("reading the questions asked") as con:
        rows = con.execute(
            """
            SELECT q.wave_id, q.question_id, q.intent, q.stage, q.tags, q.branded, q.texts,
                   coalesce(q.facts, []) AS facts
            FROM wave_questions q JOIN waves w USING (wave_id) WHERE w.pack = $pack
            """,
            {"pack": pack},
        ).fetchall()
    return {
        (wave_id, question_id): Question(
            question_id=question_id,
            intent=Intent(intent),
            text={lang: wordings[0] for lang, wordings in json.loads(texts).items()},
            paraphrases={lang: tuple(rest) for lang, (_, *rest) in json.loads(texts).items()},
            stage=stage,
            facts=tuple(facts),
            tags=tuple(tags),
            branded=branded,
        )
        for wave_id, question_id, intent, stage, tags, branded, texts, facts in rows
    }


def released_version(store: Store, pack: str) -> str | None:
    """The version that figures of `pack` are read in, None before the first one."""
    with store.reading("reading the measure version") as con:
        row = con.execute(
            "SELECT version FROM released WHERE pack = $pack", {"pack": pack}
        ).fetchone()
    return str(row[0]) if row else None


def stored_answers(store: Store) -> dict[str, tuple[str, str]]:
    """Question and text of every stored answer, by id: for checking them."""
    with store.reading("reading all answers") as con:
        rows = con.execute("SELECT answer_id, question, text FROM answer_texts").fetchall()
    return {answer_id: (question, text) for answer_id, question, text in rows}


def stored_ids(store: Store, column: str, table: str) -> set[str]:
    """What `column` of `table` holds, such as the ids of all reviews: for checking them."""
    with store.reading("reading ids") as con:
        return {key for (key,) in con.execute(f"SELECT {column} FROM {table}").fetchall()}


def stored_counts(store: Store, pack: str) -> dict[tuple[str, str], int]:
    """How often the pack's figures count each brand as visible, by brand and engine."""
    with store.reading("reading the figures' counts") as con:
        rows = con.execute(
            """
            SELECT m.brand, m.engine, sum(m.visible)::BIGINT
            FROM rollup_mentions m JOIN released v USING (pack, version)
            WHERE m.pack = $pack GROUP BY ALL
            """,
            {"pack": pack},
        ).fetchall()
    return {(brand, engine): count for brand, engine, count in rows if count}


def unmeasured(
    store: Store, pack: str, version: str, limit: int, answer_id: str = ""
) -> tuple[Unmeasured, ...]:
    """Up to `limit` answers of `pack` that lack `version`, in order of their ids.

    Those that people have ruled on otherwise since they were read lack it too. With `answer_id`
    only that one is looked at.
    """
    keys = {"pack": pack, "version": version, "limit": limit, "answer": answer_id}
    with store.reading("finding answers to measure") as con:
        rows = con.execute(_UNMEASURED, keys)
        names = [column[0] for column in con.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
        sources = _sources_of(con, [row["answer_id"] for row in found])
    return tuple(
        Unmeasured(
            **row
            | {
                "status": AnswerStatus(row["status"]),
                "rulings": tuple(row["rulings"] or ()),
                "ruled": {b: MentionState(s) for b, s in (row["ruled"] or {}).items()},
            },
            sources=sources.get(row["answer_id"], ()),
        )
        for row in found
    )


_UNMEASURED = """
SELECT a.answer_id, a.wave_id, a.question_id, t.question, a.engine, a.locale, a.persona, a.day,
       a.origin, a.status, a.reason, a.simulated, t.text, r.rulings, r.states AS ruled
FROM answers a JOIN answer_texts t USING (answer_id) LEFT JOIN ruled_answers r USING (answer_id)
WHERE a.pack = $pack AND ($answer = '' OR a.answer_id = $answer)
  AND NOT EXISTS (
    FROM measured m WHERE m.answer_id = a.answer_id AND m.version = $version
      AND m.rulings IS NOT DISTINCT FROM r.rulings
  )
ORDER BY a.answer_id
LIMIT $limit
"""


def _sources_of(con: "DuckDBPyConnection", ids: Sequence[str]) -> dict[str, tuple[Source, ...]]:
    rows = con.execute(
        """
        SELECT answer_id, url, title, cited, span_start, span_end FROM answer_sources
        WHERE answer_id IN (SELECT unnest($ids)) ORDER BY answer_id, position
        """,
        {"ids": list(ids)},
    ).fetchall()
    found: dict[str, list[Source]] = {}
    for answer_id, url, title, cited, start, end in rows:
        span = None if start is None else Span(start, end)
        found.setdefault(answer_id, []).append(Source(url, title, cited, span))
    return {answer_id: tuple(sources) for answer_id, sources in found.items()}


def add_measures(store: Store, pack: str, version: str, measured: Sequence[Measured]) -> int:
    """Store what was found under `version` and return how many answers were new or read again.

    An answer that another process measured meanwhile is left out, so its counts stand once.
    """
    with store.writing(f"storing measures of {pack or 'imported answers'}") as con:
        new, again = _open(con, version, measured)
        _take_out(con, pack, version, again)
        found = [*new, *again]
        rulings = [list(m.answer.rulings) or None for m in found]
        ids = [m.answer.answer_id for m in found]
        append_rows(
            con,
            "measured",
            {"answer_id": ids, "version": [version] * len(ids), "rulings": rulings},
        )
        _append_records(con, "mentions", version, mention_rows(found))
        _append_records(con, "citations", version, citation_rows(new))
        _append_records(con, "unknown_names", version, unknown_rows(found))
        _append_records(con, "rollup_answers", version, answer_counts(pack, new))
        _append_sums(con, pack, version, found)
    return len(found)


def _open(
    con: "DuckDBPyConnection", version: str, measured: Sequence[Measured]
) -> tuple[list[Measured], list[Measured]]:
    """Those that nobody stored yet, and those stored with other rulings than stand now.

    What was read with rulings that don't stand any more is left to whoever reads it next.
    """
    rows = con.execute(
        """
        SELECT m.answer_id, m.rulings, r.rulings
        FROM measured m LEFT JOIN ruled_answers r USING (answer_id)
        WHERE m.version = $version AND m.answer_id IN (SELECT unnest($ids))
        """,
        {"version": version, "ids": [m.answer.answer_id for m in measured]},
    ).fetchall()
    known = {answer_id: (tuple(had or ()), tuple(now or ())) for answer_id, had, now in rows}
    new, again = [], []
    for m in measured:
        if m.answer.answer_id not in known:
            new.append(m)
            continue
        had, standing = known[m.answer.answer_id]
        if had != standing == m.answer.rulings:
            again.append(m)
    return new, again


def _take_out(
    con: "DuckDBPyConnection", pack: str, version: str, again: Sequence[Measured]
) -> None:
    """Take what was found earlier in these answers out of the tables, and out of all sums.

    Their citations stay: no ruling changes them. Rules look for facts anew, for whether an answer
    names the own brand says whether it can state one.
    """
    if not again:
        return
    ids = [m.answer.answer_id for m in again]
    earlier = _earlier_mentions(con, version, ids)
    _append_sums(con, pack, version, [_with_mentions(m, earlier) for m in again], sign=-1)
    for table in ("measured", "mentions", "unknown_names"):
        con.execute(
            f"DELETE FROM {table} WHERE version = $version AND {_THESE}",
            {"version": version, "ids": ids},
        )
    con.execute(f"DELETE FROM fact_checks WHERE {_THESE}", {"ids": ids})
    con.execute(f"DELETE FROM judgements WHERE method = 'rules' AND {_THESE}", {"ids": ids})


_THESE = "answer_id IN (SELECT unnest($ids))"


def _earlier_mentions(
    con: "DuckDBPyConnection", version: str, ids: Sequence[str]
) -> dict[str, tuple[Mention, ...]]:
    """What is stored of these answers' mentions, as far as it is counted."""
    rows = con.execute(
        f"SELECT answer_id, brand, state, rank FROM mentions WHERE version = $version AND {_THESE}",
        {"version": version, "ids": list(ids)},
    ).fetchall()
    found: dict[str, tuple[Mention, ...]] = {}
    for answer_id, brand, state, rank in rows:
        mention = Mention(brand, MentionState(state), rank=rank)
        found[answer_id] = (*found.get(answer_id, ()), mention)
    return found


def _with_mentions(measured: Measured, mentions: Mapping[str, tuple[Mention, ...]]) -> Measured:
    found = mentions.get(measured.answer.answer_id, ())
    return replace(measured, extraction=replace(measured.extraction, mentions=found))


def _append_sums(
    con: "DuckDBPyConnection", pack: str, version: str, found: Sequence[Measured], sign: int = 1
) -> None:
    """Add what brands have in these answers to the sums, or with -1 take it away."""
    keyed = [(cell(pack, m.answer), m.answer.status, m.extraction) for m in found]
    brand_row = (*CELL_ROW, "brand")
    sums = (
        ("rollup_mentions", mention_sums(pack, found), brand_row, COUNTED),
        ("rollup_wholes", whole_sums(keyed), CELL_ROW, WHOLE_SUMS),
        ("rollup_shares", share_sums(keyed), brand_row, SHARE_SUMS),
    )
    for table, counts, keys, names in sums:
        _append_records(con, table, version, rows(counts, keys, names, sign))


def release(store: Store, pack: str, version: str, brands: Sequence[str], now: datetime) -> bool:
    """Let figures of `pack` be read in `version`; False when they are already."""
    with store.writing(f"releasing measures of {pack or 'imported answers'}") as con:
        row = con.execute(
            "SELECT version FROM released WHERE pack = $pack", {"pack": pack}
        ).fetchone()
        if row and row[0] == version:
            return False
        append_rows(
            con,
            "measure_releases",
            {
                "pack": [pack],
                "version": [version],
                "brands": [list(brands)],
                "released_at": [naive_utc(now)],
            },
        )
        return True


def _append_records(
    con: "DuckDBPyConnection", table: str, version: str, rows: Sequence[Row]
) -> None:
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        append_rows(con, table, {"version": [version] * len(rows), **columns})
