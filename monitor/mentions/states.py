"""How an answer speaks of a brand: recommends it, warns against it, says it doesn't know it.

Cues are searched in the sentence of each mention, before and after the name. A comparison ("better
than Acme", "unlike Acme") is no judgement of the brand it names; a negation turns a cue around.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum

from monitor.mentions.matching import Hit
from monitor.mentions.stems import Cue
from monitor.types import MentionState


class Tone(Enum):
    """How one sentence speaks of a brand."""

    PLAIN = "plain"
    PRAISED = "praised"
    WARNED = "warned"
    DECLINED = "declined"
    UNTOLD = "untold"
    """Nothing in the sentence judges; it may still be a question."""
    ASKED = "asked"
    """A question or a supposition, which tells nothing of the brand."""


# Members of an enumeration are slow to look up; these are asked for with every name.
_PLAIN, _PRAISED, _WARNED, _DISCLAIMED, _UNTOLD, _ASKED = Tone
_MENTIONED = MentionState.MENTIONED
_RECOMMENDED = MentionState.RECOMMENDED

_GAP = (
    r"(?:[\s,/]+(?:and|or|und|oder|either|the|a|an|der|die|das|den|dem|using|buying|choosing|with"
    r"|any"
    r"|brands?|products?|vendors?|tools?|models?|providers?|such as|like|from|by|of|von|wie|bei|vom"
    r"|anbietern?|produkten?|marken|sie|ihnen|dir|euch|you|toward|towards|zu|auf|fur|:"
    r"|[\W_]*[A-Z0-9][\w&.'’+\-]*))*[\s\"“„:(*—–-]*\Z"
)
_NO = r"(?:n['’]t|not|never|no|cannot|hardly|nicht|kein\w*|nie|kaum)"

_COMPARED = re.compile(
    r"(?i:\b(?:unlike|than|versus|vs\.?|instead of|rather than|compared (?:to|with)"
    r"|alternatives? (?:to|for)"
    r"|switch(?:ing|ed)? (?:away )?from|mov(?:e|ing|ed) (?:away )?from|migrat\w+ from|replac\w+"
    r"|similar to"
    r"|competitors? (?:of|to)|over|beats?|als|statt|anstelle von|anstatt|im gegensatz zu|anders als"
    r"|im vergleich (?:zu|mit)|verglichen mit|alternativen? (?:zu|fur|für)|gegenuber|gegenüber"
    r"|wechsel\w* von|ersetzt|ahnlich wie|ähnlich wie))" + _GAP
)
_WARN_BEFORE = re.compile(
    r"(?i:\b(?:avoid(?:ing)?|steer clear of|stay(?:ing)? away from|beware of|be wary of|(?:do not"
    r"|don['’]t|never)"
    r" (?:buy|use|choose|pick|trust|go (?:with|for))|(?:would not|wouldn['’]t|do not|don['’]t"
    r"|cannot|can['’]t|can not"
    r"|not) (?:\w+ )?(?:recommend(?:ing)?|suggest(?:ing)?|advise|choose|pick|use|go (?:with|for))"
    r"|(?:advise|recommend|warn(?:s|ed|ing)?|caution\w*) (?:\w+ )?against|warn(?:s|ed"
    r"|ing)? (?:\w+ )?(?:about|of)"
    r"|think twice about|(?:i['’]d|would) (?:skip|avoid|pass on)|skip"
    r"|finger weg von|hände weg von|hande weg von|meiden?(?: sie)?|vermeiden?(?: sie)?"
    r"|warnen? (?:\w+ )?vor"
    r"|abzuraten von|abraten von|raten? (?:\w+ )?von|abstand (?:\w+ )?von|warnung vor|gewarnt vor))"
    + _GAP
)
_NOT_WARNED = re.compile(
    r"(?i:(?:no (?:need|reason)|n['’]t (?:need|have)|not (?:need|have)|kein grund|nicht (?:notig"
    r"|nötig))"
    r"\W+(?:\w+\W+){0,3}(?:avoid|steer|stay|beware|skip|meid\w*|vermeid\w*))"
)
_WARN_AFTER = re.compile(
    r"(?i:\A\W*(?:\([^)]*\)\W*)?(?:products?|services?|itself|selbst)?\W*(?:[–—:-]\s*(?:avoid|skip"
    r"|not recommended|nicht"
    r" (?:zu )?empf\w+|abzuraten|meiden|finger weg)|(?:is|are|was|should|can|cannot|can['’]t"
    r"|isn['’]t|aren['’]t|would(?:n['’]t)?)\b"
    r"[^.,;]{0,30}?(?:(?:not|n['’]t|cannot|never) (?:be )?(?:recommend(?:ed)?|worth"
    r"|a good (?:choice|option|pick|fit))(?! for)"
    r"|(?:best |to )?(?:be )?avoided|one to avoid|a (?:scam|poor choice|bad choice)|unreliable)"
    r"|(?:isn['’]t|aren['’]t) (?:recommended|worth it|a good (?:choice|option|pick))(?! for)"
    r"|(?:ist|sind|kann|konnen|können|sollte\w*|wurde|würde"
    r"|wird)\b[^.;]{0,40}?(?:nicht (?:zu )?(?:empfehlen|empfehlenswert|empfohlen)"
    r"|abzuraten|(?:ge)?meiden|gemieden|vermieden|keine gute (?:wahl|option)|gewarnt|abraten)"
    r"|(?:rate|raten|wurde|würde) (?:ich|wir)\b[^.;]{0,30}?\b(?:ab|abraten|nicht empfehlen)\b"
    r"|(?:empfehle|empfehlen) (?:ich|wir)\b[^.;]{0,20}?\bnicht\b|(?:nicht empfehlen|eher nicht"
    r"|lieber nicht)))"
)
_EMPFEHLE_NICHT = re.compile(r"(?i:\bempfehlen?\b)" + _GAP)
_NICHT_AFTER = re.compile(r"(?i:\A[^.,;]{0,40}?\b(?:nicht|keinesfalls|auf keinen fall)\b)")
_PRAISE_BEFORE = re.compile(
    r"(?i:\b(?:recommend(?:ed|ing|s)?(?: pick| choice| option)?|recommendation(?: is| would be|:)"
    r"|suggest(?:ing)?|go(?:ing)? (?:with|for)"
    r"|opt(?:ing)? for|choose|choosing|pick|(?:best|top|safest|first|good|great|solid"
    r"|strong) (?:\w+ ){0,3}?(?:choice|option|pick|bet|fit"
    r"|overall|tool|service|product|brand|provider|all-rounder)s?(?: \w+){0,4}?(?: is| are"
    r"| would be| include|:)|the best (?:\w+ ){0,4}?(?:is|are)"
    r"|(?:favou?rite|winner)s?(?: is| are| here is|:)|consider(?:ing)?|check(?:ing)? out"
    r"|try(?:ing)?|lean(?:ing)? towards?"
    r"|go wrong with|stick(?:ing)? with|start(?:ing)? with|look(?:ing)? at|empfehlen?"
    r"|empfehlung(?: ist| ware| wäre|:)"
    r"|(?:beste|bester|bestes|gute|erste|klare) (?:\w+ )?(?:wahl|option|empfehlung|losung|lösung"
    r"|anbieter)(?: \w+){0,3}?(?: ist| sind|:)"
    r"|favorit(?: ist|:)|(?:test)?sieger(?: ist|:)|greif\w*(?: sie)? zu|setz\w*(?: sie)? auf|nimm"
    r"|nehmen sie|rate ich zu))" + _GAP
)
_PRAISE_AFTER = re.compile(
    r"(?i:\A['’]?s?\W*(?:\([^)]*\)\W*)?(?:[\w.+\-]+\s){0,4}?(?:(?:is|are|remains?|makes?|would be"
    r"|seems|comes out)\b(?! (?:not|no)\b)[^.;,]{0,40}?"
    r"\b(?:the best|best (?:choice|option|pick|overall|bet|for)|top (?:choice|pick|option)|(?:an? "
    r"|my |your |our )(?:\w+ )?(?:excellent|great|good|solid"
    r"|strong|ideal|perfect|safe|safest) (?:\w+ )?(?:choice|option|pick|fit|bet|all-rounder|start)"
    r"|(?:highly )?recommended|the (?:clear )?winner"
    r"|(?:my|our) (?:\w+ )?(?:pick|favou?rite|recommendation|choice)|first choice|worth (?:it"
    r"|a look|considering|trying))"
    r"|(?:stands out|wins\b|comes out on top)"
    r"|(?:ist|sind|bleibt|wäre|ware|gilt als)\b(?! (?:nicht|kein\w*)\b)[^.;,]{0,40}?\b(?:(?:die "
    r"|der |das |meine? |unsere? |eine? )?(?:\w+ )?"
    r"(?:beste|bester|bestes|gute|guter|ideale|klare|erste|sichere|hervorragende"
    r"|starke) (?:\w+ )?(?:wahl|option|losung|lösung|empfehlung|anbieter|favorit|alternative)"
    r"|am besten|(?:sehr |klar |absolut )?(?:zu )?empfehlen(?:swert)?|testsieger|favorit|(?:mein"
    r"|unser)\w* (?:favorit|empfehlung|tipp))"
    r"|(?:eignet sich (?:\w+ )?(?:am besten|hervorragend|ideal|besonders|gut)|uberzeugt"
    r"|überzeugt)))"
)
_NEGATED_END = re.compile(
    rf"(?i:\b{_NO}|n['’]t)\W+(?:\w+\W+){{0,2}}(?:recommend\w*|suggest\w*|empfehl\w*|choose|pick"
    rf"|go (?:with|for)|consider|try|setz\w*)\b[^.]{{0,60}}\Z"
)
_DECLINED = re.compile(
    r"(?i:(?:do not|don['’]t|did not|didn['’]t|can ?not|can['’]t|could not|couldn['’]t"
    r"|was(?:n['’]t| not) able to|unable to|haven['’]t|have not)"
    r" (?:\w+ ){0,3}?(?:know(?! (?:which|whether|if|how|what|who|why|you|your|that|anyone))|find"
    r"|found|locate|verify|confirm|identify|recogni[sz]e|heard"
    r"|have (?:\w+ ){0,4}?(?:information|data|details|knowledge|access|records?))"
    r"|(?:not|n['’]t) (?:\w+ )?(?:familiar with|aware of)|never heard of|unfamiliar with"
    r"|unknown to me"
    r"|no (?:\w+,? ){0,3}?(?:information|data|details|records?|knowledge|results"
    r"|mention) (?:\w+ ){0,2}?(?:about|on|for|of|regarding|available)"
    r"|\bkenne (?:ich )?[^.]{0,40}\bnicht\b|nicht bekannt|nicht vertraut"
    r"|sagt mir (?:leider )?nichts|unbekannt"
    r"|keine (?:\w+ ){0,3}?(?:informationen|angaben|daten|hinweise|kenntnis\w*|details|treffer)"
    r"|(?:konnte|kann|habe) (?:ich )?[^.]{0,60}(?:nicht|nichts|keine \w+) (?:\w+ ){0,3}?(?:finden"
    r"|gefunden|sagen))"
)
_SUPPOSED = re.compile(
    r"(?i:\A\W*(?:if|could you|can you|do you|are you|is it|perhaps|maybe|please|falls|wenn"
    r"|konnten sie|können sie|könnten sie|kannst du|meinst du|vielleicht|bitte)\b)"
)
_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|(?=\s|[A-Z]|\Z))")


_WARNING, _PRAISE = int(Cue.WARNING), int(Cue.PRAISE)
_DOUBTED = int(Cue.DOUBT | Cue.NEGATION)
_REACH = 200
"""So many characters before and after a name its sentence is read."""


class Judge:
    """Judges mentions in one text, given where stems of judgements stand in it."""

    def __init__(self, text: str, cues: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.cues = cues
        self.starts = [start for start, _ in cues]
        self.present = self._cues(0, len(text))

    def state(self, hits: Sequence[Hit], *, ranked: bool, avoided: bool) -> MentionState:
        """The state of a brand that is named by `hits`; `avoided`: an item of a list to avoid."""
        praise = not ranked
        if self._wants(self.present, praise=praise):
            tones = [self.tone(hit, praise=praise) for hit in hits[:50]]
        else:
            tones = [_UNTOLD if praise else _PLAIN]
        warned = tones.count(_WARNED) + avoided
        praised = tones.count(_PRAISED)
        if warned > praised:
            return MentionState.WARNED_AGAINST
        if praised > warned or ranked:
            return _RECOMMENDED
        return MentionState.DECLINED if self._declines(hits, tones) else _MENTIONED

    def _declines(self, hits: Sequence[Hit], tones: Sequence[Tone]) -> bool:
        """Whether the brand is named only to say that nothing is known of it."""
        if _DISCLAIMED not in tones or _PLAIN in tones:
            return False
        untold = [hit for hit, tone in zip(hits, tones, strict=False) if tone is _UNTOLD]
        return all(self._supposed(hit) for hit in untold)

    def tone(self, hit: Hit, *, praise: bool) -> Tone:
        """How the sentence around a mention speaks of it; `praise`: whether praise matters."""
        near = self._cues(hit.start - _REACH, hit.end + _REACH)
        if not self._wants(near, praise=praise):
            return _UNTOLD if praise else _PLAIN
        begin, end = self._sentence(hit)
        present = self._cues(begin, end)
        if not self._wants(present, praise=praise):
            return _UNTOLD if praise else _PLAIN
        return self._judged(hit, begin, end, present, praise=praise)

    def _judged(self, hit: Hit, begin: int, end: int, present: int, *, praise: bool) -> Tone:
        before, after = self.text[begin : hit.start], self.text[hit.end : end]
        doubted = present & _DOUBTED == _DOUBTED
        if doubted and _DECLINED.search(self.text[begin:end]):
            return _DISCLAIMED
        if _COMPARED.search(before):
            return _PLAIN
        if (doubted or present & _WARNING) and _warns(before, after):
            return _WARNED
        if praise and present & _PRAISE and _praises(before, after):
            return _PRAISED
        return _ASKED if _is_supposed(before, self.text[end : end + 1]) else _PLAIN

    def _supposed(self, hit: Hit) -> bool:
        begin, end = self._sentence(hit)
        return _is_supposed(self.text[begin : hit.start], self.text[end : end + 1])

    def _wants(self, present: int, *, praise: bool) -> bool:
        """Whether the stems present can make up a judgement."""
        telling = _WARNING | _PRAISE if praise else _WARNING
        return present & telling != 0 or present & _DOUBTED == _DOUBTED

    def _sentence(self, hit: Hit) -> tuple[int, int]:
        begin = max(0, hit.start - _REACH)
        for stop in _SENTENCE_END.finditer(self.text, begin, hit.start):
            begin = stop.end()
        limit = min(len(self.text), hit.end + _REACH)
        found = _SENTENCE_END.search(self.text, hit.end, limit)
        return begin, found.start() if found else limit

    def _cues(self, begin: int, end: int) -> int:
        present = 0
        for at in range(bisect_left(self.starts, begin), bisect_left(self.starts, end)):
            present |= self.cues[at][1]
        return present


def _is_supposed(before: str, closing: str) -> bool:
    """Whether a sentence asks or supposes."""
    return closing == "?" or _SUPPOSED.match(before) is not None


def _warns(before: str, after: str) -> bool:
    if _WARN_AFTER.search(after) or (_EMPFEHLE_NICHT.search(before) and _NICHT_AFTER.search(after)):
        return not _is_aspect(after)
    if not _WARN_BEFORE.search(before) or _NOT_WARNED.search(before):
        return False
    return not _is_aspect(after)


def _is_aspect(after: str) -> bool:
    """Whether only something of the brand's is meant ("avoid Acme's free plan")."""
    return re.match(r"['’]s?\s+\w", after) is not None


def _praises(before: str, after: str) -> bool:
    if _PRAISE_AFTER.search(after):
        return True
    return _PRAISE_BEFORE.search(before) is not None and not _NEGATED_END.search(before)
