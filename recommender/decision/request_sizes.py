"""What one request holds: stated, or the task's usual range."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recommender.decision.defaults import Ledger
from recommender.domain.method import Range, TaskSpec
from recommender.domain.requirements import Workload
from recommender.domain.situation import Quantity

USUAL_SOURCE = "the task's usual range (tasks.yaml)"


class RequestSizes:
    """Resolves one size after another."""

    def __init__(self, work: Workload, spec: TaskSpec, assumptions: Mapping[str, Quantity], ledger: Ledger) -> None:
        self.work = work
        self.spec = spec
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
            return 0.0
        return self.ledger.default(f"workload.{name}", usual, f"{unit} per request", USUAL_SOURCE)

    def pages(self) -> Quantity:
        """Pages; of a document of which only pictures are stated, as many."""
        is_said_as_pictures = self.reads_documents and self.work.pages is None and self.work.images is not None
        return self.work.images or 0.0 if is_said_as_pictures else self.quantity("pages", "pages")

    def images(self) -> Quantity:
        """Pictures; of a document of which only pages are stated, as many: a page is a picture of a page."""
        is_said_as_pages = self.reads_documents and self.work.images is None and self.work.pages is not None
        return self.work.pages or 0.0 if is_said_as_pages else self.quantity("images", "images")

    def input_tokens(self) -> Quantity:
        """Stated, or what stated pages, images or seconds of film come to, or the task's own."""
        if self.work.input_tokens is not None:
            return self.work.input_tokens
        usual = self._usual_input()
        return usual if self.work.max_input_tokens is None else np.minimum(usual, self.work.max_input_tokens)

    def _usual_input(self) -> Quantity:
        pages, images = self.work.pages, self.work.images
        if self.spec.workload.input_tokens is not None and (pages or images):
            if self.reads_documents:
                return max(pages or 0.0, images or 0.0) * self.assumptions["tokens_per_page"]
            return (pages or 0.0) * self.assumptions["tokens_per_page"] + (images or 0.0) * self.assumptions["tokens_per_image"]
        return self.quantity("input_tokens", "tokens")

    def longest_input(self) -> Quantity:
        """The longest input; where nothing is stated, the median: a context window is not judged on a guess."""
        return np.maximum(self.work.max_input_tokens or 0.0, self.input_tokens())

    def video_seconds(self) -> Quantity:
        """Seconds of film per request."""
        usual = self.spec.workload.video_seconds
        if usual is None:
            return 0.0
        return self.ledger.default("workload.video_seconds", usual, "seconds per request", USUAL_SOURCE)
