"""The whole catalog as records, read from its folder; and the faults of every file at once."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any

from recommender.catalog.bans import Ban
from recommender.catalog.evidence_shapes import benchmark_shape
from recommender.catalog.overlays import assumption_faults, laid_over, without_banned
from recommender.catalog.strict_yaml import Document, read_for_judging
from recommender.catalog.unreadable import not_read, refuse_no_catalog, unreadable
from recommender.catalog.validation import suggestion, validated
from recommender.domain.columns import Banned
from recommender.domain.machine_records import HardwareVendor
from recommender.domain.method import Assumption, Edition, LanguageSpec, Profile, Rule, StrategySpec, TaskSpec
from recommender.domain.record import record
from recommender.domain.records import Licence, Model, Provider, Source
from recommender.errors import CatalogError, Fault, InputError
from recommender.unseen import in_one_line

FOLDERS = (
    "aliases", "assumptions", "benchmarks", "calibration", "evidence", "hardware", "models", "offers", "rules", "strategies",
)  # fmt: skip
FILES = (
    "ages.yaml", "bans.yaml", "catalog.yaml", "languages.yaml", "licences.yaml", "profiles.yaml", "sources.yaml", "tasks.yaml",
)  # fmt: skip

PASSED_OVER = (".md", ".json")  # what explains a catalog to people and editors


@record
class Library:
    """Every record of a catalog by its id, with the document it stands in."""

    edition: Edition
    sources: dict[str, Source]
    licences: dict[str, Licence]
    models: dict[str, Model]
    providers: dict[str, Provider]
    hardware: dict[str, HardwareVendor]
    tasks: dict[str, TaskSpec]
    strategies: dict[str, StrategySpec]
    rules: tuple[Rule, ...]
    profiles: dict[str, Profile]
    languages: dict[str, LanguageSpec]
    assumptions: dict[str, Assumption]
    calibration: dict[str, Any]
    benchmarks: dict[str, Any]
    documents: dict[str, Document] = field(repr=False)
    bans: tuple[Ban, ...] = ()
    banned: tuple[Banned, ...] = ()
    ban_doubts: tuple[str, ...] = ()


def catalog_files(folder: Path) -> tuple[Path, ...]:
    """Every YAML file of a catalog folder, in a stable order."""
    return tuple(sorted(path for path in folder.rglob("*.yaml") if path.is_file()))


def digest_of(folders: tuple[Path, ...]) -> str:
    """SHA-256 over names and contents: the same on every machine."""
    total = hashlib.sha256()
    for order, folder in enumerate(folders):
        for path in catalog_files(folder):
            total.update(f"{order}/{path.relative_to(folder).as_posix()}".encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_library(folders: tuple[Path, ...]) -> Library:
    """Read and validate a catalog folder and the overlays on top of it; `overlays.py` says what replaces what.

    Raises:
        CatalogError: with the faults of all files.
    """
    refuse_no_catalog(folders)
    faults = [fault for folder in folders for fault in unreadable(folder)]
    if faults:
        raise CatalogError(faults)
    library, *overlays = (_read_folder(folder, is_overlay=order > 0) for order, folder in enumerate(folders))
    for overlay in overlays:
        of_assumptions = tuple(assumption_faults(library, overlay))
        if of_assumptions:
            raise CatalogError(of_assumptions)
        library = laid_over(library, overlay)
    if library.bans:
        library, of_bans = without_banned(library)
        if of_bans:
            raise CatalogError(of_bans)
    return library


def _read_folder(folder: Path, *, is_overlay: bool) -> Library:
    shelf = _Shelf(folder, is_overlay)
    with _collector_paused():
        library = Library(
            edition=shelf.one("catalog.yaml", Edition),
            sources=shelf.one("sources.yaml", dict[str, Source]) or {},
            licences=shelf.one("licences.yaml", dict[str, Licence]) or {},
            models=shelf.many("models/**/*.yaml", Model, _below("models")),
            providers=shelf.many("offers/*.yaml", Provider, _stem),
            hardware=shelf.many("hardware/*.yaml", HardwareVendor, _stem),
            tasks=shelf.one("tasks.yaml", dict[str, TaskSpec]) or {},
            strategies=shelf.many("strategies/*.yaml", StrategySpec, _stem),
            rules=tuple(rule for group in shelf.many("rules/*.yaml", tuple[Rule, ...], _stem).values() for rule in group),
            profiles=shelf.one("profiles.yaml", dict[str, Profile]) or {},
            languages=shelf.one("languages.yaml", dict[str, LanguageSpec], is_needed=False) or {},
            assumptions=shelf.merged("assumptions/*.yaml", dict[str, Assumption]),
            calibration={name: doc.value for name, doc in shelf.plain("calibration/*.yaml").items()},
            benchmarks=shelf.benchmarks(),
            bans=shelf.one("bans.yaml", tuple[Ban, ...], is_needed=False) or (),
            documents=shelf.documents,
        )
        shelf.refuse_strangers()
    if shelf.faults:
        raise CatalogError(shelf.faults)
    return library


def _place_like(stranger: str) -> str:
    """Where something in no known place belongs; a file may be named as the folder that it belongs in."""
    if not stranger.endswith(".yaml"):
        return suggestion(stranger, (*FOLDERS, *FILES))
    name = stranger.removesuffix(".yaml")
    meant = suggestion(name, (*FOLDERS, *(file.removesuffix(".yaml") for file in FILES)))
    folder = next((one for one in FOLDERS if meant == f"did you mean '{one}'?"), None)
    return f"did you mean a file in {folder}/?" if folder else suggestion(stranger, (*FOLDERS, *FILES))


def _strange(path: Path, inside: Path, name: str) -> Iterator[Fault]:
    """What is wrong with where a file lies, with how it is named, or with what it is."""
    if path.is_file() and in_one_line(str(inside)) != str(inside):
        yield Fault(name, "its name holds characters that nobody sees", "rename it")
    if path.suffix == ".yaml" and not path.is_file():
        yield Fault(name, "it is no file that can be read", "put a YAML file there, or take it away")
    elif path.is_file() and inside.parts[0] not in (*FOLDERS, *FILES):
        yield Fault(name, f"'{inside.parts[0]}' has no place in a catalog", _place_like(inside.parts[0]))
    elif path.is_file() and path.suffix != ".yaml":
        yield Fault(name, "only files that end in .yaml are read", "rename it, or take it away")


def _is_hidden(path: Path) -> bool:
    """What other tools keep beside a catalog; a hidden YAML file is more likely meant for it."""
    return path.name.startswith(".") and path.suffix not in (".yaml", ".yml")


def _stem(path: Path) -> str:
    return path.stem


def _below(top: str) -> Callable[[Path], str]:
    """The id of a record: its path below a top folder."""

    def identifier(path: Path) -> str:
        parts = path.with_suffix("").parts
        return "/".join(parts[parts.index(top) + 1 :])

    return identifier


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Parsing makes millions of objects that all live on: collecting in between costs two thirds of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Shelf:
    """Reads files below a folder, keeping documents and faults."""

    def __init__(self, folder: Path, may_lack_files: bool) -> None:
        self.folder = folder
        self.may_lack_files = may_lack_files
        self.documents: dict[str, Document] = {}
        self.faults: list[Fault] = []

    def one(self, name: str, shape: Any, is_needed: bool = True) -> Any:
        path = self.folder / name
        if not path.is_file():
            if is_needed and not self.may_lack_files:
                self.faults.append(Fault(str(path), "the file is missing", "a catalog needs it"))
            return None
        return self._record(path, shape)

    def many(self, pattern: str, shape: Any, identifier: Callable[[Path], str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path in self._files(pattern):
            record = self._record(path, shape)
            if record is not None:
                found[identifier(path.relative_to(self.folder))] = record
        return found

    def merged(self, pattern: str, shape: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for theme in self.many(pattern, shape, _stem).values():
            found.update(theme)
        return found

    def _files(self, pattern: str) -> list[Path]:
        return sorted(path for path in self.folder.glob(pattern) if path.is_file())

    def refuse_strangers(self) -> None:
        """What is in no known place, or is no file that can be read, would be passed over in silence."""
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            name = path.relative_to(self.folder.parent).as_posix()
            hidden = any(part.startswith(".") for part in inside.parts[:-1]) or _is_hidden(path)
            if hidden or path.suffix in PASSED_OVER:
                continue
            self.faults.extend(_strange(path, inside, name))

    def plain(self, pattern: str) -> dict[str, Document]:
        found = {}
        for path in self._files(pattern):
            document = self._document(path)
            if document is not None:
                self.faults.extend(document.misreadings)
                found[path.stem] = document
        return found

    def benchmarks(self) -> dict[str, Any]:
        """Benchmarks as they are written, each held to its shape."""
        found = {}
        for path in self._files("benchmarks/*.yaml"):
            document = self._document(path)
            if document is not None:
                self.faults.extend(validated(document, benchmark_shape(document.value))[1])
                found[path.stem] = document.value
        return found

    def _record(self, path: Path, shape: Any) -> Any:
        document = self._document(path)
        if document is None:
            return None
        record, faults = validated(document, shape)
        self.faults.extend(faults)
        return record

    def _document(self, path: Path) -> Document | None:
        name = path.relative_to(self.folder.parent).as_posix()
        try:
            document = read_for_judging(path.read_bytes(), name)
        except InputError as error:
            self.faults.extend(error.faults)
            return None
        except OSError as error:
            self.faults.append(not_read(error, name))
            return None
        self.documents[path.relative_to(self.folder).as_posix()] = document
        return document
