"""Asks engines through LiteLLM and returns their answers.

engine + draft → call → (rate gate → LiteLLM → raw body) × attempts → reply → Answer

`Asker` is the only thing that ever loads LiteLLM; everything else here is safe to import anywhere.
"""

from monitor.provider.asker import Asker
from monitor.provider.attempts import Failure, FailureKind, RetryPolicy
from monitor.provider.calls import check_engine
from monitor.provider.gate import account_of
from monitor.provider.keys import missing_keys, redact

__all__ = [
    "Asker",
    "Failure",
    "FailureKind",
    "RetryPolicy",
    "account_of",
    "check_engine",
    "missing_keys",
    "redact",
]
