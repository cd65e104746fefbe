"""What every record of the catalog is: unknown fields are errors, values never change."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Base of every catalog record: unknown fields are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
