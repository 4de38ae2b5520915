"""Common nouns behind a name: "air force jets", "army spokesman"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.pieces import COMMA, JOINED, POSSESSIVE, SPACE

if TYPE_CHECKING:
    from geoevents.reports.actors.reading import Reading

_STEPS: Final = 6
_SAYING_WITHIN: Final = 5
_OF_A_STATE: Final = ("ministries", "forces", "members", "roles", "people")
_OF_A_SIDE: Final = ("bodies", "members", "roles", "ministries", "forces")


@dataclass(slots=True)
class Chain:
    """
    The common nouns that go with a name: "air force jets", "army spokesman".

    Attributes
    ----------
    end : int
        The piece after them.
    kind : str
        The table of the noun that counts: ``forces``, ``ministries``, ``members``, ``people``,
        ``roles``, ``events``; "" for none.
    key : str
        Its key there.
    role : bool
        Whether a word for one who speaks or leads is among them.
    """

    end: int
    kind: str = ""
    key: str = ""
    role: bool = False

    def take(self, end: int, classes: dict[str, str], *, state: bool) -> bool:
        """
        Let a noun count.

        Parameters
        ----------
        end : int
            The piece after it.
        classes : dict of str to str
            The tables that it stands in, with the key there.
        state : bool
            Whether the name before is that of a state.

        Returns
        -------
        bool
            False if it is none that goes with such a name.
        """
        order = _OF_A_STATE if state else _OF_A_SIDE
        kind = next((kind for kind in order if kind in classes), "")
        if not kind:
            if "events" not in classes or self.kind not in ("", "events"):
                return False
            self.kind = "events"
            return True
        if self.kind and kind == "people":
            return False
        if self._tells_more(kind, classes[kind]):
            self.kind, self.key = kind, classes[kind]
        self.role = self.role or "roles" in classes
        self.end = end
        return True

    def _tells_more(self, kind: str, key: str) -> bool:
        """Whether a noun says more of who it is than those before: "army helicopters"."""
        if not self.kind:
            return True
        if self.kind != "forces":
            return False
        ministry = kind == "ministries" and self.key == "government"
        return ministry or (kind == "forces" and key != "government")


def head_at(reading: Reading, index: int) -> tuple[int, dict[str, str]] | None:
    """
    Find the longest common noun that begins at a piece.

    Parameters
    ----------
    reading : Reading
        The report.
    index : int
        The piece.

    Returns
    -------
    tuple of int and dict, or None
        The piece after it, and the tables that it stands in.
    """
    pieces = reading.pieces
    for head in reading.words.heads.get(pieces.folds[index], ()):
        end = index + 1 + len(head.rest)
        if not head.rest or (
            tuple(pieces.folds[index + 1 : end]) == head.rest
            and all(map(pieces.joined, range(index + 1, end)))
        ):
            return end, head.classes
    return None


def chain_at(reading: Reading, index: int, *, state: bool) -> Chain:
    """
    Read the common nouns behind a name.

    Parameters
    ----------
    reading : Reading
        The report.
    index : int
        The piece after the name.
    state : bool
        Whether the name is that of a state.

    Returns
    -------
    Chain
        The nouns; without a kind if there are none.
    """
    folds, adjectives = reading.pieces.folds, reading.sets["adjectives"]
    chain = Chain(index)
    at = index
    for step in range(_STEPS):
        if reading.gap(at) not in JOINED or chain.kind == "events":
            break
        fold = folds[at]
        head = head_at(reading, at)
        if head is not None and chain.take(*head, state=state):
            at = head[0]
        elif (
            (fold == POSSESSIVE and step == 0)
            or fold in adjectives
            or (head is None and fold[:1].isdigit() and not _counts(reading, at))
            or (fold in reading.sets["amounts"] and _is_owned(reading, at))
        ):
            at += 1
        else:
            break
    return chain


def _counts(reading: Reading, at: int) -> bool:
    """Whether a figure counts soldiers of nobody before it: "cost the army 12 men"."""
    if not reading.pieces.folds[at].isdigit() or _is_owned(reading, at):
        return False
    head = head_at(reading, at + 1) if at + 1 < len(reading.pieces) else None
    return head is not None and "members" in head[1]


def _is_owned(reading: Reading, at: int) -> bool:
    """Whether a possessive stands before a piece: "the army's three men"."""
    return at > 0 and reading.pieces.folds[at - 1] == POSSESSIVE


def speaks(reading: Reading, first: int, end: int) -> bool:
    """
    Tell whether a verb of saying stands beside a phrase.

    Parameters
    ----------
    reading : Reading
        The report.
    first, end : int
        The phrase: its first piece, and the one after its last.

    Returns
    -------
    bool
        True for "residents said", "according to residents", "..., said residents".
    """
    folds, sets = reading.pieces.folds, reading.sets
    for at in range(end, min(end + _SAYING_WITHIN, len(folds))):
        if reading.gap(at) != SPACE or folds[at] in sets["joining"]:
            break
        if folds[at] in sets["saying"]:
            return True
    at = first - 1
    while at >= 0 and first - at < _STEPS and folds[at] in sets["articles"]:
        at -= 1
    if at >= 1 and folds[at] in sets["according_to"] and folds[at - 1] in sets["according"]:
        return True
    return at >= 0 and folds[at] in sets["saying_first"] and reading.gap(at) == COMMA
