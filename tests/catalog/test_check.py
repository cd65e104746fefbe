"""What `catalog check` alone names: studies with impossible numbers, fits of other records, prices that lose a part."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from recommender.catalog.bans import sweeping
from recommender.catalog.report import checked, coverage
from recommender.evidence.calibrate import records_digest


def said(folder: Path, *overlays: Path) -> list[str]:
    return [str(fault) for fault in checked(folder, overlays)[0]]


@pytest.fixture
def studied(own_catalog: Path, root: Path) -> Path:
    """The small catalog with two studies, and fits that carry their digest."""
    for file in ("evidence/setfit.yaml", "evidence/aider-quantisation.yaml"):
        (own_catalog / file).parent.mkdir(exist_ok=True)
        shutil.copy(root / "catalog" / file, own_catalog / file)
    fitted_on(own_catalog, root, own_catalog)
    return own_catalog


def fitted_on(folder: Path, root: Path, *records: Path) -> None:
    """Fits in a folder as if they had been made from the records of these."""
    (folder / "calibration").mkdir(exist_ok=True)
    for name in ("quality", "strategy"):
        text = (root / "catalog" / "calibration" / f"{name}.yaml").read_text(encoding="utf-8")
        text = re.sub(r"^digest: .*$", f'digest: "{records_digest(*records)}"', text, flags=re.MULTILINE)
        (folder / "calibration" / f"{name}.yaml").write_text(text, encoding="utf-8")


def changed(file: Path, what: str, instead: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert what in text
    file.write_text(text.replace(what, instead, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "what", "instead", "words"),
    [
        (
            "setfit",
            "88.91, 92.56]",
            "88.91, 182.0]",
            ":10: comparisons.0.12: 182.0: should be less than or equal to 100; check",
        ),
        (
            "setfit",
            "88.91, 92.56]",
            "-8.91, 92.56]",
            ":10: comparisons.0.11: -8.91: should be greater than or equal to 0; check",
        ),
        (
            "setfit",
            "0.22, 128, 64",
            "0.22, -128, 64",
            ":10: comparisons.0.6: -128: should be greater than or equal to 0; check",
        ),
        (
            "setfit",
            "0.22, 128, 64",
            "0.22, 64, 128",
            ":10: 128 examples per class are more than the 64 of all classes; examples come first",
        ),
        ("aider-quantisation", "16, 71.4]", "16, 714]", ":9: runs.0.2: 714: should be less than or equal to 100; check"),
    ],
)
def test_impossible_numbers_of_a_study_are_faults(studied: Path, file: str, what: str, instead: str, words: str) -> None:
    assert said(studied) == []
    changed(studied / "evidence" / f"{file}.yaml", what, instead)
    assert any(one.startswith(f"catalog/evidence/{file}.yaml{words}") for one in said(studied)), said(studied)


def test_a_students_examples_may_be_fewer_than_its_teachers_per_class(studied: Path) -> None:
    changed(studied / "evidence" / "setfit.yaml", "finetune_encoder, tuned_encoder,", "distillation, other,")
    changed(studied / "evidence" / "setfit.yaml", "0.22, 128, 64", "0.22, 8, 16")
    assert not any("per class" in one for one in said(studied))


def test_fits_of_other_records_are_named_with_what_to_run(studied: Path) -> None:
    changed(studied / "evidence" / "setfit.yaml", "88.91, 92.56]", "88.91, 92.57]")
    told = "benchmarks/ or evidence/ changed since this was fitted; run `recommender calibrate`"
    assert said(studied) == [f"catalog/calibration/quality.yaml:3: {told}", f"catalog/calibration/strategy.yaml:3: {told}"]


def test_an_overlay_without_records_or_with_its_own_fit_passes(studied: Path, root: Path, tmp_path: Path) -> None:
    plain, own = tmp_path / "plain", tmp_path / "own"
    plain.mkdir()
    (plain / "sources.yaml").write_text('house: {title: t, url: "https://example.org", licence: own, retrieved: 2026-11-20}\n')
    (own / "evidence").mkdir(parents=True)
    shutil.copy(root / "catalog/evidence/raft.yaml", own / "evidence" / "raft.yaml")
    fitted_on(own, root, studied, own)
    assert said(studied, plain, own) == []


def test_an_overlays_fit_of_other_records_names_its_own_command(studied: Path, root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "evidence").mkdir(parents=True)
    fitted_on(own, root, studied, own)
    shutil.copy(root / "catalog/evidence/raft.yaml", own / "evidence" / "raft.yaml")
    faults = said(studied, own)
    assert len(faults) == 2 and all(one.startswith("own/calibration/") for one in faults)
    assert all("recommender calibrate --import TABLE.csv --into` this folder again" in one for one in faults)


APPENDED = "as_of: 2026-11-12}\n      - {since: 2026-10-01, input_usd_per_mtok: 0.7, output_usd_per_mtok: 4, source: litellm, as_of: 2026-11-12%s}"


@pytest.mark.parametrize(
    ("more", "is_fault"),
    [
        ("", True),
        (", batch_multiplier: 0.5, cache_read_usd_per_mtok: 0.07", False),
        (", note: 'no batches any more, no cache'", False),
    ],
)
def test_an_appended_price_that_loses_a_part_is_named(own_catalog: Path, more: str, is_fault: bool) -> None:
    file = own_catalog / "offers" / "example.yaml"
    changed(file, "output_usd_per_mtok: 4.5", "output_usd_per_mtok: 4.5, batch_multiplier: 0.5, cache_read_usd_per_mtok: 0.075")
    changed(file, "as_of: 2026-11-12}", APPENDED % more)
    told = (
        "catalog/offers/example.yaml:8: openai/gpt-5.4-mini: the entry before had a price of cached input, a batch discount; this one has none; "
        "say it again where it still holds, or say in a note that it ended"
    )
    assert said(own_catalog) == ([told] if is_fault else [])


OFFER, MODEL = "offers/example.yaml", "models/openai/gpt-5.4-mini.yaml"
SLIPS = {
    "a price from a far day": (
        OFFER, "since: 2026-03-17", "since: 2062-08-01",
        ":7: since 2062-08-01 is more than 366 days after the catalog's own day, 2026-11-25; check the year",
    ),
    "a price read a year ahead": (
        OFFER, "as_of: 2026-11-12", "as_of: 2027-11-10",
        ":7: as_of 2027-11-10 is more than 92 days after the catalog's own day, 2026-11-25; "
        "check the year, or move as_of in catalog.yaml on",
    ),
    "an end in another century": (
        OFFER, "    prices:", "    retires: 2127-01-01\n    prices:",
        ":6: retires 2127-01-01 is more than 3653 days after the catalog's own day, 2026-11-25; check the year",
    ),
    "a longer code of a language": (
        MODEL, "languages: [", "languages: [bgg, hrv, ", "'hrv' is a longer code of 'hr'; write 'hr'",
    ),
    "the name of a language": (
        MODEL, "languages: [", "languages: [german, ",
        "'german' is no code of a language; write one such as en, pt-br or swh, or multilingual",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_likely_slip_is_named_with_its_line(own_catalog: Path, name: str) -> None:
    file, what, instead, words = SLIPS[name]
    changed(own_catalog / file, what, instead)
    (told,) = said(own_catalog)
    assert told.startswith(f"catalog/{file}:") and told.endswith(words), told


def test_announced_prices_and_what_was_read_since_the_edition_pass(own_catalog: Path) -> None:
    changed(own_catalog / OFFER, "since: 2026-03-17", "since: 2027-06-01")
    changed(own_catalog / OFFER, "as_of: 2026-11-12", "as_of: 2026-12-12")
    assert said(own_catalog) == []


@pytest.mark.parametrize(
    ("name", "parameters_b", "is_fault"),
    [
        ("parakeet-tdt-0.6b-v3", 600, True),
        ("parakeet-tdt-0.6b-v3", 0.6, False),
        ("qwen3-30b-a3b", 30.5, False),
        ("qwen3-30b-a3b", 3.3, True),
        ("mixtral-8x7b", 46.7, False),
        ("scout-17b-16e", 109, False),
        ("turbo-1m", 70, False),
        ("smollm-135m", 135, True),
        ("nameless", 600, False),
    ],
)
def test_a_size_that_the_name_belies_is_named(own_catalog: Path, name: str, parameters_b: float, is_fault: bool) -> None:
    text = (own_catalog / "models/classical/linear.yaml").read_text(encoding="utf-8")
    file = own_catalog / "models" / "lab" / f"{name}.yaml"
    file.parent.mkdir()
    file.write_text(text.replace("weights: open", f"parameters_b: {parameters_b}\nweights: open", 1), encoding="utf-8")
    told = said(own_catalog)
    assert len(told) == is_fault
    assert all(f"parameters_b {parameters_b:g} is far from the" in one and ".yaml:" in one for one in told)


def test_a_size_that_somebody_vouches_for_passes(own_catalog: Path) -> None:
    text = (own_catalog / "models/classical/linear.yaml").read_text(encoding="utf-8")
    text = text.replace("weights: open", "parameters_b: 1\nweights: open", 1)
    vouched = "provenance:\n  parameters_b: {source: litellm, as_of: 2026-11-12, status: override, note: 'Counted by us.'}"
    file = own_catalog / "models" / "lab" / "student-of-70b.yaml"
    file.parent.mkdir()
    file.write_text(text.replace("provenance:", vouched, 1), encoding="utf-8")
    assert said(own_catalog) == []


@pytest.mark.parametrize(
    ("base", "meant"),
    [
        ("lab/tiny-9b", "lab/tiny-8b"),
        ("Lab/Tiyn-8B", "lab/tiny-8b"),
        ("lab/tiny-8b", None),
        ("lab/tiny-8b-base", None),  # most bases are in no catalog
        ("lab/tiny-70b", None),
        ("lab/tiny2-8b", None),
        ("other/tiny-9b", None),
        ("lab/tiny-8", "lab/tiny-8b"),
        ("lab/tiny-8bb", "lab/tiny-8b"),
        ("lab/tiny8b", "lab/tiny-8b"),
        ("lab/tiny_8b", "lab/tiny-8b"),
        ("laab/tiny-8b", "lab/tiny-8b"),
        ("tiny-8b", None),  # how some lists write it
        ("Tiny 8B", None),
    ],
)
def test_a_base_model_that_is_another_one_mistyped_is_named(own_catalog: Path, base: str, meant: str | None) -> None:
    text = (own_catalog / "models/classical/linear.yaml").read_text(encoding="utf-8")
    (own_catalog / "models/lab").mkdir()
    (own_catalog / "models/lab/tiny-8b.yaml").write_text(text, encoding="utf-8")
    student = own_catalog / "models" / "lab" / "student.yaml"
    student.write_text(re.sub(r"(?m)^card:.*\n(  .*\n)*", "", text) + f"card:\n  derived_from: {base}\n", encoding="utf-8")
    told = said(own_catalog)
    assert len(told) == (meant is not None)
    words = f": derived_from '{base.lower()}' is not in the catalog; did you mean '{meant}'? If it is right, mark"
    assert all(one.startswith("catalog/models/lab/student.yaml:") and words in one for one in told), told
    vouched = (
        "provenance:\n  card.derived_from: {source: litellm, as_of: 2026-11-12, status: override, note: 'Its card says so.'}"
    )
    student.write_text(student.read_text(encoding="utf-8").replace("provenance:", vouched, 1), encoding="utf-8")
    assert said(own_catalog) == []


def test_a_base_model_is_not_itself_a_slip_of_another(own_catalog: Path) -> None:
    text = (own_catalog / "models/classical/linear.yaml").read_text(encoding="utf-8")
    (own_catalog / "models/lab").mkdir()
    for name in ("tiny-8b", "tiny-9b"):
        own = text.replace("card:\n", f"card:\n  derived_from: lab/{name}\n", 1)
        (own_catalog / "models/lab" / f"{name}.yaml").write_text(own, encoding="utf-8")
    told = said(own_catalog)
    assert len(told) == 2 and all("is this model itself" in one for one in told), told


@pytest.mark.parametrize(
    ("more", "is_fault"), [("", True), (", is_free: true", False), (", status: override, note: 'Said so.'", False)]
)
def test_a_price_of_one_side_passes_where_somebody_says_why(own_catalog: Path, more: str, is_fault: bool) -> None:
    changed(own_catalog / OFFER, ", output_usd_per_mtok: 4.5", more)
    assert bool(said(own_catalog)) == is_fault


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("provider", "the bans of provider '*' take out every provider, {n} of {n}: only machines of your own are left"),
        ("model", "the bans of model '*' take out every model, 2 of 2: nothing is left that could be recommended"),
    ],
)
def test_bans_that_leave_nothing_are_told(own_catalog: Path, field: str, words: str) -> None:
    (own_catalog / "bans.yaml").write_text(f"- {{{field}: '*', because: 'Policy.'}}\n", encoding="utf-8")
    faults, library = checked(own_catalog)
    assert not faults and library is not None
    out = sum(one.kind == "provider" for one in library.banned)
    assert f"note: {words.format(n=out)}" in coverage(library)


def test_bans_that_leave_something_are_not_told(own_catalog: Path) -> None:
    (own_catalog / "bans.yaml").write_text("- {provider: example, because: 'Policy.'}\n", encoding="utf-8")
    library = checked(own_catalog)[1]
    assert library is not None and library.banned
    assert "take out every" not in "".join(sweeping(library.bans, {"provider": 1, "model": 1}, library.banned))
