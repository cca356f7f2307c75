"""Why a figure moved: the engine, its version, the brand, or a rival; told by who moved with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from monitor.stats.changes import (
    EFFECT_FLOOR,
    LEVEL,
    Change,
    benjamini_hochberg,
    paired_change,
)
from monitor.stats.estimates import CellCount, merged

_WITNESS_LEVEL = 0.01
"""Canary questions and the rivals' sum decide alone, so chance gets less room."""
_BROAD = 0.5
"""From this share of the rivals on, it's the engine that moved and not its subject."""

_CAME_UP = 0.2
"""A version that gained this share of the answers counts as new: one wave in five is another."""


class Cause(StrEnum):
    """What a movement is put down to."""

    ENGINE = "engine event"
    VERSION = "version event"
    BRAND = "brand event"
    RIVAL = "rival event"
    NONE = "nothing moved"


@dataclass(frozen=True, slots=True)
class Sides:
    """The same cells' counts before and after."""

    before: Sequence[CellCount]
    after: Sequence[CellCount]


@dataclass(frozen=True, slots=True)
class EngineEvidence:
    """Everything that speaks for or against a cause on one engine.

    `rivals` are the controls; `canary` counts an expected event on brand-free questions, whose
    answers only change with the engine. Versions are the served models, each with the number of
    its answers (or of anything else that is comparable between the two sides).
    """

    engine: str
    own: Sides
    rivals: Mapping[str, Sides]
    canary: Sides | None = None
    versions_before: Mapping[str, int] = field(default_factory=dict)
    versions_after: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The likeliest cause on one engine, with what it rests on.

    `net` is our change less the rivals' together: what is left once the engine's own movement is
    taken out. `new_versions` are served models that came up between the two sides; `everywhere`
    says that all engines moved at once.
    """

    engine: str
    cause: Cause
    own: Change
    rivals_together: Change | None
    rivals_moved: tuple[str, ...]
    canary: Change | None
    net: float | None
    new_versions: tuple[str, ...]
    everywhere: bool
    note: str


@dataclass(frozen=True, slots=True)
class _Moves:
    """One engine's changes, and which of them count as movement."""

    evidence: EngineEvidence
    own: Change
    own_moved: bool
    together: Change | None
    moved: tuple[str, ...]
    canary: Change | None
    whole_engine: bool
    new_versions: tuple[str, ...]


def attribute(
    engines: Iterable[EngineEvidence],
    *,
    level: float = LEVEL,
    floor: float = EFFECT_FLOOR,
    seed: int = 0,
) -> tuple[Attribution, ...]:
    """One attribution for each engine.

    Canary or most rivals moved: engine event, and with a new served version, version event. Only
    ours: brand event, unless a new version is served here and no other engine without one moved.
    """
    moves = [_moves(evidence, level, floor, seed) for evidence in engines]
    elsewhere = any(m.own_moved and not m.whole_engine and not m.new_versions for m in moves)
    everywhere = len(moves) > 1 and all(m.whole_engine for m in moves)
    return tuple(_attribution(m, elsewhere, everywhere) for m in moves)


def all_engines(engines: Iterable[EngineEvidence]) -> EngineEvidence:
    """The evidence of all engines in one, for `attribute`: finds what is too small for each alone.

    A question stays one cluster. Versions are left out: they belong to single engines.
    """
    each = list(engines)
    names = sorted({name for evidence in each for name in evidence.rivals})
    canaries = [(e.engine, e.canary) for e in each if e.canary is not None]
    return EngineEvidence(
        "",
        _joined([(e.engine, e.own) for e in each]),
        {
            name: _joined([(e.engine, e.rivals[name]) for e in each if name in e.rivals])
            for name in names
        },
        _joined(canaries) if canaries else None,
    )


def brands_together(brands: Iterable[Sequence[CellCount]]) -> tuple[CellCount, ...]:
    """The brands' counts added up cell by cell: a question stays one cluster."""
    hits: dict[tuple[str, str], int] = defaultdict(int)
    answers: dict[tuple[str, str], int] = defaultdict(int)
    for cells in brands:
        for key, cell in merged(cells).items():
            hits[key] += cell.hits
            answers[key] += cell.answers
    return tuple(CellCount(q, hits[q, g], answers[q, g], g) for q, g in sorted(answers))


def web_gain(memory: Iterable[CellCount], web: Iterable[CellCount], *, seed: int = 0) -> Change:
    """What web search adds to what the model knows: web − memory on the questions of both.

    The two are different engines: their cells' `group` must leave the engine out.
    """
    return paired_change(memory, web, seed=seed)


def _moves(evidence: EngineEvidence, level: float, floor: float, seed: int) -> _Moves:
    own = _change(evidence.own, seed)
    rivals = {name: _change(sides, seed) for name, sides in sorted(evidence.rivals.items())}
    adjusted = benjamini_hochberg([change.panel_p for change in rivals.values()])
    moved = tuple(
        name
        for (name, change), q in zip(rivals.items(), adjusted, strict=True)
        if q <= level and abs(change.difference or 0.0) >= floor
    )
    together = _together(list(evidence.rivals.values()), seed)
    canary = _change(evidence.canary, seed) if evidence.canary else None
    own_moved = _has_moved(own, level, floor)
    whole = (
        (canary is not None and _has_moved(canary, _WITNESS_LEVEL, floor))
        or _most_moved(len(moved), len(rivals), own_moved)
        or _moved_as_one(evidence.rivals, rivals, floor, seed)
    )
    return _Moves(
        evidence,
        own,
        own_moved,
        together,
        moved,
        canary,
        whole,
        new_versions(evidence.versions_before, evidence.versions_after),
    )


def new_versions(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[str, ...]:
    """The served models that came up: not there before, or with clearly fewer of the answers.

    A version that was switched on within the earlier period explains a change as well as one
    switched on after it. Nothing is new where no version was known before.
    """
    old, new = _shares(before), _shares(after)
    if not old:
        return ()
    return tuple(
        name
        for name, share in sorted(new.items())
        if name not in old or share - old[name] >= _CAME_UP
    )


def _shares(versions: Mapping[str, int]) -> dict[str, float]:
    """Each named version's part of the answers."""
    named = {name: count for name, count in versions.items() if name}
    total = sum(named.values())
    return {name: count / total for name, count in named.items()}


def _joined(parts: Sequence[tuple[str, Sides]]) -> Sides:
    return Sides(
        _renamed([(e, s.before) for e, s in parts]), _renamed([(e, s.after) for e, s in parts])
    )


def _renamed(parts: Iterable[tuple[str, Sequence[CellCount]]]) -> list[CellCount]:
    """The engines' cells, with the engine in the group so that they stay apart."""
    return [replace(c, group=f"{engine}|{c.group}") for engine, cells in parts for c in cells]


def _change(sides: Sides, seed: int) -> Change:
    return paired_change(sides.before, sides.after, seed=seed)


def _together(rivals: Sequence[Sides], seed: int) -> Change | None:
    before = brands_together(side.before for side in rivals)
    after = brands_together(side.after for side in rivals)
    return paired_change(before, after, seed=seed) if before and after else None


def _has_moved(change: Change, level: float, floor: float) -> bool:
    """Whether these very questions changed: a cause may well touch only some of them."""
    if change.difference is None:
        return False
    return change.panel_p <= level and abs(change.difference) >= floor


def _most_moved(moved: int, rivals: int, own_moved: bool) -> bool:
    """Whether half of the rivals moved, at least two; an only rival must have moved with us."""
    if rivals == 1:
        return moved == 1 and own_moved
    return moved >= max(2, _BROAD * rivals)


def _moved_as_one(
    sides: Mapping[str, Sides], changes: Mapping[str, Change], floor: float, seed: int
) -> bool:
    """Whether the rivals moved together, though few of them for sure each by itself.

    Without the one that moved most, so that a single rival can't move the sum.
    """
    if len(sides) < 3:
        return False
    most = max(changes, key=lambda name: abs(changes[name].difference or 0.0))
    others = _together([side for name, side in sides.items() if name != most], seed)
    return others is not None and _has_moved(others, _WITNESS_LEVEL, floor)


def _attribution(moves: _Moves, elsewhere: bool, everywhere: bool) -> Attribution:
    cause = _cause(moves, elsewhere)
    net = None
    if moves.own.difference is not None and moves.together is not None:
        together = moves.together.difference
        net = None if together is None else moves.own.difference - together
    return Attribution(
        moves.evidence.engine,
        cause,
        moves.own,
        moves.together,
        moves.moved,
        moves.canary,
        net,
        moves.new_versions,
        everywhere,
        _note(cause, moves, everywhere),
    )


def _cause(moves: _Moves, elsewhere: bool) -> Cause:
    if moves.whole_engine:
        return Cause.VERSION if moves.new_versions else Cause.ENGINE
    if moves.own_moved:
        return Cause.VERSION if moves.new_versions and not elsewhere else Cause.BRAND
    return Cause.RIVAL if moves.moved else Cause.NONE


def _note(cause: Cause, moves: _Moves, everywhere: bool) -> str:
    served = f"now serves {', '.join(moves.new_versions)}" if moves.new_versions else ""
    moved = ", ".join(moves.moved)
    reasons = {
        Cause.ENGINE: "rivals or canary questions moved",
        Cause.VERSION: served,
        Cause.BRAND: f"of the rivals only {moved} moved" if moved else "the rivals stood still",
        Cause.RIVAL: f"only {moved} moved",
        Cause.NONE: "",
    }
    parts = [reasons[cause]]
    if served and cause is not Cause.VERSION:
        parts.append(served)
    if everywhere:
        parts.append("all engines at once: look at questions, matcher and season first")
    return "; ".join(filter(None, parts))
