"""What is found of an actor, by pieces of the text, before it is told by characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.reports.model import Actor

if TYPE_CHECKING:
    from geoevents.reports.actors.pieces import Pieces
    from geoevents.reports.model import Sense


@dataclass(slots=True)
class Found:
    """
    An actor by pieces of the text.

    Attributes
    ----------
    first, end : int
        Its first piece, and the one after its last.
    name, sense, party, media
        As of `Actor`.
    """

    first: int
    end: int
    name: str
    sense: Sense
    party: str
    media: bool = False

    def actor(self, pieces: Pieces) -> Actor:
        """Tell it by characters."""
        start, end = pieces.starts[self.first], pieces.ends[self.end - 1]
        return Actor(
            start, end, pieces.text[start:end], self.name, self.sense, self.party, self.media
        )
