"""What part of the store a reader looks at: one record, used by every query."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class View:
    """A pack's answers from `since` to `until` (both included; None is open), narrowed.

    Empty tuples mean all. `branded` is False for the headlines, True for questions that name
    the brand, and None for answers of both kinds, which are never pooled into one figure.
    Probes and ad hoc answers are in no view.
    """

    pack: str
    since: date | None = None
    until: date | None = None
    engines: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    branded: bool | None = False

    def parameters(self) -> dict[str, Any]:
        """The named parameters of `CONDITIONS`."""
        return {
            "pack": self.pack,
            "since": self.since,
            "until": self.until,
            "engines": list(self.engines),
            "locales": list(self.locales),
            "personas": list(self.personas),
            "intents": list(self.intents),
            "tags": list(self.tags),
            "questions": list(self.questions),
            "waves": list(self.waves),
            "branded": self.branded,
        }


def _among(column: str, parameter: str) -> str:
    values = f"${parameter}::VARCHAR[]"
    return f"(len({values}) = 0 OR list_contains({values}, {column}))"


CONDITIONS = f"""
    r.pack = $pack
    AND ($since::DATE IS NULL OR r.day >= $since::DATE)
    AND ($until::DATE IS NULL OR r.day <= $until::DATE)
    AND {_among("r.engine", "engines")}
    AND {_among("r.locale", "locales")}
    AND {_among("r.persona", "personas")}
    AND {_among("r.intent", "intents")}
    AND {_among("r.question_id", "questions")}
    AND {_among("r.wave_id", "waves")}
    AND ($branded::BOOLEAN IS NULL OR r.branded = $branded::BOOLEAN)
    AND (len($tags::VARCHAR[]) = 0 OR (r.wave_id, r.question_id) IN (
      SELECT (wave_id, question_id) FROM wave_questions
      WHERE list_has_any(tags, $tags::VARCHAR[])))
    AND r.intent <> 'probe'
    AND r.origin <> 'ask'
"""
"""WHERE clause on the counted answers, `rollup_answers r` in the pack's released version."""

JUDGED = f"""
judged AS (
  SELECT r.* FROM judgement_states r WHERE {CONDITIONS}
)"""
"""Common table expression: the view's judgements with what people said of them, no probes."""

COUNTED = f"""
counted AS (
  SELECT r.* FROM rollup_answers r JOIN released v USING (pack, version)
  WHERE {CONDITIONS}
)"""
"""Common table expression: the counted answers of a view."""


def wording(locale: str) -> str:
    """SQL for a fingerprint of how `wave_questions q` words its question in a locale."""
    names = (locale, f"split_part({locale}, '-', 1)")
    tried = ", ".join(
        f"""json_extract(q.texts, '$."' || {name} || '"')::VARCHAR""" for name in names
    )
    return f"hash(coalesce({tried}, ''))::VARCHAR"
