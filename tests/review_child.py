"""A reviewer in a process of its own: takes items until none is free, and prints what it got."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from judged_store import PACK, SEVERITIES

from monitor.queries import review_work
from monitor.settings import Settings
from monitor.store import Decision, claim_review, decide, open_store
from monitor.types import Verdict


def main(folder: str, reviewer: str) -> None:
    store = open_store(Settings(project=Path(folder), lock_wait_s=120))
    queue = review_work(store, PACK, SEVERITIES).queue
    # All of them start from the same queue before the first one decides.
    say("ready")
    sys.stdin.readline()
    item = claim_review(store, queue, reviewer, datetime.now(UTC))
    while item is not None:
        say(f"{item.answer_id} {item.sample}")
        decision = Decision(item, Verdict.INCORRECT, reviewer)
        item = decide(store, decision, datetime.now(UTC), queue).following


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
