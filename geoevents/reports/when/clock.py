"""Times of day, as the clock gives them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.forms import Found

#: Slots that name a time of day by the clock.
CLOCKS = ("clock", "dotclock", "hhmm", "hour")


def moment_of(form: Found) -> dt.time | None:
    """Give the time of day that a form names by the clock."""
    slots = form.slots
    if "iso" in slots:
        clock = slots["iso"].partition("T")[2]
        return _time(*clock[:5].split(":")) if clock else None
    if "daypart" in slots and form.reading == "daytime":
        return _time(*slots["daypart"].split(":")) if slots["daypart"] else None
    for slot in ("clock", "dotclock"):
        if slot in slots:
            hour, minute = re.split(r"[:h.,]", slots[slot])[:2]
            return _time(hour, minute, slots.get("ampm"))
    if "hhmm" in slots:
        return _time(slots["hhmm"][:2], slots["hhmm"][2:])
    if "hour" in slots:
        return _time(str(slots["hour"]), "0", slots.get("ampm"))
    return None


def _time(hour: str, minute: str, add: int | None = None) -> dt.time | None:
    """Make a time of day; None if the clock has none such."""
    hours = int(hour)
    if add is not None and hours <= 12:  # noqa: PLR2004 -- "16:45 pm" is 16:45
        hours = hours % 12 + add
    try:
        return dt.time(hours, int(minute))
    except ValueError:
        return None
