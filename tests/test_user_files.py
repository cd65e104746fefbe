"""What is no plain file: read to its end where it has one near enough, refused in one line where it has none."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recommender.catalog.user_files import bytes_of
from recommender.cli import main
from recommender.errors import InputError

NEEDS = "examples/shop-support.yaml"


@contextmanager
def pipe_with(raw: bytes) -> Iterator[Path]:
    """What a shell makes of `<(...)`: a pipe that somebody else writes to."""
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as end:
            try:
                end.write(raw)
            except BrokenPipeError:  # the reader has read enough
                return

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield Path(f"/dev/fd/{reading}")
    finally:
        os.close(reading)
        writer.join(10)


def test_a_pipe_is_read_to_its_end(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pipe_with((root / NEEDS).read_bytes()) as pipe:
        assert main(["recommend", str(pipe), "--brief"]) == 0
    assert capsys.readouterr().out.startswith("First answer: ")


def test_a_pipe_that_goes_on_is_refused_at_the_bound() -> None:
    with pipe_with(b"x" * 300_000) as pipe:
        assert len(bytes_of(pipe, 300_000)) == 300_000
    with pipe_with(b"x" * 300_001) as pipe, pytest.raises(InputError, match="does not end; at most 300,000 bytes are read"):
        bytes_of(pipe, 300_000)


@pytest.mark.parametrize(
    "arguments",
    [
        ["recommend", "FILE"],
        ["recommend", NEEDS, "--evidence", "FILE"],
        ["cases", "FILE"],
        ["compare", "FILE", "rag", "rules"],
        ["validate", "tpot", "FILE"],
        ["catalog", "sync", "genai-prices", "FILE", "--as-of", "2026-11-20"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("file", "words"),
    [("/dev/zero", "does not end; at most "), ("examples", "cannot be read: Is a directory; check the path\n")],
)
def test_what_has_no_end_or_is_no_file_is_one_line(
    arguments: list[str], file: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([file if one == "FILE" else one for one in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"{file}: {words}") and err.count("\n") == 1
