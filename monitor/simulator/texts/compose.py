"""Puts an outline into words: one language's wordings, many shapes."""

from collections import deque
from collections.abc import Collection, Sequence
from random import Random

from monitor.simulator.sources import Page
from monitor.simulator.statements import PlantedClaim
from monitor.simulator.texts.english import ENGLISH
from monitor.simulator.texts.german import GERMAN
from monitor.simulator.texts.layouts import LISTINGS
from monitor.simulator.texts.outline import Composed, Layout, Outline, Place, Said
from monitor.simulator.texts.phrases import Phrases
from monitor.simulator.texts.writer import CitationMarks, Writer
from monitor.types import Span

PHRASES = {"en": ENGLISH, "de": GERMAN}


def composed(outline: Outline, lang: str, rng: Random, marks: CitationMarks) -> Composed:
    """The outline as a text in `lang` ("en" or "de"), the same for the same stream."""
    draft = Draft(outline, Writer(PHRASES[lang], rng, marks))
    draft.answer()
    writer = draft.writer
    return Composed(
        text=writer.text(),
        spans={name: tuple(spans) for name, spans in writer.spans.items()},
        places=draft.places,
        claims=tuple(draft.claims),
        sources=tuple(writer.sources),
    )


class Draft:
    """An answer being written: the outline, the text so far, and what is still to be placed."""

    def __init__(self, outline: Outline, writer: Writer) -> None:
        self.outline = outline
        self.writer = writer
        self.places: dict[str, Place] = {}
        self.claims: list[PlantedClaim] = []
        self.to_mention = deque(outline.mentioned)
        self._pages = list(outline.pages)

    @property
    def phrases(self) -> Phrases:
        """The wordings of the answer's language."""
        return self.writer.phrases

    def answer(self) -> None:
        """Write the whole answer."""
        if self.outline.layout is Layout.PROSE:
            self._prose()
        else:
            self._listing()
        self._statements()
        if self.chance(0.3):
            self._side_list()
        if self.chance(0.7):
            self.paragraph(self.writer.choose(self.phrases.closings))
        self._leftover_pages()

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens now."""
        return self.writer.rng.random() < probability

    def paragraph(self, *templates: str, **brands: str) -> None:
        """Append a paragraph of sentences that name `brands`, and a source for it."""
        self.open_block()
        self.sentences(templates, brands)
        self.support(brands.values())

    def open_block(self) -> None:
        """Leave an empty line, unless the text starts here."""
        if self.writer.length:
            self.writer.write("\n\n")
        self.writer.begin()

    def sentences(self, templates: Sequence[str], brands: dict[str, str]) -> None:
        """Append sentences on one line; slots take their brands from `brands`."""
        records = {slot: self.outline.brands[name] for slot, name in brands.items()}
        for index, template in enumerate(templates):
            self.writer.write(" " if index else "")
            self.writer.fill(template, records)

    def support(self, names: Collection[str]) -> None:
        """Cite the next page for what was just written: a named brand's own, else any other's."""
        page = next((p for p in self._pages if p.brand and p.brand in names), None)
        if page is None and self.chance(0.5):
            page = next((p for p in self._pages if not p.brand), None)
        if page is not None:
            self._cite(page)

    def body(self, plain: tuple[str, ...] | None = None) -> None:
        """Append what is said of a list item, at times against a merely mentioned brand."""
        self.writer.fill(self.writer.choose(plain or self.phrases.praise))
        if self.to_mention and self.chance(0.45):
            other = self.outline.brands[self.to_mention.popleft()]
            self.writer.write(" ")
            self.writer.fill(self.writer.choose(self.phrases.versus), {"b": other})

    def _listing(self) -> None:
        if self.chance(0.2):
            self.writer.write(f"## {self.writer.choose(self.phrases.section_titles)}\n\n")
        self.writer.begin()
        self.sentences([self.writer.choose(self.phrases.list_intros)], {})
        LISTINGS[self.outline.layout](self)
        blocks = [*self._warnings(), *self._declines(), *self._mentions()]
        self._shuffled(blocks)

    def _prose(self) -> None:
        self.paragraph(self.writer.choose(self.phrases.prose_intros))
        outline = self.outline
        named = outline.recommended + outline.mentioned + outline.warned + outline.declined
        if not named or self.chance(0.35):
            self.paragraph(self.writer.choose(self.phrases.nameless))
        blocks = [*self._recommendations(), *self._warnings(), *self._mentions()]
        self._shuffled([*blocks, *self._declines()])
        if len(named) < 2:
            self.paragraph(self.writer.choose(self.phrases.nameless))

    def _shuffled(self, blocks: list[tuple[list[str], dict[str, str]]]) -> None:
        if self.chance(0.5):
            self.writer.rng.shuffle(blocks)
        for index, (templates, brands) in enumerate(blocks):
            if index and self.chance(0.4):
                self.writer.write(" ")
                self.writer.begin()
                self.sentences(templates, brands)
                self.support(brands.values())
            else:
                self.paragraph(*templates, **brands)

    def _recommendations(self) -> list[tuple[list[str], dict[str, str]]]:
        return [self._block(self.phrases.recommends, name) for name in self.outline.recommended]

    def _warnings(self) -> list[tuple[list[str], dict[str, str]]]:
        return [
            ([self.writer.choose(self.phrases.warnings)], {"a": n}) for n in self.outline.warned
        ]

    def _declines(self) -> list[tuple[list[str], dict[str, str]]]:
        return [
            ([self.writer.choose(self.phrases.declines)], {"a": n}) for n in self.outline.declined
        ]

    def _mentions(self) -> list[tuple[list[str], dict[str, str]]]:
        blocks = []
        while self.to_mention:
            if len(self.to_mention) > 1 and self.chance(0.5):
                pair = {"a": self.to_mention.popleft(), "b": self.to_mention.popleft()}
                blocks.append(([self.writer.choose(self.phrases.mention_pairs)], pair))
            else:
                name = self.to_mention.popleft()
                blocks.append(([self.writer.choose(self.phrases.mentions)], {"a": name}))
        return blocks

    def _block(self, choices: tuple[str, ...], name: str) -> tuple[list[str], dict[str, str]]:
        if self.to_mention and self.chance(0.4):
            pair = {"a": name, "b": self.to_mention.popleft()}
            return [self.writer.choose(self.phrases.prefers)], pair
        templates = [self.writer.choose(choices)]
        if self.chance(0.4):
            templates.append(self.writer.choose(self.phrases.more))
        return templates, {"a": name}

    def _statements(self) -> None:
        for said in self.outline.said:
            self._state(said)

    def _state(self, said: Said) -> None:
        self.open_block()
        start = self.writer.length
        self.sentences([said.sentence], {"a": said.brand})
        span = Span(start, self.writer.length)
        self.claims.append(PlantedClaim(said.fact_id, said.brand, said.correct, said.value, span))
        self.support((said.brand,))

    def _side_list(self) -> None:
        """A list of steps or criteria, which recommends nobody."""
        steps = self.chance(0.5)
        phrases = self.phrases
        intros = phrases.step_intros if steps else phrases.checklist_intros
        self.paragraph(self.writer.choose(intros))
        entries = phrases.steps if steps else phrases.checklist
        count = 3 + int(self.writer.rng.random() * 3)
        lines = [entries[i] for i in sorted(self.writer.rng.sample(range(len(entries)), count))]
        self.writer.write("\n")
        for number, line in enumerate(lines, 1):
            self.writer.write(f"\n{f'{number}.' if steps else '-'} {line}")

    def _leftover_pages(self) -> None:
        if self._pages and self._pages[0].brand == "":
            self.paragraph(self.writer.choose(self.phrases.closings))
        for page in tuple(self._pages):
            self._cite(page)

    def _cite(self, page: Page) -> None:
        self._pages.remove(page)
        self.writer.cite(page, hide_name=bool(page.brand) and page.brand not in self.writer.spans)
