"""Takes in answers collected elsewhere: a chat window, another tool, an archive."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from monitor.errors import InputError
from monitor.pipeline.keeping import take_in
from monitor.pipeline.project import Project
from monitor.queries import known_ids
from monitor.store import ingest
from monitor.types import Answer, AnswerStatus, Origin, Pack, Source

_BATCH = 2_000
_LONGEST_LINE = 8_000_000
"""Bytes; ten times the longest answer that an engine gives, and no danger to the memory."""
_MOST_REPEATS = 1_000_000

_Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Page(BaseModel):
    model_config = ConfigDict(extra="ignore")

    url: _Filled
    title: str = ""


def _in_utc(moment: datetime) -> datetime:
    """`moment` in UTC; the first and last day there is have none in every zone."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as e:
        raise ValueError("no moment that UTC has") from e


class _Line(BaseModel):
    """One line of an import file, as DESIGN.md's interchange format has it."""

    # Other tools write more fields than we read; that's no reason to refuse their answers.
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    question: _Filled
    engine: _Filled
    answer: str
    asked_at: Annotated[AwareDatetime, AfterValidator(_in_utc)]
    id: str = ""
    question_id: str = ""
    repeat: int = Field(1, ge=1, le=_MOST_REPEATS)
    locale: str = ""
    persona: str = ""
    model: str = ""
    citations: list[_Filled | _Page] = []
    status: AnswerStatus | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that can't be taken, with what is wrong with it."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file's lines; `rejected_file` holds the refused ones."""

    read: int
    new: int
    known: int
    rejected: tuple[Rejected, ...]
    rejected_file: Path | None


def import_answers(project: Project, path: Path, now: datetime, pack_id: str = "") -> Intake:
    """Take the answers of a JSON Lines file in; those already there change nothing.

    With `pack_id`, a question that the pack has, by id or wording, counts as the pack's. Bad
    lines are kept beside the file; raises InputError when the file itself can't be read.
    """
    pack = project.pack(pack_id) if pack_id else None
    rejected: list[Rejected] = []
    read = new = 0
    take_in(project.store, now)
    for count, batch in _batches(_answers(path, pack, rejected)):
        read += count
        known = known_ids(project.store, list(batch))
        fresh = [answer for answer_id, answer in batch.items() if answer_id not in known]
        if fresh:
            project.store.journal.append(fresh, now)
            ingest(project.store, now)
        new += len(fresh)
    rejected_file = _keep_rejected(path, rejected)
    return Intake(read, new, read - new, tuple(rejected), rejected_file)


def _batches(answers: Iterable[Answer]) -> Iterator[tuple[int, dict[str, Answer]]]:
    """Answers by id, with how many lines they were on: the same answer may stand there twice."""
    batch: dict[str, Answer] = {}
    count = 0
    for answer in answers:
        batch.setdefault(answer.answer_id, answer)
        count += 1
        if len(batch) == _BATCH:
            yield count, batch
            batch, count = {}, 0
    if batch:
        yield count, batch


def _answers(path: Path, pack: Pack | None, rejected: list[Rejected]) -> Iterator[Answer]:
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(_lines(file), start=1):
                if not raw.strip():
                    continue
                parsed = _parsed(raw)
                if isinstance(parsed, str):
                    text = raw.decode("utf-8", "replace").rstrip("\r\n")
                    rejected.append(Rejected(number, parsed, text))
                    continue
                yield _answer(parsed, pack)
    except OSError as e:
        raise InputError(f"can't read {path}: {e.strerror}; give the path of a JSONL file") from e


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """The file's lines; of one that is too long, as much as shows that it is."""
    while line := file.readline(_LONGEST_LINE + 1):
        yield line
        while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(_LONGEST_LINE + 1)


def _parsed(raw: bytes) -> "_Line | str":
    """The line, or why it can't be taken."""
    if len(raw) > _LONGEST_LINE:
        return f"longer than {_LONGEST_LINE:,} bytes"
    try:
        # By way of a str: half a surrogate pair, which JSON can spell, has no place in UTF-8.
        record = _clean(json.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as e:
        return f"not UTF-8 (byte {e.start + 1})"
    except (ValueError, RecursionError) as e:
        # Not only JSONDecodeError: a number of thousands of digits is a plain ValueError.
        return f"not JSON ({e})"
    if not isinstance(record, dict):
        return f"a {type(record).__name__} instead of an object"
    try:
        return _Line.model_validate(record)
    except ValidationError as e:
        return "; ".join(_told(error["loc"], error["msg"]) for error in e.errors()[:3])


def _clean(value: object) -> object:
    """JSON without torn surrogate pairs."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _told(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in place)}: {message}"


def _answer(line: _Line, pack: Pack | None) -> Answer:
    status = line.status or (AnswerStatus.OK if line.answer.strip() else AnswerStatus.EMPTY)
    return Answer(
        answer_id=_id(line),
        question=line.question,
        engine=line.engine,
        asked_at=line.asked_at,
        status=status,
        text=line.answer,
        origin=Origin.IMPORT,
        pack=pack.pack_id if pack else "",
        question_id=_question_id(line, pack),
        locale=line.locale,
        persona=line.persona,
        repeat=line.repeat,
        reason="" if status is AnswerStatus.OK else "as imported",
        sources=tuple(_source(page) for page in line.citations),
        model_requested=line.model,
        model_served=line.model,
    )


def _source(page: _Page | str) -> Source:
    return Source(page) if isinstance(page, str) else Source(page.url, page.title)


def _question_id(line: _Line, pack: Pack | None) -> str:
    """The pack's question with this wording, else the line's own id, else one from the words."""
    if pack:
        for question in pack.questions:
            wordings = (text for lang in question.text for text in question.phrasings(lang))
            if line.question_id == question.question_id or line.question in wordings:
                return question.question_id
    return line.question_id or f"q-{_digest(line.question)[:12]}"


def _id(line: _Line) -> str:
    """An id from all that tells two answers apart, so that a file taken twice is taken once.

    The line's own id alone doesn't do: two tools both count from 1.
    """
    parts = (
        line.id,
        line.question,
        line.engine,
        line.asked_at.isoformat(),
        str(line.repeat),
        line.locale,
        line.persona,
        line.answer,
    )
    return _digest("\x1f".join(parts))[:24]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _keep_rejected(path: Path, rejected: Iterable[Rejected]) -> Path | None:
    lines = [
        json.dumps({"line": r.line, "reason": r.reason, "text": r.text}, ensure_ascii=False)
        for r in rejected
    ]
    if not lines:
        return None
    target = path.with_suffix(".rejected.jsonl")
    try:
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as e:
        raise InputError(
            f"{len(lines)} bad lines can't be kept in {target} ({e.strerror}); the good lines of "
            f"{path.name} are in. The first bad one is line {next(iter(rejected)).line}"
        ) from e
    return target
