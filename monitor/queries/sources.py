"""Whom the answers cite: domains by kind, their pages, and where they stand without us."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.mentions import merge_unknown_names
from monitor.queries.rows import fetch
from monitor.queries.view import COUNTED, View
from monitor.store import Store
from monitor.types import Owner, SourceKind


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A cited domain: in how many ok answers, and in how many of those the brand is missing."""

    domain: str
    owner: Owner
    kind: SourceKind
    brand: str
    """The tracked brand that owns the domain, "" for third parties."""
    answers: int
    citations: int
    without_brand: int
    engines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A cited page of a domain."""

    url: str
    title: str
    answers: int


@dataclass(frozen=True, slots=True)
class NameLine:
    """An untracked name that turns up in ok answers."""

    name: str
    answers: int


_CITED = f"""
WITH {COUNTED},
cells AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona, origin
  FROM counted WHERE status = 'ok'
),
chosen AS (
  SELECT a.answer_id, a.engine, c.version,
         EXISTS (FROM mentions m WHERE m.answer_id = a.answer_id AND m.version = c.version
           AND m.brand = $brand
           AND m.state IN ('recommended', 'mentioned', 'warned_against')) AS visible
  FROM cells c
  JOIN answers a ON a.pack = $pack AND a.status = 'ok' AND a.wave_id = c.wave_id
    AND a.day = c.day AND a.question_id = c.question_id AND a.engine = c.engine
    AND a.locale = c.locale AND a.persona = c.persona AND a.origin = c.origin
)"""

_DOMAINS = f"""
{_CITED}
SELECT z.domain, any_value(z.owner) AS owner, any_value(z.kind) AS kind,
       any_value(z.brand) AS brand, count(DISTINCT c.answer_id) AS answers,
       count(*) AS citations,
       count(DISTINCT c.answer_id) FILTER (WHERE NOT c.visible) AS without_brand,
       list(DISTINCT c.engine ORDER BY c.engine) AS engines
FROM chosen c JOIN citations z USING (answer_id, version)
WHERE z.cited AND z.domain <> '' AND NOT z.redirect
GROUP BY z.domain ORDER BY answers DESC, z.domain LIMIT $limit
"""
_PAGES = f"""
{_CITED}
SELECT z.url, any_value(z.title) AS title, count(DISTINCT c.answer_id) AS answers
FROM chosen c JOIN citations z USING (answer_id, version)
WHERE z.cited AND z.domain = $domain
GROUP BY z.url ORDER BY answers DESC, z.url LIMIT $limit
"""
_NAMES = f"""
{_CITED}
SELECT list(u.name) AS names
FROM chosen c JOIN unknown_names u USING (answer_id, version)
GROUP BY c.answer_id ORDER BY c.answer_id
"""


def domains(store: Store, view: View, brand: str, limit: int = 500) -> tuple[DomainLine, ...]:
    """Domains that the view's answers cite, most cited first.

    A provider's redirect address isn't a domain that anybody chose to cite, and is left out.
    """
    with store.reading("listing cited domains") as con:
        rows = fetch(con, _DOMAINS, {**view.parameters(), "brand": brand, "limit": limit})
    return tuple(
        DomainLine(**row | {"owner": Owner(row["owner"]), "kind": SourceKind(row["kind"])})
        for row in rows
    )


def lookalikes(lines: Sequence[DomainLine], brand: str) -> tuple[DomainLine, ...]:
    """Third parties' domains that have the brand's name in theirs: who made them up, or why?"""
    name = _letters(brand)
    return tuple(
        line
        for line in lines
        if name and line.owner is Owner.THIRD_PARTY and name in _letters(line.domain.split(".")[0])
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def pages_of(
    store: Store, view: View, brand: str, domain: str, limit: int = 100
) -> tuple[PageLine, ...]:
    """The cited pages of one domain, most cited first."""
    keys = {**view.parameters(), "brand": brand, "domain": domain, "limit": limit}
    with store.reading("listing cited pages") as con:
        rows = fetch(con, _PAGES, keys)
    return tuple(PageLine(**row) for row in rows)


def unknown_names(
    store: Store, view: View, brand: str, *, least: int = 3, limit: int = 20
) -> tuple[NameLine, ...]:
    """Names that nobody tracks yet and that stand in `least` answers, most answers first.

    Spellings of one name are one line.
    """
    with store.reading("listing untracked names") as con:
        rows = fetch(con, _NAMES, {**view.parameters(), "brand": brand})
    found = merge_unknown_names(row["names"] for row in rows)
    often = [NameLine(name.name, name.answers) for name in found if name.answers >= least]
    return tuple(often[:limit])
