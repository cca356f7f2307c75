"""The machine held against people: what the random reviews say of each judge version.

Reviews of items that were selected count nowhere here: they looked bad, and so would the machine.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.queries.rows import fetch
from monitor.stats.agreement import Calibration
from monitor.stats.calibration import Call, JudgeQuality, Reviewed, judge_quality
from monitor.store import Store
from monitor.types import Verdict

_CALLS = {
    Verdict.CORRECT: Call.RIGHT,
    Verdict.INCORRECT: Call.WRONG,
    Verdict.OUTDATED: Call.WRONG,
    Verdict.NOT_STATED: Call.NOTHING,
    Verdict.UNVERIFIABLE: Call.NOTHING,
}


@dataclass(frozen=True, slots=True)
class CalibrationLine:
    """One judge version against people: the rules' version, or a template and its model.

    On `unsure` random items people couldn't decide; they are in no figure.
    """

    judged_by: str
    quality: JudgeQuality
    unsure: int

    @property
    def is_model(self) -> bool:
        """Whether a model judges: its name says template and model ("answer@1 gpt-x")."""
        return "@" in self.judged_by


_REVIEWS = """
SELECT r.machine_version AS judged_by, r.machine_verdict AS machine, r.verdict AS person,
       r.stratum, r.stratum_items
FROM random_reviews r JOIN answers a USING (answer_id)
WHERE a.pack = $pack AND r.machine_verdict IS NOT NULL
ORDER BY r.machine_version, r.reviewed_at, r.review_id
"""


def calibration_lines(store: Store, pack: str) -> tuple[CalibrationLine, ...]:
    """Every judge version that people have met at random, the most reviewed first."""
    with store.reading("reading random reviews") as con:
        rows = fetch(con, _REVIEWS, {"pack": pack})
    by_judge: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_judge[row["judged_by"]].append(row)
    lines = [_line(judged_by, found) for judged_by, found in by_judge.items()]
    return tuple(sorted(lines, key=lambda line: (-line.quality.reviews, line.judged_by)))


def calibrations(store: Store, pack: str) -> Mapping[str, Calibration]:
    """What corrects each judge version's figures, by the version."""
    return {line.judged_by: line.quality.calibration for line in calibration_lines(store, pack)}


def _line(judged_by: str, rows: Sequence[dict[str, Any]]) -> CalibrationLine:
    decided = [row for row in rows if row["person"] is not None]
    return CalibrationLine(judged_by, judge_quality(_weighed(decided)), len(rows) - len(decided))


def _weighed(rows: Sequence[dict[str, Any]]) -> list[Reviewed]:
    """Each item with how many it stands for: its stratum's size over the reviews in it.

    The size is the one that the stratum had at its last review; a stratum that nobody has drawn
    from yet is one of the smallest, and stands for nothing.
    """
    drawn: dict[str, int] = defaultdict(int)
    size: dict[str, int] = {}
    for row in rows:
        drawn[row["stratum"]] += 1
        size[row["stratum"]] = max(1, row["stratum_items"])
    return [
        Reviewed(
            _CALLS[Verdict(row["machine"])],
            _CALLS[Verdict(row["person"])],
            size[row["stratum"]] / drawn[row["stratum"]],
        )
        for row in rows
    ]
