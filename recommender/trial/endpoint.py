"""Any OpenAI-compatible endpoint through the `openai` client: one call, its answer or one of a few kinds of fault.

The client's own retries are off: who retries must also reserve money and write down what happened (`calling.py`).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from recommender.errors import Fault, InputError, MissingExtra
from recommender.trial.purse import Prices
from recommender.trial.store import Reply

Messages = Sequence[dict[str, str]]
Clock = Callable[[], float]
NO_KEY = "none"  # local servers ask for none, the client for some


class CallFault(Exception):
    """A call that brought no answer: whether to try again, when, and whether it may have been paid for."""

    def __init__(
        self,
        what: str,
        *,
        again: bool,
        may_be_paid: bool,
        wait_s: float | None = None,
        for_all: bool = False,
        unheard: bool = False,
    ) -> None:
        super().__init__(what)
        self.again = again
        self.may_be_paid = may_be_paid
        self.wait_s = wait_s
        self.unheard = unheard  # nobody took the connection
        self.for_all = for_all  # no other call to this endpoint can succeed either


class Endpoint:
    """One model at one address. The key is read from the environment when it is first needed, and kept nowhere else."""

    def __init__(
        self,
        base_url: str,
        model: str,
        prices: Prices,
        *,
        key_variable: str = "OPENAI_API_KEY",
        timeout_s: float = 60.0,
        most_tokens: int = 512,
        clock: Clock = time.monotonic,
    ) -> None:
        self.base_url, self.model, self.prices = base_url, model, prices
        self.key_variable, self.timeout_s, self.most_tokens, self.clock = key_variable, timeout_s, most_tokens, clock

    @cached_property
    def client(self) -> Any:
        """The client, without retries of its own.

        Raises:
            MissingExtra: when it is not installed.
        """
        try:
            from openai import OpenAI
        except ImportError:
            raise MissingExtra("A trial against an endpoint", "trial") from None
        key = os.environ.get(self.key_variable) or NO_KEY
        return OpenAI(base_url=self.base_url, api_key=key, max_retries=0, timeout=self.timeout_s)

    def close(self) -> None:
        """Close its connections."""
        if "client" in self.__dict__:
            self.client.close()

    def chat_call(self, messages: Messages) -> dict[str, Any]:
        """All that a chat answer depends on."""
        return {
            "kind": "chat", "url": self.base_url, "model": self.model, "messages": list(messages), "most_tokens": self.most_tokens
        }  # fmt: skip

    def chat(self, messages: Messages) -> Reply:
        """One answer, streamed so that the first token is timed and a cut stream is noticed.

        Raises:
            CallFault: when there is none.
        """
        return self._guarded(lambda: self._streamed(messages))

    def embed(self, texts: Sequence[str]) -> Reply:
        """Vectors of some texts, as a JSON list.

        Raises:
            CallFault: when there are none.
        """
        return self._guarded(lambda: self._embedded(texts))

    def transcribe(self, audio: Path) -> Reply:
        """What is said in a recording.

        Raises:
            CallFault: when there is no text.
        """
        return self._guarded(lambda: self._transcribed(audio))

    def _streamed(self, messages: Messages) -> Reply:
        begin = self.clock()
        stream = self.client.chat.completions.create(
            model=self.model, messages=list(messages), temperature=0, max_tokens=self.most_tokens, stream=True,
            stream_options={"include_usage": True},
        )  # fmt: skip
        with stream:
            return self._joined(stream, begin)

    def _joined(self, stream: Iterable[Any], begin: float) -> Reply:
        parts: list[str] = []
        first, usage, is_finished = None, None, False
        for chunk in stream:
            self._refuse_late(begin)
            self._refuse_other_model(chunk.model)
            usage = chunk.usage or usage
            for choice in chunk.choices:
                if choice.delta.content:
                    first = first if first is not None else 1000.0 * (self.clock() - begin)
                    parts.append(choice.delta.content)
                is_finished = is_finished or choice.finish_reason is not None
        if not is_finished:
            raise CallFault("the stream ended before the answer did", again=True, may_be_paid=True)
        read, written = (usage.prompt_tokens, usage.completion_tokens) if usage else (None, None)
        return Reply("".join(parts), read, written, 1000.0 * (self.clock() - begin), first)

    def _refuse_late(self, begin: float) -> None:
        if self.clock() - begin > self.timeout_s:
            raise CallFault(f"no whole answer within {self.timeout_s:g} s", again=True, may_be_paid=True)

    def _refuse_other_model(self, told: str | None) -> None:
        """A dated name of the same model is fine; another model's answer measures nothing."""
        asked = self.model.rsplit("/", 1)[-1].casefold()
        answers = (told or asked).rsplit("/", 1)[-1].casefold()
        if not (answers.startswith(asked) or asked.startswith(answers)):
            raise CallFault(f"asked {self.model}, but {told} answered", again=False, may_be_paid=True, for_all=True)

    def _embedded(self, texts: Sequence[str]) -> Reply:
        begin = self.clock()
        found = self.client.embeddings.create(model=self.model, input=list(texts), encoding_format="float")
        vectors = [one.embedding for one in sorted(found.data, key=lambda one: one.index)]
        if len(vectors) != len(texts):
            raise CallFault(f"{len(texts)} texts, but {len(vectors)} vectors came back", again=True, may_be_paid=True)
        tokens = found.usage.prompt_tokens if found.usage else None
        return Reply(json.dumps(vectors), tokens, 0, 1000.0 * (self.clock() - begin))

    def _transcribed(self, audio: Path) -> Reply:
        begin = self.clock()
        try:
            with audio.open("rb") as file:
                found = self.client.audio.transcriptions.create(model=self.model, file=file)
        except OSError as error:
            raise InputError([Fault(str(audio), f"cannot be read: {error.strerror}", "check the path")]) from None
        return Reply(found.text, None, None, 1000.0 * (self.clock() - begin))

    def _guarded(self, call: Callable[[], Reply]) -> Reply:
        """The client's many errors as the few kinds that matter; messages name the fault, never the request or its key."""
        import openai

        try:
            return call()
        except openai.APIStatusError as error:
            raise _refused(error.status_code, error.response.headers, str(error.code or "")) from None
        except openai.APITimeoutError:
            raise CallFault("timed out", again=True, may_be_paid=True) from None
        except openai.APIConnectionError as error:
            is_unheard = "connect" in type(error.__cause__).__name__.casefold()
            raise CallFault("the connection failed", again=True, may_be_paid=not is_unheard, unheard=is_unheard) from None
        except openai.APIError:
            raise CallFault("the answer is not what the API promises", again=True, may_be_paid=True) from None
        except (ValueError, AttributeError, TypeError, KeyError):
            raise CallFault("the answer is not valid JSON of the API", again=True, may_be_paid=True) from None
        except Exception as error:  # the transport's own tree of errors, whose package changes names
            if not type(error).__module__.startswith("http"):
                raise
            raise CallFault("the connection broke off", again=True, may_be_paid=True) from None


def _refused(status: int, headers: Any, code: str) -> CallFault:
    if code == "insufficient_quota":
        return CallFault("the account has no quota left", again=False, may_be_paid=False, for_all=True)
    if status == 429 or status in (408, 409) or status >= 500:
        return CallFault(f"status {status}", again=True, may_be_paid=False, wait_s=_seconds(headers.get("retry-after")))
    if status in (401, 403, 404):
        what = {401: "the key was refused", 403: "the key may not do this", 404: "there is no such model or address"}[status]
        return CallFault(f"status {status}: {what}", again=False, may_be_paid=False, for_all=True)
    return CallFault(f"status {status}: the request was refused", again=False, may_be_paid=False)


def _seconds(text: str | None) -> float | None:
    try:
        return max(float(text), 0.0) if text else None
    except ValueError:
        return None
