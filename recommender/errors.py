"""Every error the product raises on purpose, and the one line each is shown as.

RecommenderError            anything we raise on purpose; catch this to catch all
├── InputError              a file, a field or an option is wrong: exit status 2
│   └── CatalogError        the wrong input is a catalog file
└── MissingExtra            a feature needs an optional dependency that is not installed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recommender.unseen import in_one_line


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it is, what is wrong, what to do about it."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line, whatever the names in it hold."""
        return in_one_line(f"{self.where}: {self.what}" + (f"; {self.remedy}" if self.remedy else ""))


class RecommenderError(Exception):
    """Base of every error raised on purpose."""


class InputError(RecommenderError):
    """Something the user gave is wrong. Carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        if not self.faults:
            raise ValueError("an InputError tells at least one fault: without any, nobody would learn what to mend")
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        """Between processes it travels with its faults, not with the text of them."""
        return type(self), (self.faults,)


class CatalogError(InputError):
    """A catalog file is wrong."""


class MissingExtra(RecommenderError):
    """An optional dependency is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        remedy = f"run in the project's folder: .venv/bin/pip install -e '.[{extra}]'"
        super().__init__(f"{feature} needs an optional part that is not installed; {remedy}")
