"""A keeper follows a folder's README to the letter, without reading Python: what it shows is right as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender.catalog.checks import cross_file_faults
from recommender.catalog.library import Library, read_library
from recommender.catalog.report import checked
from recommender.catalog.upkeep.aliases import alias_faults, read_aliases


def example(readme: Path) -> str:
    """The one worked example of a README."""
    (block,) = re.findall(r"```yaml\n(.*?)```", readme.read_text(encoding="utf-8"), re.S)
    return str(block)


def followed(root: Path, tmp_path: Path, readme: str, file: str) -> Library:
    """The shipped catalog with the example copied to where the README says."""
    target = tmp_path / "ours" / file
    target.parent.mkdir(parents=True)
    target.write_text(example(root / readme), encoding="utf-8")
    library = read_library((root / "catalog", tmp_path / "ours"))
    assert cross_file_faults(library) == ()
    return library


def test_a_model_is_added_by_copying_the_example(root: Path, tmp_path: Path) -> None:
    library = followed(root, tmp_path, "catalog/models/README.md", "models/example/example-8b.yaml")
    assert library.models["example/example-8b"].parameters_b == 8.03


def test_a_provider_is_added_by_copying_the_example(root: Path, tmp_path: Path) -> None:
    library = followed(root, tmp_path, "catalog/offers/README.md", "offers/example-cloud.yaml")
    assert [price.input_usd_per_mtok for price in library.providers["example-cloud"].offers[0].prices] == [0.3, 0.2]


def test_a_machine_is_added_by_copying_the_example(root: Path, tmp_path: Path) -> None:
    library = followed(root, tmp_path, "catalog/hardware/README.md", "hardware/example.yaml")
    assert library.hardware["example"].accelerators[0].id == "example-24gb"


def test_names_are_added_by_copying_the_example(root: Path, tmp_path: Path) -> None:
    (tmp_path / "aliases").mkdir()
    (tmp_path / "aliases" / "litellm.yaml").write_text(example(root / "catalog/aliases/README.md"), encoding="utf-8")
    aliases, document = read_aliases(tmp_path, "litellm")
    assert document is not None
    assert list(alias_faults(aliases, document, read_library((root / "catalog",)))) == []


OVERLAY_EXAMPLES = re.compile(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", re.S)


def test_the_overlay_of_the_guide_is_right_as_it_stands(root: Path, tmp_path: Path) -> None:
    files = OVERLAY_EXAMPLES.findall((root / "docs" / "catalog.md").read_text(encoding="utf-8"))
    assert {name for name, _ in files} == {"sources.yaml", "models/house/house-8b.yaml", "offers/mistral.yaml", "bans.yaml"}
    for name, text in files:
        target = tmp_path / "ours" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    faults, library = checked(root / "catalog", [tmp_path / "ours"])
    assert faults == ()
    assert library is not None
    assert "house/house-8b" in library.models
    assert "deepseek" not in library.providers


@pytest.mark.parametrize("top", ["models", "offers", "hardware", "aliases", "strategies"])
def test_the_first_line_of_each_file_names_its_schema(top: str, root: Path) -> None:
    for path in sorted((root / "catalog" / top).rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert (path.parent / match[1]).is_file(), path


def test_the_first_line_of_each_file_at_the_top_names_its_schema(root: Path) -> None:
    for name in ("ages", "catalog", "licences", "sources"):
        first = (root / "catalog" / f"{name}.yaml").read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == f"# yaml-language-server: $schema=schema/{name}.json"
