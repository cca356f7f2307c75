"""Anthropic messages."""

from itertools import groupby

from monitor.simulator.wires.exchange import Finish, Reply, Request, token_name, tokens
from monitor.types import Json, Source, Span


def messages_body(request: Request, reply: Reply) -> dict[str, Json]:
    """A message: a search with its results, then text in blocks that each carry citations."""
    content: list[Json] = list(_search(request, reply))
    if request.reply_tool and reply.structured is not None:
        content.append(_tool_call(request.reply_tool, reply.structured, reply.reply_id))
    else:
        content.extend(_text_blocks(reply))
    called = bool(request.reply_tool) and reply.structured is not None
    stopped = reply.finish in (Finish.REFUSED, Finish.FILTERED)
    return {
        "id": token_name("msg_01", reply.reply_id, 22),
        "type": "message",
        "role": "assistant",
        "model": reply.served.model,
        "content": content,
        "stop_reason": "refusal" if stopped else "tool_use" if called else "end_turn",
        "stop_sequence": None,
        "usage": {
            "input_tokens": tokens(request.prompt + request.context),
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0},
            "output_tokens": tokens(reply.text),
            "service_tier": "standard",
            "server_tool_use": {"web_search_requests": len(reply.queries), "web_fetch_requests": 0},
        },
    }


def _search(request: Request, reply: Reply) -> list[dict[str, Json]]:
    if not (request.searching and reply.queries):
        return []
    call = token_name("srvtoolu_01", reply.reply_id, 22)
    pages = dict.fromkeys((s.url, s.title) for s in reply.sources)
    return [
        {
            "type": "server_tool_use",
            "id": call,
            "name": "web_search",
            "input": {"query": reply.queries[0]},
        },
        {
            "type": "web_search_tool_result",
            "tool_use_id": call,
            "content": [
                {
                    "type": "web_search_result",
                    "title": title,
                    "url": url,
                    "encrypted_content": token_name("E", reply.reply_id, 60),
                    "page_age": None,
                }
                for url, title in pages
            ],
        },
    ]


def _tool_call(name: str, given: dict[str, Json], reply_id: int) -> dict[str, Json]:
    call = token_name("toolu_01", reply_id, 22)
    return {"type": "tool_use", "id": call, "name": name, "input": given}


def _text_blocks(reply: Reply) -> list[dict[str, Json]]:
    if reply.finish in (Finish.FILTERED, Finish.EMPTY):
        return []
    blocks: list[dict[str, Json]] = []
    done = 0
    for span, sources in groupby(reply.cited, key=_span):
        if span.start > done:
            blocks.append({"type": "text", "text": reply.text[done : span.start]})
        text = reply.text[span.start : span.end]
        cites: list[Json] = [_citation(s, text, reply.reply_id) for s in sources]
        blocks.append({"type": "text", "text": text, "citations": cites})
        done = span.end
    if done < len(reply.text):
        blocks.append({"type": "text", "text": reply.text[done:]})
    return blocks


def _span(source: Source) -> Span:
    return source.span or Span(0, 0)


def _citation(source: Source, text: str, reply_id: int) -> dict[str, Json]:
    return {
        "type": "web_search_result_location",
        "url": source.url,
        "title": source.title,
        "encrypted_index": token_name("Eo8", reply_id, 40),
        "cited_text": text[:150],
    }
