"""All words of the pages, English and German side by side, one module per part.

`{}` fields are filled by the caller. Markup has no place here: blocks escape what they show.
"""

from dataclasses import dataclass

from dashboard.text import (
    accuracy,
    changes,
    details,
    frame,
    methods,
    overview,
    probes,
    review,
    ruling,
)

_WORDS: dict[str, tuple[str, str]] = {
    **frame.WORDS,
    **overview.WORDS,
    **changes.WORDS,
    **details.WORDS,
    **methods.WORDS,
    **review.WORDS,
    **ruling.WORDS,
    **probes.WORDS,
    **accuracy.WORDS,
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with its fields filled. Raises KeyError for an unknown key."""
        return _WORDS[key][1 if self.lang == "de" else 0].format(**values)

    def of(self, group: str, name: str) -> str:
        """The word for a closed set's member, else its own name: packs may bring new ones."""
        key = f"{group}.{name}"
        return self(key) if key in _WORDS else name.replace("_", " ")


def all_words() -> dict[str, tuple[str, str]]:
    """Every text by key, as (English, German)."""
    return dict(_WORDS)
