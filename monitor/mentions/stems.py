"""Stems of the words with which answers judge, searched for together with the names."""

import re
from enum import IntFlag


class Cue(IntFlag):
    """What kinds of judgement a stem can be part of."""

    PRAISE = 1
    WARNING = 2
    DECLINE = 4


_STEMS = {
    Cue.PRAISE: """
        recommend|suggest|go with|go for|opt for|choose|pick|best|top|great|excellent|ideal|perfect
        |solid|strong|winner|favorite|favourite|consider|check out|try |look at|lean|go wrong|stick
        |start with|first choice|good choice|good option|stands out|worth|safest|leading|leader
        |empfehl|beste|wahl|favorit|sieger|greif|setz|eignet|uberzeug|ideal|nimm|gut|rate ich zu
    """,
    Cue.WARNING: """
        avoid|recommend|steer clear|stay away|beware|wary|buy|skip|warn|advise|against|twice|scam
        |worth|poor choice|bad choice|good choice|good option|unreliable|would not|wouldn't|not use
        |empfehl|meide|vermeid|finger weg|hande weg|abzurat|abrat|abstand|rate |warn|keine gute
    """,
    Cue.DECLINE: """
        know|familiar|information|aware|heard|find|found|data|details|unknown|recogni|verify|locate
        |record|confirm|access|kenne|bekannt|information|angaben|finden|gefunden|vertraut|sagt mir
        |kenntnis|hinweise|daten
    """,
}


def cue_stems() -> dict[str, Cue]:
    """The folded stems to look for, with what they can be part of."""
    stems: dict[str, Cue] = {}
    for cue, text in _STEMS.items():
        for stem in re.sub(r"\s*\n\s*", "", text.strip()).split("|"):
            stems[stem] = stems.get(stem, Cue(0)) | cue
    return stems
