"""Answers behind a figure: the list a number opens, and one answer whole."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.errors import InputError
from monitor.queries.rows import fetch
from monitor.queries.rulings import StandingRuling, standing_rulings, waiting_withdrawals
from monitor.queries.view import CONDITIONS, COUNTED, View
from monitor.store import Store
from monitor.types import (
    Answer,
    AnswerStatus,
    Citation,
    Mention,
    MentionState,
    Origin,
    Owner,
    Ruling,
    Source,
    SourceKind,
    Span,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in a list: how it speaks of one brand, and whom it names."""

    answer_id: str
    question_id: str
    question: str
    engine: str
    locale: str
    persona: str
    repeat: int
    asked_at: datetime
    status: AnswerStatus
    reason: str
    state: MentionState
    rank: int | None
    named: tuple[str, ...]
    """Every brand the answer makes visible, in order of first mention."""
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer with everything read out of it, under the version that pages read."""

    answer: Answer
    version: str
    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...]
    unknown_names: tuple[str, ...]
    rulings: tuple[StandingRuling, ...] = ()
    """What people ruled on its brands, and how the machine had read them."""
    withdrawn: tuple[Ruling, ...] = ()
    """What took a ruling back that `mentions` still hold."""


@dataclass(frozen=True, slots=True)
class QuestionCell:
    """How often one engine's ok answers to one question make a brand visible."""

    question_id: str
    question: str
    intent: str
    engine: str
    hits: int
    answers: int
    excluded: int


_SHOWN = "state IN ('recommended', 'mentioned', 'warned_against')"

_CHOSEN = f"""
WITH {COUNTED},
scopes AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona, origin, status,
         reason
  FROM counted
),
chosen AS (
  SELECT a.answer_id, a.question_id, a.engine, a.locale, a.persona, a.repeat, a.asked_at,
         a.status, a.reason, s.version
  FROM answers a
  JOIN scopes s USING (wave_id, day, question_id, engine, locale, persona, origin, status, reason)
  JOIN measured d ON d.answer_id = a.answer_id AND d.version = s.version
  WHERE a.pack = $pack
    AND (len($statuses::VARCHAR[]) = 0 OR list_contains($statuses::VARCHAR[], a.status))
    AND ($visible::BOOLEAN IS NULL OR $visible::BOOLEAN = EXISTS (
      FROM mentions m WHERE m.answer_id = a.answer_id AND m.version = s.version
        AND m.brand = $brand AND m.{_SHOWN}))
    AND ($domain = '' OR EXISTS (
      FROM citations z WHERE z.answer_id = a.answer_id AND z.version = s.version
        AND z.cited AND z.domain = $domain))
    AND (len($says::VARCHAR[]) = 0 OR a.answer_id IN (
      SELECT j.answer_id FROM judgement_states j
      WHERE j.pack = $pack AND ($fact = '' OR j.fact_id = $fact)
        AND list_contains($says::VARCHAR[], j.verdict)))
)"""

# The page first, its texts and mentions then: joining those to all answers would read them all.
_LINES = f"""
{_CHOSEN},
page AS (
  SELECT * FROM chosen
  ORDER BY asked_at DESC, question_id, engine, locale, persona, repeat
  LIMIT $limit OFFSET $offset
),
named AS (
  SELECT p.answer_id,
         max(m.state) FILTER (WHERE m.brand = $brand) AS state,
         max(m.rank) FILTER (WHERE m.brand = $brand) AS rank,
         list(m.brand ORDER BY m.mention_order) FILTER (WHERE m.{_SHOWN}) AS named
  FROM page p JOIN mentions m USING (answer_id, version) GROUP BY p.answer_id
),
cited AS (
  SELECT p.answer_id, list(DISTINCT z.domain ORDER BY z.domain) AS domains
  FROM page p JOIN citations z USING (answer_id, version) WHERE z.cited GROUP BY p.answer_id
)
SELECT p.* EXCLUDE (version), t.question, coalesce(n.state, 'absent') AS state, n.rank,
       coalesce(n.named, []) AS named, coalesce(c.domains, []) AS domains
FROM page p
JOIN answer_texts t USING (answer_id)
LEFT JOIN named n USING (answer_id)
LEFT JOIN cited c USING (answer_id)
ORDER BY p.asked_at DESC, p.question_id, p.engine, p.locale, p.persona, p.repeat
"""


def answer_lines(  # noqa: PLR0913 - a keyword for each way to narrow the list
    store: Store,
    view: View,
    brand: str,
    *,
    statuses: Sequence[AnswerStatus] = (),
    visible: bool | None = None,
    domain: str = "",
    fact: str = "",
    says: Sequence[Verdict] = (),
    limit: int = 50,
    offset: int = 0,
) -> tuple[AnswerLine, ...]:
    """The view's answers, newest first, with how each speaks of `brand`.

    `visible` keeps those that show `brand`, or those that don't; `domain` those that cite it;
    `says` those with such a verdict on `fact`, "" for any fact.
    """
    keys = _line_keys(view, brand, statuses, visible, domain) | _said(fact, says)
    keys |= {"limit": limit, "offset": offset}
    with store.reading("listing answers") as con:
        rows = fetch(con, _LINES, keys)
    return tuple(
        AnswerLine(
            **row | {"status": AnswerStatus(row["status"]), "state": MentionState(row["state"])}
        )
        for row in rows
    )


def answer_count(
    store: Store,
    view: View,
    brand: str,
    *,
    statuses: Sequence[AnswerStatus] = (),
    visible: bool | None = None,
    domain: str = "",
    fact: str = "",
    says: Sequence[Verdict] = (),
) -> int:
    """How many answers `answer_lines` has in all."""
    keys = _line_keys(view, brand, statuses, visible, domain) | _said(fact, says)
    with store.reading("counting answers") as con:
        row = con.execute(f"{_CHOSEN} SELECT count(*) FROM chosen", keys).fetchone()
    return int(row[0]) if row else 0


def _line_keys(
    view: View, brand: str, statuses: Sequence[AnswerStatus], visible: bool | None, domain: str
) -> dict[str, Any]:
    return {
        **view.parameters(),
        "brand": brand,
        "statuses": [status.value for status in statuses],
        "visible": visible,
        "domain": domain,
    }


def _said(fact: str, says: Sequence[Verdict]) -> dict[str, Any]:
    return {"fact": fact, "says": [verdict.value for verdict in says]}


_QUESTION_CELLS = f"""
WITH counted AS (
  SELECT r.* FROM rollup_answers r JOIN released v USING (pack, version) WHERE {CONDITIONS}
),
cells AS (
  SELECT question_id, engine, locale, persona, wave_id, day, any_value(intent) AS intent,
         coalesce(sum(answers) FILTER (WHERE status = 'ok'), 0)::BIGINT AS answers,
         coalesce(sum(answers) FILTER (WHERE status <> 'ok'), 0)::BIGINT AS excluded
  FROM counted GROUP BY ALL
),
hits AS (
  SELECT m.question_id, m.engine, m.locale, m.persona, m.wave_id, m.day,
         sum(m.visible)::BIGINT AS hits
  FROM rollup_mentions m JOIN released v USING (pack, version)
  WHERE m.pack = $pack AND m.brand = $brand GROUP BY ALL
),
asked AS (  -- as the packs word them; only imported questions are looked up in their answers
  SELECT q.question_id, arg_max(coalesce(
    q.texts ->> ('$.' || $language || '[0]'), (q.texts ->> '$.*[0]')[1]), w.slot) AS question
  FROM wave_questions q JOIN waves w USING (wave_id)
  WHERE w.pack = $pack GROUP BY q.question_id
),
wordings AS (
  SELECT question_id, question FROM asked WHERE question IS NOT NULL
  UNION ALL
  SELECT a.question_id, min(t.question) AS question
  FROM answers a JOIN answer_texts t USING (answer_id)
  WHERE a.pack = $pack AND a.wave_id = ''
    AND a.question_id NOT IN (SELECT question_id FROM asked WHERE question IS NOT NULL)
  GROUP BY a.question_id
)
SELECT c.question_id, coalesce(w.question, c.question_id), any_value(c.intent), c.engine,
       coalesce(sum(h.hits), 0)::BIGINT, sum(c.answers)::BIGINT, sum(c.excluded)::BIGINT
FROM cells c
LEFT JOIN hits h USING (question_id, engine, locale, persona, wave_id, day)
LEFT JOIN wordings w USING (question_id)
GROUP BY ALL ORDER BY c.question_id, c.engine
"""


def question_cells(
    store: Store, view: View, brand: str, language: str = "en"
) -> tuple[QuestionCell, ...]:
    """Counts of every question × engine of the view, questions worded in `language`."""
    with store.reading("counting answers by question") as con:
        rows = con.execute(
            _QUESTION_CELLS, {**view.parameters(), "brand": brand, "language": language}
        ).fetchall()
    return tuple(QuestionCell(*row) for row in rows)


_ANSWER = """
SELECT a.* EXCLUDE (day), t.question, t.text, t.raw_body
FROM answers a JOIN answer_texts t USING (answer_id) WHERE a.answer_id = $id
"""


def answer_page(store: Store, answer_id: str) -> AnswerPage:
    """The whole answer. Raises InputError when there is none with this id."""
    with store.reading("reading an answer") as con:
        records = fetch(con, _ANSWER, {"id": answer_id})
        if not records:
            raise InputError(
                f"there is no answer {answer_id!r}; `monitor export answers` lists their ids"
            )
        sources = fetch(con, _SOURCES, {"id": answer_id})
        versions = fetch(con, _VERSION, {"id": answer_id, "pack": records[0]["pack"]})
        version = versions[0]["version"] if versions else ""
        keys = {"id": answer_id, "version": version}
        mentions = fetch(con, _MENTIONS, keys)
        citations = fetch(con, _CITATIONS, keys)
        unknown = fetch(con, _UNKNOWN, keys)
        rulings = standing_rulings(con, answer_id, version)
        withdrawn = waiting_withdrawals(con, answer_id, version)
    return AnswerPage(
        answer=_answer(records[0], sources),
        version=version,
        mentions=tuple(_mention(row) for row in mentions),
        citations=tuple(_citation(row) for row in citations),
        unknown_names=tuple(row["name"] for row in unknown),
        rulings=rulings,
        withdrawn=withdrawn,
    )


_SOURCES = """
SELECT url, title, cited, span_start, span_end FROM answer_sources
WHERE answer_id = $id ORDER BY position
"""
_VERSION = """
SELECT m.version FROM measured m LEFT JOIN released v ON v.version = m.version AND v.pack = $pack
WHERE m.answer_id = $id ORDER BY v.version IS NULL, m.version LIMIT 1
"""
_MENTIONS = """
SELECT brand, state, spans, rank, mention_order AS order, list_no, list_position, list_size
FROM mentions
WHERE answer_id = $id AND version = $version ORDER BY mention_order NULLS LAST, brand
"""
_CITATIONS = """
SELECT url, domain, owner, kind, brand, title, cited, redirect FROM citations
WHERE answer_id = $id AND version = $version ORDER BY position
"""
_UNKNOWN = """
SELECT name FROM unknown_names WHERE answer_id = $id AND version = $version ORDER BY name
"""


def _answer(record: dict[str, Any], sources: Sequence[dict[str, Any]]) -> Answer:
    raw_body = record["raw_body"]
    return Answer(
        **{
            **record,
            "status": AnswerStatus(record["status"]),
            "origin": Origin(record["origin"]),
            "raw_body": zlib.decompress(raw_body).decode() if raw_body else "",
            "sources": tuple(_source(row) for row in sources),
        }
    )


def _source(row: dict[str, Any]) -> Source:
    start, end = row.pop("span_start"), row.pop("span_end")
    return Source(**row, span=None if start is None else Span(start, end))


def _mention(row: dict[str, Any]) -> Mention:
    spans = tuple(Span(*span) for span in row["spans"])
    return Mention(**row | {"state": MentionState(row["state"]), "spans": spans})


def _citation(row: dict[str, Any]) -> Citation:
    return Citation(**row | {"owner": Owner(row["owner"]), "kind": SourceKind(row["kind"])})


def parameters_of(answer: Answer) -> dict[str, Any]:
    """What was really sent with the question, by name."""
    found: dict[str, Any] = json.loads(answer.parameters or "{}")
    return found
