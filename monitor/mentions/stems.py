"""Stems of the words with which answers judge, searched for together with the names."""

import re
from collections.abc import Mapping
from enum import IntFlag
from functools import lru_cache
from types import MappingProxyType


class Cue(IntFlag):
    """What a stem can be part of; a doubt takes a negation and a stem of judging or knowing."""

    PRAISE = 1
    WARNING = 2
    DOUBT = 4
    NEGATION = 8
    INTERFACE = 16


_STEMS = {
    Cue.PRAISE: """
        recommend|suggest|go with|go for|opt for|choose|pick|best|top |great |excellent|ideal
        |solid|perfect|perfekt|strong |winner|favorite|favourite|consider|check out|try |look at
        |a try|go wrong|stick with|sticking with|start with|choice|option|stands out|standout
        |worth|safest|comes out|empfehl|empfohlen|wahl|favorit|sieger|greif|setz|eignet|uberzeug
        |nimm|nehmen|gute |rate ich zu|overlook|to beat|no further|a shot|a chance|wins|hesitate
        |reason not|nothing beats|better than
        |better fit|right fit| vote| falsch|kein weg|lohnt sich|lohnen sich
        |blick auf|it would be|it'd be|instead|gut beraten| fan of| tipp|fantastic|sollte |deserve
        |make | makes| toward|happy with|to get|schau|middle ground|the one i|the ones i| sense
        |work well|works well|work great|works great|do best|does best|bewahrt|probier| rat:
        |forget |vorschlag|reicht |preiswert|gunstigst|fahrt |eignen|moglichkeit|tendier
    """,
    Cue.WARNING: """
        avoid|clear of|away from|beware|wary|skip|warn|against|think twice|scam|poor choice
        |bad choice|unreliable|pass on|meide|finger|hande |abzurat|abrat|abstand|gemieden
        |elsewhere|careful|cautio|vorsicht|bogen| berth|nicht wert|rate von|rat von
        | raten| rate |one to |hesitant|sceptical|skeptical|overkill
        |nicht ideal|nicht geeignet|weniger geeignet|weniger passend|not ideal
        |not suitable
        |less suitable|scheide|forget | alone
        |rip-off|fraud|betrug|unserios|neither|weder|verzicht|money on
    """,
    Cue.DOUBT: """
        recommend|suggest|buy|use |use:|choose|trust|go with|go for|worth|good choice|good option
        |good pick|good fit|know|familiar|information|aware|heard|find|found|data|details|unknown
        |recogni|verify|locate|record|confirm|access|mention|results|empfehl|empfohlen|wahl|option
        |kenne|bekannt|angaben|gefunden|vertrau|sagt mir|kenntnis|hinweise|treffer|ring a bell
        |anything| named | called |comes up|came up|turns up|turned up|daten|gehort|belege
        |auskunft|kauf|think|sign up|overlook|beaten|besser|lieber| eher |endorse|n't touch
        |not touch|verlass|appear in|begriff|weiss ich|rely on|better not
    """,
    Cue.NEGATION: """
        n't|not |never|cannot|no |unable|unknown|unfamiliar|nicht|kein|unbekannt|nothing
        | lack | nie |fehlen mir
    """,
    Cue.INTERFACE: """
        feedback|can make mistakes|kann fehler|may include mistakes|antworten |report a problem
        |privacy policy
    """,
}


@lru_cache(maxsize=1)
def cue_stems() -> Mapping[str, Cue]:
    """The folded stems to look for, with what they can be part of.

    One that holds a shorter one of the same kind is left out: the shorter is found wherever it is.
    """
    stems: dict[str, Cue] = {}
    for cue, text in _STEMS.items():
        several = re.sub(r"\n\s*", "", text.strip()).split("|")
        for stem in several:
            if not any(other in stem and other != stem for other in several):
                stems[stem] = stems.get(stem, Cue(0)) | cue
    return MappingProxyType(stems)
