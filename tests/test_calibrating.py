"""`recommender calibrate --import`: the scores and their fit together, or neither."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from recommender.catalog.evidence_check import stale_calibrations
from recommender.cli import main
from recommender.evidence import calibrate
from recommender.evidence.calibrate import CalibrationReport, RecordFiles, records_digest

TABLE = "benchmark,model,variant,value,date,source\nmmlu,openai/gpt-4o,,88,2026-01-01,own copy\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command on one score, with a fit that takes no half minute."""

    def fitted(layers: list[RecordFiles]) -> CalibrationReport:
        digest = calibrate.layers_digest(layers)
        return CalibrationReport({"digest": digest}, {"digest": digest}, {}, {})

    monkeypatch.setattr(calibrate, "calibrated", fitted)
    table = tmp_path / "mine.csv"
    table.write_text(TABLE, encoding="utf-8")
    return lambda: main(["calibrate", "--import", str(table), "--into", str(tmp_path / "own")])


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


WHOLE = ["benchmarks/mmlu.yaml", "calibration/quality.yaml", "calibration/strategy.yaml"]


def test_scores_come_with_a_fit_on_them(run: Any, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert below(tmp_path / "own") == WHOLE
    digest = records_digest(root / "catalog", tmp_path / "own")
    assert yaml.safe_load((tmp_path / "own/calibration/quality.yaml").read_text(encoding="utf-8"))["digest"] == digest
    assert list(stale_calibrations((root / "catalog", tmp_path / "own"))) == []
    assert "written: benchmarks/mmlu.yaml" in capsys.readouterr().out


def test_models_that_the_catalog_does_not_have_are_told_in_one_line_and_newer_ones_bring_their_facts(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "mine.csv").open("a", encoding="utf-8") as table:
        table.write(
            "".join(f"mmlu,{name},,80,2026-11-20,own copy\n" for name in ("no-such/model", "openai/gpt-6-luna", "gone"))
        )
    assert run() == 0
    told = capsys.readouterr().out
    assert "\nnot in the catalog, so they only help to place the others: gone, no-such/model\n" in told
    facts = (tmp_path / "own/benchmarks/imported-models.yaml").read_text(encoding="utf-8")
    assert "openai/gpt-6-luna: {lab: openai, released: 2026-09-22" in facts
    before = below(tmp_path / "own"), facts
    assert run() == 0, "the overlay that is there is read again"
    assert before == (below(tmp_path / "own"), (tmp_path / "own/benchmarks/imported-models.yaml").read_text(encoding="utf-8"))
    assert main(["catalog", "check", "--overlay", str(tmp_path / "own")]) != 0
    assert "imported-models" not in capsys.readouterr().err, "only the fit of this test, which is none, is refused"


def test_stopped_while_it_fits_nothing_is_left(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(layers: object) -> CalibrationReport:
        raise KeyboardInterrupt

    monkeypatch.setattr(calibrate, "calibrated", stopped)
    assert run() == 130
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("moves", [1, 2])
def test_what_a_dead_machine_leaves_shows_in_the_check_and_the_next_run_heals_it(
    moves: int, run: Any, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two moves, nothing can be put back: then the fits are there and the scores are not."""
    done, real = [0], os.replace

    def replace(old: Path, new: Path) -> None:
        done[0] += 1
        if done[0] <= moves:
            real(old, new)

    with monkeypatch.context() as killed:
        killed.setattr("recommender.whole_files.os.replace", replace)
        run()
    assert WHOLE[0] not in below(tmp_path / "own") and WHOLE[1] in below(tmp_path / "own")
    told = [str(one) for one in stale_calibrations((root / "catalog", tmp_path / "own"))]
    assert len(told) == moves and all(
        "changed since this was fitted; run `recommender calibrate --import" in one for one in told
    )
    assert run() == 0
    assert list(stale_calibrations((root / "catalog", tmp_path / "own"))) == []


def test_a_table_that_does_not_end_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["calibrate", "--import", "/dev/zero", "--into", str(tmp_path / "own")]) == 2
    assert capsys.readouterr().err == "/dev/zero: does not end; at most 20,000,000 bytes are read\n"
    assert not (tmp_path / "own").exists()


def test_a_file_in_place_of_the_overlay_is_refused_before_anything_is_fitted(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own").write_text("", encoding="utf-8")
    assert run() == 2
    assert "own: is no folder; name the overlay's folder" in capsys.readouterr().err


def test_records_that_no_task_reads_are_told_after_the_fit(
    own_records: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = CalibrationReport({"digest": "1"}, {"digest": "1"}, {}, {}, ("these move no quality: own-test (speech)",))
    monkeypatch.setattr(calibrate, "calibrate", lambda folder: report)
    assert main(["calibrate", "--catalog", str(own_records)]) == 0
    assert capsys.readouterr().out.endswith("\nnote: these move no quality: own-test (speech)\n")


@pytest.fixture
def own_records(tmp_path: Path) -> Path:
    """A folder that holds what can be fitted."""
    for name in ("benchmarks", "evidence"):
        (tmp_path / "records" / name).mkdir(parents=True)
    return tmp_path / "records"
