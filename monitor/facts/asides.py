"""Values near a fact's subject that say something else: an audience, a limit, a change, a fee."""

import re

from monitor.facts.passages import Passage
from monitor.types import Fact

_ROUGHLY = (
    r"(?:(?:up to|over|more than|at least|between|about|around|roughly|some|bis zu|mehr als|"
    r"mindestens|etwa|rund|über|zwischen|circa|ca\.)\s+)?"
)
_AUDIENCE = re.compile(
    r"(?<!\w)(?:companies|businesses|firms|teams|organi[sz]ations|clients|enterprises|SMEs|"
    r"firmen|betriebe|betrieben|organisationen|(?:für|an|bei)\s+(?:\w+e\s+)?unternehmen)\s+"
    rf"(?:with|of|from|having|mit|von|ab|zwischen)\s+{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"\A\W*(?:an?|one|ein|eine)\s+(?:[\w-]+\s+){{1,3}}(?:with|of|mit)\s+{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?<!\w)\w*(?:plan|tier|edition|package|licen[cs]e|subscription|tarif|paket|lizenz|abo)\w*\s+"
    r"(?:of \w+\s+|von \w+\s+)?(?:includes?|covers?|allows?|supports?|comes with|is limited to|"
    r"is capped at|enthält|umfasst|erlaubt|beinhaltet|ist begrenzt auf|gilt für)\s+"
    rf"{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"(?<!\w)(?:\w*(?:survey|study|sample|poll|umfrage|studie|stichprobe|befragung))\s+"
    rf"(?:of|among|with|unter|von|mit)\s+{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_SCENARIO = re.compile(rf"(?:\A\W*(?:for|für)|(?<!\w)ab)\s+{_ROUGHLY}\Z", re.IGNORECASE)
_PART_OF_STAFF = re.compile(
    r"(?<!\w)(?:(?:support|sales|service|engineering|development|dev|product|security|marketing|"
    r"research|design|success)\s+(?:team|department|staff)|office|branch|subsidiary|"
    r"\w*(?:abteilung|niederlassung|standort|büro|supportteam|support-team))\s+"
    rf"(?:has|employs|counts|numbers|of|hat|zählt|beschäftigt|mit|with)\s+{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_FLOW = re.compile(
    r"(?<!\w)(?:laid off|lays off|let go(?: of)?|fire[sd]|dismisse[sd]|shed|hire[sd]?|hiring|"
    r"recruit(?:s|ed|ing)?|lost|loses|interviewed|surveyed|polled|invited|befragte|"
    r"entließ|entlässt|verlor|verliert|stellte|stellt|"
    r"(?:grew|grown|rose|shrank|up|down|expand(?:s|ed)?) by|um)\s+"
    rf"(?:another |weitere )?{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_FLOW_BEHIND = re.compile(
    r"\A\s*[\w-]+\s+(?:(?:were |was |wurden )?(?:laid off|let go|hired|dismissed|lost|won|gained|"
    r"entlassen|eingestellt|gekündigt|abgebaut|verloren|\w*gewonnen)|ein\b(?=\W*(?:\Z|[.,;]))"
    r"|(?:a|an|per|each|every|pro|je|im|jede[nrs]?)\s+(?!cent)\w+)(?!\w)",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"(?<!\w)(?:(?:can|could|able to|built to|designed to)\s+(?:\w+\s+)?(?:handle|support|serve|"
    r"manage|host|cope with|scale to|accommodate|take)|(?:handles?|supports?|scales?(?: up)?|"
    r"allows?|permits?|accommodates?|unterstützt|verkraftet|bewältigt|erlaubt|skaliert|trägt)"
    r"(?=\s+(?:\w+\s+)?(?:up to|bis zu))|(?:kann|können|lässt)(?=\s+(?:\w+\s+){0,2}bis zu))\s+"
    rf"(?:\w+\s+){{0,2}}?{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?<!\w)(?:after|following|nach)\s+(?:(?:the|your|its|an?|dem|der|einem|einer|ablauf|ende|"
    r"des|end of)\s+){0,2}(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
_BEFORE_END = re.compile(
    r"\A\s*(?:vor|before|prior to)\s+(?:(?:the|its|dem|der|dessen)\s+)?(?:end|ende|ablauf|expiry)"
    r"(?!\w)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?<!\w)(?:you|we|they|it|have|has|can|is|are|will|sie|haben|hat|können|kann|werden|wird|"
    r"bleib\w+|gilt|gelten)(?!\w)",
    re.IGNORECASE,
)
_OUR_OWN = re.compile(
    r"(?<!\w)(?:our|my|unsere?[mnrs]?|meine?[mnrs]?)\s+(?:own\s+|eigenen?\s+)?(?:\w+\s+)?(?:tests?|"
    r"trials?|reviews?|office|newsroom|redaktion|praxis|messung\w*|measurements?|monitoring|"
    r"experience|erfahrung)(?!\w)",
    re.IGNORECASE,
)
_BUDGET = re.compile(
    r"(?<!\w)(?:budget\w*\s+(?:of|is|von|ist)|spend|afford|save|saves|saving|spart|sparen|"
    r"raise[sd]?|secured?|collected|invests?|invested|funding(?:\s+round)?\s+of|sammelte|"
    r"investiert(?:e|en)?|finanzierung(?:srunde)?\s+(?:von|über))\s+(?:\w+\s+){0,2}?"
    rf"{_ROUGHLY}[€$£]?\s?\Z",
    re.IGNORECASE,
)
_BUDGET_BEHIND = re.compile(
    r"\A[^.,;\d]{0,30}?(?<!\w)(?:from investors|in (?:venture |new )?(?:capital|funding)|"
    r"von investoren|eingesammelt|investier\w+|ausgeben|sparen|to spend)(?!\w)",
    re.IGNORECASE,
)
_EFFORT = re.compile(
    r"(?<!\w)(?:it (?:takes|took|will take)|you need|es dauert|man braucht|(?:sie|wir) brauchen|"
    rf"brauchten)\s+(?:you\s+|only\s+|nur\s+)?{_ROUGHLY}\Z",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"(?<!\w)(?:at|for|with|bei|zu|mit)\s+(?:an?|eine[mr])\s+(?:\w+\s+)?(?:\w*price|cost|fee|"
    r"\w*preis|\w*kosten|gebühr)\s+(?:of|von)\s+[€$£]?\s?\Z",
    re.IGNORECASE,
)
_SOME_OF = re.compile(
    r"(?<!\w)(?:(?:test|pilot|beta|control|focus)(?:[\s-]?(?:group|team|project|gruppe|projekt|"
    r"phase)\w*)|at once|at the same time|concurrent\w*|simultaneous\w*|gleichzeitig\w*)(?!\w)",
    re.IGNORECASE,
)
_ADD_ON = re.compile(
    r"(?<!\w)(?:add-?ons?|extras?|extensions?|modules?|zusatzmodule?|zusatzpakete?|"
    r"erweiterungen?)(?!\w)",
    re.IGNORECASE,
)
_COMPONENT = re.compile(
    r"(?<!\w)(?:apps?|plug-?ins?|extensions?|sdks?|apis?|clients?|connectors?|cli|librar\w+|"
    r"erweiterung|schnittstelle|bibliothek)(?!\w)",
    re.IGNORECASE,
)
_ONE_OFF = re.compile(
    r"(?<!\w)(?:one[- ]?off|one[- ]time|set-?up fee|setup costs?|einmalig\w*|einrichtungsgebühr|"
    r"late (?:payment|fee)|penalt(?:y|ies)|consult\w+|(?:an|per) hour|hourly|mahn\w+|berat\w+|"
    r"pro stunde|die stunde)(?!\w)",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\A[^.;,]{0,40}?(?<!\w)(?:is (?:what|standard|common|typical|usual|the norm|the industry)|"
    r"ist (?:üblich|branchenüblich|standard|das, was)|that (?:day|week|month|quarter|year)|"
    r"in (?:diesem|jenem) (?:monat|jahr|quartal))(?!\w)",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"(?<!\w)(?:requires?|needs?|runs? on|works? with|compatible with|based on|built on|"
    r"integrates? with|benötigt|erfordert|braucht|läuft (?:auf|mit|unter)|basiert auf|"
    r"kompatibel mit)\s+((?:(?!version|release)[\w.#+-]+\s+){1,2})(?:version\s+|release\s+|v)?\Z",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\A\s+(?:(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4])\w*\b)[A-Z][\w&.-]+|"
    r"(?:an?|its|their|new|eine?n?|seine?n?|ihre?n?)\s+(?!(?:\w+\s+)?(?:company|firm|business|"
    r"start-?up|vendor|unternehmen|firma)\b)\w+)"
)
_ATTRIBUTE_OF = re.compile(
    r"\A[\s-]+(?:tools?|software|projects?|librar\w+|components?|frameworks?|alternatives?|"
    r"systems?|solutions?|plug-?ins?|products?|conferences?|communit\w+|events?|projekte?n?|bibliotheken?|komponenten?|"
    r"werkzeuge?n?|alternativen?|systeme?n?|lösungen?|produkte?n?)(?!\w)",
    re.IGNORECASE,
)
_JOINED_WITH = re.compile(
    r"(?<!\w)(?:with|from|for|to|on|using|like|by|than|mit|von|für|auf|aus|zu|wie|über|"
    r"sponsors?|uses?|integrates?|funds?|hosts?|recommends?|nutzt|verwendet|fördert|empfiehlt)\s+"
    r"(?:[\w-]+\s+){0,2}\Z",
    re.IGNORECASE,
)


def counts_others(passage: Passage, start: int) -> bool:
    """Whether a count is of others ("firms with 200 employees"), of a part, or a plan's limit."""
    before = passage.text[: start - passage.start]
    cues = (_AUDIENCE, _SOMEBODY, _LIMIT, _SAMPLE, _SCENARIO, _PART_OF_STAFF, _CAPACITY)
    return any(cue.search(before) for cue in cues)


def counts_a_change(passage: Passage, start: int, end: int) -> bool:
    """Whether a count is of those who came or went, of some of them, or by the month or tenant."""
    before, after = passage.text[: start - passage.start], passage.text[end - passage.start :]
    partly = _SOME_OF.search(passage.text)
    return bool(partly or _FLOW.search(before) or _FLOW_BEHIND.match(after))


def lies_beside(passage: Passage, place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a stretch of time begins when the subject is over, or is the time something takes.

    "After the trial you have …", "it takes 3 days to try everything".
    """
    before = passage.text[: place[0] - passage.start]
    between = passage.text[place[1] - passage.start : max(0, start - passage.start)]
    effort = _EFFORT.search(passage.text[: start - passage.start])
    ending = _BEFORE_END.match(passage.text[end - passage.start :])
    return bool(effort or ending or (_AFTER.search(before) and _GOES_ON.search(between)))


def is_add_on(passage: Passage, start: int) -> bool:
    """Whether a price is that of something that comes on top, by what its clause begins with."""
    before = passage.text[: start - passage.start]
    return _ADD_ON.search(before[max(before.rfind(";"), before.rfind(":")) + 1 :]) is not None


def is_of_component(passage: Passage, start: int, own_words: str) -> bool:
    """Whether a version is that of an app or plug-in of the brand, which the fact isn't about."""
    found = _COMPONENT.search(passage.text[: start - passage.start])
    return found is not None and found[0].lower() not in own_words.lower()


def is_of_ours(passage: Passage, start: int) -> bool:
    """Whether a value is what the writer measured or lived through ("in our own test … 5 days")."""
    return _OUR_OWN.search(passage.text[: start - passage.start]) is not None


def is_spent(passage: Passage, start: int, end: int) -> bool:
    """Whether a sum is somebody's budget, saving or investment, or only supposed to be a price."""
    before, after = passage.text[: start - passage.start], passage.text[end - passage.start :]
    supposed = _SUPPOSED.search(before)
    return bool(supposed or _BUDGET.search(before) or _BUDGET_BEHIND.match(after))


def is_one_off(passage: Passage, start: int, end: int) -> bool:
    """Whether a price is paid once, by the words around it in its part of the sentence."""
    text, at, stop = passage.text, start - passage.start, end - passage.start
    low = max(text.rfind(mark, 0, at) for mark in ",;(") + 1
    following = re.search(r"[,;)]", text[stop:])
    high = stop + following.start() if following else len(text)
    return _ONE_OFF.search(text, low, high) is not None


def is_expected_anyway(passage: Passage, end: int) -> bool:
    """Whether a value is what is usual or wanted ("99.99 % is what banks expect")."""
    if re.match(r"\W*(?:üblich|typical|usual|common)(?!\w)", passage.text, re.IGNORECASE):
        return True
    return _EXPECTED.match(passage.text[end - passage.start :]) is not None


def is_required(passage: Passage, start: int, brand: str) -> bool:
    """Whether a version is that of something else that is needed ("requires PHP version 8.1")."""
    found = _REQUIRED.search(passage.text[: start - passage.start])
    if found is None:
        return False
    first, last = (passage.start + at for at in found.span(1))
    return not any(
        name.brand == brand and name.start < last and first < name.end for name in passage.names
    )


def founds_another(passage: Passage, place: tuple[int, int], fact: Fact) -> bool:
    """Whether what was founded or launched stands after the word, and isn't what the fact means."""
    found = _OBJECT.match(passage.text[place[1] - passage.start :])
    if found is None:
        return False
    first, last = place[1], place[1] + found.end()
    said = " ".join(fact.statement.values()).lower()
    return found[0].split()[-1].lower() not in said and not any(
        name.brand == fact.brand and name.start < last and first < name.end
        for name in passage.names
    )


def is_others_attribute(passage: Passage, start: int, end: int) -> bool:
    """Whether a quality is that of things beside the brand ("works with open-source tools")."""
    after = passage.text[end - passage.start :]
    before = passage.text[: start - passage.start]
    return bool(_ATTRIBUTE_OF.match(after) and _JOINED_WITH.search(before))
