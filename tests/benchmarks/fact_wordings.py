"""The demo's facts worded in many ways, true and false, for the benchmark of the rules.

A frame holds `@` where a value goes and `{a}` where the brand goes. Whole sentences stand beside
frames where a value alone doesn't make the claim true or false: denials, a rival's or an old value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.simulator import Statement


@dataclass(frozen=True, slots=True)
class Wording:
    """Frames with their true and false values, and whole sentences, in one language."""

    frames: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def sentences(self, *, correct: bool) -> tuple[str, ...]:
        """Every true or every false sentence."""
        values, whole = (self.true, self.right) if correct else (self.false, self.wrong)
        return tuple(f.replace("@", value) for f in self.frames for value in values) + whole


def varied_statements(brand: str) -> tuple[Statement, ...]:
    """A statement per fact of the demo's sheet with all its wordings."""
    return tuple(
        Statement(
            fact_id,
            brand,
            right={lang: wording.sentences(correct=True) for lang, wording in by_lang.items()},
            wrong={lang: wording.sentences(correct=False) for lang, wording in by_lang.items()},
        )
        for fact_id, by_lang in _WORDINGS.items()
    )


_WORDINGS: Mapping[str, Mapping[str, Wording]] = {
    "founded": {
        "en": Wording(
            frames=(
                "The company behind {a} was founded in @.",
                "{a} was established in @ and has grown steadily.",
                "Founded in @, {a} is one of the better-known vendors.",
                "{a}, founded in @, is privately held.",
                "{a} has been around since @.",
                "{a} got started in @ in northern Germany.",
                "As for history: {a} (founded @) is no newcomer.",
            ),
            true=("2011", "Q3 2011", "spring 2011"),
            false=("1998", "2004", "Q1 2019"),
            right=(
                "{a} was founded in 2011, six years after Mundavero.",
                "Mundavero dates back to 2005, whereas {a} was founded in 2011.",
                "{a} wasn't founded in 2005, as some articles claim, but in 2011.",
            ),
            wrong=(
                "{a} was founded in 2005, six years before Mundavero.",
                "Mundavero was founded in 2011, whereas {a} was established in 2006.",
            ),
        ),
        "de": Wording(
            frames=(
                "Das Unternehmen hinter {a} wurde @ gegründet.",
                "{a} wurde im Jahr @ gegründet und wächst seither.",
                "Gegründet @, zählt {a} zu den bekannteren Anbietern.",
                "{a} besteht seit @.",
                "{a} ist seit @ auf dem Markt.",
                "Die Gründung von {a} geht auf das Jahr @ zurück.",
                "{a} (gegründet @) ist kein Neuling.",
            ),
            true=("2011",),
            false=("1998", "2004", "2017"),
            right=(
                "{a} wurde 2011 gegründet, sechs Jahre nach Mundavero.",
                "Mundavero gibt es seit 2005, {a} wurde dagegen 2011 gegründet.",
                "{a} wurde nicht 2005, sondern 2011 gegründet.",
            ),
            wrong=(
                "{a} wurde 2005 gegründet, sechs Jahre vor Mundavero.",
                "Mundavero wurde 2011 gegründet, {a} dagegen schon 2006.",
            ),
        ),
    },
    "headquarters": {
        "en": Wording(
            frames=(
                "{a} is headquartered in @.",
                "The company behind {a} is based in @.",
                "{a} has its head office in @.",
                "{a:g} headquarters are in @, with a second office elsewhere.",
                "Based in @, {a} serves customers across Europe.",
            ),
            true=("Bremen", "the city of Bremen"),
            false=("Berlin", "Hamburg", "Vienna", "Zurich"),
            right=("{a} moved its headquarters from Hamburg to Bremen years ago.",),
            wrong=("{a} is based in Hamburg, not in Bremen.",),
        ),
        "de": Wording(
            frames=(
                "{a} hat seinen Hauptsitz in @.",
                "Der Firmensitz von {a} ist @.",
                "Das Unternehmen hinter {a} hat seinen Sitz in @.",
                "{a} ist in @ ansässig.",
            ),
            true=("Bremen",),
            false=("Berlin", "Hamburg", "Wien", "Zürich"),
            right=("{a} hat seinen Hauptsitz von Hamburg nach Bremen verlegt.",),
            wrong=("Der Hauptsitz von {a} ist nicht Bremen, sondern Hamburg.",),
        ),
    },
    "customers": {
        "en": Wording(
            frames=(
                "{a} has @ customers.",
                "{a} is used by @ organisations worldwide.",
                "@ companies rely on {a}.",
                "Today, {a} counts @ corporate customers.",
                "The customer base of {a} is given as @ companies.",
            ),
            true=("1,200", "about 1,200", "more than 1,200", "some 1,250", "1.2 thousand"),
            false=("5,000", "over 3,600", "about 12,000", "only 300", "2.4 million"),
            right=(
                "Mundavero has 4,000 customers and {a} has 1,200 customers.",
                "{a} grew from 900 to 1,200 customers.",
            ),
            wrong=(
                "Mundavero has 1,200 customers and {a} has 4,000 customers.",
                "{a} grew from 900 to 6,000 customers.",
            ),
        ),
        "de": Wording(
            frames=(
                "{a} hat @ Kunden.",
                "{a} wird von @ Organisationen eingesetzt.",
                "@ Unternehmen setzen auf {a}.",
                "{a} zählt heute @ Kunden in ganz Europa.",
            ),
            true=("1.200", "rund 1.200", "mehr als 1.200", "etwa 1.250", "1,2 Tsd."),
            false=("5.000", "über 3.600", "rund 12.000", "nur 300", "2,4 Mio."),
            right=(
                "Mundavero hat 4.000 Kunden, {a} hat 1.200 Kunden.",
                "{a} ist von 900 auf 1.200 Kunden gewachsen.",
            ),
            wrong=(
                "Mundavero hat 1.200 Kunden, {a} hat 4.000 Kunden.",
                "{a} ist von 900 auf 6.000 Kunden gewachsen.",
            ),
        ),
    },
    "starter-price": {
        "en": Wording(
            frames=(
                "The Starter plan of {a} costs @.",
                "{a} starts at @.",
                "Pricing for {a} begins with the Starter plan at @.",
                "Expect to pay @ for {a} Starter.",
                "{a:g} cheapest plan is @.",
                "**Price:** {a} Starter is available for @.",
            ),
            true=("290 euros a month", "€290 per month", "EUR 290/month", "€290 monthly"),
            false=("390 euros a month", "€29 per month", "EUR 1,290/month", "€99 monthly"),
            right=(
                "{a} Starter costs 290 euros a month, whereas Mundavero asks 490 euros.",
                "Until 2025 {a} Starter was 240 euros a month, now it's 290.",
                "The price of {a} Starter was raised from 240 to 290 euros.",
                "{a} Starter costs between 250 and 300 euros a month.",
                "{a} Starter is 290 euros a month and the Business plan 790 euros.",
            ),
            wrong=(
                "{a} Starter costs 490 euros a month, whereas Mundavero asks 290 euros.",
                "Until 2025 {a} Starter was 240 euros a month, now it's 340.",
                "The price of {a} Starter was raised from 240 to 350 euros.",
                "{a} Starter costs between 400 and 500 euros a month.",
                "{a} Starter is 79 euros a month and the Business plan 290 euros.",
                "{a} Starter costs 2,011 euros a month.",
            ),
        ),
        "de": Wording(
            frames=(
                "Der Tarif Starter von {a} kostet @.",
                "{a} gibt es ab @.",
                "Die Preise von {a} beginnen mit dem Starter-Tarif für @.",
                "{a} Starter kostet derzeit @.",
                "Der Einstiegstarif von {a} liegt bei @.",
                "**Preis:** {a} Starter ist für @ zu haben.",
            ),
            true=("290 Euro im Monat", "290 € pro Monat", "290,00 EUR/Monat", "€290 monatlich"),
            false=("390 Euro im Monat", "29 € pro Monat", "1.290 EUR/Monat", "€99 monatlich"),
            right=(
                "{a} Starter kostet 290 Euro im Monat, während Mundavero 490 Euro verlangt.",
                "Bis 2025 kostete {a} Starter 240 Euro im Monat, inzwischen sind es 290 Euro.",
                "Der Preis von {a} Starter stieg von 240 auf 290 Euro.",
                "{a} Starter kostet zwischen 250 und 300 Euro im Monat.",
                "{a} Starter kostet 290 Euro im Monat, der Business-Tarif 790 Euro.",
            ),
            wrong=(
                "{a} Starter kostet 490 Euro im Monat, während Mundavero 290 Euro verlangt.",
                "Bis 2025 kostete {a} Starter 240 Euro im Monat, inzwischen sind es 340 Euro.",
                "Der Preis von {a} Starter stieg von 240 auf 350 Euro.",
                "{a} Starter kostet zwischen 400 und 500 Euro im Monat.",
                "{a} Starter kostet 79 Euro im Monat, der Business-Tarif 290 Euro.",
                "{a} Starter kostet 2.011 Euro im Monat.",
            ),
        ),
    },
    "free-plan": {
        "en": Wording(
            right=(
                "{a} has no free plan.",
                "{a} doesn't offer a free tier.",
                "There is no free version of {a}.",
                "A free plan isn't available from {a}.",
                "Unlike Mundavero with its free plan, {a} has no free tier.",
                "{a} comes without a free plan, but with a trial.",
                "{a} offers neither a free plan nor a lifetime licence.",
                "Free plan: {a} has none; there's no free version either.",
            ),
            wrong=(
                "{a} has a free plan.",
                "{a} offers a generous free tier for small teams.",
                "There is a free version of {a}.",
                "You can start with the free plan of {a} and upgrade later.",
                "Unlike Mundavero, {a} has a free plan.",
                "{a} not only has a free tier but also a long trial.",
                "{a} also comes with a free community edition.",
                "A free plan is part of what {a} offers.",
            ),
        ),
        "de": Wording(
            right=(
                "{a} hat keinen kostenlosen Tarif.",
                "{a} bietet keine Gratisversion an.",
                "Einen kostenlosen Tarif gibt es bei {a} nicht.",
                "Eine kostenlose Version ist bei {a} nicht vorgesehen.",
                "Anders als Mundavero mit seinem kostenlosen Tarif bietet {a} keine Gratisversion.",
                "{a} kommt ohne kostenlosen Tarif, dafür mit einer Testphase.",
                "{a} ist nicht dauerhaft kostenlos.",
            ),
            wrong=(
                "{a} hat einen kostenlosen Tarif.",
                "{a} bietet eine Gratisversion für kleine Teams.",
                "Bei {a} gibt es einen kostenlosen Tarif.",
                "Sie können mit dem kostenlosen Tarif von {a} anfangen und später wechseln.",
                "Anders als Mundavero hat {a} einen kostenlosen Tarif.",
                "{a} hat nicht nur einen kostenlosen Tarif, sondern auch eine lange Testphase.",
                "Zu {a} gehört auch eine kostenlose Community-Edition.",
                "{a} ist für kleine Teams dauerhaft kostenlos.",
            ),
        ),
    },
    "trial-days": {
        "en": Wording(
            frames=(
                "{a} can be tried for @.",
                "{a} offers a trial of @.",
                "The trial of {a} lasts @.",
                "You can try {a} for @ without a credit card.",
                "With {a}, the free trial runs for @.",
            ),
            true=("30 days", "a month", "thirty days", "one month"),
            false=("60 days", "7 days", "three months", "a week"),
            right=(
                "{a} offers a 30-day trial.",
                "Mundavero has a 7-day trial, {a} a 30-day trial.",
            ),
            wrong=("{a} offers a 7-day trial.", "Mundavero has a 30-day trial, {a} a 7-day trial."),
        ),
        "de": Wording(
            frames=(
                "{a} lässt sich @ lang testen.",
                "Sie können {a} @ lang ohne Kreditkarte testen.",
            ),
            true=("30 Tage", "einen Monat", "dreißig Tage"),
            false=("60 Tage", "7 Tage", "drei Monate", "eine Woche"),
            right=(
                "{a} bietet eine 30-tägige Testphase.",
                "Die Testphase von {a} dauert 30 Tage.",
                "Mundavero hat eine 7-tägige Testphase, {a} eine 30-tägige Testphase.",
            ),
            wrong=(
                "{a} bietet eine 60-tägige Testphase.",
                "Die Testphase von {a} dauert 7 Tage.",
                "Mundavero hat eine 30-tägige Testphase, {a} eine einwöchige Testphase.",
            ),
        ),
    },
    "current-version": {
        "en": Wording(
            frames=(
                "The current version of {a} is @.",
                "{a} is currently at version @.",
                "The latest release of {a} is @.",
                "Version @ of {a} is the current one.",
                "{a} has reached version @.",
            ),
            true=("7.2", "7.2.1"),
            false=("9.2", "8.0", "5.4"),
        ),
        "de": Wording(
            frames=(
                "Die aktuelle Version von {a} ist @.",
                "{a} liegt derzeit in Version @ vor.",
                "Das neueste Release von {a} ist @.",
                "Version @ von {a} ist die aktuelle.",
            ),
            true=("7.2", "7.2.1"),
            false=("9.2", "8.0", "5.4"),
        ),
    },
    "version-6-end": {
        "en": Wording(
            frames=(
                "{a} 6 gets security fixes until @.",
                "Security fixes for {a} 6 end in @.",
                "{a} 6 reaches its end of life in @.",
                "For version 6 of {a}, security fixes are promised until @.",
            ),
            true=("June 2027", "30 June 2027", "mid-2027", "Q2 2027"),
            false=("June 2028", "31 January 2029", "early 2026", "Q4 2025"),
        ),
        "de": Wording(
            frames=(
                "{a} 6 erhält Sicherheitsupdates bis @.",
                "Die Sicherheitsupdates für {a} 6 enden @.",
                "Das Supportende von {a} 6 ist @.",
            ),
            true=("Juni 2027", "30. Juni 2027", "30.06.2027", "Mitte 2027"),
            false=("Juni 2028", "31. Januar 2029", "31.12.2025", "Anfang 2026"),
        ),
    },
    "on-premises": {
        "en": Wording(
            right=(
                "{a} can't be self-hosted.",
                "{a} isn't available on-premises.",
                "There is no on-premise edition of {a}; it's a service.",
                "{a} doesn't run on your own servers.",
                "{a} no longer offers self-hosting.",
            ),
            wrong=(
                "{a} can be self-hosted.",
                "{a} is also available on-premises.",
                "There is an on-premises edition of {a}.",
                "{a} runs on your own servers if you like.",
                "{a} supports self-hosting for larger customers.",
            ),
        ),
        "de": Wording(
            right=(
                "{a} lässt sich nicht auf eigenen Servern betreiben.",
                "{a} gibt es nicht als On-Premises-Version.",
                "{a} kann nicht selbst gehostet werden.",
                "Ein Betrieb auf eigenen Servern ist mit {a} nicht möglich.",
            ),
            wrong=(
                "{a} lässt sich auch auf eigenen Servern betreiben.",
                "{a} gibt es auch als On-Premises-Version.",
                "{a} kann selbst gehostet werden.",
                "Mit {a} ist der Betrieb auf eigenen Servern möglich.",
            ),
        ),
    },
    "open-source": {
        "en": Wording(
            right=(
                "{a} is not open source.",
                "{a} is proprietary software.",
                "{a} is a closed source product.",
                "The source code of {a} isn't public.",
                "Mundavero is open source, {a} isn't open source.",
            ),
            wrong=(
                "{a} is open source.",
                "{a} is an open-source system.",
                "As an open-source product, {a} can be extended freely.",
                "{a} isn't proprietary.",
                "Unlike Mundavero, {a} is open source.",
            ),
        ),
        "de": Wording(
            right=(
                "{a} ist nicht quelloffen.",
                "{a} ist proprietär.",
                "{a} ist keine Open-Source-Software.",
                "{a} ist ein kommerzielles Produkt.",
                "Der Quellcode von {a} ist nicht öffentlich.",
            ),
            wrong=(
                "{a} ist quelloffen.",
                "{a} ist Open Source.",
                "Als Open-Source-Produkt lässt sich {a} frei erweitern.",
                "{a} ist nicht proprietär.",
                "Anders als Mundavero ist {a} quelloffen.",
            ),
        ),
    },
    "hosting-region": {
        "en": Wording(
            frames=(
                "{a} stores customer data in @.",
                "With {a}, all data is hosted in @.",
                "{a:g} data centre is in @.",
                "{a} is hosted in @ only.",
            ),
            true=("Germany", "Frankfurt"),
            false=("Ireland", "the Netherlands", "the United States", "the USA", "Switzerland"),
            right=("{a} hosts its data in Germany, while Mundavero's data is hosted in Ireland.",),
            wrong=("{a} is hosted in Ireland, while Mundavero's data is hosted in Germany.",),
        ),
        "de": Wording(
            frames=(
                "{a} speichert Kundendaten in @.",
                "Bei {a} werden alle Daten in @ gehostet.",
                "Das Rechenzentrum von {a} steht in @.",
            ),
            true=("Deutschland", "Frankfurt"),
            false=("Irland", "den Niederlanden", "den USA", "der Schweiz"),
            right=("{a} wird in Deutschland gehostet, Mundavero dagegen in Irland.",),
            wrong=("{a} wird in Irland gehostet, Mundavero dagegen in Deutschland.",),
        ),
    },
    "certifications": {
        "en": Wording(
            right=(
                "{a} is certified to ISO 27001.",
                "{a} is ISO/IEC 27001 certified and has a C5 attestation.",
                "{a} holds ISO 27001 and BSI C5.",
                "{a} is certified to ISO 27001, but doesn't have SOC 2.",
                "{a} is certified not only to ISO 27001 but also to BSI C5.",
            ),
            wrong=(
                "{a} is certified to ISO 27001 and SOC 2.",
                "{a} holds a SOC 2 report.",
                "{a} isn't certified to ISO 27001.",
                "{a} is FedRAMP certified.",
                "{a} is certified not only to ISO 27001 but also to SOC 2.",
            ),
        ),
        "de": Wording(
            right=(
                "{a} ist nach ISO 27001 zertifiziert.",
                "{a} besitzt ein C5-Testat und ist nach ISO/IEC 27001 zertifiziert.",
                "{a} ist nach ISO 27001 zertifiziert, hat aber kein SOC 2.",
                "{a} ist nicht nur nach ISO 27001, sondern auch nach BSI C5 zertifiziert.",
            ),
            wrong=(
                "{a} ist nach ISO 27001 und SOC 2 zertifiziert.",
                "{a} besitzt eine Zertifizierung nach SOC 2.",
                "{a} ist nicht nach ISO 27001 zertifiziert.",
                "{a} ist nach FedRAMP zertifiziert.",
            ),
        ),
    },
    "uptime": {
        "en": Wording(
            frames=(
                "{a} guarantees an availability of @.",
                "{a:g} SLA promises @ uptime.",
                "The contract with {a} includes an SLA of @.",
                "Uptime at {a} is guaranteed to be @.",
            ),
            true=("99.9 %", "99.9%", "99.9 percent"),
            false=("99.5 %", "98%", "95 percent", "99.99 %"),
        ),
        "de": Wording(
            frames=(
                "{a} sichert eine Verfügbarkeit von @ zu.",
                "Das SLA von {a} verspricht @ Verfügbarkeit.",
                "Bei {a} ist eine Verfügbarkeit von @ vertraglich zugesichert.",
            ),
            true=("99,9 %", "99,9%", "99,9 Prozent"),
            false=("99,5 %", "98%", "95 Prozent", "99,99 %"),
        ),
    },
}
