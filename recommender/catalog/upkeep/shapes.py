"""Words that the shapes of foreign lists are written in: numbers that are numbers, everything unknown ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Amount = Annotated[float, Field(ge=0, le=1e15, strict=True, allow_inf_nan=False)]
Text = Annotated[str, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]


class Row(BaseModel):
    """One row of a foreign list. What we do not read may change without our noticing; what we read must keep its type."""

    model_config = ConfigDict(extra="ignore", frozen=True)
