"""The records in an extractor's answer: out of JSON, with whatever stands around it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from geoevents.errors import shown
from geoevents.reports.errors import ReportError

_LONGEST: Final = 5_000_000
_MOST: Final = 5_000
_TRIES: Final = 20
_SHOWN: Final = 10
_THOUGHT: Final = ("</think>", "</thinking>", "</thought>", "</reasoning>")
#: A list of lists is read as one, to see that it holds no records of its own.
_OPENING: Final = re.compile(r"\A\[|\[\s*[\[{\]]|\{")
#: What begins so is meant to be records: if it cannot be read, it is not passed over.
_BROKEN: Final = re.compile(r"""(?:\[\s*)*\{\s*["']""")
_WRAPPERS: Final = ("events", "records", "data", "results", "items")


class ExtractorError(ReportError):
    """
    An answer of an extractor that cannot be used.

    Parameters
    ----------
    problems : sequence of str
        Everything that is wrong with it: which record, which field, what to do.

    Attributes
    ----------
    problems : tuple of str
        All of them; the message shows the first ten.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = len(problems) - _SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(
            "the extractor's answer cannot be used: " + "; ".join(problems[:_SHOWN]) + rest
        )


class _TwiceError(ValueError):
    """A field that stands twice in one record."""


def found_records(answer: Any) -> list[Mapping[Any, Any]]:
    """
    Find the records in an answer.

    Parameters
    ----------
    answer : str, bytes, mapping or sequence
        JSON, perhaps in a code fence or with words around it, in one piece or several (JSON
        Lines); or what it would be once read.

    Returns
    -------
    list of mapping
        The records, unchecked.

    Raises
    ------
    ExtractorError
        If there are none to be found: no JSON, no list of records, too long, too deep;
        if a part of it is cut off or broken.

    Examples
    --------
    >>> found_records('Here they are: [{"event_type": "siege"}]')
    [{'event_type': 'siege'}]
    """
    if isinstance(answer, bytes | bytearray):
        try:
            answer = bytes(answer).decode()
        except UnicodeDecodeError as error:
            raise ExtractorError([f"it is not UTF-8: {error}"]) from error
    if isinstance(answer, str):
        answer = _parsed(answer)
    listed = _listed(answer)
    if listed is None:
        raise ExtractorError(
            [f"it is {shown(answer)}: return a list of records, or JSON with one ([] for none)"]
        )
    if len(listed) > _MOST:
        raise ExtractorError([f"it has {len(listed):,} records: at most {_MOST:,} are read"])
    wrong = [
        f"record {number} is {shown(one)}: each is a mapping of fields to values"
        for number, one in enumerate(listed)
        if not isinstance(one, Mapping)
    ]
    if wrong:
        raise ExtractorError(wrong)
    return list(listed)


def _listed(answer: Any) -> Sequence[Any] | None:
    """Give the list in an answer: itself, the one it wraps, or its only record."""
    if isinstance(answer, Mapping):
        wrapped = [answer[name] for name in _WRAPPERS if name in answer]
        if len(wrapped) == 1 and len(answer) == 1:
            return _listed(wrapped[0]) if isinstance(wrapped[0], list | tuple) else None
        return [answer] if "event_type" in answer or "quote" in answer else None
    return answer if isinstance(answer, list | tuple) else None


def _parsed(text: str) -> list[Any]:
    """Read all lists and records that stand in a text as JSON, one after the other."""
    if len(text) > _LONGEST:
        raise ExtractorError(
            [f"it is {len(text):,} characters long: at most {_LONGEST:,} are read"]
        )
    text = _unthought(text).lstrip()
    out: list[Any] = []
    lists = tries = at = 0
    failure: Exception | None = None
    while len(out) <= _MOST and (match := _OPENING.search(text, at)) is not None:
        at = match.end()
        try:
            value, end = _decoded(text, match.start())
        except ExtractorError:
            raise
        except ValueError as error:  # no JSON, or a number of thousands of digits
            if _BROKEN.match(text, match.start()):
                # To pass over it would lose events.
                raise _broken(text, match.start(), error) from error
            failure = failure or error
        else:
            listed = _listed(value)
            if listed is not None and _of_records(listed):
                out += listed
                lists += 1
                at = end
                continue
            # What stands within is no list of records: [[]], [1, []].
            at = end if isinstance(value, list) else at
        tries += 1
        if tries >= _TRIES:
            break
    if tries >= _TRIES or not lists:
        raise ExtractorError(
            [f"it holds no list of records as JSON: {shown(text.strip())}"]
        ) from failure
    return out


def _decoded(text: str, start: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except _TwiceError as error:
        raise ExtractorError([str(error)]) from error
    except RecursionError as error:
        raise ExtractorError(["it is nested too deeply: return a plain list"]) from error


def _of_records(listed: Sequence[Any]) -> bool:
    return not listed or any(isinstance(one, Mapping) for one in listed)


def _broken(text: str, start: int, error: ValueError) -> ExtractorError:
    why = f"{error.msg} at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
    what = shown(text[start : start + 200])
    told = f"what begins at character {start}, {what}, is cut off or broken ({why or error})"
    return ExtractorError([f"it holds no list of records as JSON: {told}"])


def _unthought(text: str) -> str:
    """Leave out what a model thinks aloud before it answers."""
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:1] in ("[", "{"):
        return text
    end = max(text.rfind(mark) for mark in _THOUGHT)
    return text if end < 0 else text[text.index(">", end) + 1 :]


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a mapping of fields, each of which may stand once."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _TwiceError(f"field {shown(twice)} stands twice in one record: keep one")
    return made


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_record)
