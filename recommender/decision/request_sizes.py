"""What one request holds: stated, or the task's usual range."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recommender.decision.defaults import Ledger
from recommender.domain.method import Range, TaskSpec
from recommender.domain.requirements import Requirements, Workload
from recommender.domain.situation import Quantity
from recommender.domain.words import CONVERSATIONS

USUAL_SOURCE = "the task's usual range (tasks.yaml)"
FOLLOWED_SOURCE = "as long as what you stated, in the task's usual proportion (tasks.yaml)"
EDITED_AT_MOST = 1.25  # as long as before or as short: texts that are corrected keep their length, assumed
LEAST_OF_ALL = {"model_calls": 1.0}  # however little is asked for
LEAST_OF_PROPORTION, MOST_OF_PROPORTION = 0.7, 1.4  # languages and voices differ: assumed
BESIDE_TEXT = {
    "images": ("image", "pictures_beside_text", "tokens_per_image"),
    "video_seconds": ("video", "film_seconds_beside_text", "tokens_per_film_second"),
}  # sizes of what may come with texts and is seen: its kind, how much of it comes where nobody says, and the tokens of each unit
TURNS = CONVERSATIONS | {"agentic"}  # where what is said comes to what was said before


def input_holds_pictures(spec: TaskSpec) -> bool:
    """Whether a task's input tokens are those of its pictures too; where pictures are made, they are of the words alone."""
    return spec.workload.input_tokens is not None and "image" not in spec.output


def is_of_texts(spec: TaskSpec) -> bool:
    """Whether a task takes texts alone and gives some, so that pictures, speech and films come beside what it usually reads."""
    return set(spec.input) <= {"text", "code"} and set(spec.output) <= {"text", "code"} and spec.family != "retrieval"


def size_against_usual(work: Workload, spec: TaskSpec, name: str) -> float | None:
    """How many times the usual a size is, as stated or as what it follows; None where nothing is said of either. [1]"""
    own: Range | None = getattr(spec.workload, name)
    least = 0.0 if own is None or own.mid == 0 else LEAST_OF_ALL.get(name, 0.0) / own.mid
    for other in (name, *spec.workload.follows.get(name, ())):
        stated: float | None = getattr(work, other)
        usual: Range | None = getattr(spec.workload, other)
        if stated is not None and usual is not None and usual.mid > 0:
            return max(stated / usual.mid, least)
    return None


def changes_length(work: Workload) -> bool:
    """Whether answers are stated to be a quarter longer or shorter than what comes in: more than marked edits do to a text."""
    if not work.input_tokens or not work.output_tokens:
        return False
    return not 1.0 / EDITED_AT_MOST < work.output_tokens / work.input_tokens < EDITED_AT_MOST


class RequestSizes:
    """Resolves one size after another."""

    def __init__(self, requirements: Requirements, spec: TaskSpec, assumptions: Mapping[str, Quantity], ledger: Ledger) -> None:
        self.work = requirements.workload
        self.spec = spec
        self.goes_in = requirements.goes_in
        self.is_spoken_alone = spec.hears and "text" not in requirements.goes_in and requirements.task not in TURNS
        self.assumptions = assumptions
        self.ledger = ledger
        self.reads_documents = spec.workload.pages is not None

    def quantity(self, name: str, unit: str) -> Quantity:
        """A stated quantity of the workload, or the task's own; zero where the task has none of it."""
        stated: float | None = getattr(self.work, name, None)
        usual: Range | None = getattr(self.spec.workload, name)
        if stated is not None:
            return stated
        if usual is None:
            return self._that_comes_with_text(name)
        followed = self._followed(name, usual)
        if followed is not None:
            return self.ledger.default(f"workload.{name}", followed, f"{unit} per request", FOLLOWED_SOURCE)
        return self.ledger.default(f"workload.{name}", usual, f"{unit} per request", USUAL_SOURCE)

    def _that_comes_with_text(self, name: str) -> Quantity:
        """Of what a text comes with, how much is assumed where only its kind is stated: it is never free."""
        kind, assumed, _ = BESIDE_TEXT.get(name, ("", "", ""))
        is_told_as_pages = kind == "image" and bool(self.work.pages)
        comes = kind in self.goes_in and is_of_texts(self.spec) and not is_told_as_pages
        return self.assumptions[assumed] if comes else 0.0

    def wordless_tokens(self) -> Quantity:
        """Tokens of what comes with texts, as a language model counts them; those of stated pictures are counted with the words."""
        names = [name for name, (kind, *_) in BESIDE_TEXT.items() if kind in self.goes_in] if is_of_texts(self.spec) else []
        uncounted = [name for name in names if name != "images" or self.work.images is None]
        return sum((self.quantity(name, "") * self.assumptions[BESIDE_TEXT[name][2]] for name in uncounted), 0.0)

    def audio_minutes(self) -> Quantity:
        """Minutes of sound; where texts are spoken, as many as the usual text takes, and a turn where they come to other texts."""
        if self.work.audio_minutes is not None or not is_of_texts(self.spec) or not self.spec.hears:
            return self.quantity("audio_minutes", "minutes")
        if self.is_spoken_alone:
            return self._words_and_pictures() / self.assumptions["tokens_per_audio_minute"]
        return self.assumptions["speech_minutes_beside_text"]

    def _spoken_tokens(self) -> Quantity:
        """Tokens of the words that are said."""
        return self.audio_minutes() * self.assumptions["tokens_per_audio_minute"]

    def _followed(self, name: str, usual: Range) -> Range | None:
        """A size that grows with one that is stated: a translation is as long as its text, speech as its characters."""
        scale = size_against_usual(self.work, self.spec, name)
        if scale is None:
            return None
        middle, least = usual.mid * scale, LEAST_OF_ALL.get(name, 0.0)
        ends = (middle * LEAST_OF_PROPORTION, middle, middle * MOST_OF_PROPORTION)
        return Range(*(max(end, least) for end in ends))

    def model_calls(self) -> Quantity:
        """How often an agent asks its model per request: as stated, a job's usual range, or what one turn of anything else takes."""
        is_known = self.work.model_calls is not None or self.spec.workload.model_calls is not None
        return self.quantity("model_calls", "calls") if is_known else self.assumptions["calls_in_a_turn"]

    def pages(self) -> Quantity:
        """Pages; of a document of which only pictures are stated, as many."""
        is_said_as_pictures = self.reads_documents and self.work.pages is None and self.work.images is not None
        return self.work.images or 0.0 if is_said_as_pictures else self.quantity("pages", "pages")

    def images(self) -> Quantity:
        """Pictures; of a document of which only pages are stated, as many: a page is a picture of a page."""
        is_said_as_pages = self.reads_documents and self.work.images is None and self.work.pages is not None
        return self.work.pages or 0.0 if is_said_as_pages else self.quantity("images", "images")

    def input_tokens(self) -> Quantity:
        """The words, stated or usual, and what stated pages and pictures come to beside them.

        A task on pictures has these in its usual input, and in a stated one; a document is its pages and nothing else.
        """
        if not (self.spec.hears and is_of_texts(self.spec)):
            return self._words_and_pictures() + self.wordless_tokens()
        if self.is_spoken_alone and self.work.input_tokens is None:
            return self._spoken_tokens() + self.wordless_tokens()
        said_beside = 0.0 if self.is_spoken_alone else self._spoken_tokens()
        return self._words_and_pictures() + said_beside + self.wordless_tokens()

    def _words_and_pictures(self) -> Quantity:
        stated = self.work.input_tokens
        if stated is not None:
            return stated + self._beside_the_stated()
        if self.reads_documents and self._names_pictures():
            return self._capped(self._seen())
        usual = self.quantity("input_tokens", "tokens")
        self._list_what_is_read()
        return self._read(usual)

    def _beside_the_stated(self) -> Quantity:
        """Tokens that come on top of a stated input: of pictures, where a task has none in its usual one."""
        holds_them = self.spec.workload.images is not None or not input_holds_pictures(self.spec)
        return 0.0 if holds_them else self._seen()

    def _read(self, usual: Quantity) -> Quantity:
        """What is read of a usual input: stated pictures take the place of its own, and no more than the longest input is, but for
        pictures that are stated beside it."""
        if not self._names_pictures() or not input_holds_pictures(self.spec):
            return self._capped(usual)
        own = self.spec.workload.images if self.work.images else None
        pictures = 0.0 if own is None else own.mid * self.assumptions["tokens_per_image"]
        return np.maximum(self._capped(np.maximum(usual - pictures, 0.0) + self._seen()), self._beside_the_stated())

    def _names_pictures(self) -> bool:
        return bool(self.work.pages or self.work.images)

    def _capped(self, tokens: Quantity) -> Quantity:
        longest = self.work.max_input_tokens
        return tokens if longest is None else np.minimum(tokens, longest)

    def _list_what_is_read(self) -> None:
        """The answer lists what is read and not what is usual, so that whoever states what is listed changes nothing."""
        noted = self.ledger.used.get("workload.input_tokens")
        if noted is not None:
            beside, ends = self._beside_the_stated(), (noted.range.low, noted.range.mid, noted.range.high)
            low, mid, high = (float(np.mean(np.maximum(self._read(end) - beside, 0.0))) for end in ends)
            self.ledger.note(noted.name, Range(low, mid, high), noted.unit, noted.source)

    def _seen(self) -> Quantity:
        """Tokens of the pages and pictures that are stated."""
        pages, images = self.work.pages or 0.0, self.work.images or 0.0
        each = self.assumptions["tokens_per_page"]
        if self.reads_documents:
            return max(pages, images) * each
        return pages * each + images * self.assumptions["tokens_per_image"]

    def longest_input(self) -> Quantity:
        """The longest input; where nothing is stated, the median: a context window is not judged on a guess."""
        return np.maximum(self.work.max_input_tokens or 0.0, self.input_tokens())
