"""Gemini generateContent."""

from itertools import groupby
from urllib.parse import urlsplit

from monitor.simulator.randomness import number
from monitor.simulator.wires.exchange import Finish, Reply, Request, token_name, tokens
from monitor.types import Json, Source, Span

_REDIRECT = "https://vertexaisearch.cloud.google.com/grounding-api-redirect/"


def generate_body(request: Request, reply: Reply) -> dict[str, Json]:
    """A candidate with its grounding: redirect addresses, titles that are domains, byte offsets."""
    candidate: dict[str, Json] = {"index": 0, "finishReason": "STOP"}
    if reply.finish is Finish.FILTERED:
        candidate["finishReason"] = "SAFETY"
    elif reply.finish is Finish.EMPTY:
        candidate["content"] = {"role": "model"}
    else:
        candidate["content"] = {"role": "model", "parts": [{"text": reply.text}]}
    if request.searching and reply.finish is Finish.DONE:
        candidate["groundingMetadata"] = _grounding(reply)
    sent, got = tokens(request.prompt + request.context), tokens(reply.text)
    return {
        "candidates": [candidate],
        "modelVersion": reply.served.model,
        "responseId": token_name("", reply.reply_id, 23),
        "usageMetadata": {
            "promptTokenCount": sent,
            "candidatesTokenCount": got,
            "totalTokenCount": sent + got,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": sent}],
        },
    }


def _grounding(reply: Reply) -> dict[str, Json]:
    places = {url: i for i, url in enumerate(dict.fromkeys(s.url for s in reply.cited))}
    return {
        "webSearchQueries": list(reply.queries),
        "searchEntryPoint": {"renderedContent": '<div class="container"></div>'},
        "groundingChunks": [
            {
                "web": {
                    "uri": _REDIRECT + token_name("AUZIYQ", number("redirect", url), 80),
                    "title": _site(url),
                }
            }
            for url in places
        ],
        "groundingSupports": [
            {
                "segment": _segment(reply.text, span),
                "groundingChunkIndices": [places[s.url] for s in sources],
            }
            for span, sources in groupby(reply.cited, key=_span)
        ],
    }


def _site(url: str) -> str:
    """The host without www, which Gemini gives as the title."""
    return urlsplit(url).netloc.removeprefix("www.")


def _segment(text: str, span: Span) -> dict[str, Json]:
    """Offsets count UTF-8 bytes, as the real service does."""
    start = len(text[: span.start].encode())
    piece = text[span.start : span.end]
    segment: dict[str, Json] = {"endIndex": start + len(piece.encode()), "text": piece}
    return {"startIndex": start} | segment if start else segment


def _span(source: Source) -> Span:
    return source.span or Span(0, 0)
