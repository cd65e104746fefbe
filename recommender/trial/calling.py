"""One call carried through: found in the store, or paid for within the cap, tried again where that helps, written down."""

from __future__ import annotations

import hashlib
import threading
import time
import wave
import zlib
from collections.abc import Callable
from pathlib import Path

from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.trial.endpoint import CallFault, Endpoint, Messages
from recommender.trial.purse import OVERHEAD_TOKENS, UTF8_BYTES_PER_TOKEN, Purse
from recommender.trial.store import Reply, Store, key_of

ATTEMPTS = 6
LEAST_BYTES_PER_SECOND = 1000.0  # of speech that a service accepts
FIRST_WAIT_S, MOST_WAIT_S = 0.5, 60.0


class CapReached(Exception):
    """What is left under the cap does not pay for another call."""


@record
class Answered:
    """An answer and what was paid for it, tries that failed included. [millionths of a USD]"""

    reply: Reply
    cost: int


class Caller:
    """Calls endpoints on behalf of a trial. `sleep` waits between tries; tests hand in one that does not."""

    def __init__(
        self, store: Store, purse: Purse, sleep: Callable[[float], None] = time.sleep, attempts: int = ATTEMPTS
    ) -> None:
        self.store, self.purse, self.sleep, self.attempts = store, purse, sleep, attempts
        self._guard = threading.Lock()
        self._under_way: dict[str, threading.Lock] = {}
        self._heard: set[str] = set()  # addresses where somebody took a connection

    def chat(self, endpoint: Endpoint, messages: Messages) -> Answered:
        """An endpoint's answer to messages.

        Raises:
            CapReached: when the cap forbids the call.
            CallFault: when no try brought an answer.
            InputError: when nobody ever answered at the address: a slip in it, not a fault that passes.
        """
        size = sum(len(one["content"].encode()) * UTF8_BYTES_PER_TOKEN + OVERHEAD_TOKENS for one in messages)
        most = endpoint.prices.micro_usd(size, endpoint.most_tokens)
        return self._carried(endpoint, key_of(endpoint.chat_call(messages)), most, lambda: endpoint.chat(messages))

    def embed(self, endpoint: Endpoint, texts: list[str]) -> Answered:
        """Vectors of texts, as JSON; raises like `chat`."""
        most = endpoint.prices.micro_usd(sum(len(one.encode()) + OVERHEAD_TOKENS for one in texts), 0)
        key = key_of({"kind": "embed", "url": endpoint.base_url, "model": endpoint.model, "texts": texts})
        return self._carried(endpoint, key, most, lambda: endpoint.embed(texts))

    def transcribe(self, endpoint: Endpoint, audio: Path) -> Answered:
        """What is said in a recording; raises like `chat`, and where the file cannot be read."""
        minutes = minutes_of(audio)
        most = endpoint.prices.micro_usd(0, 0, minutes)
        key = key_of({"kind": "speech", "url": endpoint.base_url, "model": endpoint.model, "audio": digest_of(audio)})
        return self._carried(endpoint, key, most, lambda: endpoint.transcribe(audio))

    def _carried(self, endpoint: Endpoint, key: str, most: int, call: Callable[[], Reply]) -> Answered:
        with self._only_one(key):
            known = self.store.answer(key)
            return Answered(*known) if known is not None else self._persistent(endpoint, key, most, call)

    def _only_one(self, key: str) -> threading.Lock:
        """Two candidates may ask the very same: the second waits for the first one's answer and pays nothing."""
        with self._guard:
            return self._under_way.setdefault(key, threading.Lock())

    def _persistent(self, endpoint: Endpoint, key: str, most: int, call: Callable[[], Reply]) -> Answered:
        for attempt in range(self.attempts):
            try:
                found = self._tried(endpoint, key, most, call)
                self._heard.add(endpoint.base_url)
                return found
            except CallFault as fault:
                self._refuse_silence(endpoint, fault)
                if not fault.again or attempt + 1 == self.attempts:
                    raise
                self.sleep(wait_before(attempt, key, fault.wait_s))
        raise AssertionError("there is at least one attempt")

    def _refuse_silence(self, endpoint: Endpoint, fault: CallFault) -> None:
        """A server that was there may come back; one that never was is not waited for."""
        if not fault.unheard:
            self._heard.add(endpoint.base_url)
        elif endpoint.base_url not in self._heard:
            what = "nobody answers there: the connection was refused or the name is unknown"
            raise InputError([Fault(f"--endpoint {endpoint.base_url}", what, "start the server, or correct the address")])

    def _tried(self, endpoint: Endpoint, key: str, most: int, call: Callable[[], Reply]) -> Answered:
        if not self.purse.reserve(most):
            raise CapReached
        paid = most  # what an end at any point below would have to count
        try:
            number = self.store.begin(key, most)
            try:
                reply = call()
            except CallFault as fault:
                paid = most if fault.may_be_paid else 0
                self.store.failed(number, str(fault), paid)
                raise
            paid = _cost(endpoint, reply, most)
            self.store.done(number, reply, paid)
            return Answered(reply, paid)
        finally:
            self.purse.settle(most, paid)


def _cost(endpoint: Endpoint, reply: Reply, most: int) -> int:
    """By the tokens that the endpoint counted; all that was set aside where it did not say."""
    if reply.input_tokens is None or reply.output_tokens is None:
        return most
    return endpoint.prices.micro_usd(reply.input_tokens, reply.output_tokens)


def minutes_of(audio: Path) -> float:
    """Length of a recording: exact for WAV, else at most what its bytes hold at eight kilobits a second. [min]

    Raises:
        InputError: when the file cannot be read.
    """
    try:
        with wave.open(str(audio)) as sound:
            return float(sound.getnframes() / sound.getframerate() / 60.0)
    except (wave.Error, EOFError):
        return audio.stat().st_size / LEAST_BYTES_PER_SECOND / 60.0
    except OSError as error:
        raise InputError([Fault(str(audio), f"cannot be read: {error.strerror}", "check the path")]) from None


def digest_of(audio: Path) -> str:
    """A recording's name by its content."""
    with audio.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def wait_before(attempt: int, key: str, asked_s: float | None) -> float:
    """Seconds before the next try: what the server asks, else doubled each time, spread by up to a half so that calls part."""
    if asked_s is not None:
        return min(asked_s, MOST_WAIT_S)
    spread = zlib.crc32(f"{key} {attempt}".encode()) / 2**32
    return float(min(FIRST_WAIT_S * 2**attempt, MOST_WAIT_S) * (0.75 + 0.5 * spread))
