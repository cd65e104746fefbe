"""Files are written all or none, whatever stops the writing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recommender.errors import InputError
from recommender.whole_files import write_all, write_whole

NEW = {"calibration/quality.yaml": "new quality\n", "benchmarks/house.yaml": "new scores\n"}


def held(folder: Path) -> dict[str, str]:
    """Everything below a folder, folders too."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") if path.is_file() else "folder"
        for path in folder.rglob("*")
    }


def stopping_at(move: int, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a number of moves happen, then stops; what is put back afterwards is moved again."""
    moves, real = [0], os.replace

    def replace(old: Path, new: Path) -> None:
        moves[0] += 1
        if moves[0] == move + 1:
            raise error
        real(old, new)

    monkeypatch.setattr("recommender.whole_files.os.replace", replace)


@pytest.mark.parametrize("move", [0, 1])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")], ids=["stopped", "full"])
def test_what_is_stopped_between_two_moves_leaves_everything_as_it_was(
    move: int, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "calibration").mkdir()
    (tmp_path / "calibration" / "quality.yaml").write_text("old quality\n", encoding="utf-8")
    before = held(tmp_path)
    stopping_at(move, error, monkeypatch)
    with pytest.raises((KeyboardInterrupt, InputError)):
        write_all(tmp_path, NEW)
    assert held(tmp_path) == before == {"calibration": "folder", "calibration/quality.yaml": "old quality\n"}


def test_a_folder_that_was_not_there_is_gone_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping_at(1, KeyboardInterrupt(), monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        write_all(tmp_path / "own" / "overlay", NEW)
    assert held(tmp_path) == {}


def test_all_files_are_there_in_the_end_with_the_rights_they_had(tmp_path: Path) -> None:
    (tmp_path / "benchmarks").mkdir()
    old = tmp_path / "benchmarks" / "house.yaml"
    old.write_text("old\n", encoding="utf-8")
    old.chmod(0o640)
    assert write_all(tmp_path, NEW) == tuple(tmp_path / name for name in NEW)
    assert held(tmp_path) == {"benchmarks": "folder", "calibration": "folder", **NEW}
    assert old.stat().st_mode & 0o777 == 0o640


def test_a_place_that_cannot_be_written_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"file: cannot be written: .*; nothing was changed"):
        write_all(tmp_path / "file", NEW)
    with pytest.raises(InputError, match=r"cannot be written: No such file or directory; name a file in a folder that exists"):
        write_whole(tmp_path / "nowhere" / "x.json", "{}")


def test_a_folder_is_no_place_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"^\.: cannot be written: "):
        write_whole(Path("."), "{}")
    assert held(tmp_path) == {}


def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("kept.json")
    os.mkfifo(tmp_path / "pipe")
    write_whole(tmp_path / "link.json", "new")
    assert (tmp_path / "link.json").is_symlink() and (tmp_path / "kept.json").read_text(encoding="utf-8") == "new"
    with pytest.raises(InputError, match="pipe: cannot be written: Is there and is no file; name a file"):
        write_whole(tmp_path / "pipe", "new")
    assert (tmp_path / "pipe").is_fifo()
