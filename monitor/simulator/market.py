"""The simulated market: latent chances that are known, and answers drawn from them.

Everything hangs on the seed and on names: the chances of a cell on (seed, engine, question,
language, week), an answer besides on the persona's text and a nonce. Outside the planted events
the chances never move, so that whatever else a monitor finds is noise. Wordings of one question
share its chances; a persona changes the draw, not the chances.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from monitor.simulator.answers import AnswerContext, SimulatedAnswer, drawn_answer
from monitor.simulator.asked import Asked, engine_of, pack_prompts, understood
from monitor.simulator.chances import BrandChance, CellChances, CellTruth, cell_truth
from monitor.simulator.events import EventKind, PlantedEvent, default_events
from monitor.simulator.probing import ProbedMarket
from monitor.simulator.randomness import normal, number, sigmoid, unit
from monitor.simulator.served import Served, served_version
from monitor.simulator.sheet import statements_from
from monitor.simulator.statements import Statement, default_statements
from monitor.simulator.texts.writer import CitationMarks
from monitor.types import Brand, Engine, Fact, Intent, Pack, Question

STRANGERS = ("Velorin", "Kestrona", "Brightmoor", "Tavolux", "Ondrena", "Quillbase", "Harvenna")
"""Invented names that nobody tracks, which take places in lists."""

_LISTING: Mapping[Intent, float] = {
    Intent.DISCOVERY: 0.8,
    Intent.COMPARISON: 0.6,
    Intent.TRUST: 0.35,
    Intent.PURCHASE: 0.6,
    Intent.SUPPORT: 0.3,
    Intent.FACT: 0.1,
    Intent.PROBE: 0.05,
}


@dataclass(frozen=True)
class Market:
    """A market of `brands` that `engines` speak of when asked the questions of `pack`.

    Week 1 starts on `start`. `brands` are the tracked ones, ours included; `facts` are what is
    true about ours. `planted` None means the usual events, `()` a market in which nothing ever
    changes. `statements` None are made from the facts, or invented where there are none.
    """

    pack: Pack
    brands: Sequence[Brand]
    engines: Sequence[Engine]
    seed: int
    start: date
    facts: Sequence[Fact] = ()
    planted: tuple[PlantedEvent, ...] | None = None
    statements: tuple[Statement, ...] | None = None
    _cells: dict[tuple[str, str, str, int], CellChances] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _asked: dict[str, Asked] = field(default_factory=dict, init=False, repr=False, compare=False)

    # -- what is known --------------------------------------------------------------------------

    def week(self, day: date) -> int:
        """The 1-based week that `day` is in; days before the start have weeks of 0 and less."""
        return (day - self.start).days // 7 + 1

    def events(self) -> tuple[PlantedEvent, ...]:
        """Everything planted in this market's history."""
        return self._events

    def stated(self) -> tuple[Statement, ...]:
        """Everything that answers may state about brands, true or false."""
        return self._statements

    def truth(self, engine: str, question_id: str, lang: str, week: int, brand: str) -> CellTruth:
        """The true rates of `brand` over `ok` answers to one cell; KeyError for unknown ids."""
        question = self._questions[question_id]
        asked = self.asked(question.text[lang])
        return cell_truth(self.chances(self._engines[engine], asked, week), brand)

    def true_visibility(
        self,
        engine: str | None,
        week: int,
        brand: str,
        questions: Sequence[str] | None = None,
        langs: Sequence[str] | None = None,
    ) -> float:
        """The mean chance of being visible, over questions and languages.

        `engine` None is the mean of the engines' figures; `questions` None are the unbranded
        ones without probes; `langs` None are the pack's.
        """
        if engine is None:
            each = [self.true_visibility(e, week, brand, questions, langs) for e in self._engines]
            return sum(each) / len(each)
        ids = self.unbranded() if questions is None else questions
        spoken = self.langs() if langs is None else langs
        asker = self._engines[engine]
        rates = [
            self.chances(asker, self.asked(self._questions[i].text[lang]), week).brands[brand].named
            for i in ids
            for lang in spoken
        ]
        return sum(rates) / len(rates)

    def unbranded(self) -> tuple[str, ...]:
        """Ids of the questions that name no tracked brand and are no probes."""
        return tuple(
            q.question_id
            for q in self.pack.questions
            if q.intent is not Intent.PROBE and not self._branded(q)
        )

    def langs(self) -> tuple[str, ...]:
        """The languages of the pack's locales."""
        return tuple(dict.fromkeys(loc.split("-")[0].lower() for loc in self.pack.locales))

    @cached_property
    def probing(self) -> ProbedMarket:
        """How the engines answer probes of the facts, and with what chances."""
        return ProbedMarket(self.facts, self.engines, self._events, self.seed)

    # -- what is asked --------------------------------------------------------------------------

    def asked(self, prompt: str) -> Asked:
        """What the prompt asks; the pack's questions are known by any of their wordings."""
        if prompt not in self._asked:
            self._asked[prompt] = understood(prompt, self._prompts, self.brands)
        return self._asked[prompt]

    def engine(self, model: str, *, searching: bool = False) -> Engine:
        """The engine that is meant by a requested model name."""
        return engine_of(self.engines, model, searching=searching)

    def served(self, engine: Engine, day: date) -> Served:
        """Which version of its model the engine serves on `day`."""
        changes = [
            self.start + timedelta(weeks=e.week - 1)
            for e in self._events
            if e.kind is EventKind.VERSION_CHANGE
            and e.engine == engine.engine_id
            and e.week <= self.week(day)
        ]
        return served_version(engine, self.start, max(changes, default=None), self.seed)

    def answer(
        self,
        engine: Engine,
        prompt: str,
        day: date,
        nonce: str,
        *,
        persona: str = "",
        marks: CitationMarks | None = None,
    ) -> SimulatedAnswer:
        """One `ok` answer with everything that was planted in it; the same for the same nonce."""
        asked, week = self.asked(prompt), self.week(day)
        context = AnswerContext(
            seed=self.seed,
            engine=engine,
            asked=asked,
            week=week,
            nonce=f"{prompt}\x1f{persona}\x1f{nonce}",
            brands=self._brands,
            chances=self.chances(engine, asked, week),
            statements=self._statements_of(engine, asked, week),
            marks=marks or (CitationMarks.SEGMENTS if engine.web_search else CitationMarks.NONE),
            instructing=self._instructing(engine, asked, week),
        )
        return drawn_answer(context)

    def chances(self, engine: Engine, asked: Asked, week: int) -> CellChances:
        """The latent chances of everything about the answers to one cell in one week."""
        active = sum(1 << i for i, e in enumerate(self._events) if week >= e.week)
        key = (engine.engine_id, asked.key, asked.lang, active)
        if key not in self._cells:
            self._cells[key] = self._chances(engine, asked, week)
        return self._cells[key]

    # -- how chances come about -----------------------------------------------------------------

    def _chances(self, engine: Engine, asked: Asked, week: int) -> CellChances:
        intent = asked.question.intent if asked.question else Intent.DISCOVERY
        if intent is Intent.PROBE and not asked.named:
            return self._no_vendors()
        listing = _LISTING[intent]
        listing += 0.12 * normal(self.seed, "listing", engine.engine_id, asked.key)
        if len(asked.named) == 1:
            listing *= 0.4
        strangers = {
            name: (0.4 * unit(self.seed, "stranger", name, asked.key) ** 2, 0.6)
            for name in STRANGERS
            if name not in self._brands
        }
        brands = {b.name: self._brand_chance(b.name, engine, asked, week) for b in self.brands}
        searching = engine.web_search or engine.model.startswith("perplexity/")
        return CellChances(brands, strangers, min(max(listing, 0.02), 0.95), searching)

    def _no_vendors(self) -> CellChances:
        """A question that asks for no vendor (a canary): hardly any brand is named."""
        quiet = BrandChance(0.004, 0.3, 0.0, 0.0, 1.0, 0.0, 0.0)
        return CellChances({b.name: quiet for b in self.brands}, {}, 0.0, searching=False)

    def _brand_chance(self, brand: str, engine: Engine, asked: Asked, week: int) -> BrandChance:
        seed, key = self.seed, asked.key
        logit = self._logit(brand, engine, asked) + self._shift(brand, engine, asked, week)
        affinity = normal(seed, "place", brand, key)
        liked = 0.9 + 0.5 * self._strengths[brand] + 0.5 * normal(seed, "liked", brand, key)
        return BrandChance(
            named=sigmoid(logit),
            recommended_share=sigmoid(liked) * 0.92,
            warned_share=0.08 * unit(seed, "warned", brand, engine.engine_id),
            declined=0.8 if brand in asked.named else 0.01,
            weight=2.0 ** (1.2 * self._strengths[brand] + affinity),
            cited_named=sigmoid(-0.2 + 0.6 * normal(seed, "cited", brand, engine.engine_id)),
            cited_absent=0.04,
        )

    def _logit(self, brand: str, engine: Engine, asked: Asked) -> float:
        """Strength, taste of the question, habit of the engine: before any event."""
        seed, key = self.seed, asked.key
        if brand in asked.named:
            return 3.4 + 0.4 * normal(seed, "asked about", brand, key, engine.engine_id)
        return (
            self._strengths[brand]
            - (0.9 if asked.named else 0.0)
            + 0.9 * normal(seed, "ease", key)
            + 1.1 * normal(seed, "taste", brand, key)
            + 0.4 * normal(seed, "habit", brand, engine.engine_id)
            + 0.5 * normal(seed, "whim", brand, key, engine.engine_id)
            + 0.3 * normal(seed, "language", brand, asked.lang)
            + (0.25 if engine.web_search else 0.0)
        )

    def _shift(self, brand: str, engine: Engine, asked: Asked, week: int) -> float:
        return sum(
            e.shift
            for e in self._events
            if e.kind not in (EventKind.WRONG_FACT, EventKind.INSTRUCTIONS)
            and week >= e.week
            and e.engine in ("", engine.engine_id)
            and e.brand in ("", brand)
            and e.touches(asked.question)
        )

    def _instructing(self, engine: Engine, asked: Asked, week: int) -> float:
        """The chance that an answer carries instructions to its judge."""
        chances = (
            e.shift
            for e in self._events
            if e.kind is EventKind.INSTRUCTIONS
            and week >= e.week
            and e.engine in ("", engine.engine_id)
            and e.touches(asked.question)
        )
        return max(chances, default=0.0)

    def _statements_of(
        self, engine: Engine, asked: Asked, week: int
    ) -> tuple[tuple[Statement, float, float], ...]:
        """Each statement with its chance to be made, if the brand is visible, and to be wrong."""
        wanted = asked.question.facts if asked.question else ()
        n = max(1, len(self._statements))
        unasked = {True: min(0.5, 1.2 / n), False: min(0.12, 0.3 / n)}
        return tuple(
            (
                s,
                0.85 if s.fact_id in wanted else unasked[s.brand in asked.named],
                self._wrong(s, engine, week),
            )
            for s in self._statements
        )

    def _wrong(self, statement: Statement, engine: Engine, week: int) -> float:
        return max(
            (
                e.shift
                for e in self._events
                if e.kind is EventKind.WRONG_FACT
                and (e.engine, e.fact_id) == (engine.engine_id, statement.fact_id)
                and week >= e.week
            ),
            default=0.04,
        )

    def _branded(self, question: Question) -> bool:
        if question.branded is not None:
            return question.branded
        return any(self.asked(text).named for text in question.text.values())

    @cached_property
    def _events(self) -> tuple[PlantedEvent, ...]:
        if self.planted is not None:
            return self.planted
        marked = tuple(replace(q, branded=self._branded(q)) for q in self.pack.questions)
        pack = replace(self.pack, questions=marked)
        return default_events(pack, self.brands, self.engines, self._misknown(), self.seed)

    def _misknown(self) -> str:
        """The fact that one engine gets wrong: one that is asked about, if there is any."""
        own = [
            s.fact_id
            for s in self._statements
            if s.brand == self.pack.own and all(s.wrong.get(lang) for lang in self.langs())
        ]
        wanted = {fact for q in self.pack.questions for fact in q.facts}
        return next((fact for fact in own if fact in wanted), next(iter(own), ""))

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        if self.statements is not None:
            return self.statements
        if self.facts:
            return statements_from(self.facts, self.seed)
        return default_statements(self.pack.own, self.seed)

    @cached_property
    def _strengths(self) -> Mapping[str, float]:
        """Rivals from strong to weak by the seed's lot, our own brand in between."""
        rivals = sorted(
            (b.name for b in self.brands if b.name != self.pack.own),
            key=lambda name: number(self.seed, "strength", name),
        )
        step = 2.2 / max(1, len(rivals) - 1)
        return {self.pack.own: -0.2} | {name: 1.1 - i * step for i, name in enumerate(rivals)}

    @cached_property
    def _brands(self) -> Mapping[str, Brand]:
        return {b.name: b for b in self.brands}

    @cached_property
    def _engines(self) -> Mapping[str, Engine]:
        return {e.engine_id: e for e in self.engines}

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {q.question_id: q for q in self.pack.questions}

    @cached_property
    def _prompts(self) -> Mapping[str, tuple[Question, str]]:
        return pack_prompts(self.pack)
