"""What can go wrong with a call, and whether and when it is tried again."""

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from tenacity import RetryCallState

from monitor.provider.keys import redact

_LONGEST_REASON = 300


class FailureKind(StrEnum):
    """Why a call gave no answer; the first word of an answer's `reason`."""

    TIMEOUT = "timeout"
    CONNECTION = "connection"
    RATE_LIMITED = "rate limited"
    QUOTA = "quota exhausted"
    KEY = "key refused"
    MISSING_KEY = "key missing"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not found"
    BAD_REQUEST = "bad request"
    SERVER = "server error"
    BROKEN_BODY = "broken body"
    CONTENT_FILTER = "content_filter"


CLOSING = frozenset({FailureKind.QUOTA, FailureKind.KEY, FailureKind.MISSING_KEY})
"""Failures after which every further call on the account would fail in the same way."""

_RETRIED = frozenset(
    {
        FailureKind.TIMEOUT,
        FailureKind.CONNECTION,
        FailureKind.RATE_LIMITED,
        FailureKind.SERVER,
        FailureKind.BROKEN_BODY,
    }
)
_TIMEOUT_ERRORS = frozenset({"TimeoutError", "Timeout", "APITimeoutError"})
_BY_STATUS: Mapping[int, FailureKind] = {
    401: FailureKind.KEY,
    402: FailureKind.QUOTA,
    403: FailureKind.FORBIDDEN,
    404: FailureKind.NOT_FOUND,
    408: FailureKind.TIMEOUT,
    409: FailureKind.SERVER,
    429: FailureKind.RATE_LIMITED,
}
_QUOTA_WORDS = re.compile(
    r"exceeded your current quota|insufficient_quota|credit balance is too low", re.I
)
_PER_MINUTE = re.compile(r"PerMinute", re.I)
_KEY_WORDS = re.compile(
    r"(invalid|incorrect|not valid).{0,20}api.?key|api.?key.{0,20}not valid", re.I
)
_FILTER_WORDS = re.compile(
    r"content_filter|content_policy_violation|content management policy", re.I
)
_CONNECTION_WORDS = re.compile(
    r"cannot connect|connect call failed|connection (?:refused|reset|error|closed)"
    r"|server disconnected|name or service not known|getaddrinfo|name resolution",
    re.I,
)
_LIBRARY_PREFIX = re.compile(r"^(?:litellm\.\w+: |\w+(?:Error|Exception)(?::| -) )+")
# aiohttp names its SSL context by its address in memory: no trouble would ever read the same.
_OBJECT = re.compile(r" (?:\w+:)?<[\w.]+ object at 0x[0-9a-f]+>")
_BROKEN_WORDS = re.compile(
    r"JSONDecodeError|Expecting value|Expecting ',|Unterminated string|unable to get json"
    r"|Invalid JSON|error parsing|ContentLengthError|TransferEncodingError|not enough data",
    re.I,
)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long a question is tried: attempts, waits and the whole of it in seconds.

    A provider's Retry-After is honoured up to `longest_wait_s`; `total_timeout_s` bounds all
    attempts of one question together, waits included. LiteLLM's timeout (the engine's) doesn't
    bound a body that comes slowly: an attempt is given up `grace_s` after it.
    """

    attempts: int = 4
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    total_timeout_s: float = 300.0
    grace_s: float = 5.0

    def wait_s(self, attempt: int, retry_after_s: float | None, jitter: float) -> float:
        """Seconds to wait after the failed `attempt` (1-based); `jitter` is in [0, 1)."""
        backoff = self.first_wait_s * 2.0 ** (attempt - 1) * (1.0 + jitter / 2)
        return min(self.longest_wait_s, max(backoff, retry_after_s or 0.0))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one attempt gave no answer. `text` is short and holds no key."""

    kind: FailureKind
    text: str = ""
    retry_after_s: float | None = None

    @property
    def retried(self) -> bool:
        """Whether another attempt may help."""
        return self.kind in _RETRIED

    @property
    def reason(self) -> str:
        """The kind and the provider's own words, as they stand in an answer."""
        return f"{self.kind}: {self.text}" if self.text else str(self.kind)


class AttemptFailedError(Exception):
    """One attempt gave no answer; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def failure_of(error: Exception, now: datetime) -> Failure:
    """What `error`, raised by LiteLLM or by our own timeout, means.

    LiteLLM's exception classes differ between providers for the same trouble, so its status code
    decides, and the provider's words where one status stands for several things.
    """
    words = str(error)
    status = getattr(error, "status_code", None)
    headers = getattr(error, "litellm_response_headers", None) or {}
    kind = _kind(type(error).__name__, status if isinstance(status, int) else None, words)
    return Failure(kind, short_reason(words), retry_after_s(headers, now))


def short_reason(words: str) -> str:
    """The provider's own message in `words`, on one line, without keys, cut to fit a table."""
    message = _OBJECT.sub("", _message_in(_LIBRARY_PREFIX.sub("", words)))
    line = " ".join(redact(message).split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"


def _message_in(words: str) -> str:
    """The message of the JSON error that `words` hold; without one, `words` as they are."""
    _, brace, rest = words.partition("{")
    try:
        body, _ = json.JSONDecoder().raw_decode(brace + rest)
    except (ValueError, RecursionError):
        return words
    error = body.get("error", body)
    message = error.get("message") if isinstance(error, dict) else error
    return message if isinstance(message, str) and message else words


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number or an HTTP date), None without one."""
    value = next((v for k, v in headers.items() if k.lower() == "retry-after"), None)
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def retry_wait_s(policy: RetryPolicy, state: RetryCallState) -> float:
    """Seconds that tenacity waits before the next attempt."""
    error = state.outcome.exception() if state.outcome else None
    after = error.failure.retry_after_s if isinstance(error, AttemptFailedError) else None
    return policy.wait_s(state.attempt_number, after, random.random())  # noqa: S311 - no secret


def _kind(error_name: str, status: int | None, words: str) -> FailureKind:
    if error_name in _TIMEOUT_ERRORS:
        return FailureKind.TIMEOUT
    if error_name == "ContentPolicyViolationError" or _FILTER_WORDS.search(words):
        return FailureKind.CONTENT_FILTER
    if _QUOTA_WORDS.search(words) and not _PER_MINUTE.search(words):
        return FailureKind.QUOTA
    if status is not None and 400 <= status < 500:
        return _BY_STATUS.get(status) or _request_fault(words)
    return _server_fault(status, words)


def _request_fault(words: str) -> FailureKind:
    """What a 400 stands for: Gemini answers a wrong key with it."""
    return FailureKind.KEY if _KEY_WORDS.search(words) else FailureKind.BAD_REQUEST


def _server_fault(status: int | None, words: str) -> FailureKind:
    """What a 5xx stands for: LiteLLM gives dead hosts and unreadable bodies that status, too."""
    if _CONNECTION_WORDS.search(words):
        return FailureKind.CONNECTION
    if _BROKEN_WORDS.search(words) or status is None or status == 200:
        return FailureKind.BROKEN_BODY
    return FailureKind.SERVER
