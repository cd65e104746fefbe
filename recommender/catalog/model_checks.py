"""What is wrong with models as a whole: ids that nobody can name, facts that cannot both be true, models that follow themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.catalog.fault_words import dangling, line_of
from recommender.catalog.library import Library
from recommender.catalog.validation import suggestion
from recommender.domain.records import Model
from recommender.domain.words import LANGUAGE_MODELS
from recommender.errors import Fault

PARTS = (("max_input_tokens", "context_tokens"), ("active_parameters_b", "parameters_b"))
LEAST_TOKENS = 16
LEAST_WINDOW = 512  # of a language model; half of the smallest that was ever sold, and 128 or 200 are thousands
UNFIT = re.compile(r"[A-Z\s*?\[\]]")  # in ids: requests are read in small letters, and some signs stand for any other there
ANSWERS_WITH = {  # what a type gives whatever else it gives; what the others give hangs on their task
    **dict.fromkeys(
        ("decoder_llm", "code_llm", "vlm", "encoder", "encoder_decoder", "translation", "embedding", "reranker", "moderation", "asr"),
        "text",
    ),
    "tts": "audio", "speech_to_speech": "audio", "image_generation": "image", "video_generation": "video",
}  # fmt: skip


def model_faults(library: Library) -> Iterator[Fault]:
    """Every fault of models that shows only beside other facts or other files."""
    for name, model in library.models.items():
        file = f"models/{name}.yaml"
        yield from _id(library, file, name)
        if model.licence not in library.licences:
            yield dangling(line_of(library, file, "licence"), "licence", model.licence, library.licences)
        yield from _kin(library, file, name, model)
        yield from _parts(library, file, model)
        yield from _windows(library, file, model)
        yield from _takes_and_gives(library, file, model)
        yield from _sourced_words(library, file, model)
        yield from _readiness(library, file, model)


def id_fault(library: Library, file: str, name: str) -> Iterator[Fault]:
    """A name of a file by which nothing can be asked for."""
    if UNFIT.search(name):
        fit = f"{file.partition('/')[0]}/{UNFIT.sub('-', name.lower())}.yaml"
        what = f"the id '{name}' is the file's name, and ids are in small letters, without spaces and signs such as * and ["
        yield Fault(line_of(library, file), what, f"rename the file, such as to {fit}")


def _id(library: Library, file: str, name: str) -> Iterator[Fault]:
    yield from id_fault(library, file, name)
    if name.count("/") != 1:
        what = f"'{name}' does not lie in the folder of its lab, which is the first part of its id"
        yield Fault(line_of(library, file), what, f"move it to models/<lab>/{name.rpartition('/')[2]}.yaml")


def _kin(library: Library, file: str, name: str, model: Model) -> Iterator[Fault]:
    """The models that it follows or is followed by."""
    after, where = model.successor, line_of(library, file, "successor")
    if after == name:
        yield Fault(where, f"successor '{after}' is this model itself", "name the one that follows it, or leave it out")
    elif after and after not in library.models:
        yield dangling(where, "model", after, library.models)
    base = model.card.derived_from
    if base and base.casefold() == name.casefold():
        where = line_of(library, file, "card", "derived_from")
        yield Fault(where, f"derived_from '{base}' is this model itself", "name the one that it was made of, or leave it out")
    if model.retired and model.released and model.retired < model.released:
        where, what = line_of(library, file, "retired"), f"retired {model.retired} is before released {model.released}"
        yield Fault(where, what, "check the two days")


def _parts(library: Library, file: str, model: Model) -> Iterator[Fault]:
    """Parts that are larger than the whole, and what is had and lacked at once."""
    for part, whole in PARTS:
        small, large = getattr(model, part), getattr(model, whole)
        if small is not None and large is not None and small > large:
            yield Fault(line_of(library, file, part), f"{part} {small} is above {whole} {large}", "check the two")
    for word in sorted(set(model.capabilities) & set(model.lacks)):
        where = line_of(library, file, "lacks")
        yield Fault(where, f"'{word}' stands under capabilities and under lacks", "keep one")


def _windows(library: Library, file: str, model: Model) -> Iterator[Fault]:
    for field in ("context_tokens", "max_input_tokens", "max_output_tokens"):
        tokens = getattr(model, field)
        kind = "" if field == "max_output_tokens" else model.type
        if tokens is not None:
            yield from window_faults(line_of(library, file, field), field, tokens, kind)


def window_faults(where: str, field: str, tokens: int, model_type: str) -> Iterator[Fault]:
    """Windows so small that they must be told in thousands or millions."""
    least = LEAST_WINDOW if model_type in LANGUAGE_MODELS else LEAST_TOKENS
    if tokens < least:
        of_what = f"any {model_type}" if least == LEAST_WINDOW else "any model"
        yield Fault(where, f"{field} {tokens} is below {least}, less than {of_what} has", "write tokens, not thousands of them")


def _takes_and_gives(library: Library, file: str, model: Model) -> Iterator[Fault]:
    """What goes in and out against what its tasks are about and what its type is."""
    due = ANSWERS_WITH.get(model.type)
    if due is not None and due not in model.output:
        what = f"output is {', '.join(model.output)}, and a model of type {model.type} answers with {due}"
        yield Fault(line_of(library, file, "output"), what, f"add {due} to output, or check the type")
    for order, task in enumerate(model.tasks):
        usual = library.tasks[task].input[:1] if task in library.tasks else ()
        if not set(usual) <= set(model.input):
            what = f"task '{task}' is about {usual[0]}, and the model's input is {', '.join(model.input)}"
            where = line_of(library, file, "tasks", order)
            yield Fault(where, what, f"add {usual[0]} to input, or take the task out")


def _sourced_words(library: Library, file: str, model: Model) -> Iterator[Fault]:
    """Sources of tasks and capabilities that are not listed."""
    for field in model.provenance:
        whole, _, word = field.partition(".")
        if whole in ("tasks", "capabilities") and word and word not in (listed := getattr(model, whole)):
            where = line_of(library, file, "provenance", field)
            yield Fault(
                where, f"the file gives a source for '{word}', which is not among its {whole}", suggestion(word, listed)
            )


def _readiness(library: Library, file: str, model: Model) -> Iterator[Fault]:
    """What is said to be ready where nothing would follow from it."""
    for task in model.ready_for:
        where = line_of(library, file, "ready_for")
        if task not in model.tasks:
            yield Fault(where, f"'{task}' stands under ready_for and not under tasks", "write it under both")
        if model.type != "encoder":
            yield Fault(where, f"ready_for says nothing of type {model.type}: it is for encoders", "take it out")
