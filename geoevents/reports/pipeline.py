"""How a report is read: from documents to what is found in them, and on to events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoevents.places.toponyms import find_toponyms
from geoevents.reports.abroad import find_states, with_states
from geoevents.reports.actors import find_actors
from geoevents.reports.extraction import extract
from geoevents.reports.extraction.phrases import with_half_roads
from geoevents.reports.joining import join
from geoevents.reports.model import Findings
from geoevents.reports.quantities import find_quantities, find_unread_quantities
from geoevents.reports.stance import settle
from geoevents.reports.when import find_unread_dates, find_whens

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from geoevents.places import Gazetteer
    from geoevents.places.geocoding import Countries
    from geoevents.prose import Document
    from geoevents.reports.actors import Lexicon
    from geoevents.reports.language import Language
    from geoevents.reports.model import Event


@dataclass(frozen=True)
class Pipeline:
    """
    What reports are read with.

    Attributes
    ----------
    gazetteer : Gazetteer
        Where places are looked up.
    language : Language
        The words and patterns.
    lexicon : Lexicon
        The actors that are known.
    country : str or sequence of str, optional
        Only places of this country or these.
    recognizer : callable, optional
        Finds names in place of the gazetteer.
    """

    gazetteer: Gazetteer
    language: Language
    lexicon: Lexicon
    country: Countries | None = None
    recognizer: Callable[[str], Any] | None = None

    def find_places(self, documents: Sequence[Document]) -> list[Findings]:
        """Find the places of many documents at once, which is where looking up is quick."""
        toponyms = find_toponyms(
            documents, self.gazetteer, country=self.country, recognizer=self.recognizer
        )
        found = [
            Findings(document, places) for document, places in zip(documents, toponyms, strict=True)
        ]
        if self.country is not None and self.recognizer is None:
            states = find_states(documents, self.gazetteer, self.lexicon)
            for findings, named in zip(found, states, strict=True):
                findings.states = named
        return found

    def read(self, findings: Findings, published: dt.date | None) -> list[Event]:
        """
        Read the events of a document.

        Parameters
        ----------
        findings : Findings
            As `find_places` gives them; the rest is filled in.
        published : datetime.date or None
            When it was published.

        Returns
        -------
        list of Event
            In the order of the text.

        Raises
        ------
        ReportError
            If a relative date needs the day of publication and there is none.
        """
        from geoevents.localities.spotting import spot  # noqa: PLC0415 -- tables of the grammar

        document, language = findings.document, self.language
        findings.published = published
        findings.phrases = with_half_roads(spot(document, findings.toponyms), findings, language)
        findings.whens = find_whens(document, published, language)
        findings.unread = [
            *find_unread_dates(document, language, published),
            *find_unread_quantities(document, language),
        ]
        findings.quantities = find_quantities(document, language)
        sides = with_states(findings.toponyms, findings.states)
        findings.actors = find_actors(document, sides, self.lexicon, country=self.country)
        mentions, clauses = extract(findings, language)
        settle(mentions, clauses, findings, language)
        return join(mentions, findings, language)
