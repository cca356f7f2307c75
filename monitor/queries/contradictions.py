"""What is wrong with what answers say, fact by fact: contradictions, promises, gaps, new claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from monitor.queries.rows import fetch
from monitor.queries.view import JUDGED, View
from monitor.store import Store, released_facts
from monitor.types import Cell, Fact, Severity, Span, Verdict

_QUOTES = 3
_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Quote:
    """What one answer says of a fact, with where it can be read."""

    answer_id: str
    engine: str
    day: date
    quote: str
    verdict: Verdict
    method: str
    promise: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as a view's answers treat it.

    `wrong` answers contradict it (`outdated` of them with an earlier value), `promised` ones
    promise what isn't offered; they came from `engines` in `waves` waves, the last time on
    `latest`. `since` is the first day ever, also before the view. `reviewed` of the wrong ones
    are a person's verdict. `quotes` has the latest wrong ones, each wording once. `asked` answers
    were asked the fact, `left_out` of them don't state it; `open` ones speak of it in words that
    rules can't settle.
    """

    fact: Fact
    wrong: int
    outdated: int
    promised: int
    right: int
    asked: int
    left_out: int
    open: int
    reviewed: int
    engines: tuple[str, ...]
    waves: int
    since: date | None
    latest: date | None
    quotes: tuple[Quote, ...]

    @property
    def stated(self) -> int:
        """Answers that state the fact, rightly or not."""
        return self.wrong + self.right


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim about the brand that no fact covers, as a judge found it."""

    claim: str
    quote: str
    answer_id: str
    engine: str
    day: date
    answers: int


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """How one answer stands to one fact, and who says so; a person's verdict comes first."""

    fact_id: str
    statement: Mapping[str, str]
    verdict: Verdict
    method: str
    judged_by: str
    machine_verdict: Verdict
    span: Span | None
    quote: str
    promise: bool
    note: str
    reviewer: str
    unsure: bool
    version: str


# Outdated and incorrect together are wrong: both contradict what holds on the day.
_LINES = f"""
WITH {JUDGED}
SELECT fact_id,
       count(*) FILTER (verdict IN ('incorrect', 'outdated'))::BIGINT AS wrong,
       count(*) FILTER (verdict = 'outdated')::BIGINT AS outdated,
       count(*) FILTER (verdict = 'incorrect' AND promise)::BIGINT AS promised,
       count(*) FILTER (verdict = 'correct')::BIGINT AS right,
       count(*) FILTER (asked)::BIGINT AS asked,
       count(*) FILTER (asked AND verdict = 'not_stated')::BIGINT AS left_out,
       count(*) FILTER (verdict = 'unverifiable')::BIGINT AS open,
       count(*) FILTER (verdict IN ('incorrect', 'outdated') AND method = 'person')::BIGINT
         AS reviewed,
       coalesce(list(DISTINCT engine ORDER BY engine)
         FILTER (verdict IN ('incorrect', 'outdated')), []) AS engines,
       count(DISTINCT wave_id) FILTER (verdict IN ('incorrect', 'outdated'))::BIGINT AS waves,
       max(day) FILTER (verdict IN ('incorrect', 'outdated')) AS latest
FROM judged GROUP BY fact_id
"""
_FIRST = f"""
WITH {JUDGED}
SELECT fact_id, min(day) AS since FROM judged WHERE verdict IN ('incorrect', 'outdated')
GROUP BY fact_id
"""
_QUOTED = f"""
WITH {JUDGED},
worded AS (
  SELECT * FROM judged WHERE verdict IN ('incorrect', 'outdated') AND quote <> ''
  QUALIFY row_number() OVER (PARTITION BY fact_id, lower(quote) ORDER BY day DESC, answer_id) = 1
)
SELECT fact_id, answer_id, engine, day, quote, verdict, method, coalesce(promise, false) AS promise
FROM worded
QUALIFY row_number() OVER (
  PARTITION BY fact_id, coalesce(promise, false) ORDER BY day DESC, answer_id) <= $quotes
ORDER BY fact_id, day DESC, answer_id
"""
_CLAIMS = f"""
WITH {JUDGED},
seen AS (SELECT DISTINCT answer_id, engine, day FROM judged),
said AS (
  SELECT c.claim, c.quote, c.answer_id, s.engine, s.day
  FROM claims c JOIN released_facts v USING (version) JOIN seen s USING (answer_id)
  WHERE v.pack = $pack
)
SELECT claim, arg_max(quote, day) AS quote, arg_max(answer_id, day) AS answer_id,
       arg_max(engine, day) AS engine, max(day) AS day, count(DISTINCT answer_id)::BIGINT AS answers
FROM said GROUP BY claim ORDER BY answers DESC, day DESC, claim LIMIT $limit
"""


def fact_lines(store: Store, view: View) -> tuple[FactLine, ...]:
    """Every fact of the sheet as the view's answers treat it.

    The gravest come first: by severity, then by how many engines contradict it, how often. A view
    of both branded and unbranded questions counts, it pools no rate.
    """
    release = released_facts(store, view.pack)
    if release is None:
        return ()
    with store.reading("counting contradictions") as con:
        counts = {row["fact_id"]: row for row in fetch(con, _LINES, view.parameters())}
        past = replace(view, since=None, waves=()).parameters()
        first = {row["fact_id"]: row["since"] for row in fetch(con, _FIRST, past)}
        quoted = fetch(con, _QUOTED, {**view.parameters(), "quotes": _QUOTES})
    quotes: dict[str, list[Quote]] = {}
    for row in quoted:
        fact_id, verdict = row.pop("fact_id"), Verdict(row.pop("verdict"))
        quotes.setdefault(fact_id, []).append(Quote(**row, verdict=verdict))
    lines = [
        _line(
            fact,
            counts.get(fact.fact_id, {}),
            first.get(fact.fact_id),
            tuple(quotes.get(fact.fact_id, ())),
        )
        for fact in release.content
    ]
    return tuple(
        sorted(lines, key=lambda one: (_GRAVITY[one.fact.severity], -len(one.engines), -one.wrong))
    )


def _line(
    fact: Fact, counts: Mapping[str, Any], first: date | None, quotes: tuple[Quote, ...]
) -> FactLine:
    numbers = ("wrong", "outdated", "promised", "right", "asked", "left_out", "open", "reviewed")
    return FactLine(
        fact=fact,
        engines=tuple(counts.get("engines", ())),
        waves=counts.get("waves", 0),
        since=first if counts.get("wrong") else None,
        latest=counts.get("latest"),
        quotes=quotes,
        **{name: counts.get(name, 0) for name in numbers},
    )


def claim_lines(store: Store, view: View, limit: int = 50) -> tuple[ClaimLine, ...]:
    """Claims that no fact covers, those that most answers make first."""
    with store.reading("listing claims") as con:
        rows = fetch(con, _CLAIMS, {**view.parameters(), "limit": limit})
    return tuple(ClaimLine(**row) for row in rows)


def judge_reads(store: Store, view: View) -> int:
    """How many of the view's answers a judge has read usably."""
    with store.reading("counting judges' readings") as con:
        row = con.execute(_READS, view.parameters()).fetchone()
    return int(row[0]) if row else 0


_READS = f"""
WITH {JUDGED}
SELECT count(DISTINCT d.answer_id)::BIGINT
FROM judging_reads d JOIN released_facts v USING (version)
WHERE v.pack = $pack AND d.usable AND d.answer_id IN (SELECT answer_id FROM judged)
"""
_OF_ANSWER = """
SELECT fact_id, verdict, method, judged_by, machine_verdict, span_start, span_end, quote, promise,
       note, coalesce(reviewer, '') AS reviewer, unsure, version
FROM judgement_states WHERE answer_id = $answer ORDER BY span_start NULLS LAST, fact_id
"""


def answer_verdicts(store: Store, answer_id: str, pack: str) -> tuple[AnswerVerdict, ...]:
    """What stands about one answer's facts, in the order in which it states them."""
    release = released_facts(store, pack)
    statements = {f.fact_id: f.statement for f in release.content} if release else {}
    with store.reading("reading an answer's judgements") as con:
        rows = fetch(con, _OF_ANSWER, {"answer": answer_id})
    return tuple(_verdict(row, statements.get(row["fact_id"], {})) for row in rows)


def _verdict(row: dict[str, Any], statement: Mapping[str, str]) -> AnswerVerdict:
    start, end = row.pop("span_start"), row.pop("span_end")
    filled = {name: row[name] or "" for name in ("quote", "note", "judged_by")}
    verdicts = {name: Verdict(row[name]) for name in ("verdict", "machine_verdict")}
    span = None if start is None else Span(start, end)
    return AnswerVerdict(**row | filled | verdicts, statement=statement, span=span)


@dataclass(frozen=True, slots=True)
class Contradicting:
    """One answer that contradicts a fact, as it stands after review."""

    fact_id: str
    answer_id: str
    wave_id: str
    cell: Cell
    day: date
    asked_at: datetime
    quote: str
    verdict: Verdict
    by_person: bool

    @property
    def engine(self) -> str:
        """The engine that said so."""
        return self.cell.engine


_CONTRADICTING = """
SELECT j.fact_id, j.answer_id, j.wave_id, j.question_id, j.engine, j.locale, j.persona, j.day,
       a.asked_at, j.quote, j.verdict, j.method = 'person' AS by_person
FROM judgement_states j JOIN answers a USING (answer_id)
WHERE j.pack = $pack AND j.day <= $until AND list_contains($facts::VARCHAR[], j.fact_id)
  AND j.verdict IN ('incorrect', 'outdated') AND j.intent <> 'probe' AND j.origin <> 'ask'
ORDER BY j.day, j.answer_id
"""


def contradicting_answers(
    store: Store, pack: str, facts: Sequence[str], until: date
) -> tuple[Contradicting, ...]:
    """Every answer of the pack up to a day that contradicts one of `facts`, oldest first."""
    asked = {"pack": pack, "facts": list(facts), "until": until}
    with store.reading("listing contradictions") as con:
        rows = fetch(con, _CONTRADICTING, asked)
    return tuple(_contradicting(row) for row in rows)


def _contradicting(row: dict[str, Any]) -> Contradicting:
    cell = Cell(*(row.pop(name) for name in ("question_id", "engine", "locale", "persona")))
    filled = {"verdict": Verdict(row["verdict"]), "quote": row["quote"] or ""}
    return Contradicting(**row | filled, cell=cell)
