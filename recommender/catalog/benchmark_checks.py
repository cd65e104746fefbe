"""What is wrong with benchmarks: scores that cannot be, abilities and models that nobody knows, scales that are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from recommender.catalog.fault_words import dangling
from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import Document
from recommender.catalog.validation import suggestion
from recommender.domain.record import record
from recommender.errors import Fault
from recommender.evidence.scales import RANGES, is_more_better
from recommender.evidence.score_table import GENERAL_AXES
from recommender.evidence.where_counts import AXES

MOST_VENDOR_BIAS = {"percent": 25.0, "elo": 100.0, "rank": 1.0}
"""How much higher makers' own figures may be said to be: nearly twice the most that was measured, 13.8 points of 100 (guards, on messages to
chatbots). More would be another test, not a bias. [the benchmark's own unit]"""
SHARED = ("axis", "unit", "higher_is_better")  # what gives a number its meaning


@record
class Table:
    """A benchmark as it is read, with the scores of every layer, and the file of the topmost one."""

    name: str
    told: Mapping[str, Any]
    document: Document

    @property
    def below(self) -> int:
        """How many of its scores come of the same benchmark in a lower layer."""
        return len(self.told["scores"]) - len(self.document.value["scores"])

    @property
    def has_repeats(self) -> bool:
        """Whether its source is said to have several scores of one model."""
        return bool(self.told.get("has_repeats") or self.document.value.get("has_repeats"))

    def where(self, *path: str | int) -> str:
        """`file:line` of a part."""
        return self.document.where(path)

    def where_score(self, place: int) -> str:
        """`file:line` of a score; of one from a lower layer, the file."""
        return self.where("scores", place - self.below) if place >= self.below else f"catalog/benchmarks/{self.name}.yaml"


def tables_of(library: Library) -> tuple[Table, ...]:
    """Every benchmark of a library; records of facts are none."""
    return tuple(
        Table(name, told, library.documents[f"benchmarks/{name}.yaml"])
        for name, told in library.benchmarks.items()
        if told.get("kind") != "facts"
    )


def models_with_facts(library: Library) -> frozenset[str]:
    """Models that the catalog has, that a ban took out of it, or that a record of facts describes."""
    facts = (told["models"] for told in library.benchmarks.values() if told.get("kind") == "facts")
    return frozenset((*library.models, *(one.id for one in library.banned), *(name for models in facts for name in models)))


def benchmark_faults(library: Library) -> Iterator[Fault]:
    """Every fault of the benchmarks of a library whose files keep to their shape."""
    for name in library.benchmarks:
        yield from _named_otherwise(name, library.documents[f"benchmarks/{name}.yaml"])
    known = models_with_facts(library)
    for table in tables_of(library):
        yield from _of_another_kind(table)
        yield from _axis(table)
        yield from _unit(table)
        yield from _bias(table)
        yield from _same_scale(library, table)
        yield from _repeats(table)
        yield from _unknown_models(library, table, known)


def _named_otherwise(name: str, document: Document) -> Iterator[Fault]:
    told = document.value["id"]
    if told != name:
        yield Fault(document.where(("id",)), f"id '{told}': the file is called '{name}'", "use the same name for both")


def _of_another_kind(table: Table) -> Iterator[Fault]:
    """What an overlay says otherwise of a benchmark that it adds scores to; it would be passed over."""
    for field in SHARED:
        own = table.document.value.get(field)
        if own is not None and own != table.told.get(field):
            what = f"{field} is {own} here, and {table.told.get(field, 'not said')} in the benchmark that these scores are added to"
            yield Fault(table.where(field), what, "leave it as it is there, or give the file and its id another name")


def _axis(table: Table) -> Iterator[Fault]:
    axis = table.told["axis"]
    if axis not in AXES:
        yield Fault(table.where("axis"), f"no axis is called '{axis}'", suggestion(axis, sorted(AXES)))


def _unit(table: Table) -> Iterator[Fault]:
    """The unit, and every number that is told in it."""
    unit = table.told["unit"]
    if unit not in RANGES:
        yield Fault(table.where("unit"), f"no unit is called '{unit}'", suggestion(unit, RANGES))
        return
    if table.told["higher_is_better"] != is_more_better(unit):
        better, worse = ("more", "100 minus it") if is_more_better(unit) else ("less", "it as a percentage")
        what = f"of a benchmark in {unit}, {better} is read as better"
        remedy = f"write higher_is_better: {str(is_more_better(unit)).lower()}"
        yield Fault(table.where("higher_is_better"), what, f"{remedy}; if the source has it the other way round, write {worse}")
    yield from _range(table, *RANGES[unit])


def _range(table: Table, least: float, most: float) -> Iterator[Fault]:
    for field in ("ceiling", "chance", "saturated_above", "reference_rating"):
        value = table.told.get(field)
        if value is not None and not least <= value <= most:
            yield Fault(
                table.where(field), f"{field} {value:g} is outside {least:g} to {most:g}", f"write it in {table.told['unit']}"
            )
    ceiling, chance = table.told.get("ceiling"), table.told.get("chance")
    top = most if ceiling is None else min(most, ceiling)
    if chance is not None and least <= chance <= most and chance >= top:
        yield Fault(table.where("chance"), f"chance {chance:g} is not below the most there is, {top:g}", "check the two")
    if table.told["noise_floor"] >= top - least:
        what = f"noise_floor {table.told['noise_floor']:g} is no less than all there is, {least:g} to {top:g}: no score would say a thing"
        yield Fault(table.where("noise_floor"), what, "write the difference below which scores say nothing")
    doubtful = "the score and the unit" if ceiling is None else "the score, the unit and the ceiling"
    for place, (model, _, value, _) in enumerate(table.told["scores"]):
        if not least <= value <= top:
            what = f"{model}: {value:g} is outside {least:g} to {top:g}"
            yield Fault(table.where_score(place), what, f"check {doubtful}")


def _bias(table: Table) -> Iterator[Fault]:
    bias, most = table.told.get("vendor_bias"), MOST_VENDOR_BIAS.get(table.told["unit"])
    if bias is None:
        return
    if table.told["reported_by"] != "vendor":
        what = "vendor_bias says nothing where reported_by is third_party"
        yield Fault(table.where("vendor_bias"), what, "take it out, or write reported_by: vendor")
    least = -table.told["noise_floor"]
    if most is not None and not least <= bias <= most:
        what = f"vendor_bias {bias:g} is outside {least:g} (the noise floor) to {most:g}"
        yield Fault(
            table.where("vendor_bias"), what, "write by how many points makers' own figures are higher, or leave it out"
        )


def _same_scale(library: Library, table: Table) -> Iterator[Fault]:
    other = table.told.get("same_scale_as")
    if other is None:
        return
    where, scored = table.where("same_scale_as"), {one.name: one.told for one in tables_of(library)}
    if other == table.name:
        yield Fault(
            where, f"'{other}' is this benchmark itself", "name the one whose numbers these may stand beside, or leave it out"
        )
    elif other not in scored:
        yield dangling(where, "benchmark", other, scored)
    else:
        for field in ("axis", "unit"):
            mine, theirs = table.told[field], scored[other][field]
            if mine != theirs:
                yield Fault(
                    where, f"'{other}' is of the {field} '{theirs}', this one of '{mine}'", f"name one of the same {field}"
                )


def _repeats(table: Table) -> Iterator[Fault]:
    """Two scores of one model, variant and day, where the source is not said to have several."""
    first: dict[tuple[Any, ...], int] = {}
    for place, (model, variant, value, day) in enumerate(table.document.value["scores"]):
        key = (model, variant, day, value) if table.has_repeats else (model, variant, day)
        before = first.setdefault(key, place)
        if before != place:
            line = table.where("scores", before).rpartition(":")[2]
            what = f"'{model}'{f', {variant},' if variant else ''} stands on line {line} already, with the same day"
            yield Fault(table.where("scores", place), what, _keep_one(table))


def _keep_one(table: Table) -> str:
    return "keep one of the two" + (
        "" if table.has_repeats else "; if the source has several runs of it, say has_repeats: true"
    )


def _unknown_models(library: Library, table: Table, known: frozenset[str]) -> Iterator[Fault]:
    """Names that would be taken for a model of which nothing is known. On an ability of its own, a strange name links tables."""
    if table.told["axis"] not in GENERAL_AXES:
        return
    for place, (model, *_) in enumerate(table.told["scores"]):
        if model not in known:
            what = f"model '{model}' is neither in the catalog nor in benchmarks/models.yaml"
            yield Fault(
                table.where_score(place),
                what,
                meant(model, library) or "write the catalog's id, or add what is known of it there",
            )


def meant(model: str, library: Library) -> str:
    """Which model of the catalog a name may be a slip of; empty if of none."""
    import difflib  # most files have no fault

    near = difflib.get_close_matches(model, library.models, n=1, cutoff=0.85)
    same_end = [one for one in library.models if one.partition("/")[2] == model]
    return f"did you mean '{(same_end or near)[0]}'?" if same_end or near else ""
