"""What a section's title says of the list below it: picks, reasons, sources, what to avoid."""

import re
from enum import IntFlag
from functools import lru_cache


class Title(IntFlag):
    """What a title announces; it can announce several."""

    PICKS = 1
    NO_PICKS = 2
    """Reasons, steps or criteria."""
    NEVER = 4
    """Nothing recommended, whatever is named."""
    AVOIDED = 8
    """What shouldn't be bought."""
    SHOPS = 16
    """Where the picks are sold or more can be found: picks only in an answer without others."""


_WORDS = {
    Title.PICKS: """
        best top pick picks option options choice choices contender contenders popular great leading
        brand brands alternative alternatives provider providers vendor vendors tool tools product
        products model models company companies winner winners runner favorite favorites favourite
        favourites honorable noteworthy recommend recommended recommendation recommendations beste
        longlist shortlist candidates kandidaten top-rated best-rated highest-rated highly-rated
        best-selling top-ranked
        bester bestes besten empfehlung empfehlungen empfehlenswert anbieter alternativen beliebt
        beliebte beliebtesten modelle marken hersteller produkte losungen
        testsieger favoriten instead stattdessen
    """,
    Title.NO_PICKS: """
        factor factors consideration considerations criteria consider tip tips step steps checklist
        why reason reasons pros cons advantages disadvantages benefits drawbacks limitations
        features faq faqs question questions conclusion summary caveat caveats tradeoffs trade-offs
        decide depends background methodology kriterien faktoren worauf tipp tipps schritt schritte
        anleitung warum grunde vorteil nachteil vorteile nachteile achten hinweise fragen fazit
        vorgehen checkliste funktionen
    """,
    Title.NEVER: """
        source sources reference references citation citations footnotes quellen quellenangaben
        literatur einzelnachweise
    """,
    Title.AVOIDED | Title.NEVER: """
        avoid vermeiden meiden abzuraten
    """,
}
_PHRASES = {
    Title.PICKS: "also consider|worth considering|worth a look",
    Title.NO_PICKS: """
        look for|how to|how do|things to|keep in mind|your needs|what makes|what matters|what to
        |what's best for you|which one|should you choose|right for you|before you|please provide
        |details about
    """,
    Title.NEVER: """
        further reading|less suitable|not suitable|didn't make|weniger passend|weniger geeignet
        |nicht geeignet|ungeeignet|doesn't work|not for you|ausgeschlossen|bedingt geeignet
    """,
    Title.SHOPS: """
        where to buy|where to find|where to shop|where to purchase|where to get|where you can buy
        |finding more|find more|wo kaufen|wo sie kaufen|wo man kauft|erhaltlich bei|bezugsquelle
    """,
    Title.AVOIDED | Title.NEVER: """
        not recommend|stay away|steer clear|with caution|leave out|d skip|would skip|what to skip
        |ones to skip|brands to skip|models to skip|tools to skip|skip for|skip this|d pass on
        |not for this|not your best|not the best fit|score lower|scored lower|d rule out
        |would rule out|ruled out|be careful|be cautious|think twice
        |nicht empfehl|nicht empfohlen|finger weg|lassen wurde|weglassen|nicht nehmen
        |nicht kaufen wurde|wovon ich abrate|eher nicht|lieber nicht|weniger empfehlenswert
        |schlechter abschneiden|ausschliessen wurde|mit vorsicht
    """,
}
_SIDES = """
    pro pros contra con cons advantages disadvantages strengths weaknesses benefits drawbacks plus
    minus vorteile nachteile starken schwachen
"""
SIDES = frozenset(_SIDES.split())
"""The folded titles of lists of what is good and bad about the pick above them."""
_BY_WORD: dict[str, int] = {}
for _title, _text in _WORDS.items():
    for _word in _text.split():
        _BY_WORD[_word] = _BY_WORD.get(_word, 0) | int(_title)
_BY_PHRASE = [
    (phrase.strip(), int(title)) for title, text in _PHRASES.items() for phrase in text.split("|")
]
_TITLE_WORDS = 8
"""A longer lead-in only mentions its sources or what it avoids; it isn't a title of such a list."""
_WORD = re.compile(r"[^\W_][\w'’\-]*")
CONDITION = re.compile(
    r"(?:if|wenn|falls|when) (?:you|your|du|ihr|sie|it|es)\b"
    r"|(?:you|du|ihr) (?:want|don|need|have|are|can|prefer|willst|wollt|hast|habt|brauchst|bist)"
)
"""Begins a title that says for whom the picks below are, whatever these want to do."""
PICKS, NO_PICKS = int(Title.PICKS), int(Title.NO_PICKS)
NEVER, AVOIDED, SHOPS = int(Title.NEVER), int(Title.AVOIDED), int(Title.SHOPS)


@lru_cache(maxsize=4096)
def title_says(title: str) -> int:
    """What a folded title or label announces, as the bits of `Title`."""
    said = 0
    words = _WORD.findall(title.replace("open source", ""))
    for word in words:
        said |= _BY_WORD.get(word, 0)
    if len(words) > _TITLE_WORDS or (said & PICKS and not said & AVOIDED and len(words) > 2):
        said &= ~int(Title.NEVER | Title.AVOIDED)
    if CONDITION.match(title):
        said &= ~int(Title.NO_PICKS)
    if title.startswith("general ") and title.endswith("information"):
        said |= int(Title.NO_PICKS)
    for phrase, announces in _BY_PHRASE:
        if phrase in title:
            said |= announces
    return said
