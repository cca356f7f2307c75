"""The simulated market: its truth is what its answers show in the long run."""

import math
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from statistics import mean, pstdev

import pytest
from simulated_pack import BRANDS, ENGINES, PACK, START, simulated_market

from monitor.simulator import EventKind, Market
from monitor.simulator.answers import SimulatedAnswer
from monitor.simulator.chances import BrandChance, CellChances, cell_truth
from monitor.types import (
    Engine,
    Fact,
    FactType,
    FactValue,
    Intent,
    MentionState,
    Question,
    Severity,
)

ENGINE: dict[str, Engine] = {e.engine_id: e for e in ENGINES}
QUESTION: dict[str, Question] = {q.question_id: q for q in PACK.questions}


def drawn(
    market: Market, engine: str, question: str, lang: str, week: int, count: int
) -> list[SimulatedAnswer]:
    day = START + timedelta(weeks=week - 1)
    prompt = QUESTION[question].text[lang]
    return [market.answer(ENGINE[engine], prompt, day, str(i)) for i in range(count)]


@pytest.mark.parametrize(
    ("engine", "question", "lang", "week"),
    [
        ("chat", "discovery-editor", "en", 1),
        ("chat-web", "comparison-hosting", "de", 8),
        ("sonar", "purchase-price", "en", 12),
        ("gemini-like", "trust-lumora", "de", 3),
    ],
)
def test_rates_of_many_answers_come_to_the_truth_of_their_cell(
    engine: str, question: str, lang: str, week: int
) -> None:
    market, n = simulated_market(), 3000
    answers = drawn(market, engine, question, lang, week, n)
    for place, brand in enumerate(BRANDS):
        truth = market.truth(engine, question, lang, week, brand.name)
        found = [a.planted[place] for a in answers]
        owned = [any(s.cited and brand.domains[0] in s.url for s in a.sources) for a in answers]
        for expected, events in (
            (truth.named, [m.state.visible for m in found]),
            (truth.recommended, [m.state is MentionState.RECOMMENDED for m in found]),
            (truth.mentioned, [m.state is MentionState.MENTIONED for m in found]),
            (truth.warned_against, [m.state is MentionState.WARNED_AGAINST for m in found]),
            (truth.declined, [m.state is MentionState.DECLINED for m in found]),
            (truth.first, [m.rank == 1 for m in found]),
            (truth.top3, [m.rank is not None and m.rank <= 3 for m in found]),
            (truth.cited, owned),
        ):
            se = math.sqrt(max(expected * (1 - expected), 1e-3) / n)
            assert abs(sum(events) / n - expected) < 4.5 * se


def test_places_among_equals_are_shared_out_evenly() -> None:
    equal = BrandChance(1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    chances = CellChances(dict.fromkeys("abcde", equal), {}, 1.0, searching=False)
    truth = cell_truth(chances, "c")
    assert truth.first == pytest.approx(1 / 5, abs=1e-9)
    assert truth.top3 == pytest.approx(3 / 5, abs=1e-9)


def test_a_brand_twice_as_fast_is_first_twice_as_often() -> None:
    slow = BrandChance(1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    chances = CellChances({"a": replace(slow, weight=2.0), "b": slow}, {}, 1.0, searching=False)
    assert cell_truth(chances, "a").first == pytest.approx(2 / 3, abs=1e-9)
    assert cell_truth(chances, "b").first == pytest.approx(1 / 3, abs=1e-9)


def test_the_same_seed_and_nonce_give_the_same_answer_and_another_nonce_another() -> None:
    first = drawn(simulated_market(), "chat-web", "discovery-price", "de", 4, 20)
    again = drawn(simulated_market(), "chat-web", "discovery-price", "de", 4, 20)
    other = drawn(simulated_market(seed=8), "chat-web", "discovery-price", "de", 4, 20)
    assert first == again
    assert len({a.text for a in first}) == 20
    assert {a.text for a in first}.isdisjoint(a.text for a in other)


def test_a_paraphrase_has_the_chances_of_its_question() -> None:
    market, question = simulated_market(), QUESTION["discovery-editor"]
    text, paraphrase = question.phrasings("en")
    engine = ENGINE["chat"]
    plain = market.chances(engine, market.asked(text), 1)
    assert market.chances(engine, market.asked(paraphrase), 1) == plain


def test_questions_differ_so_much_that_pooled_answers_are_no_sample() -> None:
    market = simulated_market()
    rates = [market.truth("chat", q, "en", 1, "Pagewright").named for q in market.unbranded()]
    assert pstdev(rates) > 0.15


def test_questions_of_no_pack_have_a_profile_of_their_own() -> None:
    market = simulated_market()
    asked = market.asked("Womit lassen sich im Verein die Protokolle am besten verwalten?")
    assert asked.lang == "de"
    assert asked.question is None
    one = market.chances(ENGINE["chat"], asked, 1)
    other = market.chances(ENGINE["chat"], market.asked("Which tool keeps minutes best?"), 1)
    assert one != other


def test_a_brand_that_the_question_names_is_nearly_always_spoken_of() -> None:
    market = simulated_market()
    assert market.truth("chat", "trust-lumora", "en", 1, "Lumora").named > 0.85
    assert "trust-lumora" not in market.unbranded()
    assert "fact-price" not in market.unbranded()


def test_every_kind_of_event_is_planted_but_orders_to_a_judge_only_on_demand() -> None:
    kinds = {e.kind for e in simulated_market().events()}
    assert kinds == set(EventKind) - {EventKind.INSTRUCTIONS}


def test_a_version_change_moves_every_brand_on_one_engine_only() -> None:
    market = simulated_market()
    [change] = [e for e in market.events() if e.kind is EventKind.VERSION_CHANGE]
    for brand in BRANDS:
        before = market.true_visibility(change.engine, 6, brand.name)
        after = market.true_visibility(change.engine, 7, brand.name)
        assert (after - before) * change.shift > 0
    others = [e.engine_id for e in ENGINES if e.engine_id != change.engine]
    for engine in others:
        before = market.true_visibility(engine, 6, "Lumora")
        assert market.true_visibility(engine, 7, "Lumora") == before


def test_we_win_one_topic_and_nothing_else_from_its_week_on() -> None:
    market = simulated_market()
    [win] = [e for e in market.events() if e.kind is EventKind.TOPIC_WIN]
    inside = [q.question_id for q in PACK.questions if win.topic in (*q.tags, q.intent.value)]
    outside = [q for q in market.unbranded() if q not in inside]
    assert win.brand == "Lumora"
    gain = [market.true_visibility(None, w, "Lumora", inside) for w in (win.week - 1, win.week)]
    rest = [market.true_visibility(None, w, "Lumora", outside) for w in (win.week - 1, win.week)]
    assert gain[1] - gain[0] > 0.15
    assert rest[1] == rest[0]


def test_a_rival_surges_on_all_engines() -> None:
    market = simulated_market()
    [surge] = [e for e in market.events() if e.kind is EventKind.RIVAL_SURGE]
    assert surge.brand != "Lumora"
    for engine in ENGINE:
        before = market.true_visibility(engine, surge.week - 1, surge.brand)
        assert market.true_visibility(engine, surge.week, surge.brand) > before + 0.05


def test_one_engine_repeats_a_wrong_fact_and_says_where() -> None:
    market = simulated_market()
    [lie] = [e for e in market.events() if e.kind is EventKind.WRONG_FACT]
    wrong = {}
    for engine in (lie.engine, "local"):
        answers = drawn(market, engine, "trust-lumora", "de", lie.week, 400)
        claims = [(a, c) for a in answers for c in a.claims if c.fact_id == lie.fact_id]
        assert len(claims) > 100
        assert all(c.value.split()[0] in a.text[c.span.start : c.span.end] for a, c in claims)
        wrong[engine] = mean(not c.correct for _, c in claims)
    assert wrong[lie.engine] > 0.8
    assert wrong["local"] < 0.15


def test_a_null_market_never_changes() -> None:
    market = replace(simulated_market(), planted=())
    for engine in ENGINE:
        assert len({market.true_visibility(engine, w, "Strukt") for w in range(1, 60)}) == 1


def test_only_engines_that_search_cite() -> None:
    market = simulated_market()
    searching = drawn(market, "sonar", "discovery-editor", "en", 1, 50)
    silent = drawn(market, "chat", "discovery-editor", "en", 1, 50)
    assert all(any(s.cited for s in a.sources) for a in searching)
    assert any(not s.cited for a in searching for s in a.sources)
    assert not any(a.sources for a in silent)
    assert market.truth("chat", "discovery-editor", "en", 1, "Lumora").cited == 0


def test_pages_of_all_kinds_are_cited() -> None:
    market = simulated_market()
    domains: Counter[str] = Counter()
    for question in market.unbranded():
        for answer in drawn(market, "gemini-like", question, "en", 1, 5):
            domains.update(s.url.split("/")[2] for s in answer.sources if s.cited)
    assert {"www.reddit.com", "en.wikipedia.org", "www.g2.com", "www.techradar.com"} <= set(domains)
    assert any("pagewright.io" in d for d in domains)


def test_weeks_count_from_the_start() -> None:
    market = simulated_market()
    days = (-1, 0, 6, 7, 41, 42)
    assert [market.week(START + timedelta(days=d)) for d in days] == [0, 1, 1, 2, 6, 7]


@pytest.mark.parametrize(
    ("model", "searching", "engine"),
    [
        ("aurora-4", False, "chat"),
        ("aurora-4-search-preview", True, "chat-web"),
        ("aurora-5", True, "responses"),
        ("llama3.2", False, "local-chat"),
    ],
)
def test_an_engine_is_known_by_the_model_it_asks_for(
    model: str, searching: bool, engine: str
) -> None:
    assert simulated_market().engine(model, searching=searching).engine_id == engine


def test_the_same_model_with_and_without_search_is_two_engines() -> None:
    pair = (Engine("memory", "openai/one"), Engine("web", "openai/one", web_search=True))
    market = replace(simulated_market(), engines=pair)
    assert market.engine("one", searching=True).engine_id == "web"
    assert market.engine("one", searching=False).engine_id == "memory"


def test_a_model_of_no_engine_is_an_engine_of_its_own() -> None:
    assert simulated_market().engine("something-new").engine_id == "something-new"


def test_a_canary_question_hardly_ever_names_a_vendor() -> None:
    canary = Question(
        "canary", Intent.PROBE, {"en": "How do I resize a photo?"}, tags=("canary",), branded=False
    )
    market = replace(simulated_market(), pack=replace(PACK, questions=(*PACK.questions, canary)))
    answers = [market.answer(ENGINE["chat"], canary.text["en"], START, str(i)) for i in range(300)]
    assert sum(m.state.visible for a in answers for m in a.planted) < 25
    assert not any(a.strangers for a in answers)
    assert "canary" not in market.unbranded()


def test_engines_on_one_model_serve_one_version() -> None:
    pair = (Engine("memory", "openai/one"), Engine("web", "openai/one", web_search=True))
    market = replace(simulated_market(), engines=pair, planted=())
    assert market.served(pair[0], START) == market.served(pair[1], START)


def test_a_fact_sheet_is_what_the_answers_state() -> None:
    price = Fact(
        "price",
        "Lumora",
        {"en": "Lumora costs 77 euros.", "de": "Lumora kostet 77 Euro."},
        FactValue(FactType.MONEY, 77, currency="EUR"),
        Severity.CRITICAL,
    )
    market = replace(simulated_market(), facts=(price,))
    answers = drawn(market, "local", "trust-lumora", "en", 1, 200)
    claims = [(a, c) for a in answers for c in a.claims]
    assert {c.fact_id for _, c in claims} == {"price"}
    assert all((c.value == "77") is c.correct for _, c in claims)
    assert all(c.value in a.text[c.span.start : c.span.end] for a, c in claims)
    [lie] = [e for e in market.events() if e.kind is EventKind.WRONG_FACT]
    assert lie.fact_id == "price"


def test_who_asks_changes_the_draw_and_not_the_chances() -> None:
    market, prompt = simulated_market(), QUESTION["discovery-editor"].text["en"]
    engine = ENGINE["chat"]
    plain = market.answer(engine, prompt, START, "1")
    as_it = market.answer(engine, prompt, START, "1", persona="I lead an IT team.")
    assert plain.text != as_it.text
    assert plain.week == as_it.week
