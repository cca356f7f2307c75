"""Reads judges' stored replies: tone, advice, claims, and verdicts on facts as they read today."""

from monitor.judge import JudgeScore, read_reply
from monitor.pipeline.questions import Questions
from monitor.store import FactRelease, ReadJudging, Store, Unread, add_reads, unread_judgings
from monitor.types import AnswerStatus, Judgement, Verdict

_BATCH = 1_000


def read_judgings(store: Store, release: FactRelease, questions: Questions) -> int:
    """Read every stored reply about the pack's answers under facts `release`; how many it read.

    The same replies always read the same; nobody is asked.
    """
    done = 0
    while batch := unread_judgings(store, release.pack, release.version, _BATCH):
        reads = [_read(judging, release, questions) for judging in batch]
        add_reads(store, release.pack, release.version, reads)
        done += len(batch)
    return done


def _read(judging: Unread, release: FactRelease, questions: Questions) -> ReadJudging:
    asked = questions.facts(judging.wave_id, judging.question_id)
    score = _score(judging)
    kept = (one for one in score.judgements if _counts(one, judging, release, asked))
    intent, branded = questions.of(judging.wave_id, judging.question_id, judging.question)
    return ReadJudging(judging, score, tuple(kept), intent, branded, asked)


def _score(judging: Unread) -> JudgeScore:
    facts = tuple(judging.facts)
    if judging.status is not AnswerStatus.OK:
        return JudgeScore((), facts, problems=(f"{judging.status}: {judging.reason}",))
    return read_reply(judging.reply, judging.text, facts, f"{judging.template} {judging.model}")


def _counts(
    judgement: Judgement, judging: Unread, release: FactRelease, asked: frozenset[str]
) -> bool:
    """Whether the fact still reads as it did, and what is said of it is worth keeping."""
    fact = judgement.fact_id
    if release.facts.get(fact) != judging.facts[fact]:
        return False
    return judgement.verdict is not Verdict.NOT_STATED or fact in asked
