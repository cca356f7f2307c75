"""A small pack of invented brands for tests that ask the simulator."""

from datetime import date

from monitor.simulator.market import Market
from monitor.types import Brand, Engine, Intent, Pack, Persona, Question

START = date(2026, 8, 31)

BRANDS = (
    Brand("Lumora", aliases=("Lumora CMS",), domains=("lumora-cms.com",), own=True),
    Brand("Pagewright", domains=("pagewright.io",)),
    Brand("Contenta", aliases=("Contenta Cloud",), domains=("contenta.de",)),
    Brand("Strukt", domains=("strukt.dev",)),
    Brand(
        "Beacon",
        domains=("beacon-pages.com",),
        ambiguous=True,
        context=("content platform", "editor"),
    ),
    Brand("Inkwells", domains=("inkwells.net",)),
)

ENGINES = (
    Engine("chat", "openai/aurora-4", simulated=True),
    Engine("chat-web", "openai/aurora-4-search-preview", web_search=True, simulated=True),
    Engine("responses", "openai/responses/aurora-5", web_search=True, simulated=True),
    Engine("claude-like", "anthropic/claude-sonnet-4-5", web_search=True, simulated=True),
    Engine("gemini-like", "gemini/gemini-2.5-flash", web_search=True, simulated=True),
    Engine("sonar", "perplexity/sonar", web_search=True, simulated=True),
    Engine("local", "ollama/llama3.1", simulated=True),
    Engine("local-chat", "ollama_chat/llama3.2", simulated=True),
)

_TOPICS = ("editor", "hosting", "languages", "price", "security", "migration")
_GERMAN = ("Redaktion", "Hosting", "Mehrsprachigkeit", "Preis", "Sicherheit", "Umzug")
_INTENTS = (Intent.DISCOVERY, Intent.COMPARISON, Intent.TRUST, Intent.PURCHASE)


def _open_questions() -> tuple[Question, ...]:
    return tuple(
        Question(
            f"{intent.value}-{topic}",
            intent,
            text={
                "en": f"Which content management system is best for {topic} ({intent.value})?",
                "de": f"Welches Redaktionssystem ist das beste für {german} ({intent.value})?",
            },
            paraphrases={"en": (f"Looking for a CMS with good {topic} for {intent.value}.",)},
            tags=(topic,),
        )
        for intent in _INTENTS
        for topic, german in zip(_TOPICS, _GERMAN, strict=True)
    )


def _branded_questions() -> tuple[Question, ...]:
    return (
        Question(
            "fact-price",
            Intent.FACT,
            text={"en": "What does Lumora cost?", "de": "Was kostet Lumora?"},
            facts=("entry_price",),
            branded=True,
        ),
        Question(
            "trust-lumora",
            Intent.TRUST,
            text={"en": "Is Lumora reliable?", "de": "Ist Lumora zuverlässig?"},
        ),
    )


PACK = Pack(
    pack_id="cms",
    title="Content management",
    own="Lumora",
    competitors=tuple(b.name for b in BRANDS[1:]),
    engines=tuple(e.engine_id for e in ENGINES),
    locales=("en-US", "de-DE"),
    questions=(*_open_questions(), *_branded_questions()),
    personas=(Persona("it", {"en": "I lead an IT team.", "de": "Ich leite eine IT-Abteilung."}),),
)


def simulated_market(seed: int = 7) -> Market:
    """The usual market of the pack, with its planted events."""
    return Market(PACK, BRANDS, ENGINES, seed=seed, start=START)
