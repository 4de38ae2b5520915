"""What stands before a name: "northern", "central and southern", "the coastal city of"."""

from __future__ import annotations

from abc import ABC
from dataclasses import replace

from geoevents.localities.reading.phrases import _Phrases, lies_in, wrapped
from geoevents.localities.reading.words import (
    AND,
    CONTROL,
    DESCRIPTIVE,
    HELD,
    HOLDERS,
    ISLANDS_OF,
    KINDS,
    PLURALS,
    PREFIXES,
    SHARED_KINDS,
    SHARES,
)
from geoevents.localities.tree import Compass, Group, Kind, Name, Tree
from geoevents.places.demonyms import countries_of

_MOST_DESCRIPTIVE = 5
_PASSED = PLURALS | SHARES | ISLANDS_OF | DESCRIPTIVE | {"either", "both"}


class _Adjectives(_Phrases, ABC):
    """Reads adjectives, and passes over what says nothing that ground could show."""

    def passed_over(self) -> bool:
        """Pass over "villages of", "the coastal" city of, "both", "rebel-held", "the whole of"."""
        here = self.i
        if length := self.held():
            self.i += length
            return True
        if self.key() not in _PASSED or self.at_known_chunk():
            return False
        if self.key() in PLURALS:
            self.i += 1
            self.take({"of"})
            self.articles()
            if self.at_end() or self.kind() == "open" or self.at_relation():
                self.i = here
        elif self.key() in ("either", "both"):
            self.i += 1
        elif self.key() in SHARES | ISLANDS_OF and self.key(1) == "of":
            self.i += 2
        elif self.at_kind_of():
            while self.key() in DESCRIPTIVE:
                self.i += 1
        return self.i > here

    def held(self) -> int:
        """Count the words of "rebel-held", "Islamic State-held", "besieged" before a name."""
        first, second = self.key(), self.key(1)
        if first in CONTROL or _is_held(first):
            length = 1
        elif (first in HOLDERS and second in HELD) or (
            first == "islamic" and second.startswith("state-") and _is_held(second)
        ):
            length = 2
        else:
            return 0
        here = self.i
        self.i += length
        named = self.kind() == "word" and not self.at_end() and not self.at_lead()
        self.i = here
        return length if named and not self.at_known_chunk() else 0

    def adjective(self, *, tight: bool) -> Tree | None:
        """Read "northern Syria", "central and southern Iraq", "rural Homs"."""
        first = self.i
        modifiers = self.modifiers()
        end = self.i
        named = self.kind() in ("word", "fix") and not self.at_end() and not self.at_lead()
        if not modifiers or not named or self.key() in ("of", "from", "to", "with"):
            self.i = first
            return None
        if len(modifiers) > 1:
            self.refuse_two_names(first, end)
        if self.at_compound(first):
            self.i = first
            return None
        compass = not any(isinstance(one, str) for one in modifiers)
        if self.at_kind_of() and compass:
            return self.item(tight=tight)  # "the northern city of Aleppo" is all of it
        plural = self.key() in SHARED_KINDS and self.key(1) == "of"
        of = self.item(tight=tight)
        if plural and compass and isinstance(of, Name) and self.at_list(of):
            return of  # so are "the northern provinces of Aleppo and Idlib", not of Syria
        words, start = self.said(first, end), self.tokens[first].start
        if isinstance(of, Group) and lies_in(of.parts[-1]):
            return replace(of, start=start)  # so is "eastern Syria's Deir ez-Zor province"
        return self.group("and", [wrapped(one, words, of, start) for one in modifiers])

    def at_list(self, name: Name) -> bool:
        """Whether "and" or ", B and" follows the name of what is no country."""
        if countries_of(name.text):
            return False
        here = self.i
        while self.kind() in ("comma", "word") and not self.at_joiner() and not self.at_lead():
            self.i += 1
        found = self.at_joiner()
        self.i = here
        return found

    def refuse_two_names(self, first: int, end: int) -> None:
        """Refuse "North and South Korea", which are no parts of one."""
        here = self.i
        last = max(
            i + 1 for i in range(first, end) if self.kind_at(i) != "word" or self._words[i] in AND
        )
        self.i = last
        known = self.at_known_chunk()
        self.i = here
        if known:
            raise self.error("write each of these names in full", first, end)

    def modifiers(self) -> list[Compass | Kind]:
        """Read "northern", "central and southern"; an initial ("S Syria") is none."""
        found: list[Compass | Kind] = []
        end = self.i
        while True:
            one: Compass | Kind | None = PREFIXES.get(self.key())
            if one is not None:
                self.i += 1
            elif len(self.key().strip(".")) > 1:
                one = self.compass()
            if one is None:
                break
            found.append(one)
            end = self.i
            if not self.separator():
                break
        self.i = end
        return found

    def at_kind_of(self) -> bool:
        """Whether "city of" stands here, after what is said of the city."""
        ahead = 0
        while self.key(ahead) in DESCRIPTIVE and ahead < _MOST_DESCRIPTIVE:
            ahead += 1
        return self.key(ahead) in KINDS and self.key(ahead + 1) == "of"


def _is_held(word: str) -> bool:
    holder, _, held = word.rpartition("-")
    return bool(holder) and held in HELD
