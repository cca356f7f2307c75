"""What is known of the questions that answers were asked: intent, brandedness, facts."""

from collections.abc import Mapping

from monitor.facts import probed_by
from monitor.mentions import Tracked, names_any
from monitor.pipeline.project import Project
from monitor.store import asked_questions
from monitor.types import Intent, Question


class Questions:
    """The questions of a pack's answers, each worked out once.

    The wave's own copy of the question counts before the pack as it reads today; a question
    that only an imported answer has is known by its words alone.
    """

    def __init__(self, project: Project, pack: str, tracked: Tracked) -> None:
        self._asked = asked_questions(project.store, pack)
        self._today = _by_id(project, pack)
        self._tracked = tracked
        self._known: dict[tuple[str, str, str], tuple[str, bool]] = {}

    def of(self, wave_id: str, question_id: str, wording: str) -> tuple[str, bool]:
        """Intent ("" if unknown) and whether the question names a tracked brand."""
        question = (
            self._asked.get((wave_id, question_id))
            or self._today.get(question_id)
            or _probe(question_id)
        )
        key = (wave_id, question_id, "" if question else wording)
        if key not in self._known:
            self._known[key] = self._worked_out(question, wording)
        return self._known[key]

    def facts(self, wave_id: str, question_id: str) -> frozenset[str]:
        """Ids of the facts that the question asks.

        Here today's pack counts first: which facts a question asks is a reading of it, and a
        better one is for the past too. Probes stand in no pack and are asked for one fact.
        """
        question = (
            self._today.get(question_id)
            or self._asked.get((wave_id, question_id))
            or _probe(question_id)
        )
        return frozenset(question.facts if question else ())

    def _worked_out(self, question: Question | None, wording: str) -> tuple[str, bool]:
        if question is None:
            return "", names_any(wording, self._tracked)
        if question.branded is not None:
            return question.intent.value, question.branded
        wordings = [text for lang in question.text for text in question.phrasings(lang)]
        branded = any(names_any(text, self._tracked) for text in wordings)
        return question.intent.value, branded


def _probe(question_id: str) -> Question | None:
    """The probe that the id names, where its wave began before its pack had probes.

    An answer to a probe must be known as one whatever happens: every one names the brand.
    """
    probed = probed_by(question_id)
    if probed is None:
        return None
    return Question(question_id, Intent.PROBE, text={}, facts=(probed[0],), branded=True)


def _by_id(project: Project, pack: str) -> Mapping[str, Question]:
    if not pack:
        return {}
    return {q.question_id: q for q in project.catalog.packs[pack].questions}
