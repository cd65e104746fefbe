"""Files that are read without a fault and still would break a fit: measured all the same, or refused in one line, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender import InputError
from recommender.trial import examples as reading
from recommender.trial.baselines import MOST_CLASSES_OF_TREES, MOST_COLUMNS, baselines_for, table_of
from recommender.trial.examples import Example, read_examples, reading_of
from recommender.trial.offline import can_be_learned, offline_standings
from recommender.trial.source import in_memory, on_disk


def table_row(place: int, expected: str, **cells: str) -> Example:
    return Example(str(place), "row", expected, features=tuple(cells.items()))


def ids(rows: tuple[Example, ...]) -> list[int]:
    return [int(one.id) for one in rows]


@pytest.mark.parametrize("text", ["!!!", "…", "- - -", "\u200b"])
def test_texts_without_a_word_are_answered_by_the_commonest(text: str) -> None:
    rows = [Example(str(place), text, "a" if place % 3 else "b") for place in range(60)]
    (found,) = offline_standings(rows, "classification")
    assert found.measured is not None and found.measured.quality == pytest.approx(40.0)  # F1 of a: 2 x 40 / (40 + 60), of b: 0


@pytest.mark.parametrize("cell", ["nan", "inf", "1e999", "1e300", "", "=1+1", "−5", "\x0b"])
def test_odd_cells_of_a_table_are_carried(cell: str) -> None:
    rows = [table_row(place, str(place % 2), size=cell if place < 3 else str(place % 2), one="same") for place in range(60)]
    assert all(one.measured is not None for one in offline_standings(rows, "tabular_prediction"))


@pytest.mark.parametrize("answer", ["nan", "inf", "1e300"])
def test_an_answer_that_is_no_quantity_makes_none(answer: str) -> None:
    rows = [table_row(place, answer if place == 7 else str(place * 1.5), size=str(place)) for place in range(60)]
    assert not table_of(rows, "tabular_prediction").is_regression
    assert not can_be_learned(rows, "tabular_prediction") or answer == "1e300"


def test_answers_of_a_table_that_are_all_different_are_no_labels() -> None:
    rows = [table_row(place, f"person {place}", size=str(place)) for place in range(60)]
    assert not can_be_learned(rows, "tabular_prediction")


def test_many_classes_are_left_to_the_linear_model() -> None:
    rows = [table_row(place, f"class {place % (MOST_CLASSES_OF_TREES + 1)}", size=str(place % 7)) for place in range(600)]
    assert [one.model for one in baselines_for(table_of(rows, "tabular_prediction"))] == ["classical/linear"]


def test_a_table_that_is_wider_than_it_can_be_is_refused() -> None:
    rows = [table_row(place, str(place % 2), **{f"c{place}x{one}": "1" for one in range(60)}) for place in range(60)]
    with pytest.raises(InputError, match=f"3,600 columns are more than {MOST_COLUMNS:,}"):
        offline_standings(rows, "tabular_prediction")


def test_a_packed_file_is_counted_by_what_it_unfolds_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import Table, parquet

    path = tmp_path / "bomb.parquet"
    parquet.write_table(Table.from_pydict({"input": ["x" * 900_000] * 200, "expected": ["y"] * 200}), path)
    assert path.stat().st_size < 2_000_000
    monkeypatch.setattr(reading, "MOST_HELD_CHARACTERS", 50_000_000)
    with pytest.raises(InputError, match="unfolds to more than"):
        read_examples(path)
    parquet.write_table(Table.from_pydict({"input": ["x" * 1_000_001], "expected": ["y"]}), path)
    with pytest.raises(InputError, match="a cell has more than"):
        read_examples(path)


def test_beyond_what_is_held_a_sample_stands_for_the_file_and_every_row_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("input,expected\n" + "".join(f"text {place},{place % 3}\n" for place in range(3000)), encoding="utf-8")
    found = reading_of(on_disk(path), most=500)
    places = ids(found.examples)
    assert (len(places), found.total, found.is_sample) == (500, 3000, True)
    assert places == sorted(set(places)) and 1300 < sum(places) / 500 < 1700  # the middle of 1 to 3,000, give or take 3 errors
    assert ids(reading_of(on_disk(path), most=500).examples) == places
    assert ids(reading_of(on_disk(path), most=500, seed=1).examples) != places
    assert ids(reading_of(on_disk(path), most=3000).examples) == ids(read_examples(path)) == list(range(1, 3001))
    with path.open("a", encoding="utf-8") as file:
        file.write("the last,\n")
    with pytest.raises(InputError, match=":3002: no expected answer"):
        reading_of(on_disk(path), most=500)


def test_every_row_has_the_same_chance() -> None:
    raw = ("input,expected\n" + "".join(f"text {place},x\n" for place in range(40))).encode()
    counts = [0] * 41
    for seed in range(800):
        for one in reading_of(in_memory("a.csv", raw), most=10, seed=seed).examples:
            counts[int(one.id)] += 1
    assert all(140 < count < 260 for count in counts[1:])  # 200 expected, 12 the spread: nobody further than five spreads
