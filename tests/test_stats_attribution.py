"""Planted events must be named rightly: the engine, its version, the brand, a rival, or nothing."""

from collections.abc import Mapping

import numpy as np
import pytest

from monitor.stats import CellCount
from monitor.stats.attribution import (
    Attribution,
    Cause,
    EngineEvidence,
    Sides,
    all_engines,
    attribute,
    brands_together,
    new_versions,
    web_gain,
)

RIVALS = ("Bolt", "Crest", "Dyne", "Ember", "Fjord")


def sides(rng: np.random.Generator, shift: float) -> Sides:
    chances = np.clip(rng.beta(2, 2, 40), max(0.0, -shift), min(1.0, 1 - shift))
    before, after = rng.binomial(8, chances), rng.binomial(8, chances + shift)
    return Sides(
        [CellCount(f"q{i:02}", int(m), 8) for i, m in enumerate(before)],
        [CellCount(f"q{i:02}", int(m), 8) for i, m in enumerate(after)],
    )


def evidence(
    rng: np.random.Generator,
    engine: str = "assistant",
    *,
    own: float = 0.0,
    rivals: Mapping[str, float] | None = None,
    canary: float | None = None,
    served: str = "model-1",
) -> EngineEvidence:
    moved = rivals or {}
    return EngineEvidence(
        engine,
        sides(rng, own),
        {name: sides(rng, moved.get(name, 0.0)) for name in RIVALS},
        None if canary is None else sides(rng, canary),
        {"model-1": 40},
        {served: 10},
    )


def only(attributions: tuple[Attribution, ...]) -> Attribution:
    assert len(attributions) == 1
    return attributions[0]


FALL = dict.fromkeys(RIVALS, -0.15)
RESHUFFLE = {"Bolt": 0.25, "Crest": -0.25, "Dyne": 0.25, "Ember": -0.25}


@pytest.mark.parametrize(
    ("own", "rivals", "canary", "served", "expected"),
    [
        (-0.2, {}, 0.0, "model-1", Cause.BRAND),
        (0.15, {}, None, "model-1", Cause.BRAND),
        (-0.15, FALL, None, "model-1", Cause.ENGINE),
        (-0.2, RESHUFFLE, None, "model-1", Cause.ENGINE),
        (-0.15, FALL, 0.0, "model-2", Cause.VERSION),
        (0.0, {"Dyne": 0.3}, None, "model-1", Cause.RIVAL),
    ],
)
def test_planted_events_are_named_rightly_nine_times_in_ten(
    own: float, rivals: Mapping[str, float], canary: float | None, served: str, expected: Cause
) -> None:
    named = [
        only(
            attribute(
                [
                    evidence(
                        np.random.default_rng(seed),
                        own=own,
                        rivals=rivals,
                        canary=canary,
                        served=served,
                    )
                ]
            )
        ).cause
        for seed in range(40)
    ]

    assert named.count(expected) >= 36


def test_without_an_event_none_is_seen_nine_times_in_ten() -> None:
    named = [
        only(attribute([evidence(np.random.default_rng(seed), canary=0.0)])).cause
        for seed in range(40)
    ]

    assert named.count(Cause.NONE) >= 36


def test_a_brand_event_says_what_is_left_once_the_rivals_are_taken_out() -> None:
    found = only(attribute([evidence(np.random.default_rng(3), own=-0.2)]))

    assert found.net == pytest.approx(-0.2, abs=0.08)
    assert "rivals stood still" in found.note


def test_a_new_served_version_makes_the_engine_event_a_version_event() -> None:
    fall = dict.fromkeys(RIVALS, -0.2)
    rng = np.random.default_rng(1)

    found = only(attribute([evidence(rng, own=-0.2, rivals=fall, served="model-2")]))

    assert found.cause is Cause.VERSION
    assert found.new_versions == ("model-2",)
    assert "now serves model-2" in found.note


def test_canary_questions_alone_give_the_engine_away() -> None:
    found = only(attribute([evidence(np.random.default_rng(2), own=-0.2, canary=-0.3)]))

    assert found.cause is Cause.ENGINE
    assert found.canary is not None


def test_one_rival_moving_is_that_rivals_event() -> None:
    found = only(attribute([evidence(np.random.default_rng(3), rivals={"Dyne": 0.3})]))

    assert found.cause is Cause.RIVAL
    assert found.rivals_moved == ("Dyne",)
    assert "only Dyne moved" in found.note


def test_only_ours_moving_on_the_one_engine_with_a_new_version_is_put_down_to_it() -> None:
    rng = np.random.default_rng(4)

    changed, same = attribute([evidence(rng, "a", own=-0.25, served="model-2"), evidence(rng, "b")])

    assert (changed.cause, same.cause) == (Cause.VERSION, Cause.NONE)


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ({"a": 40}, {"b": 40}, ("b",)),
        ({"a": 20, "b": 20}, {"b": 38}, ("b",)),
        ({"a": 10, "b": 30}, {"a": 12, "b": 28}, ()),
        ({"a": 40}, {"a": 20, "b": 20}, ("b",)),
        ({"": 40}, {"b": 40}, ()),
        ({"a": 40}, {}, ()),
    ],
)
def test_a_version_is_new_where_it_came_up(
    before: dict[str, int], after: dict[str, int], new: tuple[str, ...]
) -> None:
    assert new_versions(before, after) == new


def test_ours_moving_everywhere_is_a_brand_event_in_spite_of_one_new_version() -> None:
    rng = np.random.default_rng(5)

    changed, same = attribute(
        [evidence(rng, "a", own=-0.25, served="model-2"), evidence(rng, "b", own=-0.25)]
    )

    assert (changed.cause, same.cause) == (Cause.BRAND, Cause.BRAND)
    assert "now serves model-2" in changed.note


def test_all_engines_at_once_point_back_at_the_measurement() -> None:
    rng = np.random.default_rng(6)
    fall = dict.fromkeys(RIVALS, -0.2)

    found = attribute([evidence(rng, name, own=-0.2, rivals=fall) for name in ("a", "b")])

    assert all("all engines at once" in attribution.note for attribution in found)


def test_what_is_too_small_for_each_engine_is_seen_on_all_of_them_together() -> None:
    rng = np.random.default_rng(8)
    each = [evidence(rng, f"engine-{i}", own=-0.08, canary=0.0) for i in range(6)]

    (together,) = attribute([all_engines(each)])

    assert together.cause is Cause.BRAND
    assert together.own.cells == 6 * 40
    assert together.own.questions == 40
    assert together.own.panel_p < min(a.own.panel_p for a in attribute(each))


def test_without_rivals_or_shared_cells_nothing_is_claimed() -> None:
    empty = Sides([], [CellCount("q", 1, 2)])

    found = only(attribute([EngineEvidence("a", empty, {})]))

    assert found.cause is Cause.NONE
    assert found.net is None
    assert attribute([]) == ()


def test_brands_together_add_up_by_cell() -> None:
    found = brands_together([[CellCount("q", 1, 4)], [CellCount("q", 3, 4), CellCount("r", 1, 2)]])

    assert found == (CellCount("q", 4, 8), CellCount("r", 1, 2))


def test_what_search_adds_to_memory_is_paired_by_question() -> None:
    memory = [CellCount(f"q{i}", 1, 4, "de-DE") for i in range(10)]
    web = [CellCount(f"q{i}", 3, 4, "de-DE") for i in range(10)]

    assert web_gain(memory, web).difference == pytest.approx(0.5)
