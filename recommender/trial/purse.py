"""Money of a trial, in millionths of a dollar: reserved before a call, settled after it, never more than the cap."""

from __future__ import annotations

import math
import threading

from recommender.domain.record import record

MICRO = 1_000_000
OVERHEAD_TOKENS = 16  # that a chat format adds per message, at most
UTF8_BYTES_PER_TOKEN = 1  # at least: a token stands for one byte or more, so bytes bound tokens from above


@record
class Prices:
    """What an endpoint asks. [USD per million tokens, USD per minute of audio]"""

    input_usd_per_mtok: float = 0.0
    output_usd_per_mtok: float = 0.0
    audio_usd_per_minute: float = 0.0

    def micro_usd(self, input_tokens: float, output_tokens: float, audio_minutes: float = 0.0) -> int:
        """A call's cost, rounded up. [millionths of a USD]"""
        tokens = input_tokens * self.input_usd_per_mtok + output_tokens * self.output_usd_per_mtok
        return math.ceil(tokens + audio_minutes * self.audio_usd_per_minute * MICRO)


class Purse:
    """What may be spent, shared by all threads of a trial."""

    def __init__(self, cap_usd: float, spent_micro_usd: int = 0) -> None:
        self.cap = int(cap_usd * MICRO)
        self.spent = spent_micro_usd
        self._reserved = 0
        self._changed = threading.Condition()

    def reserve(self, micro_usd: int) -> bool:
        """Set money aside. Waits while calls under way may still give some back; False when there never will be enough."""
        with self._changed:
            while self.spent + self._reserved + micro_usd > self.cap:
                if self._reserved == 0:
                    return False
                self._changed.wait()
            self._reserved += micro_usd
            return True

    def settle(self, reserved: int, paid: int) -> None:
        """Give back what was reserved and not paid."""
        with self._changed:
            self._reserved -= reserved
            self.spent += paid
            self._changed.notify_all()
