"""Words that tell a list's heads apart: names, labels of picks, attributes, steps.

Everything is lower-case and without accents or plural forms where those only add an s or e.
"""

import re

_GENERIC_EN = """
ability accessibility accessory accessories account accuracy action active activity adapter
additional adjustable advanced advantage affordability affordable age alternative amazing analysis
analytic answer app appearance application approach area aspect assembly assistance audience audio
authentication automatic automation availability available average award background backup bag
balance balanced bang bar base based basic basics bass battery beginner benefit best better big
billing blade bluetooth body bonus book both bottom box brand bread bright brightness broad
browser brush bucket budget budgeting build buck build built bundle business button buy buyer
buying cable calendar camera campaign cancellation capability capacity car carbon card care carry
cartridge case cash category caveat cell challenge charge charger charging cheap check checklist
checkout child chipset choice choose choosing class classic clean cleaning clear click client
climate close cloud code coffee collaboration color colour combo comfort comfortable command
comment commercial common communication community company comparison compatibility compatible
competitive complex complexity compliance component con concern conclusion conference connection
connectivity cons consider consideration consumer contact contender content context contract
control convenience convenient cooling core corded cordless cost cover coverage create creative
creator credit criteria crm cuisine current custom customer customizable customization cut cycle
daily data database date day deal debt decent decision deep default definition delivery demo
dental depth description design desired desktop detail developer device diet difference digital
dimension disadvantage discount display distance documentation dog door downside drawback drive
driving durability durable duration dust each early ease easy eco eco-friendly economic ecosystem
education educational effect effective efficiency efficient electric email end energy engine
enterprise entertainment entry environment environmental equipment ergonomic ergonomics essential
estimated ethical evaluation event everyday example excellent expensive experience expert extra
fabric fabrics fact factor fair family fan fashion fast favorite feature fee feedback feel field
final finance financial finding fine finish first fit fitness flavor flexibility flexible food
foot forecast form format free freedom french frequency friendly fuel full function functionality
fund future gaming gear general generation gift global goal good grade graphics great grip group
growth guarantee guide guideline hair hand handle handling hardware head health healthy heat
height help hidden high highlight history holiday home honorable hotel household how hybrid idea
ideal identity impact implementation important improvement in-depth inclusive independent indie
individual indoor industry information infrastructure ingredient initial innovation innovative
installation insurance integration interaction interest interface interior internal international
internet introduction investment issue item job keep key keyboard kid kitchen knowledge label
language laptop large latency latest launch layout lead leading learn learning length level
library license life lifespan lifestyle light lightweight limit limitation limited line link list
listening live local location long look love low luxury machine main maintenance major management
manager manual manufacturer market marketing marketplace material max meal measurement media
medium meeting membership memory mention menu method mid mid-range midrange minimum mix mobile
mobility mode model modern money monitor monitoring monthly more motor mount movie multi multiple
music name natural navigation need network new next niche night noise note noteworthy notable
number nutrition offer offering office official offline on-site online open operation option
optional order organization other outdoor output overall overview own pack package pad page panel
parent part party password payment people performance period permission person personal
personalization pet phone photo physical pick picture place plan planning platform play player
playing pocket point policy pool popular popularity port portability portable position possible
potential power powerful practical practice preference premium preparation presentation price
priced pricing primary printing priority privacy pro problem process processor product
productivity professional profile program project pros protection protocol provider public
purchase purpose quality question quick quiet range rate rating read reading reason recap
recommendation recommended recording recycled reddit refund region regular regulation reliability
reliable remote repair replacement report reporting reputation requirement research resistance
resolution resource response responsive result retail retailer return review reward right risk
road room routine runner-up running safe safety sale sample satisfaction save saving scalability
scalable scale schedule school score screen seamless search season seat second secondary section
security selection self sensor series service session set setting setup several shape share
shipping shoe shop shopper shopping short side signal similar simple simplicity single site size
skill skin sleep small smart social software solid solution sound source space speaker special
specialized specialty specific specification specs speed sport sporty stability staff standard
start starting startup statistic status steel step stock storage store strategy streaming strength
strong student studio style stylish suction suitability suitable suite summary support sure
sustainability sustainable system table takeaway target tax team technical technology template
term test testing text theme thing thought tier time tip tool top total touch track tracking
trade-off trade-offs tradeoff tradition traffic training transparency travel traveler trend trendy
trial true trust try turn type typical ultimate unique update upgrade upside usability usage use
user utility vacation vacuum value variant variety various vegan vehicle verdict versatile
versatility version video view vinyl volume wall warning warranty wash waste watch water way
weakness wear weather web website week weekly weight wheel who why wide width wifi wi-fi window
winner wireless women word work workflow workout world worth year your men man woman my our their
its his her this that these those what when where which whether not is are was be can will should
do does if you we they it i so but than then too very most less least many few all any some every
one two three four five six seven eight nine ten popular-choice runner up also still yet only just
about after before during while under over between without within per via vs versus against into
onto off out by at from as to of in on for with and or the a an no ad ads editor editors nice
reader choice awards honourable step pricey things traits
"""
_GENERIC_DE = """
der die das den dem des ein eine einen einem einer und oder mit ohne fur von vom zu zum zur bei
beim im in am an auf aus nach uber unter vor als wie was warum wann wo wer welche welcher welches
ist sind kein keine nicht auch noch nur sehr mehr weniger alle alles jede jeder jedes viele einige
mein meine ihr ihre ihren sein seine unser unsere dein deine deinen euer preis preise kosten
leistung qualitat vorteil vorteile nachteil nachteile funktion funktionen eigenschaft
eigenschaften merkmal merkmale akku akkulaufzeit kamera bildschirm display speicher gewicht grosse
design material verarbeitung bedienung bedienbarkeit benutzerfreundlichkeit datenschutz sicherheit
support kundenservice service kundendienst integration integrationen schnittstelle schnittstellen
zielgruppe einsatz einsatzbereich einsatzgebiet anwendung anwendungen budget fazit hinweis
hinweise tipp tipps empfehlung empfehlungen auswahl kriterium kriterien faktor faktoren wichtig
wichtige beste bester bestes besten top gut gute guter gutes guten gunstig gunstige gunstiger
preiswert preis-leistung preis-leistungs-sieger sieger testsieger alternative alternativen
anbieter hersteller marke marken produkt produkte modell modelle option optionen ubersicht
vergleich zusammenfassung frage fragen antwort beispiel beispiele stand stark starke starker
schwach schwache schwachen starken besonderheit besonderheiten besonders allgemein allgemeine
einfach einfache einfacher schnell schnelle hoch hohe hoher niedrig niedrige kleine kleiner
kleines grosser grosses kostenlos kostenlose kostenloser flexibel flexible umfangreich
umfangreiche weitere weiteres weiterer sonstige bekannt bekannte beliebt beliebte ideal optimal
geeignet unternehmen firma firmen kunden nutzer team teams mittelstand konzern konzerne einsteiger
anfanger profis profi familien kinder schritt schritte anleitung losung losungen software hardware
cloud daten datenbank analyse berichte bericht automatisierung zusammenarbeit verwaltung
installation einrichtung wartung garantie lieferung versand zahlung lieferzeit verfugbarkeit
laufzeit vertrag vertragslaufzeit geschwindigkeit reichweite komfort ausstattung klang sound bild
saugkraft lautstarke umwelt nachhaltigkeit energie energieeffizienz quelle quellen test tests
erfahrung erfahrungen bewertung bewertungen meinung grund grunde ziel ziele bedarf anforderung
anforderungen kurz kurzantwort kurzfassung kurzempfehlung kurzum ergebnis zusammengefasst
"""


def words_of(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


GENERIC = words_of(_GENERIC_EN) | words_of(_GENERIC_DE)
"""Words of which labels, attributes and categories are made."""

_ENDINGS = re.compile(
    r".{4,}(?:ness|ility|ation|ition|ment|ance|ence|ability|ization|ing|ship|ities|ations|ments"
    r"|ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tat|taten|freundlichkeit|leistung"
    r"|vergleich|ubersicht|beratung|empfehlung|checkliste|anbieter|alternativen|erfahrungen"
    r"|kosten|preis|service|schutz|dauer|zeit|grosse|auswahl|able|ible|ful|less|ative|based"
    r"|friendly|range|focused|quality|resistant|free|lich|liche|licher|ische|ischer|bar|bare)"
)


def is_generic(word: str) -> bool:
    """Whether a folded word may stand in a label or attribute, so says nothing of a name."""
    if word in GENERIC:
        return True
    if word.endswith(("s", "e")) and word[:-1] in GENERIC:
        return True
    if word.endswith("es") and word[:-2] in GENERIC:
        return True
    if "-" in word:
        return all(is_generic(part) for part in word.split("-") if part)
    return _ENDINGS.fullmatch(word) is not None


_STEPS = words_of(
    """
    open click go visit navigate select enter install download log sign create check measure
    determine identify define set make ask avoid compare contact ensure consider look read
    research start verify review test type press tap scroll follow connect configure import
    export add remove upload save run learn prioritize assess evaluate plan decide know think
    understand begin find search apply submit wait call write migrate collect file escalate get
    gather request report document keep save pay book cancel offnen offne klicken
    klicke gehen geh besuchen wahlen wahle geben installieren laden melden erstellen prufen
    prufe messen bestimmen definieren vergleichen vergleiche kontaktieren achten achte lesen
    starten testen uberlegen uberlege planen fragen suchen folgen verbinden
    """
)
"""The imperatives with which an instruction begins."""
_FIRST_WORD = re.compile(r"\w+")
_NUMBERED_STEP = re.compile(r"(?:step|schritt) \d+\b")


def is_step(line: str) -> bool:
    """Whether a folded line begins with an instruction, or calls itself a step."""
    first = _FIRST_WORD.match(line)
    if first is None:
        return False
    return first[0] in _STEPS or _NUMBERED_STEP.match(line) is not None


PICK_LABEL = re.compile(
    r"(?:the |my |our |die |der |das |mein |meine )?(?:\d+\. )?(?:best\b|top\b|overall|winner"
    r"|runner"
    r"|budget|premium|value|cheapest|editor|honou?rable|also |another |most |great |good |for \w"
    r"|pick|choice|recommended|suggested|empfohlen|favou?rite"
    r"|number|no\. ?\d|nr\. ?\d|#\d|rank|option|alternative|luxury"
    r"|mid-?range"
    r"|beste|bester|bestes|top|sieger|testsieger|preis-leistung|fur \w|empfehlung|favorit|platz"
    r"|gunstigst|geheimtipp|allrounder|alternativ|option|ideal)"
)
"""A label after which the picked name stands ("Best overall: …", "Preis-Leistungs-Sieger: …")."""

ATTRIBUTE = re.compile(
    r"\b(?:price|cost|manufacturer|maker|made by|brand|developer|founders?|founded|ceo"
    r"|headquarters|hq"
    r"|owner|parent|company|platforms?|processor|chip|os|operating system|where to buy|buy"
    r"|available"
    r"|retailers?|website|warranty|materials?|integrations?|compatib\w+|competitors?|preis|marke"
    r"|hersteller|anbieter|entwickler|sitz|besitzer|konkurrenten|integrationen)\b"
)
"""A label after which a property stands, even where that is a company's name."""

PROPERTY = re.compile(
    r"\b(?:where to buy|sold (?:at|by)|specs?|specifications?|made by|developer|founded"
    r"|headquarters|parent company|processor|chip|erhaltlich bei|wo kaufen|technische daten"
    r"|entwickler)\b"
)
"""A label after which never a pick stands, however it is set."""

NO_NAME = re.compile(
    r"(?:auf|bei|beim|im|per|mit|nach|zum|zur|careful with|be wary of|beware of"
    r"|(?:vorsicht|achtung) (?:bei|mit))\b"
)
"""With these folded words no name begins."""

STATED = re.compile(r"\b(?:ist|sind|war|waren|hat|haben|is|are|was|were|has|have)\b")
"""One of these makes a sentence of a head."""

PRODUCT_LINES = words_of("nest fitbit ring eero blink beats soundcore eufy quest xbox")
"""Well-known lines of products that bear their owner's name before their own ("Google Nest")."""
