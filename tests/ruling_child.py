"""A person in a process of their own, who overrules one answer after the other."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from monitor.pipeline import Word, open_project, rule


def main(folder: str, reviewer: str, state: str, *answers: str) -> None:
    project = open_project(Path(folder))
    say("ready")
    sys.stdin.readline()
    for answer_id in answers:
        rule(project, Word(answer_id, "Tessavik", state, reviewer), datetime.now(UTC))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
