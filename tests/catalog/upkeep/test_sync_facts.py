"""A list's facts about models and machines against the catalog's."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from recommender.catalog.library import digest_of, read_library
from recommender.catalog.upkeep.changes import Change, Origin
from recommender.catalog.upkeep.judge_facts import Place, is_comparable, judged_fact
from recommender.cli import main
from recommender.domain.records import Provenance

NOVEMBER = datetime.date(2026, 11, 20)
OCTOBER = datetime.date(2026, 10, 1)


def judged(
    old: object, new: object, *, field: str = "parameters_b", source: str = "llmfit", wrong: str | None = None, **known: object
) -> list[Change]:
    held = {"source": "mteb", "as_of": OCTOBER, **known}
    place = Place("models/a/b.yaml", "a/b", (), field, old, {"default": Provenance.model_validate(held)})
    return list(judged_fact(place, new, Origin(source, NOVEMBER), wrong))


def verdicts(*given: object, **around: object) -> list[str]:
    return [change.verdict for change in judged(*given, **around)]  # type: ignore[arg-type]


def test_what_is_unknown_is_filled() -> None:
    (change,) = judged(None, 8.0)
    assert change.verdict == "fill"
    assert [(edit.path, edit.value) for edit in change.edits] == [
        (("parameters_b",), 8.0),
        (("provenance", "parameters_b"), {"source": "llmfit", "as_of": NOVEMBER}),
    ]


def test_within_five_percent_a_size_is_confirmed_and_beyond_it_is_not() -> None:
    assert verdicts(8.0, 8.4) == ["confirm"]  # 0.4 of 8.4 is 4.8 %
    assert verdicts(8.0, 8.5) == ["conflict"]  # 5.9 %


def test_a_conflict_keeps_the_old_value() -> None:
    (change,) = judged(8.0, 9.0)
    (edit,) = change.edits
    assert edit.path == ("provenance", "parameters_b")
    assert edit.value == {"source": "mteb", "as_of": OCTOBER, "status": "conflict", "note": "llmfit has 9"}


def test_a_known_conflict_is_silent() -> None:
    assert verdicts(8.0, 9.0, status="conflict", note="llmfit has 9") == []


def test_the_same_list_moves_its_own_fact() -> None:
    assert verdicts(8.0, 9.0, source="mteb") == ["update"]


def test_an_override_is_never_touched() -> None:
    (change,) = judged(8.0, 9.0, status="override", note="read in the card")
    assert (change.verdict, change.edits) == ("kept", ())


def test_an_agreed_fact_is_only_reviewed() -> None:
    assert verdicts(8.0, 9.0, status="agreed") == ["review"]


def test_a_thousand_times_too_small_is_turned_away() -> None:
    (change,) = judged(671.0, 0.671)
    assert (change.verdict, change.why) == ("refused", "moves from 671 to 0.671, more than 3 times")


def test_a_known_wrong_row_fills_nothing() -> None:
    (change,) = judged(None, 0.3, wrong="a thousand times too small")
    assert (change.verdict, change.why, change.edits) == ("refused", "known to be wrong: a thousand times too small", ())


def test_an_assumed_fact_gets_its_source() -> None:
    (change,) = judged(8.0, 8.0, status="assumed")
    assert change.edits[0].value == {"source": "llmfit", "as_of": NOVEMBER}


def test_a_list_does_not_speak_of_what_it_does_not_know() -> None:
    assert verdicts(None, 8.0, source="models-dev") == []


def test_two_files_of_one_project_do_not_confirm_each_other() -> None:
    released = datetime.date(2026, 1, 1)
    place = Place("f", "r", (), "released", released, {"default": Provenance(source="models-dev", as_of=OCTOBER)})
    assert list(judged_fact(place, released, Origin("models-dev-metadata", NOVEMBER), None)) == []
    assert list(judged_fact(place, datetime.date(2025, 1, 1), Origin("models-dev-metadata", NOVEMBER), None)) == []


def test_a_month_apart_is_the_same_release() -> None:
    day = datetime.date(2026, 1, 1)
    assert verdicts(day, day + datetime.timedelta(days=31), field="released") == ["confirm"]
    assert verdicts(day, day + datetime.timedelta(days=32), field="released") == ["conflict"]


def test_a_width_is_only_that_of_an_embedding() -> None:
    assert is_comparable("embedding_dimensions", "embedding")
    assert not is_comparable("embedding_dimensions", "asr")


HARDWARE = """name: Example
accelerators:
  - id: example-24gb
    name: Example 24 GB
    kind: datacenter
    memory_gb: 24
    rentals:
      - {since: 2026-06-01, provider: nebius, regions: [eu], usd_per_hour: 2.95, source: skypilot-catalog}
    provenance:
      default: {source: hf-hardware, as_of: 2026-09-29}
"""
ALIASES = "machines: {example-24gb: [E24]}\nregions: {eu-north1: eu}\n"
HEAD = "provider,gpu,gpus,usd_per_gpu_hour,region\n"


@pytest.fixture
def machines(own_catalog: Path) -> Path:
    (own_catalog / "hardware" / "example.yaml").write_text(HARDWARE, encoding="utf-8")
    (own_catalog / "aliases").mkdir()
    (own_catalog / "aliases" / "skypilot-catalog.yaml").write_text(ALIASES, encoding="utf-8")
    return own_catalog


def rent(machines: Path, tmp_path: Path, rows: str) -> list[tuple[str, tuple[str, ...] | None, float]]:
    copy = tmp_path / "rents_2026-11-20.csv"
    copy.write_text(HEAD + rows, encoding="utf-8")
    assert main(["catalog", "sync", "skypilot-catalog", str(copy), "--catalog", str(machines), "--apply"]) == 0
    found = read_library((machines,)).hardware["example"].accelerators[0].rentals
    return [(one.provider, one.regions, one.usd_per_hour) for one in found]


def test_an_hourly_price_is_appended(machines: Path, tmp_path: Path) -> None:
    found = rent(machines, tmp_path, "nebius,E24,1,3.10,eu-north1\n")
    assert found == [("nebius", ("eu",), 2.95), ("nebius", ("eu",), 3.1)]
    before = digest_of((machines,))
    rent(machines, tmp_path, "nebius,E24,1,3.10,eu-north1\n")
    assert digest_of((machines,)) == before


def test_a_new_place_is_a_new_price(machines: Path, tmp_path: Path) -> None:
    found = rent(machines, tmp_path, "lambda,E24,1,3.99,nowhere\nlambda,E24,8,3.50,nowhere\n")
    assert found[-1] == ("lambda", None, 3.5)  # the cheapest of one card's prices


def test_an_hourly_price_that_moves_too_far_is_turned_away(machines: Path, tmp_path: Path) -> None:
    assert rent(machines, tmp_path, "nebius,E24,1,29.5,eu-north1\n") == [("nebius", ("eu",), 2.95)]


def words(old: tuple[str, ...], new: tuple[str, ...], *, lacks: tuple[str, ...] = (), **known: object) -> list[Change]:
    held = {"source": "models-dev", "as_of": OCTOBER, **known}
    provenance = {"default": Provenance.model_validate(held)}
    place = Place("models/a/b.yaml", "a/b", (), "capabilities", old, provenance, lacks)
    return list(judged_fact(place, new, Origin("litellm", NOVEMBER), None))


def test_a_capability_that_one_list_alone_has_waits_for_a_person() -> None:
    (change,) = words(("streaming",), ("tool_calling",))
    assert (change.verdict, change.new, change.why) == ("review", ("tool_calling",), "litellm has [tool_calling] too")
    assert change.edits[0].value == ["streaming", "tool_calling"]  # what taking it would write
    assert change.edits[1].value["note"] == "litellm has [tool_calling] too"


def test_a_capability_known_to_lack_is_not_asked_again() -> None:
    assert words(("streaming",), ("reasoning",), lacks=("reasoning",)) == []


def test_a_list_that_lacks_a_word_does_not_deny_it() -> None:
    assert words(("streaming", "tool_calling"), ("tool_calling",)) == []


def test_a_list_with_the_same_words_confirms() -> None:
    assert [change.verdict for change in words(("tool_calling",), ("tool_calling",))] == ["confirm"]
