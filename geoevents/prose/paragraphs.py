"""Where the paragraphs of a text begin and end: blank lines, bullets, headlines, wrapped lines."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]++")
_BULLET = re.compile(r"[ \t\u3000]*+(?:[-*+•‣◦▪●·–—](?=[ \t])|\(?\d{1,3}[.)](?=[ \t]))[ \t]*+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_STOPS = frozenset(".!?…:;。؟۔！？")
_CLOSERS = "\"'”’»)]*_"
_TERMINAL = frozenset(".!?…。؟۔！？")

#: A line longer than this is a paragraph, not a part of a wrapped one.
_WIDEST_WRAP = 130
#: A headline is no longer than this.
_LONGEST_HEADLINE = 140


def paragraphs(text: str) -> list[tuple[int, int]]:
    """
    Find the paragraphs of a text.

    A blank line parts paragraphs. So does the end of a line where it was clearly meant: before a
    bullet, after a first line that is a headline, or after a full stop where the next word would
    still have had room.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    list of tuple of int
        Where each begins and ends, without spaces around it and without its bullet.
    """
    found: list[tuple[int, int]] = []
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(text, 1 if text.startswith("\ufeff") else 0):
        start, end = _trimmed(text, *line.span())
        if start >= end:
            continue
        if block and _blank_between(text, block[-1][1], start):
            _close(text, block, found)
            block = []
        block.append((start, end))
    _close(text, block, found)
    return found


def is_headline(text: str, start: int, end: int) -> bool:
    """
    Tell whether a line may be a headline: short, and without a full stop.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The line.

    Returns
    -------
    bool
        Whether it may.
    """
    line = text[start:end].rstrip(_CLOSERS)
    return (
        0 < end - start <= _LONGEST_HEADLINE
        and (line[-1:] not in _STOPS or line[-1:] in "!?؟")
        and any(character.isalpha() for character in line)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _blank_between(text: str, start: int, end: int) -> bool:
    """Tell whether there is an empty line between two lines."""
    breaks = _BREAK.findall(text, start, end)
    return len(breaks) > 1 or breaks == ["\u2029"]


def _close(text: str, block: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    """Cut a block of lines without blank ones into paragraphs."""
    if len(block) == 1:
        _add(text, *block[0], found)
        return
    width = max((end - start for start, end in block), default=0)
    for number, (start, end) in enumerate(block):
        if number == 0:
            first = start
        elif _meant(text, block[number - 1], (start, end), width, first=not found and number == 1):
            _add(text, first, block[number - 1][1], found)
            first = start
        last = end
    if block:
        _add(text, first, last, found)


def _meant(
    text: str, before: tuple[int, int], after: tuple[int, int], width: int, *, first: bool
) -> bool:
    """Tell whether a paragraph ends with a line, or the line was only wrapped there."""
    if _BULLET.match(text, *after):
        return True
    long = before[1] - before[0]
    ended = text[max(before[0], before[1] - 8) : before[1]].rstrip(_CLOSERS)[-1:] in _TERMINAL
    if long > _WIDEST_WRAP:
        return ended
    if text[after[0]].islower():
        return False
    word = text[after[0] : after[0] + width].split(None, 1)[0]
    room = long + 1 + len(word) <= width
    return room and (ended or (first and is_headline(text, *before)) or long * 2 < width)


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    if start < end:
        found.append((start, end))
