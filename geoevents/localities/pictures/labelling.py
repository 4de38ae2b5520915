"""Where the names on a small map go: the most important first, none over another."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Box = tuple[float, float, float, float]

_LETTER = 0.56  # how wide a letter is, in font sizes; a wide one takes a whole size
_LINE = 1.15  # how high a line is, in font sizes
_BASE = 0.35  # from a line's middle down to its base, in font sizes
_SPACED = 1.5  # how much wider spaced letters are, with some room
_GAP = 3.0  # pixels between a dot and its name
_MOST = 36  # letters of a name
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)  # where along a river its name is tried
_BESIDE = 0.8  # between a river and its name, in font sizes
_PIECES = 4  # boxes that a sloping name is taken for


@dataclass(frozen=True)
class Font:
    """How a name looks: its class in the style sheet and its size there, in pixels."""

    css: str
    size: float


def plain(text: str) -> str:
    """
    Make a text fit for XML: no markup, control characters or halves of surrogate pairs.

    Parameters
    ----------
    text : str
        Anything, such as a name from a user's file.

    Returns
    -------
    str
        For an element or a quoted attribute.

    Examples
    --------
    >>> plain('<b onload="x">' + chr(0) + "A")
    '&lt;b onload=&quot;x&quot;&gt; A'
    """
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Cn") else letter for letter in text
    )
    return escape("".join(kept), quote=True)


def short(text: str, most: int = _MOST) -> str:
    """
    Cut a text that is too long for its place.

    Parameters
    ----------
    text : str
        A name or a phrase.
    most : int
        How many letters fit.

    Returns
    -------
    str
        The text, or its beginning and an ellipsis.

    Examples
    --------
    >>> short("along the Khabur", 10)
    'along the…'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def text_width(text: str, size: float) -> float:
    """
    Guess how wide a text will be, without its font.

    Parameters
    ----------
    text : str
        What is written.
    size : float
        Of the font, in pixels.

    Returns
    -------
    float
        Pixels.
    """
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    marks = sum(unicodedata.combining(letter) > 0 for letter in text)
    return size * (wide + _LETTER * (len(text) - wide - marks))


@dataclass
class Labels:
    """
    The names that found room.

    Parameters
    ----------
    box : tuple of float
        Left, top, right, bottom of the map, in pixels.
    """

    box: Box
    written: list[str] = field(default_factory=list)
    _taken: list[Box] = field(default_factory=list)

    def beside(
        self, at: tuple[float, float], name: str, font: Font, dot: float, *, claimed: bool = False
    ) -> bool:
        """
        Write a name beside a dot: right, left, above or below it.

        Parameters
        ----------
        at : tuple of float
            Where the dot is.
        name : str
            What to write.
        font : Font
            How it looks.
        dot : float
            Radius of the dot.
        claimed : bool
            Whether the dot's room is kept free already.

        Returns
        -------
        bool
            Whether there was room for both.
        """
        x, y = at
        name = short(name)
        wide, high = text_width(name, font.size), font.size * _LINE
        mark = (x - dot, y - dot, x + dot, y + dot)
        gap = dot + _GAP
        for anchor, left, middle in (
            ("start", x + gap, y),
            ("end", x - gap - wide, y),
            ("middle", x - wide / 2, y - dot - high / 2),
            ("middle", x - wide / 2, y + dot + high / 2),
        ):
            box = (left, middle - high / 2, left + wide, middle + high / 2)
            if self._take([box] if claimed else [box, mark]):
                held = {"start": left, "middle": x, "end": left + wide}[anchor]
                self._write((held, middle), name, font, anchor=anchor)
                return True
        return False

    def keep_free(self, x: float, y: float, radius: float) -> None:
        """
        Leave room for a mark.

        Parameters
        ----------
        x, y, radius : float
            Where it stands and how large it is.
        """
        self._taken.append((x - radius, y - radius, x + radius, y + radius))

    def over(self, at: tuple[float, float], name: str, font: Font) -> bool:
        """
        Write a name in the middle of what it names.

        Parameters
        ----------
        at : tuple of float
            The middle.
        name : str
            What to write.
        font : Font
            How it looks; its letters are spaced.

        Returns
        -------
        bool
            Whether there was room.
        """
        x, y = at
        name = short(name)
        wide, high = _SPACED * text_width(name, font.size), font.size * _LINE
        if not self._take([(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)]):
            return False
        self._write((x, y), name, font)
        return True

    def along(self, line: NDArray[np.float64], name: str, font: Font) -> bool:
        """
        Write a name along a line, on either side of it.

        Parameters
        ----------
        line : array
            Its vertices, in pixels.
        name : str
            What to write.
        font : Font
            How it looks.

        Returns
        -------
        bool
            Whether the line was long enough and there was room.
        """
        name = short(name)
        wide = text_width(name, font.size)
        far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        if far[-1] < 1.5 * wide:
            return False
        for share in _ALONG:
            ends = np.clip(share * far[-1] + np.array([-wide, wide]) / 2, 0, far[-1])
            (x0, x1), (y0, y1) = (np.interp(ends, far, line[:, axis]) for axis in (0, 1))
            slope = math.atan2(y1 - y0, x1 - x0)
            if math.cos(slope) < 0:  # never upside down
                slope -= math.copysign(math.pi, slope)
            steps = np.linspace(float(ends[0]), float(ends[1]), 9)
            middle = np.column_stack([np.interp(steps, far, line[:, axis]) for axis in (0, 1)])
            across = np.array([-math.sin(slope), math.cos(slope)])
            heights = (middle - middle.mean(axis=0)) @ across
            for side, clear in ((-1, heights.min()), (1, heights.max())):
                x, y = middle.mean(axis=0) + across * (clear + side * _BESIDE * font.size)
                if self._take(_sloping(x, y, slope, wide, font.size)):
                    self._write((x, y), name, font, math.degrees(slope))
                    return True
        return False

    def _take(self, boxes: list[Box]) -> bool:
        """Claim some room, unless it is taken or off the map."""
        left, top, right, bottom = self.box
        for box in boxes:
            if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
                return False
            if any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                for other in self._taken
            ):
                return False
        self._taken += boxes
        return True

    def _write(
        self,
        at: tuple[float, float],
        name: str,
        font: Font,
        turn: float = 0.0,
        anchor: str = "middle",
    ) -> None:
        x, y = at
        turned = f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"' if turn else ""
        self.written.append(
            f'<text x="{x:.1f}" y="{y + _BASE * font.size:.1f}" class="{font.css}" '
            f'text-anchor="{anchor}"{turned}>'
            f"{plain(name)}</text>"
        )


def _sloping(x: float, y: float, slope: float, wide: float, size: float) -> list[Box]:
    """Boxes that a sloping text lies in, end to end."""
    half = size * _LINE / 2
    along = np.linspace(-wide / 2, wide / 2, 2 * _PIECES + 1)[1::2]
    reach = wide / 2 / _PIECES
    dx = abs(math.cos(slope)) * reach + abs(math.sin(slope)) * half
    dy = abs(math.sin(slope)) * reach + abs(math.cos(slope)) * half
    centres = [(x + math.cos(slope) * far, y + math.sin(slope) * far) for far in along]
    return [(cx - dx, cy - dy, cx + dx, cy + dy) for cx, cy in centres]
