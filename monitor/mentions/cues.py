"""Words that speak for or against a company standing at some place; everything folded."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPANY_SUFFIXES = _words("""
inc inc. corp corp. corporation company ltd ltd. limited gmbh ag se kg plc llc co co. s.a. sa nv ab
group holding holdings gruppe konzern technologies technology systems platforms labs studios brands
motors motor airlines lines airways bank energy oil pharmaceuticals foods entertainment pictures
""")
"""Stand right after a company's name."""

PRODUCT_WORDS = _words("""
app apps store stores website site online shop card cards account accounts api apis ceo cfo cto
founder founders stock shares share customers customer users employees employee executives
executive headquarters hq database databases workspace workspaces subscription subscriptions
membership phone phones headset headsets browser browsers cloud software platform platforms
service services products product devices device gift pay+ plus pro premium business enterprise
ads ad ai assistant suite tools integration integrations ecosystem brand brands branded retailer
gear guitar guitars vacuum vacuums shoes sneakers flights flight miles lounge stations station
credit debit payment payments reps spokesperson template templates page pages docs documentation
support team's team engineers lawsuit investors shareholders earnings revenue merchants partner
partners partnership marketplace seller sellers warehouse deal deals coupon coupons promo outlet
outlets catalog collection jeans laptop laptops watch watches tv tvs tablet tablets speaker
speakers earbuds headphones camera cameras cars car vehicles suv suvs trucks luggage suitcases
suitcase streaming channel originals subscribers consultant consultants license licenses licence
commercial commercials logo dashboard dashboards
pricing plan plans helpdesk hotline filiale filialen kunden kunde nutzer aktie aktien konto konten
karte karten geschaft geschafte produkte gerat gerate berater beraterin schulung
handler partner chef manager mitarbeiter sprecher vorstand zentrale werk werke server lizenz
lizenzen schnittstelle abo plattform gebuhren gebuhr konferenz konferenzen nachricht nachrichten
kanal gutschein gutscheine bestellung bestellungen paket pakete lieferung handy handys smartphone
smartphones tarif tarife modell modelle laden rechnung nutzung kundin
""")
"""Stand right after a company's name used as an adjective ("the Target app")."""

PREDICATES = _words("""
company companies corporation brand brands retailer retailers airline airlines carrier provider
providers vendor vendors manufacturer maker platform app tool tools software service startup bank
insurer publisher network operator supplier firm giant conglomerate marketplace chain store shop
website browser messenger crm product suite solution solutions database automaker carmaker
headquartered founded subsidiary acquired ipo stock ceo market-leader competitor competitors rival
rivals alternative alternatives subscription unternehmen firma konzern anbieter hersteller marke
handler plattform werkzeug softwarehaus dienst bank versicherer fluggesellschaft netzbetreiber
umsatz gewinn quartal quartalszahlen borse borsenwert anleger investoren marktanteil eigenmarke
eigenmarken sortiment filiale filialen revenue profits earnings shareholders investors
einzelhandler handelskette kette tochter mutterkonzern gegrundet hauptsitz wettbewerber konkurrent
konkurrenten alternative losung sitz mobilfunkanbieter
""")
"""Say somewhere in a sentence that it is about companies or their products."""

COMPANY_VERBS = _words("""
offers offer provides sells makes announced announces launched launches released releases acquired
acquires unveiled introduces introduced supports lets allows enables helps charges ships delivers
operates owns runs competes partners partnered expanded expands reported reports says said claims
manufactures produces builds develops developed designs specializes specialises focuses integrates
includes comes remains leads dominates excels shines stands ranks wins won beat beats tops earns
gives gets has had sued hired employs raised raises invests invested plans bought merged rebranded
selbst itself
dropped cut cuts boasts features combines carries stocks markets advertises bundles recalled owned
faces faced published publishes hosts processes accepts keeps uses used works wants tends flies
serves sold made paid moved joined handles handled manages tracks automates connects creates
covers costs requires brings holds sits targets serves powers rents grew hires pays trails lags
lost loses sees saw sits started starts became becomes confirmed denied appointed posted closed
opened opens filed agreed recently also still now currently bietet verkauft stellt baut entwickelt
liefert hat uberzeugt punktet gehort betreibt kundigte fuhrt ermoglicht setzt unterstutzt wirbt
wachst investiert meldet kooperiert verlangt integriert eignet gilt bleibt kostet produziert plant
hatte brachte bringt startet startete ubernahm ubernimmt berichtet berichtete schreibt schrieb
titelt titelte veroffentlicht veroffentlichte erscheint zitiert enthullte zahlt kauft kaufte
bot meldete stellte kaufte kundigt machte hiess verdient verdiente zahlte will muss darf kann
streicht entlasst verliert verlor gewinnt schliesst offnet rose fell rises falls slipped climbed
tumbled outsells outsold recalls pulled overtook settled stopped shows looks ended
discontinued went supplies staffs fliegt zeigt liegt verspricht
""")
"""A company can do these."""

COPULAS = _words(
    "is was are were will can may might must should does did ist war sind wird kann konnte muss"
    " darf soll sollte will wollte would could isn't doesn't"
)

OBJECTS = _words("""
the a an this these those my your our their his her its them him me us someone people how what
why where whether when
""")
"""Right after a word that begins an English sentence they make it a verb ("Target your …")."""

BRAND_PREPOSITIONS = _words("at from by via bei unlike than versus vs vs. including")

GERMAN_PREPOSITIONS = _words(
    "von bei mit durch gegen fur an zu wie als statt neben gegenuber uber laut"
)
"""Without an article after them a German noun in the singular is mostly a name."""

RELATIVES = _words("""
mr mrs ms miss uncle aunt daughter son baby named herr frau onkel tante opa oma tochter sohn vetter
cousine namens
""")
"""Right before a name they make it a person's."""

LANDSCAPE = _words("""
valley river county beach lake springs creek mountain mountains hill hills island islands canyon
falls bay cove ridge pass township avenue boulevard lane nebula constellation fluss tal see insel
""")
"""Right after a name with a capital they make it a place's ("Apple Valley")."""

DETERMINERS = _words("""
a an the this that these those your my our their his her its each every any some no another which
what der die das den dem des ein eine einen einem einer eines kein keine keinen im zum zur vom am
ins dieser diese dieses diesem diesen jeder jede jedes ihr ihre ihren mein meine dein deine unser
unsere seine seinen zwei drei beide first second one two three four many few
several more most enough other
""")

FUNCTION_WORDS = DETERMINERS | _words("""
of and that who can need in should with often are use which must is to but else about as for on at
by from or if so than then when where while how why it they we you i he she was were be been being
not very too also into over under up down out off after before between behind through until since
during against without within do does did has have had will would may might let's always never just
only ist und oder von mit fur auf aus bei nach zu zwischen der die das wie als wenn aber nicht
""")

POSSESSIVES = _words("sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer")
"""Right after a German name they show that it owns something."""

LIKE_ADJECTIVES = _words("""
empfehle nutze benutze verwende habe finde nehme kaufe kenne meide bevorzuge wer oder aber uber
unter immer wieder hier
""")
"""German words that end as adjectives do and are none."""

OPENING_WORDS = _words("""
neither either both although though even like since unless whenever because once yet today yesterday
unlike per heute gestern trotz dank weder sowohl obwohl selbst sogar
""")
"""Begin sentences, besides small words, verbs and the words of labels."""

GAZETTEER = _words("""
google microsoft samsung sony ibm sap salesforce hubspot netflix spotify walmart costco ebay etsy
facebook instagram whatsapp youtube tiktok twitter linkedin pinterest snapchat reddit airbnb uber
lyft paypal mastercard amex revolut n26 klarna adyen nvidia amd intel qualcomm broadcom
tsmc asus acer lenovo dell hp huawei xiaomi oppo oneplus motorola nokia lg panasonic philips
siemens bosch miele dyson irobot roomba roborock bissell eufy anker logitech razer corsair
steelseries jbl bose sennheiser beyerdynamic audio-technica yamaha ibanez epiphone roland nike
adidas reebok asics saucony hoka lululemon zara uniqlo primark h&m asos nordstrom macy's kohl's
kroger safeway aldi lidl rewe edeka ikea wayfair toyota honda hyundai kia nissan mazda subaru
volkswagen vw audi bmw mercedes mercedes-benz porsche volvo polestar tesla rivian byd nio
stellantis renault peugeot citroen fiat opel skoda chevrolet cadillac lexus acura exxon exxonmobil
bp totalenergies aramco equinor eni repsol conocophillips vodafone telekom t-mobile verizon at&t
o2 telefonica bouygues swisscom bt ee lufthansa ryanair easyjet jetblue emirates qatar klm qantas
unilever danone pepsico coca-cola pepsi starbucks mcdonald's pfizer novartis roche bayer
basf moderna astrazeneca sanofi openai anthropic deepmind mistral cohere perplexity chatgpt
copilot evernote obsidian clickup asana trello jira confluence wrike smartsheet airtable coda
figma canva miro webex skype telegram whatsapp snowflake databricks mongodb postgresql mysql redis
splunk workday servicenow netsuite shopify woocommerce magento squarespace wix wordpress mailchimp
activecampaign pipedrive zoho freshworks zendesk intercom twilio okta cloudflare akamai aws azure
gcp cisco vmware dropbox docusign adobe autodesk atlassian github gitlab jetbrains zalando
mediamarkt deichmann allianz axa zurich geico allstate usaa schwab robinhood coinbase binance citi
jpmorgan hsbc barclays commerzbank santander disney hulu paramount hbo nbcuniversal warner gopro
garmin fitbit oculus htc pico samsonite rimowa travelpro monos briggs tumi whirlpool frigidaire
haier kitchenaid breville cuisinart vitamix ninja keurig nespresso delonghi gaggia cisco fortinet
crowdstrike kaspersky
""")
"""Well-known names that are no everyday words: company among which a company stands."""

SHORT_WORDS = _words("""
sap us am go me my act aid all arm art ask cat dec eat get hat hit lot man mit now one ran sea see
set sun tag was ups visa next post asap data base core rise gap ehe eon
""")
"""Everyday words that are company names where written in capitals only."""
