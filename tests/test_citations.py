"""Citations: response bodies of every wire format, addresses, owners, kinds."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.citations import (
    DEFAULT_KINDS,
    domain_of,
    normalised_url,
    owners_of,
    read_citations,
    sources_in_body,
)
from monitor.mentions import extract, track
from monitor.ranking import read_outline
from monitor.types import Brand, Citation, Owner, Source, SourceKind, Span

RECORDED = Path(__file__).parents[2] / "shared" / "data" / "provider-bodies"


def chat(message: dict[str, Any], **beside: Any) -> str:
    return json.dumps({"choices": [{"message": {"role": "assistant", **message}}], **beside})


def test_chat_annotations_are_cited_with_their_spans() -> None:
    citation = {"url": "https://a.example/1", "title": "One", "start_index": 3, "end_index": 9}
    body = chat(
        {
            "content": "Pumps leak.",
            "annotations": [{"type": "url_citation", "url_citation": citation}],
        }
    )
    assert sources_in_body(body) == (Source("https://a.example/1", "One", span=Span(3, 9)),)


def test_annotations_that_span_nothing_have_no_span() -> None:
    citation = {"url": "https://a.example/1", "title": "", "start_index": 0, "end_index": 0}
    body = chat({"content": "x", "annotations": [{"url_citation": citation}]})
    assert sources_in_body(body) == (Source("https://a.example/1"),)


def test_numbered_sources_are_cited_where_the_text_points_to_them() -> None:
    body = chat(
        {"content": "Pumps leak [2]."},
        citations=["https://a.example/", "https://b.example/"],
        search_results=[
            {"url": "https://b.example/", "title": "B"},
            {"url": "https://c.example/", "title": "C"},
        ],
    )
    assert sources_in_body(body) == (
        Source("https://b.example/", "B", cited=True),
        Source("https://a.example/", "", cited=False),
        Source("https://c.example/", "C", cited=False),
    )


def test_a_bare_list_of_citations_is_cited_whole() -> None:
    body = chat({"content": "Pumps leak."}, citations=["https://a.example/", "https://b.example/"])
    assert [source.cited for source in sources_in_body(body)] == [True, True]


def test_responses_annotations_are_cited_and_searched_pages_only_found() -> None:
    body = {
        "output": [
            {
                "type": "web_search_call",
                "action": {
                    "type": "search",
                    "sources": [
                        {"type": "url", "url": "https://f.example/"},
                        {"url": "https://a.example/"},
                    ],
                },
            },
            {
                "type": "web_search_call",
                "action": {"type": "open_page", "url": "https://g.example/"},
            },
            {
                "type": "message",
                "content": [
                    {"type": "output_text", "text": "Intro. ", "annotations": []},
                    {
                        "type": "output_text",
                        "text": "Pumps.",
                        "annotations": [
                            {
                                "type": "url_citation",
                                "url": "https://a.example/",
                                "title": "A",
                                "start_index": 0,
                                "end_index": 5,
                            }
                        ],
                    },
                ],
            },
        ]
    }
    assert sources_in_body(json.dumps(body)) == (
        Source("https://a.example/", "A", True, Span(7, 12)),
        Source("https://f.example/", cited=False),
        Source("https://g.example/", cited=False),
    )


def test_anthropic_citations_support_their_block_and_results_are_found() -> None:
    body = {
        "content": [
            {
                "type": "web_search_tool_result",
                "content": [
                    {"type": "web_search_result", "url": "https://a.example/", "title": "A"},
                    {"type": "web_search_result", "url": "https://b.example/", "title": "B"},
                ],
            },
            {"type": "text", "text": "Intro. "},
            {
                "type": "text",
                "text": "Pumps.",
                "citations": [
                    {
                        "type": "web_search_result_location",
                        "url": "https://b.example/",
                        "title": "B",
                    }
                ],
            },
        ]
    }
    assert sources_in_body(json.dumps(body)) == (
        Source("https://b.example/", "B", True, Span(7, 13)),
        Source("https://a.example/", "A", cited=False),
    )


@pytest.mark.parametrize("unit", ["characters", "bytes"])
def test_gemini_supports_cite_chunks_by_characters_or_bytes(unit: str) -> None:
    text = "Größe zählt. Pumps leak."
    said = "Pumps leak."
    start = text.index(said) if unit == "characters" else text.encode().index(said.encode())
    body = {
        "candidates": [
            {
                "content": {"parts": [{"text": text}]},
                "groundingMetadata": {
                    "groundingChunks": [
                        {"web": {"uri": "https://f.example/", "title": "f.example"}},
                        {"web": {"uri": "https://a.example/", "title": "a.example"}},
                    ],
                    "groundingSupports": [
                        {
                            "groundingChunkIndices": [1],
                            "segment": {
                                "startIndex": start,
                                "endIndex": start + len(said),
                                "text": said,
                            },
                        }
                    ],
                },
            }
        ]
    }
    assert sources_in_body(json.dumps(body)) == (
        Source("https://a.example/", "a.example", True, Span(13, 24)),
        Source("https://f.example/", "f.example", cited=False),
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{",
        "[1]",
        '{"choices": 5}',
        '{"choices": [5, {"message": 7}]}',
        '{"output": [[]]}',
        '{"content": [{"citations": [{"url": 5}]}]}',
        '{"content": "text"}',
        "[" * 100_000,
        "\ud800",
        '{"candidates": [{"groundingMetadata": {"groundingChunks": [{"web": 5}],'
        ' "groundingSupports": [7]}}]}',
    ],
)
def test_odd_bodies_give_nothing_and_never_raise(body: str) -> None:
    assert sources_in_body(body) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "choices",
                    "message",
                    "annotations",
                    "url",
                    "content",
                    "output",
                    "candidates",
                    "groundingMetadata",
                    "groundingChunks",
                    "groundingSupports",
                    "citations",
                    "segment",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
@settings(deadline=None)
def test_no_json_raises(value: Any) -> None:
    assert isinstance(sources_in_body(json.dumps(value)), tuple)


@pytest.mark.skipif(not RECORDED.exists(), reason="recorded bodies aren't there")
@pytest.mark.parametrize(
    ("name", "cited", "found"),
    [
        ("anthropic-messages", 3, 7),
        ("gemini-generate-content", 3, 0),
        ("openai-responses", 3, 0),
        ("openrouter-chat", 5, 0),
    ],
)
def test_recorded_bodies_come_out_complete(name: str, cited: int, found: int) -> None:
    sources = sources_in_body((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    assert sum(source.cited for source in sources) == cited
    assert sum(not source.cited for source in sources) == found


# -- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://WWW.Acme.COM", "https://www.acme.com/"),
        ("https://acme.com:443/a?utm_source=x&b=1", "https://acme.com/a?b=1"),
        ("https://acme.com/a?fbclid=1&gclid=2", "https://acme.com/a"),
        ("https://acme.com/a#:~:text=b", "https://acme.com/a"),
        ("https://acme.com/a#part", "https://acme.com/a#part"),
        ("https://xn--bcher-kva.example/a", "https://bücher.example/a"),
        ("https://xn--%.example/a", "https://xn--%.example/a"),
        ("http://user:pw@acme.com/", "http://acme.com/"),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Facme.com%2Fx%3Futm_source%3Da",
            "https://acme.com/x",
        ),
        ("https://acme.com/a b", "https://acme.com/a%20b"),
        ("mailto:a@acme.com", ""),
        ("javascript:alert(1)", ""),
        ("http://[broken", ""),
        ("nonsense", ""),
    ],
)
def test_addresses_are_compared_without_what_tracks(url: str, normal: str) -> None:
    assert normalised_url(url) == normal


@given(st.text(max_size=40))
@settings(deadline=None)
def test_no_address_raises(text: str) -> None:
    assert isinstance(normalised_url(f"https://{text}"), str)
    assert isinstance(domain_of(text), str)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://shop.acme.com.au", "acme.com.au"),
        ("http://localhost:80/", "localhost"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("https://[2001:db8::1]/x", "2001:db8::1"),
        ("https://www.tessavik.example/x", "tessavik.example"),
        ("https://tessavik.example", "tessavik.example"),
        ("https://co.uk/", "co.uk"),
    ],
)
def test_registrable_domains_follow_the_public_suffix_list(url: str, domain: str) -> None:
    assert domain_of(url) == domain


def citations_of(text: str, brands: list[Brand], *sources: Source) -> tuple[Citation, ...]:
    return read_citations(read_outline(text), owners_of(brands), sources)


def test_owner_is_ours_rival_or_third_party() -> None:
    brands = [
        Brand("Acme", domains=("acme.com",), own=True),
        Brand("Bolt", domains=("www.bolt.de",)),
    ]
    found = citations_of(
        "[a](https://docs.acme.com) [b](https://bolt.de) [c](https://x.org)", brands
    )
    assert [(each.owner, each.brand, each.kind) for each in found] == [
        (Owner.OURS, "Acme", SourceKind.VENDOR),
        (Owner.RIVAL, "Bolt", SourceKind.VENDOR),
        (Owner.THIRD_PARTY, "", SourceKind.OTHER),
    ]


def test_a_host_of_its_own_wins_over_the_domain_it_is_in() -> None:
    brands = [
        Brand("Google", domains=("google.com",)),
        Brand("Google Cloud", domains=("cloud.google.com",)),
    ]
    assert citations_of("https://cloud.google.com/run", brands)[0].brand == "Google Cloud"
    assert citations_of("https://www.google.com/x", brands)[0].brand == "Google"


def test_kinds_come_from_the_list_and_an_own_mapping_wins() -> None:
    text = "https://www.reddit.com/r/a https://de.wikipedia.org/wiki/A https://heise.de/x"
    tracked = track([Brand("Acme")], {"heise.de": SourceKind.COMMUNITY})
    kinds = [each.kind for each in extract(text, tracked).citations]
    assert kinds == [SourceKind.COMMUNITY, SourceKind.ENCYCLOPAEDIA, SourceKind.COMMUNITY]
    assert DEFAULT_KINDS["heise.de"] is SourceKind.EDITORIAL


def test_provider_redirect_is_named_and_its_title_gives_the_domain() -> None:
    url = "https://vertexaisearch.cloud.google.com/grounding-api-redirect/AbC"
    found = citations_of("", [Brand("Acme", domains=("acme.com",))], Source(url, "acme.com"))[0]
    assert (found.redirect, found.domain, found.brand) == (True, "acme.com", "Acme")


def test_cited_in_the_text_wins_over_only_found() -> None:
    found = citations_of(
        "[a](https://a.example/)",
        [],
        Source("https://a.example/", "A page", cited=False),
        Source("https://b.example/", cited=False),
    )
    assert [(each.url, each.cited) for each in found] == [
        ("https://a.example/", True),
        ("https://b.example/", False),
    ]
