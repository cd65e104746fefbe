"""Characters that nobody sees and that steer a terminal: in names of somebody else's they are written out, never obeyed."""

from __future__ import annotations

import re

_STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
UNSEEN = re.compile(f"[{_STEERING}]")
_NOT_OF_ONE_LINE = re.compile(f"[\t\n{_STEERING}]")


def written_out(text: str) -> str:
    """A text of any number of lines with every such character as Python writes it, such as `\\x1b`."""
    return UNSEEN.sub(_escaped, text)


def in_one_line(text: str) -> str:
    """The same of a name, in which line breaks and tabs are none of ours either."""
    return _NOT_OF_ONE_LINE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
