"""What stands inside a clause before its verb: between commas, or without a word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.syntax.ahead import AHEAD
from geoevents.reports.syntax.reading import FINITE

if TYPE_CHECKING:
    from geoevents.reports.syntax.ahead import Ahead
    from geoevents.reports.syntax.reading import Reading

_BETWEEN = frozenset({"TIME", "ADV", "ADJ", "INNER"})


class Inserted:
    """
    Looks for the verb of a clause behind what is inserted before it.

    Parameters
    ----------
    reading : Reading
        The sentence.
    ahead : Ahead
        Looks at the chunks that follow.
    """

    def __init__(self, reading: Reading, ahead: Ahead) -> None:
        self._state = reading
        self._ahead = ahead
        self._chunks = reading.chunks

    def verb_behind_insertion(self) -> bool:
        """
        Tell whether a verb follows a comma, or what the comma at hand and another one set off.

        Returns
        -------
        bool
            Whether one with a tense does: "the centre in X, near Y, was bombed".
        """
        step, end = self._state.at + 1, min(self._state.at + AHEAD, len(self._chunks))
        while step < end and self._ahead.kind_at(step) in ("NP", "PREP", "ADJ", "ADV", "INNER"):
            step += 1
        if step > self._state.at + 1:
            if self._ahead.kind_at(step) != "COMMA":
                return False
            step += 1
        while step < end and self._ahead.kind_at(step) in _BETWEEN:
            step += 1
        return self._ahead.kind_at(step) == "VG" and self._chunks[step].form in FINITE

    def verb_behind_verb(self) -> bool:
        """
        Tell whether a verb follows the chunk at hand, and one with a tense that: "they took hit".

        Returns
        -------
        bool
            Whether they do: "the bus they were travelling in ran over a mine".
        """
        step = self._state.at + 1
        if self._ahead.kind_at(step) != "VG" or self._chunks[step].form not in FINITE:
            return False
        before = ""
        for place in range(step + 1, min(step + AHEAD, len(self._chunks))):
            kind = self._ahead.kind_at(place)
            if kind == "VG":
                return self._chunks[place].form in FINITE
            if kind not in ("PREP", "ADV", "TIME", "NP") or (kind == "NP" and before != "PREP"):
                return False
            before = kind
        return False

    def awaits_object(self) -> bool:
        """
        Tell whether the object of the verb at hand stands behind what two commas set off.

        Returns
        -------
        bool
            Whether it does: "shelled, with artillery, positions near X". It is noted, so that it
            is known when it is read.
        """
        top = self._state.top
        place = self._object_behind() if top.waiting else 0
        if place:
            self._state.late = (place, top)
        return bool(place)

    def ends_in_result(self) -> bool:
        """
        Tell whether the verb at hand ends in what became of somebody, and has no object.

        Returns
        -------
        bool
            Whether it does: "two shot dead in Lahore"; not "shot dead two men".
        """
        step = self._state.at + 1
        if step >= len(self._chunks):
            return False
        behind = self._state.words[self._chunks[step].first].lower
        return behind in self._state.sets["resulting"] and self._ahead.kind_at(step + 1) != "NP"

    def _object_behind(self) -> int:
        """Find the chunk of an object behind an insertion; 0 if there is none."""
        step = self._state.at + 1
        if self._ahead.kind_at(step) != "COMMA" or not self._tells_how(step + 1):
            return 0
        step += 2
        end = min(self._state.at + AHEAD, len(self._chunks))
        while step < end and self._ahead.kind_at(step) in ("NP", "PREP", "ADJ", "ADV", "CONJ"):
            step += 1
        if self._ahead.kind_at(step) != "COMMA" or self._ahead.kind_at(step + 1) != "NP":
            return 0
        return 0 if self._ahead.verb_follows(step + 2) else step + 1

    def _tells_how(self, step: int) -> bool:
        """Whether a chunk begins to say with what something is done: "with", "using"."""
        if self._ahead.kind_at(step) not in ("PREP", "VG"):
            return False
        first = self._state.words[self._chunks[step].first].lower.split()[:1]
        return not self._state.sets["by_means"].isdisjoint(first)
