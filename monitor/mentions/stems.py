"""Stems of the words with which answers judge, searched for together with the names."""

import re
from enum import IntFlag


class Cue(IntFlag):
    """What a stem can be part of; a doubt takes a negation and a stem of judging or knowing."""

    PRAISE = 1
    WARNING = 2
    DOUBT = 4
    NEGATION = 8
    INTERFACE = 16


_STEMS = {
    Cue.PRAISE: """
        recommend|suggest|go with|go for|opt for|choose|pick|best |top |great |excellent|ideal
        |perfect
        |solid |strong |winner|favorite|favourite|consider|check out|try |look at|lean|go wrong
        |stick
        |start with|first choice|good choice|good option|stands out|worth|safest|comes out
        |empfehl|beste|wahl|favorit|sieger|greif|setz|eignet|uberzeug|nimm|gute |rate ich zu
    """,
    Cue.WARNING: """
        avoid|steer clear|stay away|beware|wary|skip|warn|against|think twice|scam|poor choice
        |bad choice|unreliable|pass on|meide|finger weg|hande weg|abzurat|abrat|abstand
        |rate ich|raten wir|gemieden
    """,
    Cue.DOUBT: """
        recommend|suggest|buy|use|choose|trust|go with|go for|worth|good choice|good option
        |good pick|good fit|know|familiar|information|aware|heard|find|found|data|details|unknown
        |recogni|verify|locate|record|confirm|access|mention|results|empfehl|wahl|option|kenne
        |bekannt|angaben|gefunden|vertraut|sagt mir|kenntnis|hinweise|treffer
    """,
    Cue.NEGATION: """
        n't|not |never|cannot|no |unable|unknown|unfamiliar|nicht|kein|unbekannt
    """,
    Cue.INTERFACE: """
        feedback|can make mistakes|kann fehler|may include mistakes|antworten |report a problem
        |privacy policy
    """,
}


def cue_stems() -> dict[str, Cue]:
    """The folded stems to look for, with what they can be part of."""
    stems: dict[str, Cue] = {}
    for cue, text in _STEMS.items():
        for stem in re.sub(r"\s*\n\s*", "", text.strip()).split("|"):
            stems[stem] = stems.get(stem, Cue(0)) | cue
    return stems
