"""Compiles phrases that stand around a name into regular expressions.

A phrase is written as plain words, `X` for the name. `(a|b)` are choices, `a?` may be missing, `*`
ends a stem, `~` stands for up to four words that deny nothing, `…` for more of the same clause,
`NOT` for a negated verb, `BE` and `SEIN` for forms of to be, `ICH` for who speaks. A long phrase
goes on in indented lines. Between phrase and name may stand articles, kinds of products, and other
names.
"""

import re
from dataclasses import dataclass

_FORMS = {
    "NOT": r"(?:(?:do|does|did|would|should|could|ca|wo|must)n['’]t|cannot|not|never)"
    r"(?!\s+(?:need|have|want|only))",
    "BE": r"(?:is|are|was|remains?|seems?|would\s+be|could\s+be|might\s+be|can\s+be|should\s+be)",
    "SEIN": r"(?:ist|sind|war|waren|bleibt|wäre|wären|wird|gilt\s+als)",
    "ICH": r"(?:ich|wir|man)",
}
_ANY = r"(?!(?:not|no|never|nicht|kein\w*)\b)[^\s.,;!?]+"
_CLAUSE = r"[^.;!?]*?"
_TOKEN = re.compile(r"(?:\((?:[^()]|\([^()]*\))*\)|\S)+")
"""A word of a phrase, or choices, which may hold spaces."""
_FIRST_LETTER = re.compile(r"(?:\A|[(|])(?:\?:)?([^\W\d_])")
"""The letter with which a word or choice begins."""
_SPACE = r":?\s+"
_BETWEEN = """
and or und oder either the a an der die das den dem using buying choosing starting relying investing
with any anything brand brands product products vendor vendors tool tools model models provider
providers such\\sas like from by of on von wie bei vom anbieter anbietern produkte produkten marken
ich wir sie ihnen dir euch you toward towards zu auf für probably definitely certainly clearly
currently also still perhaps really daher deshalb auch wohl besonders insbesondere vor\\sallem
definitiv eindeutig leider :
"""
_GAP = (
    rf"(?:[\s,/]+(?:{'|'.join(_BETWEEN.split())}|[\W_]*[A-Z0-9][\w&.'’+\-]*))*"
    r"[\s\"“„:(*—–-]*\Z"
)
"""What may stand between a phrase and the name after it."""
COMMALESS_GAP = _GAP.replace(r"[\s,/]+", r"[\s/]+", 1)
"""The same within one clause."""
_REST = (
    r"\A['’]?s?[^\w.;!?,\n]*(?:\([^)\n]*\)\W*|,[^,.;\n]{1,40},\s)?"
    r"(?:(?!but|while|whereas|though|than|aber|doch|während|sondern|als\b)[\w.+\-]+\s+){0,3}?"
)
"""What may stand between the name and a phrase after it: the rest of a product's name."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases: those that end before the name, that follow it, that stand around it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    leads: re.Pattern[str]
    """Finds the first halves of all phrases that stand around the name."""
    around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]

    def found(self, before: str, after: str) -> bool:
        """Whether one of the phrases stands around a name between these two parts."""
        return (
            self.before.search(before) is not None
            or self.after.match(after) is not None
            or (
                self.leads.search(before) is not None
                and any(lead.search(before) and rest.match(after) for lead, rest in self.around)
            )
        )


def phrases(lines: str, gap: str = _GAP) -> Phrases:
    """The phrases of these lines, one each."""
    before, after, around, leads = [], [], [], []
    for line in filter(None, re.sub(r"\n +", "", lines).splitlines()):
        lead, _, rest = (part.strip() for part in line.partition("X"))
        if not rest:
            before.append(lead)
        elif not lead:
            after.append(_regex(rest))
        else:
            leads.append(lead)
            around.append((_before([lead], gap), _after([_regex(rest)])))
    return Phrases(_before(before, gap), _after(after), _before(leads, gap), tuple(around))


def _before(leads: list[str], gap: str) -> re.Pattern[str]:
    """Searches for phrases before the name, only where a word begins with a letter of theirs."""
    if not leads:
        return re.compile(r"(?!)")
    by_letters: dict[str, list[str]] = {}
    for lead in leads:
        by_letters.setdefault(_first_letters(lead), []).append(_regex(lead))
    guarded = [f"(?=[{letters}])(?i:{'|'.join(some)})" for letters, some in by_letters.items()]
    return re.compile(rf"\b(?:{'|'.join(guarded)})" + gap)


def _first_letters(phrase: str) -> str:
    """The letters, small and capital, with which a phrase can begin; at times some more."""
    letters: set[str] = set()
    for word in _TOKEN.findall(phrase):
        letters.update(_FIRST_LETTER.findall(_choices(word)))
        if not word.endswith("?"):
            break
    return "".join(letter.lower() + letter.upper() for letter in sorted(letters))


def _after(parts: list[str]) -> re.Pattern[str]:
    return re.compile(_REST + rf"(?i:(?:{'|'.join(parts)})(?!\w))" if parts else r"(?!)")


def _regex(phrase: str) -> str:
    """The regular expression of one side of a phrase."""
    first, *others = _TOKEN.findall(phrase)
    opening = _choices(first)
    if first == "…":
        opening = _CLAUSE + r"(?<!\w)" + _choices(others.pop(0))
    elif first == "~":
        opening = f"(?:{_ANY}{_SPACE}){{0,4}}?" + _choices(others.pop(0))
    elif first.endswith("?"):
        opening = f"(?:{opening}{_SPACE})?" + _choices(others.pop(0))
    return opening + "".join(_following(word) for word in others)


def _following(word: str) -> str:
    """A later word with the space before it."""
    if word == "…":
        return _CLAUSE
    if word == "~":
        return f"(?:{_SPACE}{_ANY}){{0,4}}?"
    if "|:)" in word:
        return f"(?:{_SPACE}{_choices(word.replace('|:)', ')'))}|:)"
    return f"(?:{_SPACE}{_choices(word)})?" if word.endswith("?") else _SPACE + _choices(word)


def _choices(word: str) -> str:
    plain = word.removesuffix("?").replace("*", r"\w*").replace("'", "['’]")
    return _FORMS.get(word) or plain.replace(" ", r"\s+")
