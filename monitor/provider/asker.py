"""The asking itself: one question, one engine, one answer that says what became of it."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from pydantic import BaseModel
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt

from monitor.citations import sources_in_body
from monitor.provider.attempts import (
    CLOSING,
    AttemptFailedError,
    Failure,
    FailureKind,
    RetryPolicy,
    failure_of,
    retry_wait_s,
)
from monitor.provider.calls import Call, call_for, located
from monitor.provider.costs import Cost, Usage, cost_of
from monitor.provider.gate import AccountGate, account_of
from monitor.provider.keys import (
    knows_keys_of,
    masked,
    missing_keys,
    provider_of,
    redact,
    secrets_of,
)
from monitor.provider.library import Exchange, Library, load_library
from monitor.provider.replies import read_body, verdict
from monitor.provider.responses import response_text, response_usage
from monitor.types import Answer, AnswerStatus, Engine, Role, Turn

_MOST_IN_FLIGHT = 32
"""Above this our own event loop inflates the measured latency (FIELD_NOTES)."""
_CALL_IDS = (f"monitor-{number}" for number in itertools.count(1))


@dataclass(slots=True)
class _Asked:
    """One question on its way: what is sent where, and how its attempts stand."""

    engine: Engine
    call: Call
    gate: AccountGate
    secrets: Mapping[str, str]
    attempts: int = 0
    latency_s: float | None = None
    exchange: Exchange = field(default_factory=Exchange)


class Asker:
    """Asks engines; use as `async with Asker() as asker`, in one event loop of one process.

    Entering loads LiteLLM (6-7 s of CPU, once a process). A rate gate per account paces the calls.
    After a failure that would hit every call on an account (key missing or refused, quota
    exhausted), or three questions in a row whose host could not be reached, the account is closed:
    further questions fail with the same reason, unasked.
    """

    def __init__(self, retry: RetryPolicy | None = None) -> None:
        self._retry = retry or RetryPolicy()
        self._gates: defaultdict[str, AccountGate] = defaultdict(AccountGate)
        self._known: set[str] = set()
        self._places = asyncio.Semaphore(_MOST_IN_FLIGHT)
        self._library: Library | None = None
        self._secrets: Mapping[str, str] = {}

    async def __aenter__(self) -> Self:
        """Load LiteLLM."""
        self._library = load_library()
        self._secrets = secrets_of()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the HTTP connections that LiteLLM keeps."""
        if self._library is not None:
            await self._library.litellm.close_litellm_async_clients()
            self._library = None

    async def ask(
        self,
        engine: Engine,
        draft: Answer,
        system: str = "",
        *,
        turns: Sequence[Turn] = (),
        shape: type[BaseModel] | None = None,
    ) -> Answer:
        """`draft` completed by asking `engine` its question, with `system` as system prompt.

        `turns`, where the question is a conversation, are sent as the messages that it has. The
        provider is told to reply in JSON of this `shape`, which isn't checked here.

        Status, reason, text, sources, served model, parameters, usage, cost, latency, attempts and
        raw body are ours; identity, cell and `asked_at` stay the draft's. Trouble with the
        provider is no exception but an answer `failed` with its reason; `attempts` is 0 where
        nothing was sent. Raises ConfigError for an engine that can't be asked as configured.
        """
        library = self._entered()
        call = call_for(
            located(engine, draft.locale),
            turns or (Turn(Role.USER, draft.question),),
            system,
            next(_CALL_IDS),
            draft.answer_id,
            shape,
        )
        draft = replace(draft, model_requested=engine.model, simulated=engine.simulated)
        self._know_model(engine, call.arguments["model"].partition("/")[2], library)
        asked = _Asked(engine, call, self._gate_of(engine, library), self._secrets)
        async with asked.gate.place():
            try:
                if not asked.gate.closed:
                    await asked.gate.start()
                if asked.gate.closed:
                    return replace(
                        draft, status=AnswerStatus.FAILED, reason=asked.gate.closed, attempts=0
                    )
                response = await self._response(asked, library)
            except AttemptFailedError as e:
                asked.gate.note_end(e.failure)
                return _failed(draft, asked, e.failure)
            asked.gate.note_end(None)
        answer = _answered(draft, asked, response, library)
        self._know_model(engine, answer.model_served, library)
        return answer

    def closed(self, engine: Engine) -> str:
        """Why the engine's account takes no more calls, "" while it does."""
        return self._gates[account_of(engine)].closed

    def _entered(self) -> Library:
        if self._library is None:
            raise RuntimeError("Asker is used outside of `async with`")
        return self._library

    def _gate_of(self, engine: Engine, library: Library) -> AccountGate:
        """The engine's rate gate; closed at once where the engine's key is missing."""
        gate = self._gates[account_of(engine)]
        if engine.engine_id in self._known:
            return gate
        self._known.add(engine.engine_id)
        gate.tighten(engine)
        lacking = missing_keys([engine]).get(engine.engine_id, ())
        if not lacking and not knows_keys_of(engine):
            lacking = library.missing_keys(engine)
        if lacking:
            wanted = f"set {' and '.join(lacking)} for {engine.model}"
            gate.closed = Failure(FailureKind.MISSING_KEY, wanted).reason
        return gate

    @staticmethod
    def _know_model(engine: Engine, name: str, library: Library) -> None:
        provider = provider_of(engine.model)
        if engine.simulated or provider in {"ollama", "ollama_chat"}:
            library.know_model(provider, name)

    async def _response(self, asked: _Asked, library: Library) -> Any:
        """LiteLLM's response after as many attempts as it takes and the policy allows."""
        attempts = AsyncRetrying(
            stop=stop_after_attempt(self._retry.attempts),
            wait=lambda state: retry_wait_s(self._retry, state),
            retry=retry_if_exception(
                lambda e: isinstance(e, AttemptFailedError) and e.failure.retried
            ),
            reraise=True,
        )
        try:
            async with asyncio.timeout(self._retry.total_timeout_s):
                return await attempts(self._attempt, asked, library)
        except TimeoutError as e:
            waited = f"no answer within {self._retry.total_timeout_s:g} s over all attempts"
            raise AttemptFailedError(Failure(FailureKind.TIMEOUT, waited)) from e

    async def _attempt(self, asked: _Asked, library: Library) -> Any:
        """LiteLLM's response to one attempt; raises AttemptFailedError."""
        if asked.attempts:
            await asked.gate.start()
        async with self._places:
            asked.attempts += 1
            try:
                return await self._exchanged(asked, library)
            except Exception as e:
                failure = failure_of(e, datetime.now(UTC))
                self._heed(asked.gate, failure)
                raise AttemptFailedError(failure) from e

    async def _exchanged(self, asked: _Asked, library: Library) -> Any:
        call_id = asked.call.arguments["litellm_call_id"]
        asked.exchange = library.exchanges[call_id] = Exchange()
        limit_s = asked.engine.timeout_s + self._retry.grace_s
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(limit_s):
                return await library.ask(asked.call)
        except TimeoutError as e:
            raise TimeoutError(f"no whole answer within {limit_s:g} s") from e
        finally:
            asked.latency_s = time.perf_counter() - begun
            del library.exchanges[call_id]

    def _heed(self, gate: AccountGate, failure: Failure) -> None:
        """Close or pause the account where the failure concerns all of it."""
        if failure.kind in CLOSING:
            gate.closed = gate.closed or f"account closed: {failure.reason}"
        if failure.kind is FailureKind.RATE_LIMITED and failure.retry_after_s:
            gate.pause(min(failure.retry_after_s, self._retry.longest_wait_s))


def _failed(draft: Answer, asked: _Asked, failure: Failure) -> Answer:
    return replace(
        draft,
        status=AnswerStatus.FAILED,
        reason=failure.reason,
        parameters=_parameters(asked),
        finish_reason="content_filter" if failure.kind is FailureKind.CONTENT_FILTER else "",
        latency_s=asked.latency_s,
        attempts=asked.attempts,
        raw_body=redact(asked.exchange.raw_body, asked.secrets),
    )


def _answered(draft: Answer, asked: _Asked, response: Any, library: Library) -> Answer:
    """The answer that LiteLLM's `response` and the raw body behind it give together."""
    raw_body = redact(asked.exchange.raw_body, asked.secrets)
    body = read_body(raw_body)
    ended = verdict(_whole(masked(response_text(response), asked.secrets)), body)
    usage = response_usage(response, body.search_calls, asked.engine)
    cost = _cost(asked.engine, usage, response, body.model, library)
    return replace(
        draft,
        status=ended.status,
        reason=ended.reason,
        text=ended.text,
        sources=sources_in_body(raw_body),
        model_served=body.model or str(getattr(response, "model", None) or ""),
        system_fingerprint=body.system_fingerprint,
        parameters=_parameters(asked),
        finish_reason=body.finish_reason,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        search_calls=usage.search_calls,
        cost_usd=cost.usd,
        cost_source=cost.source,
        latency_s=asked.latency_s,
        attempts=asked.attempts,
        raw_body=raw_body,
    )


def _parameters(asked: _Asked) -> str:
    sent = json.dumps(asked.exchange.sent, ensure_ascii=False, sort_keys=True, default=str)
    return redact(sent, asked.secrets)


def _whole(text: str) -> str:
    """`text` with a sign in place of each half of a surrogate pair, which UTF-8 can't hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _cost(engine: Engine, usage: Usage, response: Any, served: str, library: Library) -> Cost:
    hidden = getattr(response, "_hidden_params", None) or {}
    known = hidden.get("response_cost")
    # OpenRouter names its charge, searches included, and LiteLLM passes it on.
    charged = provider_of(engine.model) == "openrouter"
    fee_included = charged or library.prices_searches(served, engine.model)
    return cost_of(engine, usage, known, f"litellm {library.version}", fee_included)
