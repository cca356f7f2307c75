"""Who makes a model, by the name that LiteLLM knows it by."""

from collections.abc import Mapping

_RESELLERS = frozenset(
    {"openrouter", "bedrock", "vertex_ai", "azure", "azure_ai", "together_ai", "groq"}
    | {"fireworks_ai", "deepinfra", "litellm_proxy", "ollama", "ollama_chat", "vercel_ai_gateway"}
)
"""Providers that serve other makers' models: there the model's own name tells."""

_MAKERS: Mapping[str, str] = {
    "claude": "anthropic",
    "gemini": "google",
    "gemma": "google",
    "gpt": "openai",
    "grok": "xai",
    "sonar": "perplexity",
    "mistral": "mistral",
    "mixtral": "mistral",
    "llama": "meta",
    "deepseek": "deepseek",
    "qwen": "alibaba",
}
_SAME: Mapping[str, str] = {"gemini": "google"}


def vendor_of(model: str) -> str:
    """The vendor of a LiteLLM model name: "openai" of "openai/gpt-6" and "azure/gpt-6" alike.

    Where a reseller's model names no known maker, the reseller stands for it.
    """
    provider, _, name = model.lower().partition("/")
    if provider not in _RESELLERS:
        return _SAME.get(provider, provider)
    return next((maker for word, maker in _MAKERS.items() if word in name), provider)
