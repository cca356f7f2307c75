"""Phrases with which answers recommend a brand, warn against it, or say they don't know it.

English and German, in the notation of `phrases`. `stems` has a stem of each, by which a text is
searched beforehand: a phrase none of whose words is a stem there is never looked for.
"""

import re

from monitor.mentions.phrases import COMMALESS_GAP, phrases

COMPARED = phrases(
    """
(unlike|than|versus|vs|vs\\.|over|beats|beat|outperforms) X
instead of X
rather than X
compared (to|with) X
alternative* (to|for) X
(switch*|mov*|migrat*|chang*) away? from X
(replac*|leav*|left) X
(similar|superior|inferior) to X
competitor* (of|to) X
(als|statt|anstelle von|anstatt|gegenüber|ersetzt) X
im (Gegensatz|Unterschied) zu X
anders als X
im Vergleich (zu|mit) X
verglichen mit X
Alternative* (zu|für) X
(wechsel*|umsteig*) von X
von X (wechselt|wechseln|umsteigt|umsteigen)
ähnlich wie X
""",
    COMMALESS_GAP,
)
"""A brand that another one is measured by isn't judged."""

PRAISED_DESPITE = phrases("""
(can't|cannot|can not|won't|hard to) go (far )?wrong with X
NOT (overlook|forget|miss|underestimate|hesitate) (to|about)? (try|choose|pick|recommend
    |consider)? X
no reason (not|why) ~ (to|not) ~ X
(nothing|nobody|no one|few|none) (beats|tops|comes close to|can match) X
(nobody|no one) … (better|well) than X
NOT recommend X … (enough|highly)
X BE ~ (hard|tough|difficult) to (beat|top|match)
X (can't|cannot) be beaten
(mit|bei) X … (nichts|kaum) ~ falsch
(führt|kommt|geht) ~ an X … (kein|kaum|nichts|niemand) ~ (vorbei|herum)
(an|ohne) X … (führt|geht) (kein|kaum|nichts) ~ (vorbei|weg|mehr)
kein* Grund … nicht ~ X
look no (further|farther) than X
X BE ~ (unbeatable|unmatched|second to none)
""")
"""Praise that sounds like a warning or a comparison."""

WARNED = phrases("""
(avoid|avoiding) X
(steer|steering|stay|staying|keep) (far|well)? (clear|away) (of|from) X
(beware|wary|careful|cautious) (of|with|about|around) X
(don't|do not|never|shouldn't|should not|wouldn't|would not) ~ (buy|use|choose|pick|get|order
    |touch|consider) X
(don't|do not|never|shouldn't|should not|wouldn't|would not) ~ (go|start|begin|sign|sign up
    |bother|deal) (with|for) X
NOT ~ (recommend|recommending|recommended|suggest|suggesting|advise|endorse|trust|rely on
    |count on|invest in) X
NOT (think|believe|say|feel|find|consider) that? X BE ~ (good|great|best|right|reliable|worth|safe)
(advise|advised|recommend|warn|warns|warned|warning|caution|cautions|cautioned) ~ against X
(warn|warns|warned|warning|caution) you? (about|of|off) X
(warn|warned|avoid|skip|pass on|stay away from) (you|about|against)? (about|against)? (is|are
    |would be|:) X
(one|ones|brand|company|product) to (avoid|skip) (is|are|would be|:) X
think (twice|hard|carefully) (about|before) (buying|choosing|using|signing)? (up|with)? X
(i'd|i would|you should|would) (skip|pass on) X
skip X
better not ~ (buy|use|choose|pick|get|order|trust) X
(hesitant|sceptical|skeptical) (about|of) X
X (is|are|would be) ~ overkill
not worth (it|the money|your money|the price) X
(waste|wasting) ~ (money|time) on X
no longer ~ recommend X
pass on X
give X a ~ (miss|pass|berth)
look elsewhere than X
X … (look|go|shop|buy) elsewhere
X BE ~ (the|a|one) ~ to (avoid|skip|steer clear of|stay away from)
X [–—:-] (avoid|skip|not recommended|hard pass)
X BE (best|better|to be|best be)? (avoided|skipped)
X (should|must) be (avoided|skipped)
X (isn't|aren't|is not|are not|can't be|cannot be|wouldn't be|is never) (recommended
    |recommendable|trustworthy|trusted|worth it|reliable|safe)
X (isn't|aren't|is not|are not) (really|quite|actually)? worth (it|the|your|my|buying|its|their)
X (isn't|aren't|is not|are not) a (good|safe|sensible|wise) (choice|option|pick|idea)(?!\\s+for)
X (would|could|can) not ~ (recommend|be recommended)
X BE ~ (scam|rip-off|ripoff|fraud|poor choice|bad choice|bad idea|waste of money|unreliable
    |untrustworthy)
neither X … BE ~ (recommended|worth|good|reliable|safe)
(nor|neither) X … (can|could) be recommended
not recommended X
(Finger|Hände) (weg|besser|lieber)? von X
von X … (Finger|Hände) (lassen|weg|lasse)
(meide|meiden|meidet|vermeide|vermeiden) Sie? (besser|lieber)? X
X … (meiden|vermeiden|gemieden|vermieden)
(warne|warnen|warnt|gewarnt|Warnung) ~ vor X
vor X … (gewarnt|warnen|warne|warnt|Warnung|Vorsicht|hüten)
(rate|raten|rät|riet|abraten|abgeraten|abzuraten) ~ von X
von X … (ab|abraten|abzuraten|abgeraten)
Abstand ~ von X
(einen|ein) (weiten|großen|riesigen)? Bogen um X
um X … Bogen
(bei|mit) X … (Vorsicht|vorsichtig)
Vorsicht (bei|vor|mit) X
(kaufen|kaufe|kauf|nutzen|nutze|verwenden|wählen|nehmen|bestellen|buchen) Sie? ~ (nicht|nichts
    |nie|niemals) (bei|von|auf|mit)? X
(verzichten|verzichte) Sie? (besser|lieber)? auf X
(besser|lieber) nicht X
(vertrauen|verlassen) Sie? (sich)? (auf)? X … nicht
auf X … nicht ~ (verlassen|vertrauen|setzen)
(empfehle|empfehlen) X … (nicht|keinesfalls)
(nicht|kaum) ~ (empfehlen|empfehlenswert|empfohlen) (ist|sind|wäre|würde)? (ich|wir)? X
(nicht|kaum) ~ (empfehlen|empfehlenswert|empfohlen) ~ (ist|sind|:) X
(nicht|weniger) (ideal|geeignet|passend) … (ist|sind|:) X
(not|less) (ideal|suitable|suited) … (is|are|:) X
X … (scheidet|scheiden) … aus
forget (about)? X
leave X … alone
X … (nicht|kaum|keinesfalls|niemals) zu? ~ (empfehlen|empfehlenswert|empfohlen|raten|kaufen|nehmen)
X … (sein|ihr|das|den|diesen) (Geld|Preis) nicht wert
X (lohnt|lohnen) sich ~ (nicht|nie|niemals|kaum|selten)
X SEIN ~ (keine gute (Wahl|Option|Idee)|unseriös|Betrug|Abzocke)
X [–—:-] (nicht empfehl\\w+|abzuraten|meiden|Finger weg)
X (besser|lieber|eher) (nicht|meiden)
weder X … (empfehlen|empfehlenswert|gut|zuverlässig)
""")
"""Warnings against a brand."""

NOT_WARNED = re.compile(
    r"(?i:(?:no (?:need|reason)|n['’]t (?:need|have)|not (?:need|have)|nicht (?:nötig"
    r"|notwendig))\W+(?:\w+\W+){0,3}(?:avoid|steer|stay|beware|skip|meid\w*|vermeid\w*)"
    r"|kein(?:en)? grund\b|nicht nur\b)"
)
"""Denied warnings."""

PRAISED = phrases("""
(recommend|recommended|recommending|recommends|suggest|suggesting) (pick|choice|option)? X
recommendation* (is|are|would be|goes to|:) X
(go|going|start|starting|stick|sticking|starting out) (with|for) X
(opt|opting|plump) for X
(choose|choosing|pick|picking|consider|considering|try|trying|check out|checking out
    |look at|looking at) X
(lean|leaning) (toward|towards) X
(best|top|safest|first|good|great|solid|strong|ideal|perfect|smart|clear|obvious) ~ (is|are
    |would be|remains|remain|include|:) X
(favou?rites?|winners?|picks?|bet|choice|standouts?|champion) (here|overall)? (is|are|would be
    |remains|goes to|:) X
(it|that) (would|'d) (be|have to be|probably be) X
it'd be X
(vote|nod|crown|edge) goes to X
instead,? (choose|buy|get|use|take|try) X
(buy|get|take) X instead
mit X … gut beraten
give X a (try|shot|chance|go|look)
make X your
(fan|fans) of X
(point|steer|direct) (you|people|readers|beginners) (to|toward|towards) X
(happy|satisfied) with X
X BE ~ (the|your|my|our) (best|safest|winner)(?!-)
X BE ~ the one to (get|buy|beat|choose|pick)
X BE (probably|still|also|simply|just|often)? (ideal|perfect)
X (offers|offer|delivers|provides) ~ best
X deserves ~ (spot|place|look)
X BE ~ (best|top|first|safest|smartest|number-one) (choice|option|pick|overall|bet|tool|fit
    |value|all-rounder|pick)
X BE ~ (an?|the|your|my|our) ~ (excellent|great|good|solid|strong|ideal|perfect|safe|safest
    |fantastic|superb|smart|sensible|obvious|better|right|reasonable|decent|practical
    |reliable) ~ (choice|option|pick|fit|bet|all-rounder|start|place|value|alternative
    |middle ground)
X BE the (one|ones) (i'd|i would|we'd|we would)
X (makes|make) (more|most|the most) sense
X (works|work) ~ (well|great|best) (for|as|if|when)
X … (do|does|perform|performs|score|scores) ~ best
X BE ~ (highly|strongly|widely|well) recommended
X BE recommended(?!\\s+by)
X (comes|come) ~ recommended
X BE ~ (winner|champion|favou?rite|go-to)
X BE ~ (my|our) ~ (pick|favou?rite|recommendation|choice)
X BE (well|really|definitely|certainly|absolutely|also|still)? (well|really)? worth (it|a look
    |considering|trying|checking|every|a try|a closer look|the money|your)
X (stands|stand) out
X (wins|win) (in|on|here|overall|hands|the|this|for|by|out)
X wins
X (comes|come) (out|off) (on top|ahead|well|best)
X (is|are|remains|remain) the (benchmark|gold standard|go-to)
X (gets|has|deserves|earns|takes) ~ (vote|nod|recommendation|crown|top spot)
X (makes|make) ~ (choice|option|pick|fit|alternative)
(empfehle|empfehlen|empfiehlt|empfohlen) X
Empfehlung (ist|wäre|lautet|geht an|:) X
(Wahl|Entscheidung) (fällt|fiel) auf X
Tipp (ist|wäre|lautet|:) X
(sollte|solltest|sollten|würde|würden|kann|kannst|können) ~ X (nehmen|dazunehmen|wählen|kaufen
    |testen|probieren|ausprobieren|bevorzugen)
(schauen|schau|sehen) Sie? (sich|dir)? X (genauer|näher)? an
(sehr gut|hervorragend|top|erste Wahl) (ist|sind) X
(beste|bester|bestes|besten|gute|erste|klare|sicherste|ideale|empfehlenswert) ~ (ist|sind|wäre
    |bleibt|bleiben|:) X
(Favorit|Testsieger|Sieger|Spitzenreiter|Tipp) (ist|bleibt|heißt|:) X
(greif|greifen|greift) Sie? zu X
zu X ~ (greifen|raten|tendieren)
(zum|zur) X … (greifen|raten|tendieren)
(hat|haben) sich ~ X bewährt
bewährt (hat|haben) sich X
X (hat|haben) sich ~ bewährt
(probier|probiere) X
(Rat|Vorschlag) (ist|wäre|lautet|:) X
X reicht ~ (aus|völlig|vollkommen)
(fahren|fährt|fährst|fahre) ~ mit X ~ (gut|besser|richtig|am besten)
(eignet|eignen) sich ~ X
(setz|setze|setzen|setzt) Sie? auf X
(nimm|nehmen Sie|nehmt|wählen Sie|wähle|probieren Sie|testen Sie) X
rate ~ zu X
besser als ~ (ist|sind) X
zu X … (rate|raten) (ich|wir)
(wirf|werfen Sie|werft) ~ Blick auf X
(ist|sind|wäre|bleibt) X ~ (ideal|perfekt|optimal|bestens geeignet|die richtige Wahl|erste Wahl
    |beste Wahl|gute Wahl|sichere Wahl|solide Wahl|empfehlenswert)
X SEIN ~ (beste|bester|bestes|besten|gute|guter|ideale|idealer|klare|erste|sichere|hervorragende
    |starke|richtige|solide|\\w+ste) ~ (Wahl|Option|Lösung|Empfehlung|Anbieter|Favorit|Alternative
    |Adresse|Einstieg|Möglichkeit|Marke)
X SEIN ~ (am besten|Testsieger|Favorit|ideal|perfekt|unschlagbar|zu empfehlen|empfehlenswert)
X SEIN ~ (mein|unser|meine|unsere) (Favorit|Empfehlung|Tipp|Wahl)
X (kann|können|würde|würden|möchte) ICH ~ empfehlen
X (empfehle|empfehlen) (ich|wir)
X eignet sich ~ (am besten|hervorragend|ideal|besonders|gut|bestens|perfekt)
X (lohnt|lohnen) sich
X verdient ~ Empfehlung
X (bietet|hat|liefert) ~ beste* (Preis-Leistungs-Verhältnis|Gesamtpaket|Paket|Angebot)
X ~ am besten (abgeschnitten|ab|geeignet)
X (überzeugt|punktet|gewinnt)
""")
"""Praise and recommendations of a brand."""

NEGATED = re.compile(
    r"(?i:\b(?:not|never|no|cannot|hardly|nicht|kein\w*|nie|kaum)|n['’]t)\s+(?:\w+\s+){0,2}"
    r"(?:recommend\w*|suggest\w*|empfehl\w*|choose|pick|(?:go|start|begin) (?:with|for)|consider"
    r"|try|setz\w*)\b[^.]{0,60}\Z"
)
"""A recommendation before the name is negated."""
NEGATED_AFTER = re.compile(
    r"(?i:\A[^.;]{0,80}?\b(?:nicht|kein\w*|kaum|nie|niemals|selten|nur bedingt|weder)\b"
    r"(?! nur))"
)
"""A German verdict after the name is negated, the negation often last."""
SUPPOSED = re.compile(r"(?i:\b(?:whether|if|ob|falls)\W+(?:sich\W+|es\W+|the\W+)?\Z)")
"""What follows is only supposed ("whether Acme is worth it")."""

DECLINED = re.compile(
    r"(?i:(?:\b(?:i|we)\b['’]?(?:m|ve)? (?:\w+ ){0,2}?|\A\W*|[:;,] )"
    r"(?:do not|don['’]t|did not|didn['’]t|can ?not|can['’]t|could not"
    r"|couldn['’]t|was(?:n['’]t| not) able to|unable to|haven['’]t|have not)"
    r" (?:\w+ ){0,3}?(?:know(?! (?:which|whether|if|how|what|who|why|you|your|that|anyone))|find"
    r"|found|locate|verify|confirm|identify|recogni[sz]e|heard"
    r"|have (?:\w+ ){0,4}?(?:information|data|details|knowledge|access|records?|anything)"
    r"|say anything)"
    r"|(?:not|n['’]t) ring a bell"
    r"|(?:data|knowledge|sources?|information) (?:does not|doesn['’]t|do not|don['’]t) (?:\w+ )?"
    r"(?:include|contain|cover) (?:\w+ ){0,4}?(?:information|data|details|anything)"
    r"|(?:not|n['’]t) (?:[\w'’]+ ){0,4}?(?:familiar with|aware of)|never heard of|unfamiliar with"
    r"|(?:not|n['’]t) (?:\w+ ){1,4}any (?:\w+ ){0,3}?(?:information|data|details|records?)"
    r"|(?:not|n['’]t) appear in my|unknown to me"
    r"|\black (?:\w+ ){0,3}?(?:information|data|details|knowledge)"
    r"|\bno (?:\w+,? ){0,3}?(?:information|data|details|records?|knowledge|results"
    r"|mention) (?:\w+ ){0,2}?(?:about|on|for|of|regarding|available)"
    r"|\bno (?:\w+ ){0,2}?(?:company|brand|product|provider|vendor|tool|firm|service)s?"
    r" (?:\w+ )?(?:named|called|by that name)"
    r"|nothing (?:\w+ )?(?:comes|came|turns|turned) up|nothing (?:\w+ ){0,2}?(?:about|on|for) "
    r"|\bkenne (?:ich )?[^.]{0,40}\bnicht\b|nicht bekannt|nicht vertraut"
    r"|sagt mir (?:leider )?nichts|unbekannt|\b(?:nie|nichts)\b[^.]{0,40}\bgehört"
    r"|\bkeine? [^.]{0,60}\bbekannt\b|\bfehlen mir\b|nichts [^.]{0,30}\bbekannt"
    r"|keine (?:\w+ ){0,3}?(?:informationen|angaben|daten|hinweise|kenntnis\w*|details|treffer"
    r"|belege|auskunft)"
    r"|(?:konnte|kann|habe) (?:ich )?[^.]{0,60}(?:nicht|nichts|keine \w+) (?:\w+ ){0,3}?(?:finden"
    r"|gefunden|herausfinden|sagen)|weiß (?:ich )?[^.]{0,30}nichts|\bkein begriff)"
)
"""Says that nothing is known of whatever the sentence names."""
