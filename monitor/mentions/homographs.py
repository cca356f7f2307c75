"""Company names that are also everyday words, and the company such words keep.

Each entry, continued on indented lines: `name [flags] > words right after > words right before >
topics of the brand > topics of the word`. Everything is folded; topics are looked for in the same
sentence first, then in the whole answer. Flags: `n` also a German noun (so a capital says nothing
in German), `p` also a proper name or weekday (so a capital says little), `c` a word that needs an
article (so without one it hardly begins a sentence), `t` a brand that takes one in German ("der
Spiegel").

A name that isn't listed is decided by the general evidence alone.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from monitor.mentions.cues import DETERMINERS

_LINES = """
apple c > pie pies juice cider tree trees orchard orchards sauce crumble strudel tart turnover
    vinegar slice slices picking crisp cake butter core cores peel blossom blossoms varieties
    variety seeds skins muffin muffins fritters farm farmer farmers growers harvest wood cobbler
    chips corps records martini > big pine pink green red baked adam's candy rotten crab custard
    granny > iphone ipad id pay music
    watch
    mac macbook macos ios imac airpods watchos siri icloud cupertino cook app appstore vision
    safari itunes > fruit fruits fibre fiber snack orchard cinnamon recipe bake baking pear pears
    vitamin harvest
    pie cider dessert
meta nc > description descriptions tag tags data title titles analysis analyses analyse analysen
    study studies ebene ebenen level keywords keyword information informationen information-based
    theory question game narrative discussion commentary modern physics programming learning-based
    tagged beschreibung beschreibungen studie studien diskussion tags-based fields element
    elements refresh robots key class > a very so too more super > facebook instagram whatsapp
    zuckerberg
    quest oculus llama threads metaverse vr reality platforms ads messenger ray-ban > html seo
    serp headline snippet crawler head webpage psychology emacs django keyboard tastatur
visa nc > application applications requirement requirements interview interviews status sponsor
    sponsorship free freie freiheit category categories type types extension holder holders
    process processing fee fees office policy waiver exemption appointment rules regulations
    antrag antrage bestimmungen pflicht stelle kategorie verfahren formular free-travel run
    overstay lottery stamp entry on photo documents support service > tourist student work travel
    schengen entry transit h-1b h1b e-visa business residence your valid spouse visitor fiance
    nomad immigrant golden us touristen arbeits studenten required > mastercard amex card cards
    credit
    debit payment payments contactless paypal issuer bank checkout kreditkarte kreditkarten
    zahlung zahlungen bezahlen > embassy passport arrival immigration consulate tourist stay
    border travel visum botschaft reisepass einreise green residency citizenship abroad
delta npc > variant variants variante wave force between blues encoding compression time lake
    function hedging hedge value values neutral sigma t x y z h n connection works-like region
    wing of smelt
    waters robot faucets faucet rays barrage v encoding-based varianten welle > nile mississippi
    mekong the river danube ganges okavango niger fluss greek camp alpha small large > airline
    airlines flight flights skymiles atlanta united jetblue southwest american lufthansa airways
    miles airport fly flies carrier alliance skyteam lounge lounges > covid coronavirus omicron
    lambda omega griechische griechischen buchstabe buchstaben letters river option options strain
    calculus math greek delta-epsilon gamma vaccine sediment wetlands infection nato phonetic
    alpha bravo charlie echo foxtrot tango faucet handle cartridge
target c > salden saldo audience audiences market markets group groups price prices date dates
    language heart weight customer customers demographic demographics user users practice
    acquisition zone point number values value state keyword keywords species temperature gruppe
    gruppen zielgruppe completion return practice roles industry persona personas segment segments
    achievement rate level output cell organ protein speed revenue specific clear your high the
    those companies accounts account-based your-audience url page retirement network costing archery
    framework wert werte bereich range ranges > moving on soft easy a your our
    primary ideal revenue annual sales emissions set hit meet reach missed main potential bullseye
    off to > walmart kmart kohl's store stores retailer retailers shop shopping redcard amazon
    costco circle minneapolis checkout shelves grocery drive aisles > goal goals growth number kpi
    marketing archery objective audience aim
shell nc > zugang script scripts scripting command commands prompt company companies jacket jackets
    skript
    skripte injection access environment variable variables session layer layers material built-in
    history account user expansion beach game shock fish pasta scripting-based bean beans
    fragments eruptive corporation-less structure steaks jacken jacke of and > sea unix linux bash
    soft hard lightweight egg turtle tortoise eggs hardside outer protective secure reverse snail
    polycarbonate nut taco restricted command login zsh powershell waterproof body > oil gas bp
    exxon exxonmobil chevron totalenergies aramco petrol fuel stations station royal lng dutch
    refinery refineries energy petroleum tankstelle tankstellen mineralol renewables ev aral
    recharge barrel > terminal bash zsh linux unix command prompt egg crab turtle seashell beach
    snail luggage suitcase jacket waterproof insulation polycarbonate mollusc python bashrc
gap nc > between year years analysis analyses in analyse analysen insurance filling fillers is
    widens junction theory semester size report for closing assessment cover that of width > pay
    wage gender skills the a knowledge generation mind bridge gaps trade achievement digital
    funding income wealth price close wide credibility thigh tooth orgasm lohn > jeans clothing
    clothes apparel navy denim hoodies hoodie banana athleta retailer fashion uniqlo h&m zara
    shirts basics kids store stores shops malls old > wage gender skills gulf divide differenz
notion c > that of is-wrong behind as which about seems whether > the a any this that vague no
    whole
    very some common basic popular abstract traditional absurd preconceived mere romantic same
    strange outdated > notes workspace docs wiki database databases evernote obsidian coda clickup
    asana trello confluence templates template app notetaking note-taking onenote productivity
    kanban seite vorlage vorlagen notizen slack airtable > philosophy concept kant belief idea
    reject dispel
oracle c > of bone bones cards card problem deck decks reading turing machine machines access
    attack
    attacks readings networks contract contracts karte
    karten that > delphic blockchain price ancient test the
    an sibylline padding random chainlink greek > database databases cloud sap erp java ellison
    netsuite oci mysql peoplesoft salesforce ibm microsoft fusion sql datenbank datenbanken
    exadata autonomous crm austin postgresql db workday > delphi omaha apollo prophecy pythia greek
    temple priestess matrix prophet blockchain smart chainlink defi tarot crypto delphischen
orange n > juice juices peel peels zest tree trees blossom blossoms county coast colour color
    colored coloured light lights order slice slices saft farbe flavor flavour flavored
    is-the-new wine
    cat cats marmalade chicken line river revolution agent book segments grove groves jumpsuit
    alert theory pekoe amp amps is-the > agent blood bright fresh an navel burnt seville
    mandarin dark deep neon red the
    clockwork squeezed wear wears wearing ausgepresste eine einer rote > telecom telecoms
    vodafone mobile sim france
    operator telefonica roaming broadband 5g 4g fibre prepaid t-mobile telekom carrier bouygues
    sfr netz mobilfunk tarif tarife belgium esim telco > fruit colour color paint painted wear
    wears shirt dress walls palette teal lemon citrus vitamin
    william prince nassau wilhelm prinz blau rot gelb grun komplementarfarbe farbton green red blue
    pink juice yellow purple grapefruit apple
    apples banana bananas farbe zitrone obst gelb paint trump
amazon p > rainforest river basin jungle forest region warrior warriors delta tribes tribe queen
    parrot regenwald fluss gebiet deforestation > the brazilian lower upper peruvian river > prime
    order reviews delivery aws alexa kindle marketplace walmart ebay bezos seller sellers fba
    ships shipping online store warehouse retailer echo fire audible cloud azure buy > rainforest
    river brazil jungle deforestation species tribes regenwald brasilien piranha biodiversity
zoom n > in out on lens lenses level levels into range feature camera cameras call calls-quality
    function bar stufe optical digital objektiv effect button ratio faktor through > optical
    digital to the camera x can hybrid 3x 5x 10x telephoto optische digitale optischer optischen
    optischem pinch > meeting meetings webinar webinars teams video-conferencing webex skype call
    calls conferencing videoconferencing meet slack participants transcription otter
    videokonferenz videokonferenzen > lens camera lenses telephoto photography focal pinch kamera
    objektiv telescope sensor
slack > off in time tide the line variable in-the > cut the some no little pick up any enough >
    channels channel messaging teams workspace discord chat salesforce message collaboration
    integration integrations notion asana zoom jira trello > rope tension
monday p > morning mornings afternoon evening night to through blues is-a mornings-only and
    night-football motivation > on every last next by until this from each cyber easter blue black
    bank-holiday since am per the am-naechsten ab seit bis jeden > asana trello clickup jira
    boards board crm workflow workflows wrike project-management automations kanban notion
    smartsheet workspace > tuesday wednesday thursday friday saturday sunday weekend week dienstag
    mittwoch freitag
teams n > of and that who can need in should with often are use which must using looking working
    from mit von die > your small large remote sports both sales our agile marketing distributed
    for many enterprise other most engineering development product the creative support all
    international it cross-functional dev global different fur kleine grosse verteilte hybride
    growing > microsoft zoom slack webex meet office 365 outlook sharepoint copilot skype onedrive
    call calls meeting meetings videokonferenz > players league squad
edge > of case cases computing device devices cloud location network server node over ai detection
    to sharpness functions lit > the an cutting competitive leading bleeding on over slight
    straight table knife rough water giving outer > chrome firefox browser safari microsoft bing
    copilot chromium brave opera extension windows vivaldi > cliff blade knife
office > work space spaces building buildings chair chairs worker workers hours setups setup
    supplies manager furniture job desk use desks tasks environment environments politics party
    lease address administrator monitor productivity at in visits visit > home the an our your
    your-home back front head post for box corner oval their his her dentist's doctor's law
    regional main sales branch > word excel powerpoint 365 microsoft outlook libreoffice onedrive
    openoffice license > chair ergonomic commute desk
square nc > feet foot footage meters metres meter root inch inches miles mile brackets kilometers
    in garden one enix dance off size shape shaped > times the a town red union trafalgar
    washington public leicester market central per main village perfect madison > pos payments
    register stripe paypal terminal reader checkout block cash-app clover shopify toast > geometry
    rectangle triangle
stripe c > pattern patterns shirt of down on > pin red blue the a racing white black landing
    single
    striped > payments payment paypal adyen api checkout braintree billing square klarna connect
    gateway fintech merchants > zebra fabric
box nc > of office set spring sets plot and with in jump to score cutter truck contents springs >
    the a black mailbox sand this lunch gift cardboard in-the check text dialog tool search drop
    juice big > dropbox drive onedrive storage sharepoint cloud egnyte files content > cardboard
    parcel package
discover > how the new what more your a why hidden and local that amazing this our all which
    weekly > to you will can and > card cards visa mastercard amex cashback credit chase > explore
chase > after down scene scenes sequence the for and a > a car wild the to police cut high-speed
    paper > bank card cards sapphire credit freedom jpmorgan checking citi amex wells checking
    fargo visa ultimate > police dog
progressive > overload web enhancement rock loading lenses muscle jackpot party disclosure
    policies movement relaxation jpeg delivery taxation taxes era > more a politically very >
    insurance geico allstate insurer insurers auto premium premiums policy usaa farm > politics
    democrat liberal weights
sprint n > planning review retrospective backlog goal goals retro finish race > a the each next
    final two-week per every first > t-mobile verizon at&t carrier wireless network > scrum agile
    athlete
mint > leaves leaf tea chocolate flavor green condition sauce chip julep extract > fresh in
    peppermint the royal us garnish dried chopped > ynab budgeting intuit budget credit-karma
    mobile carrier personal-finance verizon > herb garnish tea cocktail
signal nc > strength quality to processing noise loss path booster flow is bars chain > the a
    strong weak wifi cell gps traffic warning clear buy audio smoke no mobile > whatsapp telegram
    messenger encrypted encryption messaging app privacy threema > frequency antenna amplifier
threads > of per and in count that are > the multiple cpu screw multi cotton two loose worker all
    > instagram meta twitter mastodon bluesky x social > needle cpu sewing
java p > island sea coffee > west central east island > sdk jvm jdk kotlin spring oracle
    programming code c++ python javascript class api android > indonesia jakarta sumatra bali
shark c > tank attack attacks bait fin fins teeth week species infested cage skin bite oil
    cartilage
    diving > great white whale tiger loan hammerhead bull nurse card pool the > vacuum vacuums
    dyson ninja cordless navigator stratos robot bissell hoover steam roomba > ocean fish surfer
    teeth predator
puma nc > concolor shoe-less population populations habitat cub > wild a the mountain > shoes
    sneakers nike adidas running sportswear reebok asics jersey > cat wildlife cougar animal
jaguar nc > population populations habitat cub species conservation spot > wild black a the > car
    cars rover sedan i-pace suv ev luxury bmw vehicle > cat rainforest wildlife predator leopard
hoover > dam institution administration tower institute up > herbert j. edgar president to >
    vacuum vacuums dyson shark bissell cordless windtunnel > dam president depression
genesis np > of block chapter story creation 1:1 account project-less > book the sega > gv70 gv80
    g80 g90 hyundai luxury suv ev sedan lexus bmw electrified car > bible book creation god
    testament exodus phil collins
lucid > dream dreams dreaming interval dreamer explanation and > a more very remarkably > air
    gravity ev motors tesla sedan electric rivian > dream sleep writing
nest c > box egg eggs building of site material empty boxes > bird birds empty a the love crow's
    hornet's wasp > thermostat google wifi cam hub ring ecobee doorbell > bird egg hatch twig
beats > per the all up a out any expectations everything most many them down > it that heart drum
    hip-hop binaural this nothing always clearly > headphones earbuds studio dre apple solo fit
    sony bose airpods > rhythm heartbeat drums tempo
focal > length lengths point points plane distance range seizure > the a short long > headphones
    speakers bathys utopia clear stellia > lens aperture camera
fender c > bender flare flares liner rear > front the bike a car rear left right > guitar guitars
    stratocaster telecaster gibson bass amp amps strat cd-60s acoustic > car bumper bicycle
seagull c > poop cries species > a the herring flock > guitar guitars s6 cedar acoustic yamaha
    fender > bird beach gull seaside
max np > amount out width height of heart speed payload number and value capacity load power > the
    a to pro iphone mad at air 17 16 15 14 13 airpods your mini ist kawasaki friend named uncle
    brother > hbo netflix hulu streaming disney series shows warner movies > maximum limit
peacock c > feathers feather blue chair spider > a the male indian white > netflix hulu streaming
    nbc nbcuniversal paramount sports max shows subscription > bird feathers tail
shudder > at to and when > a i with to i'd will > horror streaming netflix amc movies films > fear
    cold
universal > basic serial remote design language truth healthcare access symbol appeal
    compatibility fit mount credit usb declaration time income health adapter > a more the nearly
    almost > pictures studios disney movies warner films film paramount orlando streaming > truth
    rights
nothing > is to but else can about more beats like special in that much against happens > there
    say have know with for almost next absolutely do all is or > phone ear carl pei glyph oneplus
    smartphone cmf > nichts
honor > code roll system killing of the guard your to our this society > in an your to the guest
    medal maid of > phone phones magic huawei smartphone xiaomi foldable oppo > duty respect
pixel n > density art count size sizes perfect tracking peeping per > a per each dead the single
    tracking facebook meta > google phone pro 7a 8a 9a android samsung iphone > image resolution
    grid
away > from with game team to in on for and goal > go far right get stay put run give take walk
    give straight keep throw turn fade get-away pass > luggage suitcase carry-on suitcases
    samsonite rimowa monos travelpro > distance
revolve > around > to they it which > swimwear dress dresses designer fashion nordstrom shopbop
    clothing > rotate orbit
rev > up limiter counter the > to > transcription otter captions transcript audio sonix trint
    descript > engine rpm motor
otter nc > species pups pup habitat box > sea river a the giant > transcription meetings fireflies
    notes zoom transcript > animal river wildlife
fireflies > glow and are light > the catch > transcription meetings otter notes ai sales > insect
    summer night glow
loom > large over of on > to a hand the weaving power > video screen recording async record
    vidyard > weaving yarn fabric
linear > algebra regression function equation programming growth model relationship equations
    motion time actuator > a non more > jira issue issues asana roadmap sprints tracker > math
    slope
arc c > of length welding welder reactor > the an story narrative character > browser chrome
    safari
    tabs intel > circle electricity
bolt c > action cutters head of cutter > lightning a the nut usain > uber lyft ride e-scooter taxi
    grab chevrolet chevy ev > screw nut
lime c > juice wedge green zest tree water > key a fresh the squeeze > scooter scooters bird uber
    bikes > lemon citrus cocktail
bird c > species watching feeder song flu bath of feeders house > a the early big each > scooter
    scooters lime e-scooters > wings feather
swift > action response and change > taylor a > suzuki ios apple xcode kotlin code acer payments
    bank bic > singer
rust > belt on prevention spots resistant proof > the surface to > programming cargo memory-safe
    compiler c++ go > corrosion iron
brave > new enough and the > be a very the > browser chrome firefox privacy ads edge search >
    courage
opera > house singer singers glasses > the an soap grand rock italian > browser chrome firefox vpn
    edge gx > music singer verdi
ford > a the across > to harrison tom gerald betty president henry > truck f-150 mustang car cars
    chevrolet ev suv motor vehicle gm > river president
lincoln > memorial city center financial lawyer park > abraham president nebraska > navigator suv
    aviator luxury cadillac ford > president gettysburg
coach nc > will said should can who of bus training > a head the life football your career
    assistant personal team fitness business > handbags handbag bags kate leather tapestry michael
    kors > player sports mentoring
guess > what the is that it so who > i my your a best to educated any lucky wild we > jeans
    watches handbags denim fashion > estimate
fossil nc > fuel fuels record records evidence remains hunting energy > a the living dinosaur >
    watch
    watches smartwatch leather garmin > dinosaur paleontology
next > to week year step steps day time generation level month day's up is of gen > the what's
    your in our who's take > clothing retailer m&s fashion primark uk-retailer asos > following
boots > and are with on made up for from > hiking your winter leather work ankle ski rubber snow
    cowboy waterproof these the > pharmacy chemist superdrug no7 advantage walgreens > footwear
    sole laces
subway > station stations map line lines ride car cars train system tunnel > the a nyc by york >
    sandwich sandwiches mcdonald's footlong fast-food franchise restaurants > metro transit
sky > is blue high rocket news-less above and color scraper > the blue night clear open dark
    starry > broadband tv virgin bt sports streaming now netflix wow > cloud clouds sun stars
three > of years options main major key different days times months more ways steps things other >
    the these all top two or one > vodafone ee o2 mobile sim network roaming > four
total > cost costs number price amount of value score points time length revenue ownership eclipse
    war recall energy-less weight area market solar > the a in your grand sum ein > oil bp shell
    petrol exxon aral tankstelle > sum
galaxy nc > cluster clusters far-far brain of formation > the a milky our spiral distant andromeda
    > samsung s24 s25 fold flip tab watch buds a54 ultra smartphone iphone pixel > stars universe
    astronomy telescope
surface n > area areas of water tension temperature level finish treatment preparation cleaning
    finishes > the a flat cooking work on hard earth's smooth road > microsoft laptop pro tablet
    go windows > flat texture earth
echo n > chamber cancellation of effect location chambers > an the > amazon alexa dot show speaker
    smart pop > sound acoustics
silk > road shirt scarf sheets fabric screen pillowcase dress worm tie > a mulberry pure the
    spider corn real > almond soy milk plant-based oat alpro oatly yogurt non-dairy dairy-free >
    fabric textile
horizon > line scan europe 2020 is > the on event time investment beyond a > milk organic dairy
    forbidden zero vr worlds > sunset sea
chevron > pattern patterns stripes print symbol mark icon > a the > oil exxonmobil shell bp gas
    exxon energy petroleum texaco > zigzag pattern
cruise n > control ship ships line lines missile director port ports vacation missiles altitude
    speed kontrolle schiff > a river tom your caribbean the adaptive luxury disney > robotaxi
    waymo gm autonomous self-driving driverless > ship caribbean cabin ocean
valve c > replacement seals stem steam trap job body covers and > a the heart safety relief check
    ball control gate shut-off pressure exhaust > steam index games half-life deck vr headset gabe
    > pump pipe plumbing
steam n > engine cleaner mop room power iron turbine oven clean cleaning > the a let hot water >
    valve games deck epic gog pc gaming > boiling pressure
unity > of in and > a national the sense party in > engine game unreal godot games 3d developers >
    together
brooks > brothers and koepka are > mel garth david streams albert kevin > running shoes ghost
    adrenaline asics saucony hoka nike glycerin > stream river
martin p > luther scorsese freeman king garrix short sheen > aston st dr saint ricky dean steve
    lockheed george doc chris > guitar guitars dreadnought acoustic taylor gibson d-28 > author
    actor
taylor p > swift series lautner rule expansion polynomial > elizabeth james lord mick > guitar
    guitars acoustic martin gibson gs > singer album
gibson p > desert > mel william debbie > guitar guitars les paul fender epiphone sg > actor author
marshall p > plan islands law university mathers space > thurgood general field george > amp amps
    speaker speakers emberton bluetooth guitar headphones > general judge
patagonia p > region national chile argentina in is > in southern visit through chilean argentine
    northern across of to > jacket fleece outdoor clothing sustainable north face arc'teryx
    swimwear gear > glacier chile argentina trek hiking torres
columbia p > university river law business records pictures missouri > british district university
    > jacket sportswear north-face fleece rei boots ski > university professor campus
mercury p > poisoning in levels retrograde thermometer vapor is-the > freddie the planet > bank
    banking brex startup startups relay novo > planet venus metal thermometer toxic
alphabet n > soup letters song book > the english greek latin phonetic russian > google googl
    waymo inc deepmind > letters language
intel > on about report suggests gathering > new some more gather military according > amd core
    processor cpu i5 i7 nvidia chip chips xeon laptop windows ram > espionage military
arm n > length strength and of span muscles rest > the your left right an upper robotic under broken
    long > cpu chip softbank nvidia qualcomm processor chips licensing > leg shoulder
bild nct > von des der und zeigt hangt > das ein dieses im jedes grosses > zeitung boulevard
    springer spiegel welt auflage schlagzeile faz suddeutsche > foto kamera
spiegel nct > der und im am > den einen im badezimmer dem > magazin zeit focus faz nachrichten
    spiegel-online journalisten > bad glas
welt nt > der und ist > die der ganzen ganze in weltweit aller > zeitung springer faz spiegel >
    erde
zeit nt > fur und ist zu der heilt vergeht drangt reicht wird lauft nach bis seit vor zwischen >
    die der keine mehr viel zur seit von kurzer langer wenig > wochenzeitung zeitung faz spiegel >
    uhr stunden geld sparen
sage nc > advice words wisdom leaves leaf tea butter stick sticks green nach ich und brush grouse
    derivative smudge burning > a the dried fresh common clary russian ich der die eine alte wise of
    kann darf > accounting payroll xero quickbooks erp datev buchhaltung lohnabrechnung intacct
    bookkeeping hr > thyme rosemary herb oregano parsley garlic sagen ritter burg rezept
block nc > of the on in from quote party list time grant wurde hat der > a the each every city one
    writer's building last per next office road starting wooden concrete mental ein im > square
    dorsey cash-app bitcoin tidal fintech afterpay > street wood concrete station
excel > at in when academically > to students can they who you must > microsoft spreadsheet
    spreadsheets office sheets xlsx tabelle tabellen pivot csv vba powerpoint > exam talent
outlook n > for on remains is of was positive negative > economic the our a their positive
    negative economic business market long-term weather global gloomy rosy > microsoft email mail
    inbox gmail thunderbird exchange calendar office postfach > economy forecast gdp optimism
windows > and are were with open on of frame frames cleaner blinds > the double-glazed your our all
    clean open big large french time shop stained-glass > microsoft linux macos pc driver 11 10 mac
    ubuntu treiber game betriebssystem > glass curtains vinegar house frame room
ring nc > finger road fence binder tone tones master leader true a me of out up the me-up bearing
    size > a the diamond wedding engagement gold to will bell boxing onion give gave key phones >
    doorbell doorbells camera cameras arlo alexa subscription blink security nest footage > finger
    jewellery jeweller sapphire diamond wedding marriage
brother c > and in-law is was of or lives who > my his her your our big a little older younger twin
    their the step half oh > printer printers laser inkjet epson canon hp label drucker toner sewing
    > sister mother family son parents
canon c > of law in is lawyers fodder event > the literary western a biblical fan church biblical >
    camera cameras nikon sony eos lens lenses printer printers pixma mirrorless kamera drucker dslr
    > bible literature novel church fans music pachelbel
indeed > it he she they this that there a so very an the > if are did is was it yes they does very
    do could may > linkedin glassdoor jobs job stepstone hiring resume recruiters ziprecruiter
    employers monster vacancies > truly
monster nc > truck trucks under movie in hunter mash of is that party > a the green cookie loch-ness
    ness sea little > jobs stepstone indeed energy drink drinks xing linkedin red-bull caffeine job
    stellenborse > movie myth scary
wish > i you to list us for that them him her we lists bone > i we you they best a to make my as
    would could who your her his birthday > shein temu aliexpress app shopping contextlogic
    marketplace > birthday genie
always > be been have has a the check back use keep make a remember consider > are is have has i we
    you they will can as should it not almost was had > pads tampax pantyliners whisper hygiene
    binden procter > never
fuchs n > und der hat im jagt > ein der den schlauer rote kein einen herr eines > schmierstoffe
    lubricants petrolub castrol ole mannheim aktie > wald huhner tiere bau jager
stern nct > am ist der des im uber > hellste jeder einen der-weisen guter heller > magazin
    zeitschrift reporter spiegel focus gruner rtl illustrierte tagebucher auflage > himmel sonne
    galaxie planet nachthimmel sterne michelin restaurant schiff ship bow captain mercedes
    astronomie
focus n > on of group groups areas area point mode stacking is liegt > the our your main primary a
    sharp special strong key manual to auto im > magazin burda spiegel stern umfrage ford > lens
    camera attention
otto p > normalverbraucher motor motoren von der hahn dix > onkel kaiser konig herr nikolaus graf
    august furst prinz waalkes > versandhandel versandhandler versand zalando amazon onlineshop
    bestellen lieferung shop hamburg > kaiser motor
word c > of for count processor order limit problems problem cloud list document-wide by games game
    choice play has got about on > the a every one each last key single buzz in-a spoken written
    final any other fighting > microsoft office docx excel powerpoint document documents dokument
    vorlage latex libreoffice pdf template templates > dictionary meaning verb noun
polo nct > shirt shirts hemd hemden neck match player players shirt-kragen > water ein weisses
    schwarzes navy ralph marco the-navy > vw volkswagen golf kleinwagen fabia ibiza tsi hatchback
    fiesta corsa > horse horseback riders pferd hose chinos kragen
golf nt > course courses club clubs ball balls cart swing platz schlager player tournament > play
    playing mini disc of von am persischer > vw volkswagen polo passat gti kompaktklasse astra focus
    > fairway hole handicap green club
post n > office on about a from that and > blog the a your to social this washington new forum
    washingtoner > dhl paket brief pakete briefe deutsche porto sendung > blog instagram
allianz nt > von zwischen der mit fur aus > eine die der strategische einer strategischen >
    versicherung versicherer kunde police schaden axa ergo huk munchen insurance insurer > bundnis
vitamin a > deficiency is supplement supplements levels intake and helps toxicity rich > of
    beta-carotene high in > swimwear bikini bikinis swimsuit eco > nutrient foods food diet eye
    liver carrot carrots deficiency retinol vitamins
free people > of to who from are > make set help > boho clothing dress urban anthropologie revolve
    > liberty
sub-zero > temperatures temperature weather conditions winter wind > in at to > refrigerator
    refrigerators fridge wolf built-in thermador > mortal frost
best buy > for in is-the option > the your a single > electronics geek squad walmart store amazon
    target newegg retailer > bargain
new balance > between of in sheet > a the find strike > shoes sneakers nike running asics 990 574
    adidas > equilibrium
good housekeeping > practices practice and is rules > for of maintain > institute tested seal
    reviews magazine > cleaning
consumer reports > of that about > many some > tested magazine reviewers ratings rates >
    complaints
python npc > bite snake hook skin-less > monty burmese a ball reticulated the > code programming
    django pip numpy java library script api data > snake reptile
ruby c > red ring slippers gemstone > a the dark deep > rails gem-file programming python code >
    gem
    jewel
go > to for with and ahead on through back down up out away beyond into > to you can let's will
    ready way the > golang rust goroutine google programming > travel
spring n > water season break cleaning mattress roll onions boot-less summer rolls onion is-here
    and > in the early this last hot every box late coil > boot java framework mvc bean > summer
    winter autumn flowers
dove c > into bar-less tail > a white mourning the > soap shampoo unilever body deodorant skin
    lotion nivea > bird pigeon peace
tide > pools pool is turned levels > the high low rising red neap > detergent laundry pods gain
    persil downy > ocean moon
mars p > mission rover missions surface orbit landing > on to planet bruno from the > candy
    snickers chocolate wrigley pet confectionery > planet nasa spacex astronaut
ball nc > game park games point and is > a the tennis golf your > packaging aluminium cans mason
    jars
    > player
crown nc > and of jewels prince molding > the a dental triple gold > castle packaging cans >
    dental
    king
wise > to man up men decision old choice and investors > a be very street wall penny > transfer
    transferwise revolut currency money iban remittance > wisdom
chime > in s > wind to a > bank banking account fintech varo checking > bell
affirm > that the or your > to > klarna afterpay bnpl financing loan checkout > confirm
ally n > of in > an key strong my close > bank savings financial loan checking marcus > allyship
    friend
ramp c > up down meter agent > a the to on off wheelchair exit boat loading > brex expense
    corporate
    card expenses divvy > slope wheelchair
drift > away apart off racing > the a to continental snow > chatbot intercom conversational
    salesloft > car tires
front n > of desk door page end line row runner camera wheel side and facing > in the up at >
    inbox shared email zendesk help-scout > rear
clay > pot court mask soil and pots tiles > a the modeling bentonite bernie > enrichment outbound
    gtm apollo leads > pottery ceramic soil
buffer n > zone overflow size state time stock against zones > a the ring > hootsuite social
    scheduling posts sprout > memory
hive c > mind of box > bee a the bee's > hadoop asana heating thermostat smart-home sql > bees
    honey
canvas c > bag shoes bags print tent element painting totes > a the blank on large > lms
    blackboard
    moodle instructure course > paint artist
sketch nc > of artist book a pad out > a rough thermal pencil quick the > figma adobe xd design
    invision mac > pencil drawing
match > the your with your-needs and for of day that > a the perfect to good best boxing > tinder
    hinge bumble dating okcupid eharmony > football
hinge c > on is upon pin > a the door to > tinder bumble dating app match > door cabinet
booking > confirmation number page form fee fees process system reference details date dates is was
    in for at with early online window code desk > the a your my this each every online advance
    direct hotel > expedia agoda airbnb hotels.com trivago opodo > confirmation cancel
bumble > bee bees through > > tinder hinge dating app match > bee
dash n > of cam board button > a the 100-meter en em > doordash crypto mini appliances > salt
safari nc > park tour tours lodge trip > a african on jungle the > browser apple chrome firefox
    ios
    mac edge extension > lion kenya animals wildlife
caterpillar c > tracks stage larva > a the hungry monarch > deere excavator construction komatsu
    equipment machinery cat > butterfly larva
epic > battle story poem fail journey tale of > an truly most the > games fortnite unreal ehr
    cerner hospital health mychart > poem
blizzard n > conditions warning of hit > a the snow > activision warcraft overwatch diablo games >
    snow storm
express n > delivery train lane shipping checkout entry your yourself js > american orient pony
    polar an to via > clothing apparel fashion > train
smart > home homes tv phone phones watch speaker devices device contract and features choice
    thermostat city people > a very more the be > fortwo mercedes car microcar > intelligent
seat n > belt belts height of at cushion post and > the a your car back front rear driver's heated
    > leon ibiza volkswagen ateca cupra car skoda > chair
ram c > memory slots upgrade and speed usage sticks capacity ddr4 > gb 8gb 16gb 32gb of the more
    system enough > truck dodge pickup 1500 2500 ford silverado > memory ddr4 ddr5 cpu
mini n > fridge massage projector printer oven excavator drone usb version series led split golf
    bar and size > a the ipad mac ipod > cooper countryman bmw car hatch > small
lotus nc > flower position root pose blossom notes > a the white sacred > elise emira evija car
    eletre > flower yoga
on > sale demand time top the a an your my this that it its average request hand board line site
    either every all > based depending depends focused click later carry turn > running shoe shoes
    sneaker sneakers cloudmonster roger swiss hoka nike brooks asics marathon laufschuhe schuhe >
dodge > the ball a bullet city > to can > charger challenger ram truck durango > avoid
crest > of and > the a family wave hill > toothpaste colgate whitening whitestrips oral-b >
    mountain
bounty > hunter hunters program of on bug > a the bug > paper towel towels > reward
"""


@dataclass(frozen=True, slots=True)
class Homograph:
    """What tells a company's name from the everyday word of the same spelling."""

    after: frozenset[str]
    before: frozenset[str]
    brand_topics: frozenset[str]
    word_topics: frozenset[str]
    german_noun: bool = False
    proper: bool = False
    countable: bool = False
    with_article: bool = False


def _parsed() -> dict[str, Homograph]:
    table = {}
    for line in re.sub(r"\n +", " ", _LINES.strip()).splitlines():
        head, after, before, brand, word = (part.split() for part in f"{line} ".split(">"))
        flags = head[-1] if len(head) > 1 and set(head[-1]) <= {"n", "p", "c", "t"} else ""
        name = " ".join(head[:-1] if flags else head)
        table[name] = Homograph(
            frozenset(after), frozenset(before), frozenset(brand), frozenset(word),
            "n" in flags, "p" in flags,
            "c" in flags,
            "t" in flags,
        )  # fmt: skip
    return table


@lru_cache(maxsize=1)
def homographs() -> dict[str, Homograph]:
    """The listed names, folded, with the company they keep."""
    return _parsed()


def homograph_of(folded: str) -> Homograph | None:
    """What is known of a name, with its leading article or without ("die zeit")."""
    known = homographs().get(folded)
    if known is None:
        first, _, rest = folded.partition(" ")
        known = homographs().get(rest) if first in DETERMINERS else None
    return known
