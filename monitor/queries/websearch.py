"""Memory against web: what an engine's web search adds to what its model knows, in pairs.

Two engines are a pair if they are asked for the same model, one with web search and one without:
told by what was really sent, so that answers of engines long gone from prompts/ have theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.queries.cells import cell_rows, left_out, released
from monitor.queries.figures import Figure, never_pooled
from monitor.queries.rows import fetch
from monitor.queries.view import COUNTED, View
from monitor.stats import CellCount, Change, Verdict, label_changes
from monitor.stats.attribution import web_gain
from monitor.store import Store

WEB_GAIN = "web_gain"


@dataclass(frozen=True, slots=True)
class WebGain:
    """A brand's visibility on `web` less that on `memory`: `change` goes from memory to web."""

    brand: str
    memory: str
    web: str
    change: Change
    verdict: Verdict


_ASKED = f"""
WITH {COUNTED},
days AS (SELECT DISTINCT engine, day FROM counted)
SELECT a.engine, replace(a.model_requested, '/responses/', '/') AS model,
       bool_or(regexp_matches(a.parameters, '(?i)web_?search|google_?search')) AS web
FROM answers a JOIN days d ON d.engine = a.engine AND d.day = a.day
WHERE a.pack = $pack AND a.status = 'ok' AND a.origin <> 'ask' AND a.model_requested <> ''
GROUP BY ALL ORDER BY ALL
"""


def engine_pairs(store: Store, view: View) -> tuple[tuple[str, str], ...]:
    """(memory, web) engines of the view that were asked for the same model."""
    with store.reading("pairing engines") as con:
        rows = fetch(con, _ASKED, view.parameters())
    return tuple(
        (memory["engine"], web["engine"])
        for memory in rows
        for web in rows
        if memory["model"] == web["model"] and web["web"] and not memory["web"]
    )


def web_gains(store: Store, view: View, brands: Sequence[str] = ()) -> tuple[WebGain, ...]:
    """Each pair's gain for each brand (all if none is named); nothing where there is no pair.

    The gains of all brands are judged together: whoever shows only ours still shows honest labels.
    """
    never_pooled(view)
    pairs = engine_pairs(store, view)
    if not pairs:
        return ()
    with store.reading("comparing memory with web search") as con:
        rows = cell_rows(con, view)
    cells: dict[tuple[str, str], list[CellCount]] = {}
    for row in rows:
        counts = CellCount(row.question, row.visible, row.answers, row.group)
        cells.setdefault((row.brand, row.engine), []).append(counts)
    scopes = [(brand, *pair) for brand in sorted({b for b, _ in cells}) for pair in pairs]
    changes = [web_gain(cells[brand, memory], cells[brand, web]) for brand, memory, web in scopes]
    return tuple(
        WebGain(*scope, change, verdict)
        for scope, change, verdict in zip(scopes, changes, label_changes(changes), strict=True)
        if not brands or scope[0] in brands
    )


def web_gain_figures(store: Store, view: View, brands: Sequence[str] = ()) -> tuple[Figure, ...]:
    """The gains as figures: `engine` is the one with web search, `value` web − memory.

    `k` and `n` are the answers from memory and with web search; `note` names the pair.
    """
    gains = web_gains(store, view, brands)
    if not gains:
        return ()
    with store.reading("counting what is left out") as con:
        excluded = left_out(con, view)
        version, _ = released(con, view.pack)
    statuses = sorted({line.status for line in excluded})
    return tuple(
        Figure(
            figure=WEB_GAIN,
            brand=gain.brand,
            engine=gain.web,
            locale=None,
            week=None,
            value=gain.change.difference,
            k=gain.change.answers_before,
            n=gain.change.answers_after,
            questions=gain.change.questions,
            panel=gain.change.panel,
            market=gain.change.market,
            excluded={
                status: count
                for status in statuses
                if (
                    count := sum(
                        line.answers
                        for line in excluded
                        if line.status == status and line.engine in (gain.memory, gain.web)
                    )
                )
            },
            versions={"measure": version},
            note=_note(gain),
        )
        for gain in gains
    )


def _note(gain: WebGain) -> str:
    change = gain.change
    if change.before is None or change.after is None:
        return f"{gain.web} against {gain.memory}: {change.note}"
    return (
        f"{100 * change.after:.0f} % on {gain.web}, {100 * change.before:.0f} % from memory on "
        f"{gain.memory}: {gain.verdict.label.value}"
    )
