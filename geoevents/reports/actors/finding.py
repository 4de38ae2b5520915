"""Finding who acts in a report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from geoevents.reports.actors.kin import kin_groups
from geoevents.reports.actors.naming import acronyms_of, named_groups
from geoevents.reports.actors.persons import surnames
from geoevents.reports.actors.phrases import Phrases
from geoevents.reports.actors.pieces import Pieces
from geoevents.reports.actors.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Document
    from geoevents.reports.actors.lexicon import Lexicon
    from geoevents.reports.model import Actor

_CODE: Final = 2


def find_actors(
    document: Document,
    toponyms: Sequence[Toponym],
    lexicon: Lexicon,
    *,
    country: str | Iterable[str] | None = None,
) -> list[Actor]:
    """
    Find who acts, speaks or suffers in a report.

    Parameters
    ----------
    document : Document
        The report.
    toponyms : sequence of Toponym
        Its places, and what else holds the name of one.
    lexicon : Lexicon
        The actors that are known by name, and the common words of the language.
    country : str or sequence of str, optional
        The country that the report is about, by ISO code or name, for "the army" or "police"; told
        from the places if left out or several, where most of them are in one country.

    Returns
    -------
    list of Actor
        In the order of the text; none overlap.

    Examples
    --------
    >>> from geoevents.prose import Document
    >>> from geoevents.reports.actors import Lexicon
    >>> report = Document.read("US-backed SDF fighters were hit by Russian warplanes.")
    >>> for actor in find_actors(report, [], Lexicon.default()):
    ...     print(actor.text, "|", actor.name, "|", actor.party)
    SDF fighters | SDF | SDF
    Russian warplanes | Russian air force | Russia
    """
    pieces = Pieces(document.text)
    if not len(pieces):
        return []
    pieces.part_at({sentence.start for sentence in document.sentences})
    groups = named_groups(pieces, lexicon.words)
    reading = Reading(pieces, toponyms, lexicon, _code(country), groups)
    groups.update(kin_groups(reading))
    found = Phrases(reading).read()
    found = acronyms_of(found, pieces, lexicon.words)
    found = surnames(found, pieces)
    return [one.actor(pieces) for one in found]


def _code(country: str | Iterable[str] | None) -> str | None:
    """Give the ISO code of a country, if it is one."""
    if country is not None and not isinstance(country, str):
        several = list(country)
        return _code(several[0]) if len(several) == 1 else None
    if country is None or len(country) == _CODE:
        return country and country.upper()
    return _code_of(country)


@cache
def _code_of(name: str) -> str | None:
    from geoevents.places.demonyms import country_of  # noqa: PLC0415 -- names need the gazetteer

    return country_of(name)
