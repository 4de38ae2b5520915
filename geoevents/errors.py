"""
The exceptions geoevents raises, one family, and what their messages show of a value.

``except GeoeventsError`` catches them all: so a value that cannot even be shown must not end the
making of its message.
"""

from __future__ import annotations

import math
from reprlib import Repr
from typing import Any, Final

_MOST_ITEMS: Final = 10
_DEEPEST: Final = 3


class GeoeventsError(Exception):
    """
    Base of every exception that geoevents raises on purpose.

    Its message says what was wrong, where (row, column, file, line) and what to do.
    """


class GeometryError(GeoeventsError, ValueError):
    """A geometry that cannot be measured or drawn as it stands (invalid ring, no CRS, NaN)."""


def shown(value: Any, length: int = 60) -> str:
    """
    Show a value of any kind in a message.

    Parameters
    ----------
    value : Any
        The value, however long or deep, and whether or not it can be written.
    length : int, default 60
        The most characters of it.

    Returns
    -------
    str
        As `repr` has it, cut if that is too long; none of its characters is one that a terminal
        obeys. Of a number of thousands of digits, which Python refuses to write, their count; of an
        object that fails when it is to be shown, its type.

    Examples
    --------
    >>> shown("Homs"), shown({"a": [[[1]]]}), shown("x" * 100, 12)
    ("'Homs'", "{'a': [[[...]]]}", "'xxxxxxxx...")
    >>> shown(10**5000)
    'a whole number of some 5,000 digits'
    """
    try:
        text = _Shown(length).repr(value)
    except Exception:  # noqa: BLE001 -- it runs code of anybody's
        text = f"a {type(value).__name__}"
    if not text.isprintable():
        text = ascii(text)[1:-1]
    return text if len(text) <= length else f"{text[: length - 3]}..."


def as_text(value: Any) -> str:
    """
    Write a value as text, whatever it is.

    Parameters
    ----------
    value : Any
        The value.

    Returns
    -------
    str
        As `str` has it; as `shown` if that fails.

    Examples
    --------
    >>> as_text(2017.5), as_text(10**5000)
    ('2017.5', 'a whole number of some 5,000 digits')
    """
    try:
        return str.__str__(value) if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001 -- it runs code of anybody's
        return shown(value)


class _Shown(Repr):
    """Shows values in so many characters."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = length
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = _MOST_ITEMS
        self.maxdict = self.maxdeque = self.maxarray = _MOST_ITEMS
        self.maxlevel = _DEEPEST

    def repr_str(self, x: str, level: int) -> str:  # noqa: ARG002 -- reprlib's
        """Show text by how it begins, however long it is."""
        return self._cut(repr(x[: self.maxstring]) if len(x) > self.maxstring else repr(x))

    def repr_int(self, x: int, level: int) -> str:
        """Show a whole number; Python writes none of more than 4,300 digits."""
        try:
            return super().repr_int(x, level)
        except ValueError:
            digits = round(x.bit_length() * math.log10(2))
            return f"a whole number of some {digits:,} digits"

    def repr_instance(self, x: Any, level: int) -> str:  # noqa: ARG002 -- reprlib's
        """Show an object; one that cannot be is told by its type, without its address."""
        try:
            return self._cut(repr(x))
        except Exception:  # noqa: BLE001 -- it runs code of anybody's
            return f"a {type(x).__name__}"

    def _cut(self, text: str) -> str:
        return text if len(text) <= self.maxother else f"{text[: self.maxother - 3]}..."
