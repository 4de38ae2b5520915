"""Names that stand in a text otherwise than in the gazetteer: inflected, or spelt as they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places.toponyms.cyrillic import is_cyrillic, uninflected
from geoevents.places.toponyms.known import Known, look_up
from geoevents.places.toponyms.words import Word, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.toponyms.runs import Run

#: No inflected name is longer.
_LONG: Final = 60


def take(known: Known, numbers: Sequence[int], more: Known) -> None:
    """
    Take over what another look-up knows of some names.

    Parameters
    ----------
    known : Known
        What is added to.
    numbers : sequence of int
        Which names were looked up.
    more : Known
        What was found, a slot for each of them.
    """
    for at in np.flatnonzero(more.weight).tolist():
        known.put(numbers[at], more, at)


def uninflect(texts: list[str], keys: Sequence[str], known: Known, gazetteer: Gazetteer) -> None:
    """
    Look up what is inflected (Russian, Ukrainian) as it may be in the nominative.

    Parameters
    ----------
    texts : list of str
        Spans; that of an inflected one is replaced.
    keys : sequence of str
        Their folds.
    known : Known
        What is known of them, and is added to.
    gazetteer : Gazetteer
        Where to look.
    """
    owners: list[int] = []
    forms: list[str] = []
    for number, key in enumerate(keys):
        if not known.weight[number] and is_cyrillic(key) and len(key) < _LONG:
            some = uninflected(key)
            forms += some
            owners += [number] * len(some)
    if not forms:
        return
    more = look_up(forms, gazetteer)
    for at in np.flatnonzero(more.weight).tolist():
        number = owners[at]
        if more.weight[at] > known.weight[number]:
            known.put(number, more, at)
            texts[number] = forms[at]


_UNSOUND: Final = (
    Word.AFTER
    | Word.ORGANISATION
    | Word.STATE
    | Word.TITLE
    | Word.CALENDAR
    | Word.FUNCTION
    | Word.DIRECTION
    | Word.REPORT
)
_COMMON: Final = Word.ENGLISH | Word.SURNAME
#: Words with more than this between them are of two names.
_GAP: Final = 3
_JOINTS: Final = frozenset({"and", "&", "'s"})


def sound_out(
    runs: Sequence[Sequence[Run]],
    keys: Sequence[str],
    known: Known,
    gazetteer: Gazetteer,
    tables: Words,
) -> None:
    """
    Look up by sound what is not known as it is spelt: Deir Ezzor, Aliabad.

    Parameters
    ----------
    runs : sequence of sequence of Run
        Of all documents.
    keys : sequence of str
        The folds of their spans.
    known : Known
        What is known of them, and is added to.
    gazetteer : Gazetteer
        Where to look.
    tables : Words
        What words tell.
    """
    wanted: dict[int, None] = {}
    for some in runs:
        for run in some:
            for part in _parts(run, tables.flags):
                starts = part[:2] if run.opens and part[0] == run.first else part[:1]
                for start in starts:
                    number = run.spans.get((start, part[-1]), -1)
                    if number < 0 or known.weight[number]:
                        continue
                    flag = tables.flags.get(run.tokens[start][3], 0)
                    if _may_be_misspelt(keys[number], flag, tables, alone=start == part[-1]):
                        wanted[number] = None
    numbers = list(wanted)
    take(known, numbers, look_up([keys[i] for i in numbers], gazetteer, sounds=True))
    known.sounds.update(number for number in numbers if known.weight[number])


def _parts(run: Run, flags: Mapping[str, int]) -> Iterator[list[int]]:
    """Cut a run where a word of kind or rank stands, or "and"."""
    part: list[int] = []
    for token in run.caps:
        apart = bool(flags.get(run.tokens[token][3], 0) & _UNSOUND)
        if part and (apart or _parted(run, part[-1], token)):
            yield part
            part = []
        if not apart:
            part.append(token)
    if part:
        yield part


def _parted(run: Run, left: int, right: int) -> bool:
    """Tell whether two capitalised words are of two names: "Tal Abyad and Ras al-Ain"."""
    if right - left > _GAP:
        return True
    return not _JOINTS.isdisjoint(t[3] for t in run.tokens[left + 1 : right])


def _may_be_misspelt(key: str, flag: int, tables: Words, *, alone: bool) -> bool:
    if flag & Word.FIRST_NAME or (alone and flag & _COMMON):
        return False
    return key not in tables.demonyms and key not in tables.no_places
