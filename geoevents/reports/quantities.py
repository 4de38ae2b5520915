"""
Quantities: areas, distances and counts, with what their words say about how sure they are.

What a quantity looks like is written in the table ``quantities`` of the language; here its forms
are read: "some 300" is 270 to 330, "at least 34" has no upper end, "several" has no best figure.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from geoevents.reports.forms import Found, find_forms, grammar
from geoevents.reports.forms.pieces import spelled
from geoevents.reports.model import Quantity
from geoevents.reports.numbers import read_number
from geoevents.reports.repeated import with_repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose import Document
    from geoevents.reports.language import Language

_TENTH = 0.1  # how far "about" and "nearly" reach
_ALIKE = 0.15  # how far two figures for the same may be apart: both are rounded
_NAME = 40  # characters in which the word before a figure is looked for
_LONGEST = 7  # digits of a count that are not grouped
_YEARS = range(1900, 2101)  # figures that are no count unless something says so
_MOST_TIMES = 10  # how much larger the upper end of "10-15" may be: else it is no range
_KINDS = {"area": "km2", "distance": "m", "count": ""}
# What is larger is no quantity of a report, in the units of `_KINDS`, and what is said of it.
_LARGEST = {
    "count": (10_000_000, "is more than 10 million"),
    "area": (510_000_000, "is more than the surface of the earth, 510 million km2"),
    "distance": (20_000_000, "is more than half around the earth, 20,000 km"),
}


class _Range(NamedTuple):
    """A number with its range; None is unknown, or open."""

    value: float | None
    low: float | None
    high: float | None

    def times(self, factor: float) -> _Range:
        """Give it in other units."""
        return _Range(*(None if end is None else end * factor for end in self))


def find_quantities(document: Document, language: Language) -> list[Quantity]:
    """
    Find areas, distances and counts.

    Parameters
    ----------
    document : Document
        The document.
    language : Language
        The language it is written in.

    Returns
    -------
    list of Quantity
        In the order of the text; they do not overlap. Years, ages, prices, shares, names of
        roads and weapons are none. "a" and "an" count nothing here.

    Examples
    --------
    >>> from geoevents.prose import Document
    >>> from geoevents.reports.language import language
    >>> report = Document.read("They took some 300 square kilometers (115 square miles) in May.")
    >>> [(q.text, q.value, q.low, q.high) for q in find_quantities(report, language("en"))]
    [('some 300 square kilometers (115 square miles)', 300.0, 270.0, 330.0)]
    """
    text = document.text
    quantities: list[Quantity] = []
    for sentence, forms in zip(document.sentences, find_forms(document, language), strict=True):
        found = []
        for form in forms:
            if form.reading in _KINDS:
                quantity = _read(form, text, language)
                found += [quantity] if quantity else _apart(form, text, language)
        found = _once(found, text, language)
        quantities += with_repeated(found, text, sentence.end, language)
    return quantities


def _read(form: Found, text: str, language: Language) -> Quantity | None:
    """Read a form; None if it is no quantity after all."""
    slots = form.slots
    if form.reading == "count" and _is_no_count(form, text, language):
        return None
    if form.reading != "count" and _begins_within(form.start, text) < form.start:
        return None
    number = _number(form, language)
    if number is None:
        return None
    whole = form.reading == "count"
    for qualifier in ("also", "rough", "tail"):
        if qualifier in slots:
            number = _qualified(number, slots[qualifier], whole=whole)
    number = number.times(slots.get(form.reading, 1.0))
    if _is_too_large(number, form.reading):
        return None
    kind: Any = form.reading
    return Quantity(form.start, form.end, text[form.start : form.end], kind, *number)


def _apart(form: Found, text: str, language: Language) -> list[Quantity]:
    """Read two counts that are no range: "revised from 27 to 20"."""
    if form.reading != "count" or "low" not in form.slots or _is_no_count(form, text, language):
        return []
    (start, first), (second, end) = form.spans["low"], form.spans["high"]
    if not any(map(str.isalpha, text[first:second])):
        return []
    counts = []
    for slot, (begin, stop) in (("low", (start, first)), ("high", (second, end))):
        number = read_number(form.slots[slot], language)
        if (
            number is not None
            and number.value.is_integer()
            and number.value <= _LARGEST["count"][0]
        ):
            counts.append(Quantity.counted(begin, stop, text[begin:stop], number.value))
    return counts


def _is_too_large(number: _Range, kind: str) -> bool:
    """Tell whether a number, in the units of its kind, is larger than such a quantity can be."""
    return max(end for end in (*number, 0.0) if end is not None) > _LARGEST[kind][0]


class UnreadQuantity(NamedTuple):
    """
    A figure that was not read.

    Attributes
    ----------
    start, end : int
        Where it stands.
    text : str
        As written.
    reason : str
        Why not.
    """

    start: int
    end: int
    text: str
    reason: str


def find_unread_quantities(document: Document, language: Language) -> list[UnreadQuantity]:
    """
    Find figures that are too large to be an area, a distance or a count.

    Parameters
    ----------
    document : Document
        The document.
    language : Language
        The language it is written in.

    Returns
    -------
    list of UnreadQuantity
        In the order of the text; `find_quantities` leaves these out.

    Examples
    --------
    >>> from geoevents.prose import Document
    >>> from geoevents.reports.language import language
    >>> report = Document.read("Shelling killed 900 million people.")
    >>> find_unread_quantities(report, language("en"))[0].reason
    'is more than 10 million'
    """
    unread = []
    for sentence, forms in zip(document.sentences, find_forms(document, language), strict=True):
        for form in forms:
            if form.reading not in _KINDS or (
                form.reading == "count" and _is_no_count(form, document.text, language)
            ):
                continue
            begins = _begins_within(form.start, document.text)
            if form.reading != "count" and begins < form.start:
                words = document.text[begins : form.end]
                unread.append(UnreadQuantity(begins, form.end, words, _CUT))
                continue
            number = _number(form, language)
            number = number and number.times(form.slots.get(form.reading, 1.0))
            if number and _is_too_large(number, form.reading):
                words = document.text[form.start : form.end]
                unread.append(
                    UnreadQuantity(form.start, form.end, words, _LARGEST[form.reading][1])
                )
        taken = {one.start for one in unread}
        for token in sentence.tokens:  # too long for a form
            if len(token.text) > _LONGEST and token.start not in taken and _is_huge(token.text):
                reason = _LARGEST["count"][1]
                unread.append(UnreadQuantity(token.start, token.end, token.text, reason))
    return sorted(unread)


def _begins_within(start: int, text: str) -> int:
    """
    Find where a figure begins of which only the end can be read: "12,5 km", "1 200 km".

    Another country's marks are not guessed at: "1,5" is no 1.5 here, and no 5.
    """
    if not text[start : start + 1].isdecimal() or not start:
        return start
    before = text[max(start - _NAME, 0) : start]
    # A space parts thousands before three digits, and else two figures.
    spaced = before.endswith(" ") and _THOUSANDS.match(text, start)
    goes_on = (_DIGITS_BEFORE if spaced else _FIGURE_BEFORE).search(before)
    return start - len(goes_on.group()) if goes_on else start


def _is_huge(words: str) -> bool:
    """Tell whether digits alone are no count for their length: "99999999999"."""
    return words.isdecimal() and float(words) > _LARGEST["count"][0]


def _number(form: Found, language: Language) -> _Range | None:
    """Read what a form says the number is, before its qualifiers."""
    slots = form.slots
    if "low" in slots:
        return _between(form, language)
    if "number" in slots:
        number = read_number(slots["number"], language)
        return number and _Range(number.value, number.value, number.value)
    for kind in ("vague", "crowd", "pair"):
        if kind in slots:
            low, high = slots[kind]
            value = low if kind == "pair" else None
            factor = float(slots.get("of", 1))
            return _Range(value, low, None if high < 0 else high).times(factor)
    value = 0.5 if "half" in slots else 1.0  # "half a square mile", "a mile"
    return _Range(value, value, value)


def _between(form: Found, language: Language) -> _Range | None:
    """Read "between 10 and 15", "10-15", "two to three dozen"."""
    ends = [read_number(form.slots[end], language) for end in ("low", "high")]
    if ends[0] is None or ends[1] is None:
        return None
    low, high = ends[0].value, ends[1].value
    if ends[0].factor == 1 and low < high / ends[1].factor:
        low *= ends[1].factor
    return _Range(None, low, high) if low < high <= low * _MOST_TIMES else None


def _qualified(number: _Range, qualifier: str, *, whole: bool) -> _Range:
    """Widen a number as the words beside it say."""
    value, low, high = number
    if qualifier == "least":
        return _Range(value, low, None)
    if qualifier == "most":
        return _Range(value, None, high)
    if value is None:  # "some 10-15": it is a range already
        return number
    if qualifier in {"about", "under"}:
        low = round(value * (1 - _TENTH), 9)
        low = math.floor(low) if whole else low
    if qualifier in {"about", "over"}:
        high = round(value * (1 + _TENTH), 9)
        high = math.ceil(high) if whole else high
    return _Range(value, low, high)


def _is_no_count(form: Found, text: str, language: Language) -> bool:
    """Tell whether a number counts nothing: it is part of a name, a date, a code..."""
    if "low" in form.slots:
        return _is_code(form, text) or _is_dialled(form.slots["low"], form.slots["high"])
    if "number" not in form.slots:
        return False
    words = form.slots["number"]
    number = read_number(words, language)
    if number is None or not number.value.is_integer() or _is_code(form, text):
        return True
    if not words.isdecimal():
        # "1.000" is one, or a thousand as others write it.
        return number.factor == 1 and grammar(language).numerals.decimal in words
    if len(words) > _LONGEST or (words[0] == "0" and len(words) > 1):
        return True
    is_year = len(words) == len("2014") and int(words) in _YEARS
    counted = grammar(language).words.get("counted", ())
    return is_year and "rough" not in form.slots and form.after not in counted


def _is_dialled(low: str, high: str) -> bool:
    """Tell whether what looks like a range is a telephone number: "555-1234"."""
    digits = low.isdecimal() and high.isdecimal() and len(low) > len("10")
    return digits and not low[-1] == high[-1] == "0"


def _is_code(form: Found, text: str) -> bool:
    """Tell from what stands beside a figure that it is part of a longer code or a name."""
    start, end = form.start, form.end
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if _touches(after):
        return True
    if not text[start].isdecimal():
        return False
    words = text[max(start - _NAME, 0) : start]
    return (
        _touches(before[::-1])
        or (before[-1:], after[:1]) == ("[", "]")
        or (not form.before and after[:1] in {".", ")"})  # what numbers the points of a list
        or (after[:1] in _STOPS and (_is_name(form.before, words) or _is_age(words)))
    )


def _is_name(word: str, before: str) -> bool:
    """Tell whether the word before a figure is a name that it belongs to: "in Region 8,"."""
    written = before.rstrip()[-len(word) :] if word else ""
    return written[:1].isupper() and not written.isupper()


def _is_age(before: str) -> bool:
    """Tell whether a figure stands after a name and a comma: "said Ahmed, 45."."""
    name = before.rstrip().removesuffix(",").rpartition(" ")[2]
    return before.rstrip().endswith(",") and name[:1].isupper() and not name.isupper()


def _touches(beside: str) -> bool:
    """Tell whether what stands beside a figure makes it part of a longer code; nearest first."""
    nearest, next_one = beside[:1], beside[1:]
    return nearest.isalnum() or (nearest in _JOINTS and next_one.isalnum()) or nearest in _SIGNS


def _once(found: Sequence[Quantity], text: str, language: Language) -> list[Quantity]:
    """Join two figures for the same: "300 square kilometers (115 square miles)"."""
    kept: list[Quantity] = []
    for quantity in found:
        end = kept and _end_of_both(kept[-1], quantity, text, language)
        if end:
            first = kept[-1]
            kept[-1] = replace(first, end=end, text=text[first.start : end])
        else:
            kept.append(quantity)
    return kept


def _end_of_both(first: Quantity, second: Quantity, text: str, language: Language) -> int:
    """Find where a figure and its conversion end; 0 if the second is no conversion."""
    if first.kind != second.kind or first.kind == "count" or not _alike(first, second):
        return 0
    between = spelled(text[first.end : second.start])
    for pair in language.table("quantities").get("again", ()):
        if between == pair["open"] and text.startswith(pair["close"], second.end):
            return second.end + len(pair["close"])
    return 0


def _alike(first: Quantity, second: Quantity) -> bool:
    """Tell whether two quantities are the same but for rounding."""
    pairs = [(first.value, second.value), (first.low, second.low), (first.high, second.high)]
    ratios = [a / b for a, b in pairs if a and b]
    return bool(ratios) and abs(math.log(ratios[0])) < _ALIKE


_CUT = "is part of a longer figure, or written as in another language"
#: A figure that goes on: "12,", "1e", and "1 " before "200".
_FIGURE_BEFORE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*[.,'’eE]$")
_DIGITS_BEFORE = re.compile(r"(?<![\w.,])\d{1,3} $")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_JOINTS = frozenset("-–‑/.,:_'’")
_STOPS = frozenset(".,;:)")
_SIGNS = frozenset("%#@°*=$€£")
