"""The small words that turn a sentence round: not, perhaps, formerly, than, if; both languages."""

import re
from typing import Final


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


_DISMISSES = (
    r"(?:(?:that|this|it)(?:['’]s| is)(?: not|n['’]t)|(?:that|this|it) isn['’]t) "
    r"(?:\w+ ){0,2}?(?:true|correct|right|accurate|the case)"
    r"|(?:that|this)(?:['’]s| is) (?:\w+ )?(?:wrong|false|incorrect|inaccurate)"
    r"|(?:das|dies) (?:stimmt|ist|trifft) (?:\w+ ){0,2}?nicht(?: (?:ganz|wirklich|zu))*"
    r"(?: (?:richtig|korrekt|wahr|der fall|zutreffend))?"
    r"|das ist (?:\w+ )?(?:falsch|unrichtig)"
    r"|i (?:can['’]t|cannot|can not) confirm (?:that|this)"
    r"|(?:das|dies) kann ich (?:\w+ )?nicht bestätigen"
)
"""Turns down what was said before ("That's not right: it was founded in 2011")."""
_QUOTE = r"[“„\"«»]"
NOT_ONLY: Final = _words(
    r"not (?:only|just|merely|simply)",
    r"nicht (?:nur|bloß|allein|lediglich)",
    "no wonder",
    r"(?:don['’]t|do not) (?:confuse|mix|forget|overlook|miss|worry)",
)
NEGATION: Final = _words(
    r"no(?! later)", "not", "never", "none", "without", "neither", "nor", r"\w+n['’]t", "cannot",
    r"lack(?:s|ing|ed)?", "missing", "absent", r"instead of", r"rather than", "unavailable",
    r"discontinu\w+", r"dropped", r"abolish\w+", r"removed", r"end(?:ed|s) (?:its|the|their)",
    r"retired", "nowhere", "nothing", r"kein(?:e[nmrs]?)?", "nicht", "ohne", "nie", "niemals",
    "weder", "noch (?:ein|kein)\\w*", "fehlt", "fehlen", "statt", "anstelle", "nirgends",
    r"abgeschafft", r"eingestellt", r"gestrichen", r"entfallen", "verzichtet", "nichts", "entfällt",
    "vergeblich", "in vain",
)  # fmt: skip
DENIED_FRAME: Final = _words(
    r"(?:it(?:'s| is) )?not (?:true|correct|the case|right) that",
    r"(?:it(?:'s| is) )?(?:false|wrong|incorrect|untrue|a myth|a misconception) (?:that|to say)",
    r"(?:stimmt|trifft) nicht(?: zu)?,? dass", r"nicht (?:wahr|richtig|der fall),? dass",
    r"(?:falsch|ein irrtum|ein mythos),? dass", r"contrary to (?:\w+ )*claims that",
    rf"(?:{_DISMISSES}):\s*(?={_QUOTE}\w)",
)  # fmt: skip
DENIED_AFTER: Final = _words(
    r"(?:not|\w+n['’]t|cannot)(?! (?:include|cover|come|contain|have|support|allow|expire|"
    r"require|all"
    r"|every|enough|much|very|as)\b)",
    r"no longer", "none", "unavailable", r"discontinu\w+", "dropped", r"abolish\w+", "removed",
    "retired", "missing", "absent", "nowhere", "in vain",
    "gone", "weggefallen", r"nicht(?! (?:alle|jede\w*|den|die|das|so|sehr|genug|ausreichend|"
    r"mehr als)\b)", "nie", "niemals",
    "fehlt", "fehlen", "entfällt", "abgeschafft", "eingestellt", "gestrichen", "entfallen",
    "vergeblich", "verzichtet", r"keine[nrs]?(?=\W*\Z)",
)  # fmt: skip
"""What denies a thing that was named before: "isn't offered", but not "has no support"."""
RESET: Final = re.compile(
    r"(?:[,;:]|(?<!\w)(?:and|und|but|aber|sondern|yet|doch|jedoch|however)(?!\w))\s*(?:(?:it|they|"
    r"es|er|sie|there|dafür|also|auch|instead|stattdessen|then|rather|you|man|ist|the company|"
    r"das unternehmen)\s+)*(?:offers?|has|have|comes?|includes?|provides?|supports?|runs?|is|are|"
    r"can|costs?|starts?|was|were|holds?|does|do|bietet|hat|haben|enthält|gibt|kann|können|"
    r"ist|sind|läuft|verfügt|kostet|beginnt|wurde|besitzt|lässt|speichert|stores?|keeps?|"
    r"guarantees?|garantiert|sichert|gets?|erhält)(?!\w)"
    r"|[,;:]\s*(?:it|they|that)['’](?:s|re)(?!\w)"
    r"|(?<!\w)(?:but|sondern|(?<!nicht )aber|however|jedoch|doch|dafür)(?!\w)"
    rf"|(?<!\w)(?:{_DISMISSES})\s*[:–—]\s*(?!{_QUOTE})",
    re.IGNORECASE,
)
"""Where a negation's reach ends: "no free plan and *costs* …", "not in 2005 *but* in 2011"."""

HEDGE: Final = _words(
    "might", "possibly", "perhaps", "unclear", "unsure", r"not (?:sure|certain|clear|known)",
    r"(?:don['’]t|do not|can['’]t|cannot) (?:know|confirm|say|verify|tell)", "uncertain",
    r"could(?:n['’]t| not) (?:find|confirm|verify)", r"no (?:reliable )?(?:information|details|"
    r"data)",
    r"may (?:offer|have|be|still|also|cost|come|exist|not)", "reportedly", "allegedly", "rumou?red",
    "vielleicht", "möglicherweise", "eventuell", "unklar", r"nicht (?:sicher|bekannt|klar|belegt)",
    r"(?:keine|nichts) (?:genauen? |verlässlichen? )?(?:angaben|informationen|daten)", "angeblich",
    r"weiß (?:ich )?nicht", "vermutlich", "womöglich", "gerüchten", r"soll(?:en)?",
)  # fmt: skip
HEARSAY: Final = _words(
    r"(?<!what )(?<!what some )(?<!what many )(?<!what the )"
    r"(?:users?|reviewers?|commenters?|redditors?|forums?|blogs?|posts?|threads?|someone|somebody|"
    r"people)\b[^.;:]{0,40}?\b(?:sa(?:y|ys|id)|claim(?:s|ed)?|report(?:s|ed)?|mention(?:s|ed)?|"
    r"writes?|wrote)",
    r"(?:according to|laut|nach angaben) (?:an?|one|some|another|eine[mr]|manchen|einigen) "
    r"(?:\w+ )?(?:user|reviewer|commenter|forum|blog|post|thread|review|article|nutzer\w*|"
    r"beitrag\w*|bericht\w*|artikel\w*|bewertung\w*)",
    r"(?:nutzer|anwender|bewertungen|beiträge|foren|jemand)\b[^.;:]{0,30}?\b(?:schreib\w+|"
    r"schrieb\w*|bericht\w+|behaupt\w+|nenn\w+)",
)  # fmt: skip
"""What is said is somebody else's word, of whom nobody knows whether they know."""
UNCONFIRMED: Final = _words(
    r"(?:can['’]t|cannot|couldn['’]t|could not|unable to|nobody can) (?:confirm|verify) "
    r"(?:that|this|it)",
    r"(?:that|this|which|das|dies|was) (?:is|was|has|ist|wurde)(?: not|n['’]t| nicht)(?: been)? "
    r"(?:confirmed|verified|official|bestätigt|belegt|offiziell)",
    r"(?:belegt|bestätigt|gesichert|offiziell) ist das (?:\w+ )?nicht",
    r"(?:das )?kann ich (?:\w+ )?nicht (?:bestätigen|belegen)", "unconfirmed", "unverified",
    "unbestätigt",
)  # fmt: skip
"""Takes back, behind what was said, that it is known."""
PLANNED: Final = _words(
    r"work(?:s|ing) (?:towards?|on)", r"plan(?:s|ned|ning) (?:to|for)", "roadmap", "upcoming",
    r"(?:aim(?:s|ing)?|hop(?:es|ing)) (?:for|at|to)", r"target(?:s|ing)", "expects",
    r"forecasts?", "peilt", "erwartet", r"rechnet mit", "prognostiziert", r"zielt auf",
    r"in preparation", r"pursuing", r"coming soon", r"announced", "is planned", "geplant", "plant",
    "demnächst", r"arbeitet an", "strebt", "anstrebt", r"in vorbereitung", "angekündigt", "künftig",
)  # fmt: skip
CONDITION: Final = re.compile(
    r"(?<!\w)(?:whether|ob|(?:angenommen|gesetzt den fall|suppos(?:e|ing)|imagine|"
    r"assuming)(?: that|, dass)?,?(?=\s+[A-ZÄÖÜ]))(?!\w)"
    r"|(?:^|[,;:(]\s*|\band\s|\bund\s)\W*(?:if|whether|when|unless|"
    r"in case|anyone who|those who|"
    r"whoever|for (?:teams|those|anyone|companies) (?:that|who)|wenn|falls|sofern|ob|wer|"
    r"(?:check|ask|verify|find out|see|clarify)\b(?:\s\w+){0,3}?\s(?:if|whether|for|about)|"
    r"(?:prüfen|klären|fragen) sie|look for|ask for|achten sie auf)\b"
    r"|(?<!\w)(?:ask(?:s|ed|ing)?\b[^.,;]{0,30}\bfor|wish(?:es|ed|ing)?(?: for)?|hop(?:e|es|ing) "
    r"for|request(?:s|ed|ing)?|demand(?:s|ed|ing)?|wünsch\w*|fordern|hoffen auf|"
    r"fragen nach)(?!\w)",
    re.IGNORECASE,
)
PAST: Final = _words(
    r"used to", "formerly", "previously", r"earlier(?! version)", "originally", "initially", "once",
    r"old (?:price|plan|figure|rate|fee)", r"up from", r"down from", r"no longer", r"until", "till",
    "früher", "vormals", "zuvor", "bisher", "bislang", "ursprünglich", "anfangs", "ehemals",
    "einst", "damals", "vorher", r"statt (?:bisher|früher|zuvor)", r"nach (?:zuvor|bisher)",
    r"bis (?:ende |anfang |mitte |zum jahr |\w+ )?(?:19|20)\d\d", r"back in", r"in the past",
    r"when (?:it|they|\w+) (?:first )?(?:launched|started|began|came out)", r"at (?:its )?launch",
    r"(?:beim|zum) (?:markt)?start", r"bei (?:der )?(?:markt)?einführung",
)  # fmt: skip
WAS: Final = _words(
    "was", "were", "cost", "stood at", "had", "kostete", "war", "waren", "lag", "lagen", "hatte",
    "betrug", "galt",
)  # fmt: skip
NOW: Final = _words(
    "now", "today", "currently", "nowadays", r"at present", "meanwhile", "these days", "since then",
    "jetzt", "heute", "inzwischen", "aktuell", "nun", "mittlerweile", "derzeit", "seither",
    "neuerdings", "seitdem",
)  # fmt: skip
ENDED: Final = re.compile(
    r"[^.;,\d]{0,24}?\b(?:until|till|up to|before|bis|vor)\s+(?:the )?(?:end of |early |mid-?|"
    r"late |ende "
    r"|anfang |mitte )?(?:[a-zä]+\s)?(?:(?:19|20)\d\d)\b"
    r"|\s*(?:(?!statt|instead|nach|up|down|from|and|und)[a-zäöü€]+\s){0,4}?(?:previously|earlier|"
    r"formerly|früher|zuvor|bisher)\b",
    re.IGNORECASE,
)
"""What follows a value that held until some year."""
CHANGED: Final = re.compile(
    r"\b(?:rais\w+|increas\w+|rose|risen|went up|gone up|go(?:es)? (?:up|down)|grew|grown|jump\w+|"
    r"lower\w*|cut|reduc\w+|dropp?\w*|fell|chang\w+|mov\w+|relocat\w+|extend\w*|shorten\w*|"
    r"postpon\w+|"
    r"up|erhöh\w+|gestiegen|stieg|steigt|angehoben|gesenkt|sank|gewachsen|wuchs|geändert|"
    r"verlegt\w*|"
    r"umgezogen|zog|verlängert|verkürzt|verschoben|wechselte|teurer|günstiger|switch\w+)\b",
    re.IGNORECASE,
)
ONLY: Final = re.compile(
    r"\b(?:only|solely|just|merely|exclusively|nur|lediglich|ausschließlich|bloß)\s+"
    r"(?:\w+\s+){0,3}\Z",
    re.IGNORECASE,
)
ANAPHOR: Final = re.compile(
    r"\W*(?:(?:but|and|also|in addition|additionally|moreover|besides|however|still|aber|und|auch|"
    r"außerdem|zudem|allerdings|dabei|until|since|previously|formerly|today|now|currently|bis|seit|"
    r"früher|jetzt|heute|inzwischen|derzeit|in|im)\b[^,.;]{0,40}?[, ])??"
    r"(?:it|its|it's|they|their|the (?:company|vendor|provider|platform|product|tool|software|"
    r"service|plan|price|system|cms|firm|business|startup|team|current|latest|starter|trial)|this|"
    r"that|es|er|sie|seine?[rnms]?|ihre?[rnms]?|dieser?s?|das (?:unternehmen|produkt|system|tool|"
    r"team|angebot)|der (?:anbieter|hersteller|dienst|preis|tarif|einstieg|firmensitz|hauptsitz)|"
    r"die (?:firma|plattform|software|lösung|aktuelle|testphase|daten|gründung|kundendaten))(?!\w)",
    re.IGNORECASE,
)
"""A sentence that speaks on about what the one before it spoke of."""
ABSTAINS: Final = _words(
    r"(?:don['’]t|do not|didn['’]t) (?:know|have (?:any )?(?:reliable )?(?:information|details|"
    r"data))",
    r"not (?:sure|familiar|aware)", r"(?:can(?:['’]t|not)|couldn['’]t|could not|unable to) "
    r"(?:find|confirm|verify|say|tell|answer|provide)", r"no (?:reliable )?information",
    r"weiß (?:\w+ ){0,5}?nicht", r"(?:keine|nichts) (?:\w+ )?(?:angaben|"
    r"informationen)",
    r"nicht (?:sicher|bekannt)", r"kann (?:ich )?(?:\w+ ){0,3}nicht (?:sagen|bestätigen|finden)",
    r"konnte (?:ich )?(?:\w+ ){0,3}nicht(?:s)? (?:finden|bestätigen)", r"kenne ich nicht",
)  # fmt: skip


def _leading(*alternatives: str) -> re.Pattern[str]:
    """What an answer begins with, after markup and a polite word or two."""
    polite = r"(?:(?:well|unfortunately|sadly|sorry|leider|tja|hm+|ehrlich gesagt)\b\W*)*"
    return re.compile(rf"\W*{polite}(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


AFFIRMS: Final = _leading(
    r"yes", r"yeah", r"yep", r"correct", r"exactly", r"absolutely", r"indeed", r"definitely",
    r"certainly", r"(?:that(?:['’]s| is)|you(?:['’]re| are)) (?:absolutely |quite |completely )?"
    r"(?:right|correct|true)(?! to (?:ask|doubt|question|check))",
    r"i(?:['’]m| am) (?:quite |very |absolutely )?(?:sure|certain|confident)",
    r"ja", r"jawohl", r"genau", r"richtig", r"stimmt(?! (?:so )?nicht)", r"korrekt", r"absolut",
    r"auf jeden fall", r"in der tat", r"(?:das ist|da hast du|damit hast du|sie haben|du hast) "
    r"(?:völlig |ganz |absolut |vollkommen )?(?:richtig|korrekt|recht)", r"das stimmt(?! (?:so |"
    r"leider |aber )?nicht)", r"ich bin (?:mir )?(?:ganz |sehr |absolut |da )?sicher",
)  # fmt: skip
"""An answer that begins by saying yes; "you're right to ask" is none."""
DENIES: Final = _leading(
    r"no(?! (?:idea|wonder|information|doubt|problem))", r"nope", r"incorrect", r"not (?:quite|"
    r"exactly|really|true|right|correct)", r"(?:that|this|it)(?:(?:['’]s| is) not|"
    r" isn['’]t)(?! (?:clear|known|something i))", r"that(?:['’]s| is) (?:wrong|false|incorrect|a "
    r"(?:common )?(?:myth|misconception|misunderstanding))", r"i don['’]t (?:think|believe)",
    r"nein", r"(?:das|es) (?:stimmt|ist|trifft)(?: so)?(?: leider)?(?: aber)? nicht(?! (?:klar|"
    r"bekannt))", r"stimmt (?:so )?nicht", r"nicht (?:ganz|wirklich)", r"das ist (?:falsch|ein "
    r"(?:irrtum|missverständnis|mythos))", r"ich glaube nicht",
)  # fmt: skip
"""An answer that begins by saying no."""
RETRACTS: Final = _words(
    r"i (?:made a mistake|was (?:wrong|mistaken)|misspoke|stand corrected)", r"my mistake",
    r"(?:that|it|this|my (?:previous |earlier )?(?:answer|statement)) was (?:wrong|incorrect|not "
    r"(?:right|correct|true)|a mistake|an error)", r"sorry for the (?:confusion|mistake|error)",
    r"apologi[sz]e for the (?:\w+ )?(?:confusion|mistake|error)",
    r"(?:das|es) war (?:ein (?:fehler|irrtum)|falsch|nicht (?:richtig|korrekt))",
    r"(?:ich habe mich|da habe ich mich) (?:geirrt|vertan)", r"mein fehler",
    r"entschuldige?(?:n sie)? (?:bitte )?(?:die verwirrung|den fehler)",
)  # fmt: skip
"""An answer that takes back what was said before."""
