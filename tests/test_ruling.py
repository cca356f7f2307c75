"""People overrule how the machine read a brand: it counts at once, counts once, and stays."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from ruled_project import HEADLESS, OURS, PRICE, RIVAL, WORD, ruled_project, said
from said_answers import SAID_AT, Said, judge, say
from small_project import edited

from monitor.errors import InputError
from monitor.pipeline import NAMED, Project, Word, measure, open_project, rule
from monitor.pipeline.verifying import verify_store
from monitor.queries import View, head_to_head, question_cells, unknown_names
from monitor.store import keep_ruling
from monitor.store.free import run_sql
from monitor.store.upkeep import rebuild_store
from monitor.types import Mention, MentionState, Ruling

LATER = SAID_AT + timedelta(hours=1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return ruled_project(tmp_path / "project")[0]


def answers(project: Project) -> list[str]:
    rows = run_sql(project.store, "SELECT answer_id FROM answers").rows
    return sorted((str(row[0]) for row in rows), key=lambda answer_id: answer_id[-1])


def ruled(
    project: Project, answer_id: str, brand: str, state: str | None, hours: int = 1
) -> Ruling:
    word = Word(answer_id, brand, state, "ana")
    return rule(project, word, SAID_AT + timedelta(hours=hours)).ruling


SUMS = {
    "rollup_mentions": "visible recommended warned_against declined ambiguous first top3 ranked "
    "rank_sum",
    "rollup_wholes": "named named_squares cited cited_squares",
    "rollup_shares": "named_with rank_squares citing cited cited_squares cited_with",
    "rollup_answers": "answers",
}


def sums(project: Project) -> dict[str, Counter[tuple[object, ...]]]:
    """Everything that figures are read from, added up, zeros left out."""
    found = {}
    for table, columns in SUMS.items():
        names = columns.split()
        totals = ", ".join(f"sum({name})" for name in names)
        query = f"SELECT * EXCLUDE ({', '.join(names)}), {totals} FROM {table} GROUP BY ALL"  # noqa: S608
        counts = {}
        for row in run_sql(project.store, query).rows:
            for name, total in zip(names, row[-len(names) :], strict=True):
                if total:
                    counts[(*row[: -len(names)], name)] = int(str(total))
        found[table] = Counter(counts)
    return found


def rows(project: Project) -> list[object]:
    """What is stored of every mention, name and verdict by rules."""
    queries = (
        "SELECT * FROM mentions ORDER BY ALL",
        "SELECT * FROM unknown_names ORDER BY ALL",
        "SELECT answer_id, version, rulings FROM measured ORDER BY ALL",
        "SELECT answer_id, fact_id, verdict FROM judgements ORDER BY ALL",
    )
    return [run_sql(project.store, query).rows for query in queries]


def wrong(project: Project) -> list[str]:
    return [check.finding for check in verify_store(project) if not check.ok]


def test_a_brand_that_is_not_there_leaves_ranks_orders_and_every_figure(project: Project) -> None:
    listed, *_ = answers(project)
    before = said(project, listed, OURS)
    assert before
    assert (before.rank, before.order) == (2, 2)
    kept = ruled(project, listed, RIVAL.lower(), "absent")
    assert (kept.brand, kept.machine_state) == (RIVAL, MentionState.RECOMMENDED)
    assert said(project, listed, RIVAL) is None
    after = said(project, listed, OURS)
    assert after
    # The item still stands there: places are counted over items, orders over visible brands.
    assert (after.rank, after.order) == (2, 1)
    view = View("demo")
    assert unknown_names(project.store, view, OURS, least=1) == ()
    pairs = {p.rival: (p.both, p.only_rival) for p in head_to_head(project.store, view, OURS)}
    assert pairs[RIVAL] == (0, 0)
    (cell,) = question_cells(project.store, view, RIVAL)
    assert (cell.hits, cell.answers) == (0, 2)
    assert wrong(project) == []


def test_what_rules_cannot_tell_counts_as_a_person_says(project: Project) -> None:
    _, untold, _ = answers(project)
    assert ruled(project, untold, WORD, NAMED).state is MentionState.MENTIONED
    there = said(project, untold, WORD)
    assert there
    assert (there.state, len(there.spans), there.order) == (MentionState.MENTIONED, 2, 1)
    (cell,) = question_cells(project.store, View("demo"), WORD)
    assert (cell.hits, cell.answers) == (1, 2)
    assert wrong(project) == []


def test_a_brand_that_no_name_stands_for_is_visible_without_place(project: Project) -> None:
    _, untold, _ = answers(project)
    ruled(project, untold, OURS, "recommended")
    assert said(project, untold, OURS) == Mention(OURS, MentionState.RECOMMENDED)
    with pytest.raises(InputError, match="no name of Kolumbrio is found"):
        ruled(project, untold, "Kolumbrio", NAMED)
    assert wrong(project) == []


def test_withdrawn_the_machines_reading_stands_again_to_the_last_sum(project: Project) -> None:
    listed, untold, price = answers(project)
    before = sums(project), rows(project)
    ruled(project, listed, RIVAL, "absent")
    ruled(project, untold, WORD, "warned_against")
    ruled(project, price, OURS, "absent")
    assert sums(project)["rollup_mentions"] != before[0]["rollup_mentions"]
    for answer_id, brand in ((listed, RIVAL), (untold, WORD), (price, OURS)):
        kept = ruled(project, answer_id, brand, None, hours=2)
        assert kept.machine_state is not MentionState.ABSENT
    assert (sums(project), rows(project)) == before
    assert wrong(project) == []
    with pytest.raises(InputError, match="nothing to withdraw"):
        ruled(project, listed, RIVAL, None, hours=3)


def test_the_latest_ruling_stands_and_the_machine_is_asked_each_time(project: Project) -> None:
    listed, *_ = answers(project)
    for hours, state in enumerate(("absent", "declined", "warned_against"), start=1):
        assert ruled(project, listed, OURS, state, hours).machine_state == "recommended"
    there = said(project, listed, OURS)
    assert there
    assert (there.state, there.rank) == (MentionState.WARNED_AGAINST, 2)
    assert run_sql(project.store, "SELECT count(*) FROM rulings").rows == ((3,),)
    assert run_sql(project.store, "SELECT state FROM standing_rulings").rows == (
        ("warned_against",),
    )
    assert wrong(project) == []


def test_rulings_outlive_a_rebuild_and_brands_that_read_otherwise(project: Project) -> None:
    listed, untold, price = answers(project)
    ruled(project, listed, RIVAL, "absent")
    ruled(project, untold, WORD, "recommended")
    ruled(project, price, OURS, "declined")
    counted, stored = sums(project), rows(project)
    rebuild_store(project.store, LATER)
    judge(project)
    assert (sums(project), rows(project)) == (counted, stored)
    assert wrong(project) == []
    with edited(project.settings.project / "prompts/brands/demo.yaml") as content:
        content["brands"][1]["aliases"] = ["Munda Suite"]
    changed = open_project(project.settings.project)
    kept = rule(changed, Word(untold, OURS, "mentioned", "ben"), LATER + timedelta(hours=1))
    assert not kept.counted
    assert said(changed, untold, OURS) is None
    judge(changed, LATER)
    assert said(changed, untold, OURS)
    assert said(changed, listed, RIVAL) is None
    assert wrong(changed) == []


def test_a_ruling_cut_off_before_it_counts_is_counted_once_by_whoever_measures_next(
    project: Project,
) -> None:
    listed, *_ = answers(project)
    cut_off = Ruling(
        "r1", listed, RIVAL, MentionState.ABSENT, "ana", LATER, MentionState.RECOMMENDED, "m"
    )
    keep_ruling(project.store, cut_off, LATER)
    assert said(project, listed, RIVAL)
    assert "1 counts differ" in wrong(project)[0]
    assert [m.answers for m in measure(project, LATER)] == [1]
    assert [m.answers for m in measure(project, LATER)] == [0]
    judge(project)
    assert said(project, listed, RIVAL) is None
    assert wrong(project) == []


def test_whom_an_answer_names_says_anew_whether_it_can_state_a_fact(project: Project) -> None:
    (priced,) = say(project, [Said(PRICE, HEADLESS, engine="sim-claude")])
    judge(project)

    def verdicts() -> list[object]:
        query = f"SELECT verdict FROM judgement_states WHERE answer_id = '{priced}'"  # noqa: S608
        return [verdict for (verdict,) in run_sql(project.store, query).rows]

    assert verdicts() == ["incorrect"]
    ruled(project, priced, OURS, "absent")
    assert verdicts() == []
    assert wrong(project) == []
    ruled(project, priced, OURS, None, hours=2)
    assert verdicts() == ["incorrect"]
    assert wrong(project) == []


def test_two_processes_ruling_at_once_lose_and_double_nothing(project: Project) -> None:
    listed, untold, price = answers(project)
    folder = str(project.settings.project)
    children = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "ruling_child.py"), folder, *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for words in (
            ["ana", "absent", listed, untold, listed], ["ben", "recommended", untold, listed, price]
        )
    ]  # fmt: skip
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        child.communicate(timeout=120)
        assert child.returncode == 0
    assert run_sql(project.store, "SELECT count(*) FROM rulings").rows == ((6,),)
    standing = run_sql(project.store, "SELECT count(*) FROM standing_rulings").rows
    assert standing == run_sql(project.store, "SELECT count(*) FROM applied_rulings").rows
    assert wrong(project) == []


@pytest.mark.parametrize(
    ("brand", "state", "words"),
    [
        ("Nobody", "absent", r"pack demo doesn't track 'Nobody'; it tracks Tessavik, Mundavero"),
        (OURS, "ambiguous", "no state that can be ruled; choose from named, recommended"),
        (OURS, "great", "'great' is no state"),
    ],
)
def test_what_cannot_be_ruled_is_named(
    project: Project, brand: str, state: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        ruled(project, answers(project)[0], brand, state)
    assert run_sql(project.store, "SELECT count(*) FROM rulings").rows == ((0,),)
