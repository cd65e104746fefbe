"""Twenty people who change their form at the same moment, each with a computer of their own.

Twenty browsers on the server's own two cores would time the browsers: they use five times what the server does. So one browser is
real; what it sends is recorded, and the others say the same over connections of their own, each with an amount of its own.
"""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass, field

from form_page import AMOUNTS, TAKEN, changed, opened, ready
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

AMOUNT = "ask.budget.monthly_usd"
LARGEST_MESSAGE = 2**26
QUIET_SECONDS = 6.0  # after which the rest of everybody's answers stands too
PATIENCE_SECONDS = 20.0


@dataclass
class Visitor:
    """One person's connection: when the last figure of the latest answer came, and what the figures were."""

    line: ClientConnection
    figures: dict[tuple[int, ...], str] = field(default_factory=dict)
    came: float = 0.0
    finished: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Read until the connection is closed."""
        for raw in self.line:
            message = ForwardMsg()
            message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                self.finished.set()
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "metric":
                self.figures[tuple(message.metadata.delta_path)] = message.delta.new_element.metric.body
                self.came = time.perf_counter()

    def say(self, message: BackMsg) -> None:
        """Send what a browser would."""
        self.finished.clear()
        self.line.send(message.SerializeToString())


def many_people(browser: Browser, address: str, people: int, rounds: int = 5) -> None:
    """Everybody changes their own form at the same moment, several times."""
    said: list[bytes] = []
    page, _ = opened(browser, address, lambda line: line.on("framesent", lambda sent: said.append(bytes(sent))))
    ready(page)
    changed(page, 33)
    page.wait_for_timeout(1000 * QUIET_SECONDS)
    visitors = [_visitor(address, said[:-1]) for _ in range(people - 1)]
    alone: list[float] = []
    others: list[float] = []
    for turn in range(rounds):
        amounts = [20 + 35 * place + turn for place in range(people - 1)]
        messages = [_with_amount(said[-1], amount) for amount in amounts]
        start = time.perf_counter()
        changed(page, AMOUNTS[turn])
        for visitor, message in zip(visitors, messages, strict=True):
            visitor.say(message)
        spent = time.perf_counter() - start
        page.wait_for_timeout(1000 * QUIET_SECONDS)
        _all_finished(visitors)
        others.extend(1000 * (visitor.came - start) for visitor in visitors)
        alone.append(page.evaluate(TAKEN, "answer"))
        print(
            f"round {turn + 1}: all had pressed after {1000 * spent:.0f} ms, slowest answer {max(others[1 - people :]):.0f} ms"
        )
    print(f"{people} at once, answer at each visitor: median {statistics.median(others):.0f} ms, slowest {max(others):.0f} ms")
    print(f"in the one real browser among them: median {statistics.median(alone):.0f} ms, slowest {max(alone):.0f} ms")
    page.close()


def _visitor(address: str, said: list[bytes]) -> Visitor:
    """Somebody who opened the page and unfolded the question about money."""
    line = connect(address.replace("http", "ws", 1) + "/_stcore/stream", subprotocols=["streamlit"], max_size=LARGEST_MESSAGE)
    visitor = Visitor(line)
    threading.Thread(target=visitor.listen, daemon=True).start()
    for raw in said:
        message = BackMsg()
        message.ParseFromString(raw)
        visitor.say(message)
        _all_finished([visitor])
    return visitor


def _all_finished(visitors: list[Visitor]) -> None:
    for visitor in visitors:
        if not visitor.finished.wait(PATIENCE_SECONDS):
            raise TimeoutError(f"no answer within {PATIENCE_SECONDS:g} s")


def _with_amount(said: bytes, amount: float) -> BackMsg:
    message = BackMsg()
    message.ParseFromString(said)
    for widget in message.rerun_script.widget_states.widgets:
        if widget.id.endswith(AMOUNT):
            widget.double_value = amount
    return message
