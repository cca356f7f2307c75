"""Made-up answers of about 2.5 kB for benchmarks: all layouts that assistants use, two languages.

Every second answer is German. Ranked lists with sub-lists, bullets, sections, tables and plain
prose take turns at random; half of the answers link to pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from monitor.types import Brand

_SYLLABLES = "bel cor dan fal gor hil jun kep lom mir nov pel quin ros sal tor vel wex yor zan"
_EVERYDAY = ("Beacon", "Harbor", "Compass", "Summit", "Anchor")
"""Names that are words as well: every fifth brand has one."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """What one language's answers are made of; {} is a name, {other} another one."""

    intros: tuple[str, ...]
    ranked: str
    bullets: str
    table: tuple[str, str, str, str]
    pros: str
    cons: str
    verdict: str
    summary: tuple[str, ...]
    blurbs: tuple[str, ...]
    points: tuple[str, ...]
    prose: tuple[str, ...]


_ENGLISH = _Wording(
    intros=(
        "Here are **some options** that fit a mid-sized company:",
        "It depends on what your team needs. These names come up most often:",
        "Good question! Based on reviews from the last year, I'd look at the following:",
    ),
    ranked="Top picks",
    bullets="Worth a look",
    table=("Tool", "Price per user", "Best for", "Mind"),
    pros="Pros",
    cons="Cons",
    verdict="Summary",
    summary=(
        "For most teams I'd go with {}; {other} is a good alternative if money is tight.",
        "If you want to be up and running this week, choose {}. Otherwise try {other} first.",
        "In short, {} is the safest choice, while {other} suits larger companies.",
    ),
    blurbs=(
        "A well-rounded service with a clear interface and sensible defaults.",
        "Popular with agencies, though reports take a while to load.",
        "Strong on automation; the entry plan covers three users.",
        "Known for quick support, and easier to learn than {other}.",
        "Offers hosting in the EU and a free trial of two weeks.",
    ),
    points=(
        "quick to set up",
        "clear prices without hidden fees",
        "few integrations in the small plan",
        "the mobile app lacks offline editing",
        "reliable exports and a documented API",
        "support answers within a day",
    ),
    prose=(
        "Larger companies should ask for a quote before they decide, as list prices rarely hold.",
        "Reviewers praise the support of {}, but some find the billing hard to follow.",
        "It's worth checking how each tool handles permissions, since that is where most teams"
        " run into trouble later.",
        "Many users who switched from {} to {other} mention the simpler editor as their reason.",
        "Migration usually takes a weekend, and most vendors help with the first import.",
        "A free plan is enough for a small project; paid plans start at $9 a month.",
        "None of these will target a specific industry, so plan some time for customising.",
        "Compared with last year, prices have gone up by about 10% across the market.",
    ),
)
_GERMAN = _Wording(
    intros=(
        "Hier sind **einige Möglichkeiten**, die zu einem mittelständischen Betrieb passen:",
        "Das hängt davon ab, was Ihr Team braucht. Diese Namen fallen am häufigsten:",
        "Gute Frage! Nach den Bewertungen des letzten Jahres kommen vor allem diese in Betracht:",
    ),
    ranked="Die besten Anbieter",
    bullets="Einen Blick wert",
    table=("Anbieter", "Preis je Nutzer", "Geeignet für", "Beachten"),
    pros="Vorteile",
    cons="Nachteile",
    verdict="Fazit",
    summary=(
        "Für die meisten Teams würde ich {} empfehlen; {other} ist eine gute Alternative.",
        "Wer schnell loslegen will, greift zu {}. Sonst lohnt sich zuerst ein Test von {other}.",
        "Kurz gesagt ist {} die sicherste Wahl, während {other} eher zu Konzernen passt.",
    ),
    blurbs=(
        "Ein ausgewogener Dienst mit übersichtlicher Oberfläche und guten Voreinstellungen.",
        "Bei Agenturen beliebt, auch wenn Auswertungen etwas länger laden.",
        "Stark bei der Automatisierung; der Einstiegstarif gilt für drei Personen.",
        "Bekannt für schnelle Hilfe und leichter zu erlernen als {other}.",
        "Bietet Hosting in der EU und einen kostenlosen Test von zwei Wochen.",
    ),
    points=(
        "schnell eingerichtet",
        "klare Preise ohne versteckte Gebühren",
        "im kleinen Tarif nur wenige Schnittstellen",
        "die App kann offline nichts ändern",
        "verlässlicher Export und dokumentierte API",
        "Rückmeldung innerhalb eines Tages",
    ),
    prose=(
        "Größere Unternehmen sollten ein Angebot einholen, denn Listenpreise gelten selten.",
        "Kunden loben die Hilfe von {}, finden die Abrechnung aber teils schwer verständlich.",
        "Prüfen Sie vorab, wie Rechte vergeben werden, denn daran scheitern später die meisten"
        " Einführungen.",
        "Viele, die von {} zu {other} gewechselt sind, nennen den einfacheren Editor als Grund.",
        "Der Umzug dauert meist ein Wochenende, und die Anbieter helfen beim ersten Import.",
        "Für ein kleines Projekt genügt der kostenlose Tarif; sonst geht es ab 9 € im Monat los.",
        "Keines der Werkzeuge ist auf eine Branche zugeschnitten, planen Sie also Zeit dafür ein.",
        "Gegenüber dem Vorjahr sind die Preise überall um rund 10 % gestiegen.",
    ),
)


def name_of(number: int) -> str:
    """A made-up name, another one for each number."""
    syllables = _SYLLABLES.split()
    digits = []
    number += len(syllables)
    while number:
        number, digit = divmod(number, len(syllables))
        digits.append(syllables[digit])
    return "".join(digits).capitalize() + "ix"


def made_brands(count: int) -> list[Brand]:
    """Brands with a domain each, every fifth named by an everyday word."""
    names = [
        _EVERYDAY[number // 5] if number % 5 == 0 and number < 25 else name_of(number)
        for number in range(count)
    ]
    return [
        Brand(name, domains=(f"{name.lower()}.com",), ambiguous=name in _EVERYDAY) for name in names
    ]


def made_answers(count: int, names: list[str], seed: int) -> list[str]:
    """Answers that name some of the names each, and at times one that nobody tracks."""
    rng = Random(seed)  # noqa: S311 - made-up texts, no secret
    return [
        _Draft(rng, _GERMAN if number % 2 else _ENGLISH, names).text() for number in range(count)
    ]


class _Draft:
    """An answer being written."""

    def __init__(self, rng: Random, words: _Wording, names: list[str]) -> None:
        self.rng = rng
        self.words = words
        self.names = rng.sample(names, min(rng.randint(4, 7), len(names)))
        self.heads = [*self.names, name_of(rng.randint(400, 7000))][-6:]
        self.linked = rng.random() < 0.5

    def text(self) -> str:
        """The whole answer: an opening, one or two layouts, prose up to its length, a summary."""
        layouts = (self.ranked, self.ranked, self.bullets, self.sections, self.table, self.prose)
        parts = [self.rng.choice(self.words.intros)]
        for layout in self.rng.sample(layouts, self.rng.randint(1, 2)):
            parts.extend(layout())
        summary = self.said(self.words.summary)
        size = self.rng.randint(1900, 2600)
        while sum(len(part.encode()) + 2 for part in parts) < size:
            parts.append(" ".join(self.said(self.words.prose) for _ in range(3)))
        return "\n\n".join([*parts, f"### {self.words.verdict}", summary])

    def said(self, wordings: tuple[str, ...]) -> str:
        """One of the wordings, names filled in."""
        name, other = self.rng.sample(self.names, 2)
        return self.rng.choice(wordings).format(name, other=other)

    def source(self, name: str) -> str:
        """A link in brackets, in answers that have any."""
        if not self.linked:
            return ""
        site = f"{name.lower()}.com"
        return f" ([{site}](https://www.{site}/p/{self.rng.randint(1, 40)}?utm_source=openai))"

    def ranked(self) -> Iterator[str]:
        """A numbered list, strong and weak points below each pick."""
        yield f"## {self.words.ranked}"
        for number, name in enumerate(self.heads, 1):
            good, bad = (self.rng.choice(self.words.points) for _ in range(2))
            yield (
                f"{number}. **{name}** – {self.said(self.words.blurbs)}{self.source(name)}\n"
                f"   - **{self.words.pros}:** {good}\n   - **{self.words.cons}:** {bad}"
            )

    def bullets(self) -> Iterator[str]:
        """One bullet for each pick."""
        yield f"**{self.words.bullets}:**"
        yield "\n".join(
            f"- **{name}**: {self.said(self.words.blurbs)}{self.source(name)}"
            for name in self.heads
        )

    def sections(self) -> Iterator[str]:
        """A heading, a paragraph and bullets for each pick."""
        for number, name in enumerate(self.heads[:4], 1):
            yield f"### {number}. {name}"
            yield self.said(self.words.blurbs) + self.source(name)
            yield "\n".join(f"- {self.rng.choice(self.words.points)}" for _ in range(2))

    def table(self) -> Iterator[str]:
        """A row for each pick."""
        rows = [
            f"| **{name}** | {self.rng.randint(5, 90)} € | {self.rng.choice(self.words.points)}"
            f" | {self.rng.choice(self.words.points)} |"
            for name in self.heads
        ]
        yield "\n".join([f"| {' | '.join(self.words.table)} |", "|---|---|---|---|", *rows])

    def prose(self) -> Iterator[str]:
        """A paragraph on each of some names."""
        for name in self.names[:3]:
            yield f"{name}: {self.said(self.words.blurbs)} {self.said(self.words.prose)}"
