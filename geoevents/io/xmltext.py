"""Text in XML: escaped, and seen to hold nothing that XML 1.0 cannot."""

import re

import pandas as pd

from geoevents.errors import GeoeventsError

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))


def fits_xml(text: str) -> bool:
    r"""
    Tell whether XML 1.0 has every character of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        False if it holds a control character, half of a surrogate pair or a non-character.

    Examples
    --------
    >>> fits_xml("a<b"), fits_xml("\x07")
    (True, False)
    """
    return _FORBIDDEN.search(text) is None


def see_fits(column: pd.Series) -> None:
    """
    See that XML can hold every text of a column.

    Parameters
    ----------
    column : pandas.Series
        The cells.

    Raises
    ------
    GeoeventsError
        If it cannot; the message names the column, the row and the character.
    """
    values = column.tolist()
    if fits_xml("".join(value for value in values if isinstance(value, str))):
        return
    for row, value in enumerate(values):
        if isinstance(value, str) and (found := _FORBIDDEN.search(value)):
            raise GeoeventsError(
                f"row {row}, column {column.name}: holds the character U+{ord(found[0]):04X}, "
                "which no KML file can hold: take it out, or write another format"
            )


def escaped(text: str) -> str:
    """
    Write a text as XML holds it, within an element or an attribute.

    Parameters
    ----------
    text : str
        A text that `fits_xml`.

    Returns
    -------
    str
        The same, with nothing in it that XML would read as markup or change.

    Examples
    --------
    >>> escaped("Smith & Sons <b>")
    'Smith &amp; Sons &lt;b&gt;'
    """
    for character, written in _ESCAPES:
        text = text.replace(character, written)
    return text
