"""Against a scripted endpoint: every way a call can fail, the cap to the cent, nothing lost, nothing paid for twice."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from scripted import answer_of, endpoint

from recommender import InputError
from recommender.trial.calling import Answered, Caller, CapReached, wait_before
from recommender.trial.endpoint import CallFault, Endpoint
from recommender.trial.examples import Example
from recommender.trial.pilot import Candidate, Pilot, piloted
from recommender.trial.prompts import instruction_for, messages
from recommender.trial.purse import MICRO, Prices, Purse
from recommender.trial.results import Standing
from recommender.trial.store import Store

PRICES = Prices(input_usd_per_mtok=100.0, output_usd_per_mtok=400.0)
PER_CALL = 3_000  # 10 tokens in at 100 and 5 out at 400 millionths of a USD
KEY = "sk-secret-of-the-test"
LABELS = ("alpha", "beta", "gamma")


def examples(count: int) -> list[Example]:
    return [Example(str(place), f"number {place} is {LABELS[place % 3]} here", LABELS[place % 3]) for place in range(count)]


def _ask(server: Endpoint, told: str, rows: list[Example], caller: Caller, place: int) -> Answered:
    return caller.chat(server, messages(told, rows[place]))


class Bench:
    """A caller over a fresh or a used store, waiting recorded and not spent."""

    def __init__(self, path: Path, cap_usd: float = 100.0) -> None:
        self.store = Store(path)
        self.waits: list[float] = []
        self.caller = Caller(self.store, Purse(cap_usd, self.store.spent()), sleep=self.waits.append)

    def run(
        self, url: str, rows: list[Example], names: tuple[str, ...] = ("model-a",), **settings: Any
    ) -> tuple[Standing, ...]:
        told = instruction_for("classification", rows)
        servers = [Endpoint(url, name, PRICES, key_variable="TRIAL_KEY", most_tokens=20) for name in names]
        candidates = [Candidate("zero_shot", server.model, server, partial(_ask, server, told, rows)) for server in servers]
        try:
            return piloted(
                Pilot(self.caller, "macro_f1", **{"concurrency": 3, "stops_early": False, **settings}), candidates, rows
            )
        finally:
            for server in servers:
                server.close()
            self.store.close()


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAL_KEY", KEY)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_answers_are_measured_priced_and_timed(tmp_path: Path) -> None:
    with endpoint() as (url, script):
        (found,) = Bench(tmp_path / "s").run(url, examples(30))
    assert found.measured is not None and found.measured.quality == 100.0 and found.measured.examples == 30
    assert found.usd == pytest.approx(30 * PER_CALL / MICRO) and len(script.calls) == 30
    assert found.latency_ms is not None and 0 < found.latency_ms[0] <= found.latency_ms[1]
    assert script.keys == {f"Bearer {KEY}"}


AGAIN = ("429", "429 with Retry After", "500", "truncated stream", "malformed JSON", "cut off", "hang up")


@pytest.mark.parametrize("fault", AGAIN)
def test_a_passing_fault_is_tried_again(fault: str, tmp_path: Path) -> None:
    bench = Bench(tmp_path / "s")
    with endpoint(fault=lambda number, request: fault if number in (2, 3) else None) as (url, script):
        (found,) = bench.run(url, examples(12), concurrency=1)
    assert found.measured is not None and found.measured.quality == 100.0 and found.measured.examples == 12
    assert len(script.calls) == 14
    assert bench.waits == [7.0, 7.0] if fault.startswith("429 with") else 0.3 < bench.waits[0] < bench.waits[1] < 2.0


@pytest.mark.parametrize(
    "fault, words",
    [
        ("401", "the key was refused"),
        ("404", "no such model"),
        ("no quota", "no quota left"),
        ("wrong model", "another-model answered"),
    ],
)
def test_a_lasting_fault_stops_the_candidate_at_once(fault: str, words: str, tmp_path: Path) -> None:
    with endpoint(fault=lambda number, request: fault) as (url, script):
        (found,) = Bench(tmp_path / "s").run(url, examples(60), concurrency=1)
    assert found.measured is None and words in found.stopped and len(script.calls) == 1
    assert KEY not in found.stopped


def test_one_failing_candidate_leaves_the_others_alone(tmp_path: Path) -> None:
    with endpoint(fault=lambda number, request: "404" if request["model"] == "model-b" else None) as (url, _):
        good, bad = Bench(tmp_path / "s").run(url, examples(30), ("model-a", "model-b"))
    assert good.measured is not None and good.measured.examples == 30 and bad.measured is None


def test_a_run_that_left_too_much_unanswered_measures_nothing(tmp_path: Path) -> None:
    with endpoint(fault=lambda number, request: "400" if " 1" in str(request["messages"]) else None) as (url, _):
        (found,) = Bench(tmp_path / "s").run(url, examples(30))
    assert found.measured is None and "partial: 11 of 30 unanswered (status 400" in found.stopped


def nobody() -> str:
    """An address of this machine where nothing listens: taken once, and let go."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def test_an_address_where_nobody_ever_answered_ends_the_trial_at_the_first_request(tmp_path: Path) -> None:
    bench, url = Bench(tmp_path / "s"), nobody()
    with pytest.raises(InputError, match=f"--endpoint {url}: nobody answers there.*; start the server, or correct the address"):
        bench.run(url, examples(30))
    assert bench.waits == []


def test_a_server_that_goes_away_is_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "s")
    with endpoint() as (url, _):
        server = Endpoint(url, "model-a", PRICES, key_variable="TRIAL_KEY", most_tokens=20)
        assert bench.caller.chat(server, [{"role": "user", "content": "number 0"}]).cost == PER_CALL
    with pytest.raises(CallFault, match="the connection failed"):
        bench.caller.chat(server, [{"role": "user", "content": "number 1"}])
    assert len(bench.waits) == 5  # six tries
    server.close()
    bench.store.close()


def test_an_endpoint_that_never_recovers_is_given_up_after_six_tries(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "s")
    with endpoint(fault=lambda number, request: "500") as (url, script):
        (found,) = bench.run(url, examples(2))
    assert found.measured is None and "2 of 2 unanswered (status 500)" in found.stopped
    assert len(script.calls) == 12 and len(bench.waits) == 10


def test_ten_in_a_hundred_calls_fail_and_nothing_is_lost(tmp_path: Path) -> None:
    kinds = itertools.cycle(AGAIN)
    with endpoint(fault=lambda number, request: next(kinds) if number % 10 == 0 else None) as (url, script):
        (found,) = Bench(tmp_path / "s").run(url, examples(150), concurrency=6)
    assert found.measured is not None and found.measured.examples == 150 and found.measured.quality == 100.0
    assert len(script.calls) == pytest.approx(166, abs=2)


@pytest.mark.parametrize("cap_usd", [0.0, 0.0029, 0.05, 0.10, 0.33])
def test_the_cap_is_never_passed(cap_usd: float, tmp_path: Path) -> None:
    def fault(number: int, request: dict[str, Any]) -> str | None:
        return AGAIN[number % 7] if number % 5 == 0 else None

    bench = Bench(tmp_path / "s", cap_usd)
    with endpoint(fault=fault) as (url, script):
        (found,) = bench.run(url, examples(150), concurrency=5)
    assert "cap is reached" in found.stopped
    assert script.billed * PER_CALL <= bench.caller.purse.spent <= cap_usd * MICRO


def test_without_faults_the_cap_is_used_to_within_one_reservation(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "s", 0.20)
    rows = examples(150)
    with endpoint() as (url, script):
        bench.run(url, rows, concurrency=5)
    size = max(
        sum(len(one["content"].encode()) + 16 for one in messages(instruction_for("classification", rows), row)) for row in rows
    )
    most = PRICES.micro_usd(size, 20)
    assert bench.caller.purse.spent == len(script.calls) * PER_CALL
    assert 0.20 * MICRO - most < bench.caller.purse.spent <= 0.20 * MICRO


def test_an_answer_without_a_count_of_tokens_costs_all_that_was_set_aside(tmp_path: Path) -> None:
    store, purse = Store(tmp_path / "s"), Purse(1.0)
    server = Endpoint("http://127.0.0.1:9", "m", PRICES)
    server.chat = lambda asked: __import__("recommender.trial.store", fromlist=["Reply"]).Reply("x", None, None, 1.0)  # type: ignore[method-assign]
    told = ({"role": "user", "content": "abc"},)
    assert Caller(store, purse).chat(server, told).cost == purse.spent == PRICES.micro_usd(3 + 16, 512)
    store.close()


class Killed(BaseException):
    """The process ends here."""


def killing(store: Store, after: int) -> None:
    """End the process at the nth change of the store, and at every later one: nothing runs on after an end."""
    count, lock = itertools.count(1), threading.Lock()

    def deadly(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*values: Any) -> Any:
            with lock:
                if next(count) >= after:
                    raise Killed
            return change(*values)

        return changed

    for name in ("begin", "done", "failed"):
        setattr(store, name, deadly(getattr(store, name)))


@pytest.mark.parametrize("after", range(1, 51))
def test_killed_anywhere_and_resumed_to_the_same_result(after: int, tmp_path: Path) -> None:
    rows = examples(24)

    def fault(number: int, request: dict[str, Any]) -> str | None:
        return "500" if number % 9 == 0 else None

    with endpoint(fault=fault) as (url, script):
        bench = Bench(tmp_path / "s")
        killing(bench.store, after)
        with pytest.raises(Killed):
            bench.run(url, rows)
        again = Bench(tmp_path / "s")
        under_way = again.store.spent()
        (found,) = again.run(url, rows)
        answered = len(script.calls)
        third = Bench(tmp_path / "s")
        (repeated,) = third.run(url, rows)
        assert len(script.calls) == answered  # every answer was kept
    assert found.measured is not None and found.measured.examples == 24 and found.measured.quality == 100.0
    assert (found.scores, found.usd) == (repeated.scores, pytest.approx(24 * PER_CALL / MICRO))
    assert under_way <= again.caller.purse.spent == third.caller.purse.spent
    assert script.billed * PER_CALL <= again.caller.purse.spent
    assert script.billed <= 24 + 3  # only what was under way on three threads is asked again


def test_candidates_clearly_behind_are_asked_no_more(tmp_path: Path) -> None:
    def answer(request: dict[str, Any]) -> str:
        return answer_of(request) if request["model"] == "model-a" else "alpha"

    with endpoint(answer=answer) as (url, script):
        good, bad = Bench(tmp_path / "s").run(url, examples(300), ("model-a", "model-b"), stops_early=True)
    assert good.measured is not None and good.measured.examples == 300 and not good.stopped
    assert bad.measured is not None and bad.measured.examples == 40 and "clearly behind" in bad.stopped
    assert len(script.calls) == 340


def test_equals_are_not_stopped(tmp_path: Path) -> None:
    with endpoint() as (url, _):
        found = Bench(tmp_path / "s").run(url, examples(100), ("model-a", "model-b"), stops_early=True)
    assert [one.measured.examples for one in found if one.measured] == [100, 100]


def test_the_key_is_in_no_file(tmp_path: Path) -> None:
    with endpoint(fault=lambda number, request: "401" if number > 3 else None) as (url, _):
        Bench(tmp_path / "s").run(url, examples(10), concurrency=1)
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_slow_drip_ends_at_the_deadline(tmp_path: Path) -> None:
    seconds = itertools.count(step=40)
    with endpoint() as (url, _):
        server = Endpoint(url, "m", PRICES, key_variable="TRIAL_KEY", clock=lambda: float(next(seconds)))
        with pytest.raises(CallFault, match="no whole answer within 60 s"):
            server.chat(({"role": "user", "content": "this is slow"},))
        server.close()


def test_two_trials_never_share_a_file(tmp_path: Path) -> None:
    first = Store(tmp_path / "s")
    with pytest.raises(InputError, match="locked; wait for the other trial to end"):
        Store(tmp_path / "s")
    first.close()
    (tmp_path / "t").write_bytes(b"not a database at all, but long enough to look at" * 20)
    with pytest.raises(InputError, match="cannot be used as a trial's file"):
        Store(tmp_path / "t")


def test_the_same_call_of_two_candidates_is_paid_once(tmp_path: Path) -> None:
    with endpoint() as (url, script):
        found = Bench(tmp_path / "s").run(url, examples(30), ("model-a", "model-a"))
    assert len(script.calls) == 30 and [one.measured.examples for one in found if one.measured] == [30, 30]


def test_waits_double_are_bounded_and_part() -> None:
    waits = [wait_before(attempt, "key", None) for attempt in range(9)]
    assert all(0.75 * 0.5 * 2**place <= one <= 1.25 * 0.5 * 2**place for place, one in enumerate(waits[:6]))
    assert max(waits) <= 75 and wait_before(0, "key", 10_000.0) == 60.0
    assert wait_before(1, "key", None) != wait_before(1, "other", None)


def test_a_purse_without_enough_says_no() -> None:
    purse = Purse(0.001)
    assert purse.reserve(1000) and purse.cap == 1000
    purse.settle(1000, 400)
    assert not purse.reserve(601) and purse.reserve(600)
    assert issubclass(CapReached, Exception)
