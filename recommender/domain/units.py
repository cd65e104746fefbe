"""Units and named constants that formulas share."""

from __future__ import annotations

BYTES_PER_GB = 1e9
BITS_PER_BYTE = 8.0
TOKENS_PER_MTOK = 1e6
MS_PER_SECOND = 1000.0
HOURS_PER_MONTH = 730.0
SECONDS_PER_HOUR = 3600.0
MONTHS_PER_YEAR = 12.0
JOULES_PER_KWH = 3.6e6
GIGA = 1e9
TERA = 1e12
