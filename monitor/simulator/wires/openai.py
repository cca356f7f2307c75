"""OpenAI chat completions and Responses, and Perplexity's dialect of the former."""

from monitor.simulator.wires.exchange import Finish, Reply, Request, token_name, tokens
from monitor.types import Json, Source

_FLAT: dict[str, Json] = {"type": "url_citation"}
_CHAT_FINISH = {Finish.FILTERED: "content_filter"}


def chat_body(request: Request, reply: Reply) -> dict[str, Json]:
    """A chat completion; search models annotate the links in their text."""
    message = _message(reply)
    if request.searching:
        message["annotations"] = [
            {"type": "url_citation", "url_citation": _annotation(s)} for s in reply.cited
        ]
    else:
        message["annotations"] = []
    body = _completion(request, reply, message, "chatcmpl-")
    body["service_tier"] = "default"
    body["system_fingerprint"] = reply.served.fingerprint
    return body


def perplexity_body(request: Request, reply: Reply) -> dict[str, Json]:
    """A chat completion whose text counts the list in `citations`."""
    body = _completion(request, reply, _message(reply), "")
    pages = list(dict.fromkeys((s.url, s.title) for s in reply.cited))
    found = [(s.url, s.title) for s in reply.sources if not s.cited]
    body["citations"] = [url for url, _ in pages]
    body["search_results"] = [
        {"title": title, "url": url, "date": None, "last_updated": None, "snippet": ""}
        for url, title in dict.fromkeys(pages + found)
    ]
    usage = body["usage"]
    if isinstance(usage, dict):
        usage["search_context_size"] = "low"
        usage["num_search_queries"] = len(reply.queries)
    return body


def _completion(
    request: Request, reply: Reply, message: dict[str, Json], prefix: str
) -> dict[str, Json]:
    sent, got = tokens(request.prompt + request.context), tokens(reply.text)
    return {
        "id": token_name(prefix, reply.reply_id),
        "object": "chat.completion",
        "created": reply.created,
        "model": reply.served.model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "logprobs": None,
                "finish_reason": _CHAT_FINISH.get(reply.finish, "stop"),
            }
        ],
        "usage": {
            "prompt_tokens": sent,
            "completion_tokens": got,
            "total_tokens": sent + got,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        },
    }


def _message(reply: Reply) -> dict[str, Json]:
    """Some refusals have a field of their own, some are plain text, as in real replies."""
    if reply.finish is Finish.REFUSED and reply.reply_id % 2:
        return {"role": "assistant", "content": None, "refusal": reply.text}
    text = None if reply.finish is Finish.FILTERED else reply.text
    return {"role": "assistant", "content": text, "refusal": None}


def _annotation(source: Source) -> dict[str, Json]:
    start, end = source.span or (0, 0)
    return {"start_index": start, "end_index": end, "title": source.title, "url": source.url}


def responses_body(request: Request, reply: Reply) -> dict[str, Json]:
    """A Responses object: searches with their sources, then a message with flat annotations."""
    sent, got = tokens(request.prompt + request.context), tokens(reply.text)
    filtered = reply.finish is Finish.FILTERED
    output: list[Json] = list(_searches(request, reply))
    output.append(_responses_message(reply))
    return {
        "id": token_name("resp_", reply.reply_id, 48),
        "object": "response",
        "created_at": reply.created,
        "status": "incomplete" if filtered else "completed",
        "background": False,
        "error": None,
        "incomplete_details": {"reason": "content_filter"} if filtered else None,
        "instructions": None,
        "max_output_tokens": None,
        "metadata": {},
        "model": reply.served.model,
        "output": output,
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None},
        "service_tier": "default",
        "store": False,
        "temperature": 1.0,
        "text": {"format": {"type": "text"}},
        "tool_choice": "auto",
        "tools": [{"type": "web_search", "search_context_size": "medium"}]
        if request.searching
        else [],
        "top_p": 1.0,
        "truncation": "disabled",
        "usage": {
            "input_tokens": sent,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": got,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": sent + got,
        },
        "user": None,
    }


def _searches(request: Request, reply: Reply) -> list[dict[str, Json]]:
    if not request.searching:
        return []
    urls = dict.fromkeys(s.url.removesuffix("?utm_source=openai") for s in reply.sources)
    return [
        {
            "id": token_name(f"ws_{index}", reply.reply_id, 40),
            "type": "web_search_call",
            "status": "completed",
            "action": {
                "type": "search",
                "query": query,
                "sources": [{"type": "url", "url": url} for url in urls],
            },
        }
        for index, query in enumerate(reply.queries)
    ]


def _responses_message(reply: Reply) -> dict[str, Json]:
    part: dict[str, Json]
    if reply.finish is Finish.REFUSED:
        part = {"type": "refusal", "refusal": reply.text}
    else:
        annotations: list[Json] = [_annotation(s) | _FLAT for s in reply.cited]
        part = {
            "type": "output_text",
            "text": reply.text,
            "annotations": annotations,
            "logprobs": [],
        }
    return {
        "id": token_name("msg_", reply.reply_id, 48),
        "type": "message",
        "status": "incomplete" if reply.finish is Finish.FILTERED else "completed",
        "role": "assistant",
        "content": [part],
    }
