"""Taking in answers collected elsewhere: good lines land, bad ones are kept with their reason."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import InputError
from monitor.pipeline import Intake, Project, import_answers, measure
from monitor.queries import known_ids
from monitor.store.free import run_sql
from monitor.types import Answer

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RECORDED = Path(__file__).parents[2] / "shared" / "data" / "answers-recorded.jsonl"


def line(**changes: object) -> bytes:
    given = {
        "question": "Which CMS should a museum take?",
        "engine": "chat window",
        "answer": "Tessavik, or perhaps Pergola.",
        "asked_at": "2026-11-20T10:00:00+01:00",
        **changes,
    }
    return json.dumps({k: v for k, v in given.items() if v is not ...}).encode() + b"\n"


def taken(project: Project, content: bytes, pack: str = "") -> Intake:
    file = project.settings.project / "answers.jsonl"
    file.write_bytes(content)
    return import_answers(project, file, NOW, pack)


def stored(project: Project) -> list[Answer]:
    names = project.store.journal.names()
    return [e for n in names for e in project.store.journal.read(n) if isinstance(e, Answer)]


def rejected(project: Project) -> list[dict[str, object]]:
    kept = project.settings.project / "answers.rejected.jsonl"
    return [json.loads(text) for text in kept.read_text(encoding="utf-8").splitlines()]


def test_the_same_file_twice_changes_nothing(project: Project) -> None:
    content = line() + line(repeat=2) + line(answer="")
    first, second = (taken(project, content) for _ in range(2))
    assert (first.read, first.new, first.known) == (3, 3, 0)
    assert (second.read, second.new, second.known) == (3, 0, 3)
    assert len(stored(project)) == 3


def test_the_same_answer_twice_in_a_file_is_one_answer(project: Project) -> None:
    intake = taken(project, line() * 3)
    assert (intake.read, intake.new, intake.known) == (3, 1, 2)
    assert len(stored(project)) == 1


def test_what_lies_in_the_journal_only_is_known_too(project: Project) -> None:
    taken(project, line())
    project.store.path.unlink()
    assert taken(project, line()).new == 0


def test_everything_a_line_may_say_is_kept(project: Project) -> None:
    taken(
        project,
        line(
            id=7,
            locale="de-AT",
            persona="curator",
            model="m-2",
            repeat=4,
            citations=["https://a.example/1", {"url": "https://b.example", "title": "B", "x": 1}],
            something_else={"deep": [1]},
        ),
    )
    [answer] = stored(project)
    assert answer.asked_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert (answer.locale, answer.persona, answer.repeat) == ("de-AT", "curator", 4)
    assert [(s.url, s.title) for s in answer.sources] == [
        ("https://a.example/1", ""),
        ("https://b.example", "B"),
    ]


def test_an_answer_without_text_is_empty_not_ok(project: Project) -> None:
    taken(project, line(answer=" \n ") + line(status="refused"))
    assert sorted(answer.status for answer in stored(project)) == ["empty", "refused"]


def test_a_question_of_the_pack_counts_as_the_packs_by_id_or_wording(project: Project) -> None:
    [question] = [q for q in project.pack("demo").questions if q.question_id == "best-headless"]
    taken(
        project,
        line(question=question.text["de"])
        + line(question_id="best-headless", question="in other words")
        + line(question="something else"),
        "demo",
    )
    answers = stored(project)
    assert [a.question_id for a in answers[:2]] == ["best-headless", "best-headless"]
    assert answers[2].question_id.startswith("q-")
    assert {a.pack for a in answers} == {"demo"}


BAD = {
    "not JSON": b"{question: no}\n",
    "cut off": line()[:40] + b"\n",
    "a list": b"[1, 2]\n",
    "a number": b"7\n",
    "question missing": line(question=...),
    "question blank": line(question="   "),
    "engine missing": line(engine=...),
    "answer missing": line(answer=...),
    "answer null": line(answer=None),
    "time without zone": line(asked_at="2026-11-20T10:00:00"),
    "no time": line(asked_at="yesterday"),
    "before all time": line(asked_at="0001-01-01T00:00:00+05:00"),
    "repeat 0": line(repeat=0),
    "repeat beyond any": line(repeat=10**12),
    "unknown status": line(status="fine"),
    "a page without address": line(citations=[{"title": "x"}]),
    "not UTF-8": b'{"question": "\xff\xfe"}\n',
    "UTF-16": "{}".encode("utf-16") + b"\n",
    "a raw NUL": b'{"question": "a\0b"}\n',
    "a number of 5,000 digits": b'{"repeat": ' + b"9" * 5_000 + b"}\n",
    "brackets 50,000 deep": b"[" * 50_000 + b"\n",
    "lists 900 deep": b'{"x": ' + b"[" * 900 + b"]" * 900 + b"}\n",
    "nine megabytes": b'{"question": "' + b"x" * 9_000_000 + b'"}\n',
    "infinite": b'{"asked_at": Infinity}\n',
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_line_is_kept_with_its_number_and_the_others_land(
    project: Project, bad: bytes
) -> None:
    intake = taken(project, line() + bad + line(repeat=2))
    assert intake.new == 2
    [found] = intake.rejected
    assert found.line == 2
    [kept] = rejected(project)
    assert kept["line"] == 2
    assert kept["reason"] == found.reason != ""
    assert intake.rejected_file == project.settings.project / "answers.rejected.jsonl"


ODD = {
    "byte order mark": b"\xef\xbb\xbf" + line(),
    "Windows line ends": line().replace(b"\n", b"\r\n"),
    "no line end": line().rstrip(b"\n"),
    "blank lines": b"\n  \n\r\n" + line() + b"\n",
    "NUL in the text": line(answer="Tessavik\0Pergola"),
    "half a surrogate pair": line(answer="Tessavik \ud83d", question="q \udc00"),
    "half a pair in a title": line(citations=[{"url": "https://a.example", "title": "\ud83d"}]),
    "a title that isn't said": line(citations=["https://a.example"]),
    "line separators in the text": line(answer="Tessavik\u2028\u0085\x0b\x1c Pergola"),
    "the last day there is": line(asked_at="9999-12-31T23:59:59.999999Z"),
    "the first day there is": line(asked_at="0001-01-01T00:00:00Z"),
    "a megabyte": line(answer="Tessavik is fine. " * 56_000),
    "hostile names": line(engine="'; DROP TABLE answers; --", locale="../../x"),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_odd_line_that_can_be_read_lands_and_is_measured(project: Project, odd: bytes) -> None:
    intake = taken(project, odd)
    assert (intake.new, intake.rejected, intake.rejected_file) == (1, (), None)
    [answer] = stored(project)
    assert known_ids(project.store, [answer.answer_id]) == {answer.answer_id}
    texts = run_sql(project.store, "SELECT text, question FROM answer_texts").rows
    assert texts == ((answer.text, answer.question),)
    [measured] = measure(project, NOW)
    assert measured.answers == 1


def test_an_empty_file_holds_no_answers(project: Project) -> None:
    intake = taken(project, b"")
    assert (intake.read, intake.new, intake.rejected) == (0, 0, ())


def test_a_folder_and_a_missing_file_are_one_clear_error(project: Project) -> None:
    folder = project.settings.project
    with pytest.raises(InputError, match="Is a directory"):
        import_answers(project, folder, NOW)
    with pytest.raises(InputError, match=r"nothing\.jsonl: No such file"):
        import_answers(project, folder / "nothing.jsonl", NOW)


def test_a_pack_that_isnt_there_is_named_before_anything_is_read(project: Project) -> None:
    with pytest.raises(InputError, match="demo"):
        import_answers(project, Path("/nonexistent"), NOW, "no-such-pack")


def test_rejected_lines_that_cant_be_kept_are_an_error_and_the_good_ones_are_in(
    project: Project,
) -> None:
    (project.settings.project / "answers.rejected.jsonl").mkdir()
    with pytest.raises(InputError, match=r"can't be kept.*line 2"):
        taken(project, line() + b"bad\n")
    assert len(stored(project)) == 1


@pytest.mark.skipif(not RECORDED.exists(), reason="../shared/data isn't here")
def test_four_hundred_recorded_answers_land_and_twice_change_nothing(project: Project) -> None:
    intake = import_answers(project, RECORDED, NOW)
    assert (intake.read, intake.new, intake.rejected) == (400, 400, ())
    [measured] = measure(project, NOW)
    assert (measured.answers, measured.released) == (400, True)
    before = run_sql(project.store, "SELECT * FROM rollup_mentions ORDER BY ALL").rows
    again = import_answers(project, RECORDED, NOW)
    assert (again.new, again.known) == (0, 400)
    assert measure(project, NOW)[0].answers == 0
    assert run_sql(project.store, "SELECT * FROM rollup_mentions ORDER BY ALL").rows == before
