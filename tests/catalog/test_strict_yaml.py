"""Broken YAML is refused with its line, what is wrong, and what to do; never read as something else."""

from __future__ import annotations

import datetime

import pytest

from recommender.catalog.strict_yaml import read_document
from recommender.errors import InputError

BROKEN = {
    "no for false": (b"a: no\n", "f.yaml:1: 'no' may be read as true or false; write true or false"),
    "yes in a list": (b"a:\n  - Yes\n", "f.yaml:2: 'Yes' may be read as true or false"),
    "a time": (b"a: 12:30\n", "f.yaml:1: '12:30' may be read as a number in base 60"),
    "an exponent": (b"a: 1\nb: 1e6\n", "f.yaml:2: '1e6' is read as text, not as a number"),
    "a leading zero": (b"a: 010\n", "f.yaml:1: '010' may be read as an octal"),
    "hexadecimal": (b"a: 0x1f\n", "f.yaml:1: '0x1f' may be read as an octal or hexadecimal"),
    "a doubled key": (b"a: 1\na: 2\n", "f.yaml:2: 'a' is given twice; keep one of them"),
    "an anchor": (b"a: &x 1\nb: 2\n", "f.yaml:1: '&x' is an anchor"),
    "an alias": (b"a: &x 1\nb: *x\n", "f.yaml:2: '*x' is an alias"),
    "a tag": (b"a: !!python/name:os.system x\n", "f.yaml:1: 'tag:yaml.org,2002:python/name:os.system' is a tag"),
    "a merge key": (b"<<: {a: 1}\n", "f.yaml:1: '<<' is a merge key"),
    "not a number": (b"a: .nan\n", "f.yaml:1: '.nan' is not a finite number"),
    "infinite": (b"a: -.inf\n", "f.yaml:1: '-.inf' is not a finite number"),
    "capitals": (b"a: True\n", "f.yaml:1: 'True' has capitals; write true"),
    "no such day": (b"a: 2026-02-30\n", "f.yaml:1: '2026-02-30' is not a day of the calendar"),
    "empty": (b"", "f.yaml:1: the file is empty"),
    "only a comment": (b"# nothing\n", "f.yaml:1: the file is empty"),
    "binary": (b"a: \x00\x01", "f.yaml: this is a binary file"),
    "not UTF-8": (b"a: 1\nb: \xff\xfe\n", "f.yaml:2: this is not UTF-8 text"),
    "unclosed": (b"a: [1, 2\n", "not valid YAML"),
    "a tab": (b"a:\n\t- 1\n", "not valid YAML"),
    "two documents": (b"a: 1\n---\nb: 2\n", "not valid YAML"),
    "deep": (b"[" * 200, "f.yaml: nested more than 40 levels deep"),
    "deep by dashes": (b"- " * 200 + b"1", "nested more than 40 levels deep"),
    "a list as key": (b"? [1]\n: 2\n", "f.yaml:1: a key must be one word"),
    "too large": (b"a: " + b"x" * 9_000_000, "f.yaml: the file has 9,000,003 bytes"),
}


@pytest.mark.parametrize("raw, words", BROKEN.values(), ids=BROKEN.keys())
def test_broken_yaml_is_refused_with_line_and_remedy(raw: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(raw, "f.yaml")
    assert words in str(caught.value)


def test_all_faults_of_a_file_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read_document(b"a: no\nb: 1e6\nc: 010\n", "f.yaml")
    assert [fault.where for fault in caught.value.faults] == ["f.yaml:1", "f.yaml:2", "f.yaml:3"]


def test_plain_values_keep_their_meaning() -> None:
    raw = b"text: 'no'\ncount: 1_000\nshare: 0.25\nday: 2026-11-01\nyes_really: true\nnothing:\nnote: R&D *very* good!\n"
    assert read_document(raw, "f.yaml").value == {
        "text": "no",
        "count": 1000,
        "share": 0.25,
        "day": datetime.date(2026, 11, 1),
        "yes_really": True,
        "nothing": None,
        "note": "R&D *very* good!",
    }
