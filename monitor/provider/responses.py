"""What LiteLLM's own response objects say: the text and the tokens."""

from typing import Any

from monitor.provider.costs import Usage
from monitor.types import Engine


def response_text(response: Any) -> str:
    """The answer's text in a chat or a Responses object; "" where there is none."""
    if hasattr(response, "output"):
        return "".join(_output_texts(response))
    choices = getattr(response, "choices", None) or []
    return (choices[0].message.content or "") if choices else ""


def response_usage(response: Any, search_calls: int | None, engine: Engine) -> Usage:
    """Tokens as LiteLLM counts them, with the searches that the raw body counts.

    An engine without web search made 0 searches also where the provider doesn't say.
    """
    usage = getattr(response, "usage", None)
    if search_calls is None and not engine.web_search:
        search_calls = 0
    return Usage(
        _count(usage, "prompt_tokens", "input_tokens"),
        _count(usage, "completion_tokens", "output_tokens"),
        search_calls,
    )


def _output_texts(response: Any) -> list[str]:
    contents = (getattr(item, "content", None) or [] for item in response.output)
    parts = (part for content in contents for part in content)
    return [part.text for part in parts if getattr(part, "type", "") == "output_text"]


def _count(usage: Any, *names: str) -> int | None:
    values = (getattr(usage, name, None) for name in names)
    return next((value for value in values if isinstance(value, int)), None)
