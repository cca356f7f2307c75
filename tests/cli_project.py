"""A small project with stored answers, and the command line as a process of its own."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import preloaded

PLANTED_KEY = "sk-planted-0123456789abcdefghij"
HOSTILE_ENGINE = '=HYPERLINK("http://evil.example")<script>alert(1)</script>'
FIRST_MONDAY = datetime(2026, 10, 5, 6, tzinfo=UTC)

_ENGINES = """\
engines:
  - {id: sim-chat, model: openai/sim-chat-1, account: a, concurrency: 8, simulated: true,
     prices: {input_per_million: 1, output_per_million: 4}}
  - {id: sim-claude, model: anthropic/sim-claude-1, account: b, concurrency: 8, simulated: true,
     prices: {input_per_million: 2, output_per_million: 8}}
  - {id: real-chat, model: openai/gpt-9-invented, account: c, concurrency: 4}
"""
_BRANDS = """\
brands:
  - {name: Quellmark, aliases: [Quellmark Suite], domains: [quellmark.example]}
  - {name: Ostrabyte, domains: [ostrabyte.example]}
  - {name: "<b>Bold</b> & Sons", aliases: [Boldsons]}
"""
_PACK = """\
title: Archives
own: Quellmark
competitors: [Ostrabyte, "<b>Bold</b> & Sons"]
engines: [sim-chat, sim-claude]
locales: [en-US]
repeats: 2
schedule: {cron: "0 6 * * 1", time_zone: Europe/Berlin}
questions:
  - {id: best, intent: discovery, text: {en: Which archive software is best?}}
  - {id: small, intent: purchase, text: {en: Which archive software suits a small firm?}}
  - {id: trust, intent: trust, text: {en: Whom can I trust with my archive?}}
  - {id: own, intent: trust, text: {en: Is Quellmark any good?}}
"""
_ANSWERS = (
    "I'd go with these:\n\n1. **Quellmark** – quick search\n2. Ostrabyte – cheaper",
    "1. Ostrabyte\n2. Boldsons\n\nSee [their site](https://www.ostrabyte.example/archive).",
    "=SUM(A1) Quellmark and Boldsons both do; read https://quellmark.example/why first.",
    "There is no clear winner.",
)


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def environment(**extra: str) -> dict[str, str]:
    """The environment of a user without keys and settings, plus `extra`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith("_API_KEY") and not name.startswith("MONITOR_")
    }
    return kept | extra


def monitor(
    *arguments: str,
    project: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    cwd: Path | None = None,
    from_scratch: bool = False,
) -> Run:
    """Run `monitor` in a process of its own and wait for it.

    `from_scratch` starts it as a user would, seconds of imports included; else it's `preloaded`.
    """
    chosen = ("--project", str(project)) if project else ()
    run = preloaded.run_from_scratch if from_scratch else preloaded.run
    done = run(
        [*chosen, *arguments],
        env=environment() if env is None else env,
        cwd=cwd,
        stdin=stdin.encode(),
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def write_prompts(folder: Path) -> Path:
    """Fill `folder` with a project of one pack, three brands and three engines."""
    for name, text in (
        ("engines.yaml", _ENGINES),
        ("brands/archives.yaml", _BRANDS),
        ("packs/archives.yaml", _PACK),
    ):
        path = folder / "prompts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def import_lines() -> Iterator[str]:
    """Import lines of six weeks: three open questions and a branded one, two engines."""
    questions = {
        "best": "Which archive software is best?",
        "small": "Which archive software suits a small firm?",
        "trust": "Whom can I trust with my archive?",
        "own": "Is Quellmark any good?",
    }
    for week in range(6):
        for number, (question_id, question) in enumerate(questions.items()):
            for engine in ("chat-a", HOSTILE_ENGINE):
                for repeat in (1, 2):
                    turn = week + number * repeat + len(engine)
                    text = _ANSWERS[turn % len(_ANSWERS)]
                    failed = week == 5 and question_id == "best" and repeat == 2
                    yield json.dumps(
                        {
                            "question": question,
                            "question_id": question_id,
                            "engine": engine,
                            "answer": "" if failed else text,
                            "asked_at": (FIRST_MONDAY + timedelta(weeks=week)).isoformat(),
                            "locale": "en-US",
                            "repeat": repeat,
                            "status": "failed" if failed else "ok",
                            "citations": ["https://ostrabyte.example/a?utm_source=x"],
                        }
                    )


def with_answers(folder: Path) -> Path:
    """A project in `folder` whose store holds the import lines' answers, measured."""
    write_prompts(folder)
    answers = folder / "answers.jsonl"
    answers.write_text("\n".join(import_lines()) + "\n", encoding="utf-8")
    done = monitor("import", str(answers), "--pack", "archives", project=folder)
    if done.code:
        raise AssertionError(done.err)
    return folder


def every_byte(folder: Path) -> bytes:
    """Everything that lies in the project's files, journal unpacked."""
    import gzip

    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".env":
            raw = path.read_bytes()
            found.append(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return b"\n".join(found)
