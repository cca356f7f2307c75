"""The other cases of German names: what a list of aliases mostly leaves out.

"Deutsche Bank"         → "bei der Deutschen Bank", "Kunden Deutscher Bank"
"Bayerischer Rundfunk"  → "im Bayerischen Rundfunk"
"Malteser", "Stadtwerke" → "von den Maltesern", "bei den Stadtwerken"
"Dachverband der Imker"  → "des Dachverbands der Imker"
"""

import re

_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,}sch(e[rs]?)(?= |\Z)")
"""Begins a name with an adjective of a place or people, in the nominative."""
_NOUN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]*(?:kasse|werke)\b|\A[A-ZÄÖÜ][a-zäöüß]+(?:eser|iter)\Z")
"""Takes an n in the plural's dative."""


_SOCIETY = re.compile(r"[A-ZÄÖÜ][a-zäöüß]*(?:verband|verein|bund|institut|club|dienst)(?= )")
"""Begins a name of several words and takes an s in the genitive."""


def inflected(name: str) -> tuple[str, ...]:
    """The other forms in which a German sentence may write a name; none for most names."""
    found = _ADJECTIVE.match(name)
    if found is None:
        for ending, form in (("n", _NOUN.search(name)), ("s", _SOCIETY.match(name))):
            if form is not None:
                return (f"{name[: form.end()]}{ending}{name[form.end() :]}",)
        return ()
    nominative = found[1]
    endings = ("en", "er") if nominative == "e" else ("en",)
    *adjectives, last = name.split(" ")
    if not adjectives:
        return tuple(last.removesuffix(nominative) + ending for ending in endings)
    return tuple(
        " ".join([*(_with_ending(word, nominative, ending) for word in adjectives), last])
        for ending in endings
    )


def _with_ending(word: str, nominative: str, ending: str) -> str:
    """An adjective of a name with another ending; other words stay as they are."""
    return word.removesuffix(nominative) + ending if word.endswith(nominative) else word
