"""Judges' replies: which answers can be judged, what was asked already, what replies say.

As with rules' judgements, what is read out of a reply stands under a facts version, so that a
changed sheet reads the stored replies anew.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from monitor.judge import JudgeScore
from monitor.store.ingestion import append_rows
from monitor.store.judgements import judgement_row
from monitor.store.session import Store
from monitor.types import AnswerStatus, Judgement, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class EarlierJudging:
    """What a judge was asked about an answer before: `facts` is id → content hash."""

    model: str
    template: str
    facts: Mapping[str, str]
    usable: bool


@dataclass(frozen=True, slots=True)
class Judgeable:
    """An ok answer that a judge can say something of, with what rules and judges said already.

    `verdicts` are the rules' by fact; a fact without one isn't stated.
    """

    answer_id: str
    wave_id: str
    question_id: str
    engine: str
    locale: str
    day: date
    verdicts: Mapping[str, Verdict]
    earlier: tuple[EarlierJudging, ...]


@dataclass(frozen=True, slots=True)
class JudgeableAmong:
    """Which answers are looked at: of `pack`, of these `waves` (none named: all answers).

    `own` is the brand they have to name, unless their question is one of `asking`.
    """

    pack: str
    own: str
    asking: Collection[str]
    waves: Collection[str] = ()


_JUDGEABLE = """
WITH naming AS (
  SELECT m.answer_id FROM mentions m
  JOIN released v ON v.pack = $pack AND v.version = m.version
  WHERE m.brand = $own AND m.state <> 'absent'
)
SELECT a.answer_id, a.wave_id, a.question_id, a.engine, a.locale, a.day FROM answers a
WHERE a.pack = $pack AND a.status = 'ok' AND a.origin IN ('wave', 'import')
  AND (len($waves::VARCHAR[]) = 0 OR list_contains($waves::VARCHAR[], a.wave_id))
  AND (starts_with(a.question_id, 'probe:') OR (
    (a.answer_id IN (FROM naming) OR list_contains($asking::VARCHAR[], a.question_id))
    AND NOT EXISTS (
      FROM wave_questions q
      WHERE q.wave_id = a.wave_id AND q.question_id = a.question_id AND q.intent = 'probe'
    )
  ))
ORDER BY a.day DESC, a.answer_id
"""
_RULES = """
SELECT answer_id, fact_id, verdict FROM judgements
WHERE pack = $pack AND version = $version AND method = 'rules'
  AND (len($waves::VARCHAR[]) = 0 OR list_contains($waves::VARCHAR[], wave_id))
"""
_EARLIER = """
SELECT j.answer_id, j.model_requested, j.template, j.facts, coalesce(r.usable, false)
FROM judgings j
LEFT JOIN judging_reads r ON r.judging_id = j.judging_id AND r.version = $version
WHERE j.pack = $pack
  AND (len($waves::VARCHAR[]) = 0 OR j.answer_id IN (
    SELECT answer_id FROM answers WHERE list_contains($waves::VARCHAR[], wave_id)))
ORDER BY j.asked_at, j.judging_id
"""


def judgeable(store: Store, among: JudgeableAmong, version: str) -> tuple[Judgeable, ...]:
    """Every answer that can be judged, the latest first.

    `version` is the facts version whose verdicts and readings count. Of probes only those of facts
    are among them; what a pack itself marks as a probe asks for no fact.
    """
    keys = {"pack": among.pack, "waves": list(among.waves)}
    with store.reading("finding answers to judge") as con:
        rows = con.execute(
            _JUDGEABLE, {**keys, "own": among.own, "asking": list(among.asking)}
        ).fetchall()
        rules = con.execute(_RULES, {**keys, "version": version}).fetchall()
        earlier = con.execute(_EARLIER, {**keys, "version": version}).fetchall()
    verdicts: dict[str, dict[str, Verdict]] = {}
    for answer_id, fact_id, verdict in rules:
        verdicts.setdefault(answer_id, {})[fact_id] = Verdict(verdict)
    judged: dict[str, list[EarlierJudging]] = {}
    for answer_id, model, template, facts, usable in earlier:
        one = EarlierJudging(model, template, json.loads(facts), usable)
        judged.setdefault(answer_id, []).append(one)
    return tuple(
        Judgeable(
            answer_id,
            wave_id,
            question_id,
            engine,
            locale,
            day,
            verdicts.get(answer_id, {}),
            tuple(judged.get(answer_id, ())),
        )
        for answer_id, wave_id, question_id, engine, locale, day in rows
    )


def asked_and_said(store: Store, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Question and text of these answers, by id."""
    with store.reading("reading answers to judge") as con:
        rows = con.execute(
            """
            SELECT answer_id, question, text FROM answer_texts
            WHERE answer_id IN (SELECT unnest($ids))
            """,
            {"ids": list(ids)},
        ).fetchall()
    return {answer_id: (question, text) for answer_id, question, text in rows}


@dataclass(frozen=True, slots=True)
class Unread:
    """A stored reply of a judge with the answer it is about; `model` is the one that served."""

    judging_id: str
    answer_id: str
    template: str
    model: str
    facts: Mapping[str, str]
    asked_at: datetime
    status: AnswerStatus
    reason: str
    reply: str
    wave_id: str
    question_id: str
    question: str
    engine: str
    locale: str
    persona: str
    day: date
    origin: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadJudging:
    """What was read out of a reply; `judgements` are those that are kept.

    `intent`, `branded` and `asked` (its facts) are the question's.
    """

    judging: Unread
    score: JudgeScore
    judgements: tuple[Judgement, ...]
    intent: str
    branded: bool
    asked: frozenset[str]


_UNREAD = """
SELECT j.judging_id, j.answer_id, j.template,
       coalesce(nullif(j.model_served, ''), j.model_requested) AS model, j.facts, j.asked_at,
       j.status, j.reason, j.reply, a.wave_id, a.question_id, t.question, a.engine, a.locale,
       a.persona, a.day, a.origin, t.text
FROM judgings j JOIN answers a USING (answer_id) JOIN answer_texts t USING (answer_id)
WHERE j.pack = $pack
  AND NOT EXISTS (FROM judging_reads r WHERE r.judging_id = j.judging_id AND r.version = $version)
ORDER BY j.judging_id LIMIT $limit
"""


def unread_judgings(store: Store, pack: str, version: str, limit: int) -> tuple[Unread, ...]:
    """Up to `limit` replies about answers of `pack` that aren't read under facts `version`."""
    with store.reading("finding judges' replies to read") as con:
        rows = con.execute(_UNREAD, {"pack": pack, "version": version, "limit": limit})
        names = [column[0] for column in con.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return tuple(
        Unread(**{**row, "facts": json.loads(row["facts"]), "status": AnswerStatus(row["status"])})
        for row in found
    )


def has_judgings(store: Store, pack: str) -> bool:
    """Whether any answer of `pack` was ever shown to a judge."""
    with store.reading("looking for judgings") as con:
        row = con.execute("SELECT 1 FROM judgings WHERE pack = $pack LIMIT 1", {"pack": pack})
        return row.fetchone() is not None


def add_reads(store: Store, pack: str, version: str, reads: Sequence[ReadJudging]) -> int:
    """Store what replies say under facts `version` and return how many were new to it."""
    with store.writing(f"storing what judges say of {pack}") as con:
        known = _read_already(con, version, [one.judging.judging_id for one in reads])
        new = [one for one in reads if one.judging.judging_id not in known]
        _append(con, "judging_reads", version, [_read_row(one) for one in new])
        _append(con, "claims", version, [row for one in new for row in _claim_rows(one)])
        rows = [{"pack": pack, **row} for one in new for row in _judgement_rows(one)]
        _append(con, "judgements", version, rows)
    return len(new)


def _read_already(con: "DuckDBPyConnection", version: str, ids: Sequence[str]) -> frozenset[str]:
    rows = con.execute(
        """
        SELECT judging_id FROM judging_reads
        WHERE version = $version AND judging_id IN (SELECT unnest($ids))
        """,
        {"version": version, "ids": list(ids)},
    ).fetchall()
    return frozenset(judging_id for (judging_id,) in rows)


def _append(
    con: "DuckDBPyConnection", table: str, version: str, rows: Sequence[dict[str, Any]]
) -> None:
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        append_rows(con, table, {"version": [version] * len(rows), **columns})


def _read_row(read: ReadJudging) -> dict[str, Any]:
    score = read.score
    return {
        "judging_id": read.judging.judging_id,
        "answer_id": read.judging.answer_id,
        "usable": score.usable,
        "sentiment": score.sentiment.value if score.sentiment else None,
        "recommendation": score.recommendation.value if score.recommendation else None,
        "unscored": list(score.unscored),
        "problems": list(score.problems),
    }


def _claim_rows(read: ReadJudging) -> list[dict[str, Any]]:
    return [
        {
            "answer_id": read.judging.answer_id,
            "judging_id": read.judging.judging_id,
            "claim": claim.claim,
            "quote": claim.quote,
            "span_start": claim.span.start,
            "span_end": claim.span.end,
        }
        for claim in read.score.claims
    ]


_KEYS = ("answer_id", "wave_id", "day", "question_id", "engine", "locale", "persona", "origin")


def _judgement_rows(read: ReadJudging) -> list[dict[str, Any]]:
    judging = read.judging
    keys = {name: getattr(judging, name) for name in _KEYS}
    about = {"intent": read.intent, "branded": read.branded}
    said = {"judging_id": judging.judging_id, "judged_at": judging.asked_at}
    return [
        {**keys, **about, **said, "asked": one.fact_id in read.asked, **judgement_row(one)}
        for one in read.judgements
    ]
