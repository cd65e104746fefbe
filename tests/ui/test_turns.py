"""Turns: decisions one after the other, and a search only while nobody waits for a decision."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from recommender_form.turns import Turns


def test_a_search_lets_waiting_decisions_go_first() -> None:
    turns, order, begun, may_end = Turns(), [], Event(), Event()

    def first() -> None:
        with turns.decision():
            begun.set()
            may_end.wait()
            order.append("first decision")

    def search() -> None:
        with turns.search():
            order.append("search")

    def second() -> None:
        with turns.decision():
            order.append("second decision")

    with ThreadPoolExecutor(3) as pool:
        pool.submit(first)
        begun.wait()
        pool.submit(search)
        pool.submit(second)
        while turns._waiting == 0:
            pass
        may_end.set()
    assert order == ["first decision", "second decision", "search"]


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns()
    for turn in (turns.decision, turns.search, turns.decision):
        try:
            with turn():
                raise ValueError
        except ValueError:
            pass
    with turns.search():
        pass


def test_what_is_drawn_next_lets_others_have_their_answers_first() -> None:
    turns, order, begun, may_end = Turns(), [], Event(), Event()

    def decide() -> None:
        with turns.decision():
            begun.set()
            may_end.wait()
            order.append("decision")

    def draw() -> None:
        turns.give_way(60.0)
        order.append("drawing")

    with ThreadPoolExecutor(2) as pool:
        pool.submit(decide)
        begun.wait()
        drawing = pool.submit(draw)
        may_end.set()
        drawing.result()
    assert order == ["decision", "drawing"]


def test_what_is_drawn_next_does_not_wait_for_ever() -> None:
    turns = Turns()
    with turns.decision(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(turns.give_way, 0.001).result() is None
    turns.give_way(60.0)  # nobody decides: at once


def test_as_many_decisions_go_at_once_as_there_are_processes() -> None:
    turns, together = Turns(2), Barrier(2)

    def decide() -> None:
        with turns.decision():
            together.wait(timeout=10)

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(decide) for _ in range(4)]  # each pair meets inside, and no third comes between
        assert [one.result(timeout=20) for one in done] == [None] * 4
