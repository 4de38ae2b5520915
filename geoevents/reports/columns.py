"""The columns that a report's events have beyond those of the schema of events."""

from types import MappingProxyType
from typing import Final

#: Each column's name, with what it says; numbers but for the texts of `TEXTS`.
REPORT_COLUMNS: Final = MappingProxyType(
    {
        "spans": "the characters of the report that tell of it: `120-188; 300-320`, from 0",
        "fatalities_low": "least number of people said to have died",
        "fatalities_high": "greatest number of people said to have died",
        "wounded": "people said to have been wounded",
        "wounded_low": "least number of people said to have been wounded",
        "wounded_high": "greatest number of people said to have been wounded",
        "reported_area_low_km2": "least ground said to have changed hands",
        "reported_area_high_km2": "greatest ground said to have changed hands",
        "claimed_by": "who says so, joined by `; `",
        "denied_by": "who denies it, joined by `; `",
        "reading": "how it was read, and what was decided",
    }
)
TEXTS: Final = frozenset(("spans", "claimed_by", "denied_by", "reading"))
