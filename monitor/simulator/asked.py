"""Recognises what a request asks: the pack's question, its language, the engine meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.types import Brand, Engine, Pack, Question

_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|und|oder|ist|sind|welche[rsmn]?|wie|wer|wo|womit|für|nicht|eine?[nrms]?|"
    r"mit|von|zu|im|am|auf|was|gibt|wir|ich|sich|kann|soll|beste[nrs]?)\b|\w*[äöüß]\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as the market understands it.

    `key` is the same for every wording and language of a pack's question, and the text itself
    for any other. `question` is None for a question of no pack. `named` are the brands that the
    prompt itself names.
    """

    key: str
    lang: str
    question: Question | None
    named: frozenset[str]


def pack_prompts(pack: Pack) -> dict[str, tuple[Question, str]]:
    """Every wording of every question of the pack → the question and the language."""
    return {
        text.strip(): (question, lang)
        for question in pack.questions
        for lang in question.text
        for text in question.phrasings(lang)
    }


def understood(
    prompt: str, prompts: Mapping[str, tuple[Question, str]], brands: Sequence[Brand]
) -> Asked:
    """What `prompt` asks; German is taken from common words where the pack doesn't know it."""
    text = prompt.strip()
    question, lang = prompts.get(text, (None, ""))
    lang = (lang or guessed_lang(text)).lower()
    return Asked(
        key=f"question {question.question_id}" if question else f"text {text}",
        lang="de" if lang.startswith("de") else "en",
        question=question,
        named=frozenset(b.name for b in brands if _names(text, b)),
    )


def guessed_lang(text: str) -> str:
    """ "de" or "en", by common words."""
    words = max(1, len(text.split()))
    return "de" if len(_GERMAN.findall(text)) / words > 0.2 else "en"


def _names(text: str, brand: Brand) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?:'?s|')?(?!\w)", text, re.IGNORECASE)
        for name in (brand.name, *brand.aliases)
    )


def engine_of(engines: Sequence[Engine], model: str, *, searching: bool) -> Engine:
    """The engine that asks for `model`; with several, the one that searches as the request does.

    A model that no engine names is an engine of its own, so that any may be tried.
    """
    fitting = [e for e in engines if model == e.model or e.model.endswith(f"/{model}")]
    same = [e for e in fitting if e.web_search == searching]
    for engine in (*same, *fitting):
        return engine
    return Engine(engine_id=model, model=model, web_search=searching)
