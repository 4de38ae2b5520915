"""Texts on static figures: strangers' words as they stand, in fonts that have their letters."""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.patheffects import withStroke

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.patheffects import AbstractPathEffect

INK = "#1d2125"
SOFT = "#4f565e"
"""For small print."""

_MARK = "\u200e"
_BUNDLED = "DejaVu Sans"  # comes with matplotlib; has Latin, Greek, Cyrillic, Arabic and Hebrew
_REGULAR = 400

_TURNS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing: in a name they would garble what stands beside."""


def plain(text: object) -> str:
    r"""
    Make one line of a text.

    Parameters
    ----------
    text : object
        A name, as it stands in a frame.

    Returns
    -------
    str
        The same without line breaks, control characters and marks of direction.

    Examples
    --------
    >>> plain("Free\tSyrian\nArmy ")
    'Free Syrian Army'
    """
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in str(text)
        if letter not in _TURNS
    )
    return " ".join("".join(kept).split())


def shortened(text: str, most: int = 28) -> str:
    """
    Cut a text that is too long for a label.

    Parameters
    ----------
    text : str
        Any.
    most : int, default 28
        How many letters may stand.

    Returns
    -------
    str
        One line; what is left out becomes an ellipsis.

    Examples
    --------
    >>> shortened("Syrian Democratic Forces and Deir ez-Zor Military Council")
    'Syrian Democratic Forces an…'
    """
    text = plain(text)
    if len(text) <= most:
        return text
    cut = most - 1
    while cut > 1 and unicodedata.combining(text[cut]):  # an accent belongs to the letter before
        cut -= 1
    return text[:cut].rstrip() + "…"


def beside(name: str, figure: str) -> str:
    """
    Put a figure to the right of a name, whichever way the name is written.

    Parameters
    ----------
    name : str
        A name.
    figure : str
        What stands to its right; may be empty.

    Returns
    -------
    str
        Both. Without the marks of direction put about a name in Arabic or Hebrew, the figure
        would be drawn to its left.

    Examples
    --------
    >>> beside("SDF", "12 km²")
    'SDF  12 km²'
    """
    if not figure:
        return name
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name):
        name = f"{_MARK}{name}{_MARK}"
    return f"{name}  {figure}"


def km2(value: float) -> str:
    """
    Write an area.

    Parameters
    ----------
    value : float
        Square kilometres.

    Returns
    -------
    str
        With thousands separators, and a decimal only where it is less than ten.

    Examples
    --------
    >>> km2(12345.6), km2(3.456), km2(0.04), km2(0)
    ('12,346 km²', '3.5 km²', '0.04 km²', '0 km²')
    """
    return f"{number(value)} km²"


def number(value: float) -> str:
    """
    Write a number with as many digits as are of use.

    Parameters
    ----------
    value : float
        Any.

    Returns
    -------
    str
        With thousands separators.

    Examples
    --------
    >>> number(12345.6), number(9.96), number(0.5)
    ('12,346', '10', '0.5')
    """
    if abs(value) >= 9.95 or value == 0:  # noqa: PLR2004 -- rounds to ten
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.1g}"


def style(texts: "Iterable[str]") -> dict[str, Any]:
    """
    Choose how matplotlib treats texts that strangers wrote.

    Parameters
    ----------
    texts : iterable of str
        What will be written.

    Returns
    -------
    dict
        Keywords of a matplotlib Text: fonts that have all the letters, if any installed ones do,
        and neither mathematics nor TeX, so that ``$x^2$`` stays what it is.
    """
    letters = frozenset("".join(texts))
    family = mpl.rcParams["font.family"]
    chosen = (family,) if isinstance(family, str) else tuple(family)
    return {"fontfamily": [*_families(chosen, letters)], "parse_math": False, "usetex": False}


@lru_cache(maxsize=64)
def _families(chosen: tuple[str, ...], letters: frozenset[str]) -> tuple[str, ...]:
    """Add to the chosen fonts the one that comes with matplotlib, and then what is missing."""
    found = list(chosen)
    missing = {ord(letter) for letter in letters if letter.isprintable() and not letter.isspace()}
    for family in chosen:
        missing -= _letters_of(_file(family))
    if missing:
        found.append(_BUNDLED)
        missing -= _letters_of(_file(_BUNDLED))
    for font in _installed() if missing else ():
        if missing & _letters_of(font.fname):
            found.append(font.name)
            missing -= _letters_of(font.fname)
        if not missing:
            break
    return tuple(dict.fromkeys(found))


def _installed() -> "list[font_manager.FontEntry]":
    """Upright fonts of usual weight, those without serifs first."""
    fonts = font_manager.fontManager.ttflist
    upright = [f for f in fonts if f.style == "normal" and f.weight in (_REGULAR, "normal")]
    return sorted(upright, key=lambda font: ("Sans" not in font.name, font.name))


@lru_cache(maxsize=512)
def _letters_of(path: str) -> frozenset[int]:
    try:
        return frozenset(font_manager.get_font(path).get_charmap())
    except (OSError, RuntimeError):  # a font that FreeType cannot read has no letters for us
        return frozenset()


def _file(family: str) -> str:
    """Find the file of a family; a bare string would be read as a fontconfig pattern."""
    return font_manager.findfont(font_manager.FontProperties(family=[family]))


def halo() -> "list[AbstractPathEffect]":
    """
    Make the white rim that keeps a text readable on a map.

    Returns
    -------
    list of matplotlib path effects
        For a Text.
    """
    return [withStroke(linewidth=1.8, foreground="#ffffff", alpha=0.85)]
