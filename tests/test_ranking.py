"""Ranking: outline offsets, heads, names and labels, lists that recommend and lists that don't."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.ranking import Named, looks_like_name, read_lists, read_outline, recommendation_items
from monitor.ranking.glued import is_glued
from monitor.ranking.heads import head_of


def places(text: str, *names: str) -> list[tuple[str, int]]:
    """The places of the items whose subjects are these names."""
    outline = read_outline(text)
    stands = sorted(
        Named(at, at + len(name), number, glued=False)
        for number, name in enumerate(names)
        for at in range(len(outline.text))
        if outline.text.startswith(name, at)
    )
    lists = read_lists(outline, sorted(each.start for each in stands))
    items = recommendation_items(outline.text, lists, stands)
    return [(names[brand], item.place) for item in items for brand in item.subjects]


@pytest.mark.parametrize(
    ("raw", "visible"),
    [
        ("**a** b", "a b"),
        ("[a](https://x.example) b", "a b"),
        ("a &amp; b", "a & b"),
        ("`a` \\* b", "a * b"),
        ("# a\n\nb", "a\nb"),
        ("- a\n- b", "a\nb"),
        ("<b>ü</b> b", "ü b"),
        ("a<br>b", "a\nb"),
        ("<!-- x -->\n\na", "a"),
        ("ü**é**ß", "üéß"),
        ("`a\nb` c", "a b c"),
        ("`Strong` **c**", "Strong c"),
    ],
)
def test_visible_text_has_no_markup(raw: str, visible: str) -> None:
    assert read_outline(raw).text.strip() == visible


@example("\n>`1\n1", "XXX")  # a code span whose lines a quotation breaks
@given(
    st.text(alphabet="aü*_`[](){}<>#-.1\n|&;€ß日\\", max_size=60),
    st.text(alphabet="XYZ", min_size=3, max_size=5),
)
@settings(max_examples=300, deadline=None)
def test_offsets_lead_back_to_the_raw_answer(noise: str, word: str) -> None:
    raw = f"{noise} {word} {noise}"
    outline = read_outline(raw)
    at = outline.text.find(word)
    if at >= 0:
        span = outline.raw_span(at, at + len(word))
        assert raw[span.start : span.end] == word


@pytest.mark.parametrize(
    ("line", "head", "label"),
    [
        ("HubSpot – better than Mailchimp", "HubSpot", ""),
        ("1. HubSpot: good", "HubSpot", ""),
        ("🥇 Best overall: Dyson V15 – strong", "Dyson V15", "best overall"),
        ("Preis-Leistungs-Sieger: Borealis Zwei", "Borealis Zwei", "preis-leistungs-sieger"),
        ("Battery life: up to 60 minutes of use without any pause at all", "Battery life", ""),
        ("Acme (formerly Apex) – a", "Acme", ""),
        ("Acme-One is fine", "Acme-One is fine", ""),
    ],
)
def test_head_is_cut_from_its_line(line: str, head: str, label: str) -> None:
    found = head_of(line, 0, len(line))
    assert found is not None
    assert (line[found.start : found.end], found.label) == (head, label)


@pytest.mark.parametrize(
    "name",
    [
        "Zephyrix",
        "Dyson V15 Detect",
        "WH-1000XM5",
        "The Criterion Channel",
        "Otter.ai",
        "Wits & Wagers",
        "HP Envy x360",
    ],
)
def test_names_look_like_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Price",
        "Battery Life",
        "Best Value",
        "Key Features",
        "Ease of use",
        "Datenschutz",
        "Einfache Bedienung",
        "Budget-Friendly Options",
        "What is best?",
        "it works",
        "USB or Bluetooth",
        "Preis-Leistung",
        "",
    ],
)
def test_labels_and_attributes_do_not_look_like_names(text: str) -> None:
    assert not looks_like_name(text)


def test_sub_lists_run_on_and_groups_are_no_items() -> None:
    text = "- Budget\n  - Acme\n  - Bolt\n- Premium\n  - Corvid"
    assert places(text, "Acme", "Bolt", "Corvid") == [("Acme", 1), ("Bolt", 2), ("Corvid", 3)]


def test_compared_brand_has_no_place() -> None:
    text = "1. HubSpot – a better choice than Mailchimp\n2. Zephyrix – cheap"
    assert places(text, "HubSpot", "Mailchimp") == [("HubSpot", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "1. Open Acme and log in.\n2. Click on Settings.\n3. Save it.",
        "Sources:\n- Acme\n- Bolt",
        "Why?\n- Acme pricing\n- Acme support",
        "- Plugins for Acme\n- Guides for Acme",
        "Acme and Bolt sell pumps.",
        "## Acme vs Bolt\n\nBoth sell pumps.",
    ],
)
def test_steps_sources_reasons_and_prose_have_no_places(text: str) -> None:
    assert places(text, "Acme", "Bolt") == []


def test_items_named_again_keep_their_place() -> None:
    text = "1. Acme\n2. Bolt\n\nOther options:\n1. Bolt\n2. Corvid"
    assert places(text, "Acme", "Bolt", "Corvid") == [
        ("Acme", 1),
        ("Bolt", 2),
        ("Bolt", 2),
        ("Corvid", 3),
    ]


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_crashes_the_reading_of_lists(text: str) -> None:
    assert isinstance(places(text, "Acme"), list)


@given(st.text(alphabet="abcAB. :!1٣)+•$\n", max_size=30), st.sampled_from(["", "\n", "Die. "]))
def test_whatever_stands_around_it_glued_text_looks_so(around: str, before: str) -> None:
    for glued in (
        "ToolOriginHostingAcmeOslo",
        "ÄpfelÖfenÜbungenÄckerÖle",
        "Light.Acme is loud.Bolt is not!Corvid",
        "Nice fitAcme and wideBolt and redCorvid",
    ):
        assert is_glued(f"{before} {glued} {around}")


@pytest.mark.parametrize("text", ["Acme is light. Bolt isn't.", "McAcme, DeBolt", "Übung"])
def test_running_text_does_not_look_glued(text: str) -> None:
    assert not is_glued(text)
