"""``read_report``: the events that the text of a report tells of, each on its geometry."""

from __future__ import annotations

import os
import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import GeoeventsError, shown
from geoevents.events.schema import validate
from geoevents.places import Gazetteer
from geoevents.places.toponyms.words import Word
from geoevents.places.toponyms.words import words as place_words
from geoevents.prose import Document
from geoevents.prose.scripts import script_of
from geoevents.reports.actors import Lexicon
from geoevents.reports.errors import LanguageError, ReportError
from geoevents.reports.language import language as load_language
from geoevents.reports.locating import locate_records
from geoevents.reports.pipeline import Pipeline
from geoevents.reports.publication import publication_day
from geoevents.reports.records import record, with_places

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    import geopandas as gpd

    from geoevents.places.geocoding import Countries
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings

_FILE_NAME: Final = re.compile(r"[^\n]{1,200}\.(?:txt|md|html?|pdf|docx?)", re.IGNORECASE)
#: Of a text of so many words, this part at least are common ones of its language.
_ENOUGH_WORDS: Final = 20
_COMMON: Final = 0.12
#: Where most is in another script, at least so many words in its own, and common ones of them.
_FEW_WORDS: Final = 6
_FEW_COMMON: Final = 2
#: Of fewer words, this part at least are in the vocabulary: names and loan words are in any.
_SPOKEN: Final = 0.35
#: The vocabulary that is at hand: the finder of places knows it.
_ENGLISH: Final = "english"


class LanguageWarning(UserWarning):
    """A report in a language whose events cannot be read: its places can, with `geoparse`."""


def read_report(
    text: str,
    *,
    published: Any = None,
    source: str | None = None,
    country: Countries | None = None,
    gazetteer: Gazetteer | None = None,
    actors: Any = None,
    recognizer: Callable[[str], Any] | None = None,
    extractor: Callable[..., Any] | None = None,
    format: str | None = None,  # noqa: A002 -- as in read_events
    language: str = "en",
) -> gpd.GeoDataFrame:
    """
    Read the events that a report tells of.

    Parameters
    ----------
    text : str
        The report: plain text, Markdown or HTML.
    published : str, date or Timestamp, optional
        The day it was published, which "Saturday" or "last week" in it count from.
    source : str, optional
        Who published it: goes into the column ``source``.
    country : str or sequence of str, optional
        Only places of this country or these, as `geoevents.geocode` takes it.
    gazetteer : Gazetteer, optional
        Where to look places up; `Gazetteer.default` if not given.
    actors : DataFrame, mapping or path, optional
        Actors beside those that geoevents knows: a table with the columns ``name`` and ``aliases``
        (parted by ``|``), perhaps ``sense``, ``party`` and ``country``; or names with their
        aliases. See docs/actors.md.
    recognizer : callable, optional
        Finds the names in the text in place of the gazetteer: takes the text, returns spans. See
        `geoevents.reports.recognizers`.
    extractor : callable, optional
        Finds the events in place of the built-in patterns, such as a language model: takes the text
        and the day, returns records as JSON, which are checked. See
        `geoevents.reports.extractors`.
    format : {"text", "markdown", "html"}, optional
        What the text is; told from the text if left out.
    language : str, default "en"
        The language whose words and patterns it is read with.

    Returns
    -------
    GeoDataFrame
        One row an event, in the order of the text, with the columns of the schema of events and
        those that `geoevents.attach` adds, in EPSG:4326, and ``spans`` (the characters of the text
        that tell of it), ``fatalities_low``, ``fatalities_high``, ``wounded``, ``wounded_low``,
        ``wounded_high``, ``reported_area_low_km2``, ``reported_area_high_km2``, ``claimed_by``,
        ``denied_by`` and ``reading`` (how it was read). An event without a place, or whose place is
        not known, has no geometry and the reason in ``problem``.

    Raises
    ------
    ReportError
        If a date in the text counts from the day of publication and that is not given; if an
        argument cannot be read. `ExtractorError` is such an error, of what an extractor answered.
    RecognizerError
        If a recognizer answers what it may not.
    LanguageError
        If there are no words of that language.

    Warns
    -----
    LanguageWarning
        If the text is in another language: it has no events then.

    See Also
    --------
    geoevents.geoparse : Only the places, in any language.
    geoevents.event_map : Draws the events; ``article=text`` puts the report beside them.

    Notes
    -----
    A word list and patterns for each language say what is an event (``reports/languages``); nothing
    is learnt. What is denied, disputed, planned or refused has that ``status``; what the text says
    did not happen, or might, is no event. The page "Reports" of the documentation says how well it
    does, and what it misses.

    Examples
    --------
    >>> import geoevents as ge
    >>> events = ge.read_report(
    ...     "Government forces captured the town of Palmyra from ISIS on Thursday, the army said.",
    ...     published="2017-03-03",
    ...     country="SY",
    ... )
    >>> print(events.loc[0, ["event_type", "target", "start", "place", "status"]].tolist())
    ['territorial gain', 'ISIS', Timestamp('2017-03-02 00:00:00'), 'Palmyra', 'claimed']
    """
    see_text(text)
    see_extractor(extractor)
    pipeline = make_pipeline(country, gazetteer, actors, recognizer, language)
    day = publication_day(published)
    source = _source(source)
    document = Document.read(text, format=format)
    records = []
    if extractor is not None:
        (findings,) = pipeline.find_places([document])
        records = extracted(extractor, findings, day, source)
    elif speaks(document, pipeline.language):
        findings = pipeline.find_places([document])[0]
        events = pipeline.read(findings, day)
        records = [record(one, findings, source, pipeline.language) for one in events]
    elif document.sentences:
        warnings.warn(
            f"the text does not seem to be in {pipeline.language.code!r}: no event is read from "
            "it; geoparse finds its places",
            LanguageWarning,
            stacklevel=2,
        )
    return validate(locate_records(records, pipeline.gazetteer, country=country))


def make_pipeline(
    country: Countries | None,
    gazetteer: Gazetteer | None,
    actors: Any,
    recognizer: Callable[[str], Any] | None,
    language: str,
) -> Pipeline:
    """
    Put together what reports are read with.

    Parameters
    ----------
    country, gazetteer, actors, recognizer, language
        As of `read_report`.

    Returns
    -------
    Pipeline
        The pipeline.
    """
    if gazetteer is None:
        gazetteer = Gazetteer.default()
    elif not isinstance(gazetteer, Gazetteer):
        raise GeoeventsError(
            "gazetteer must be a Gazetteer, such as Gazetteer.default(): got "
            f"{shown(gazetteer, 80)}"
        )
    if recognizer is not None and not callable(recognizer):
        raise ReportError(
            f"recognizer is a {type(recognizer).__name__}: give a function that takes text and "
            "returns spans"
        )
    if not isinstance(language, str):
        raise LanguageError(f"language is a {type(language).__name__}: give a code such as 'en'")
    words = load_language(language)
    lexicon = Lexicon.default(words)
    if actors is not None:
        lexicon = lexicon.extended(actors)
    return Pipeline(gazetteer, words, lexicon, country, recognizer)


def see_extractor(extractor: Any) -> None:
    """
    See that an extractor is one that can be asked.

    Parameters
    ----------
    extractor : Any
        What was given; None for none.

    Raises
    ------
    ReportError
        If it is not.
    """
    if extractor is not None and not callable(extractor):
        raise ReportError(
            f"extractor is a {type(extractor).__name__}: give a function that takes the text and "
            "the day and returns records"
        )


def see_text(text: Any) -> None:
    """
    See that a report is text, and not the name of a file.

    Parameters
    ----------
    text : Any
        What was given.

    Raises
    ------
    ReportError
        If it is not.
    """
    if isinstance(text, os.PathLike):
        raise ReportError(f"text is a path: give what is in it: Path({str(text)!r}).read_text()")
    if not isinstance(text, str):
        raise ReportError(f"text is a {type(text).__name__}: give the report's text")
    if _FILE_NAME.fullmatch(text):
        raise ReportError(
            f"text is {text!r}, the name of a file: give what is in it: Path({text!r}).read_text()"
        )


def speaks(document: Document, language: Language) -> bool:
    """
    Tell whether a document is in a language.

    Parameters
    ----------
    document : Document
        The document.
    language : Language
        The language.

    Returns
    -------
    bool
        True for a few words in its script: too little to tell. Of a short text many must be in the
        language's vocabulary; of a longer one the words in its script must be those of the
        language, whatever is quoted in another.
    """
    table = language.table("language")
    common = _common(language)
    tokens = [one for part in document.sentences for one in part.tokens if one.text.isalpha()]
    if not tokens:
        return True
    alone = document.script == table["script"]
    if not alone:
        tokens = [one for one in tokens if script_of(one.text) == table["script"]]
    # Names are the same in many languages.
    words = [one.lower for one in tokens if one.text.islower()]
    known = sum(map(common.__contains__, words))
    if not alone and (known < _FEW_COMMON or len(tokens) < _FEW_WORDS):
        return False
    if len(words) >= _ENOUGH_WORDS:
        return known >= _COMMON * len(words)
    if len(words) < _FEW_WORDS or table.get("vocabulary") != _ENGLISH:
        return True
    flags = place_words().flags
    spoken = sum(word in common or bool(flags.get(word, 0) & Word.ENGLISH) for word in words)
    return spoken >= _SPOKEN * len(words)


@cache
def _common(language: Language) -> frozenset[str]:
    return frozenset(language.table("language")["common"])


def _source(source: Any) -> str | None:
    if source is not None and not isinstance(source, str):
        raise ReportError(f"source is a {type(source).__name__}: give a name")
    return source


def extracted(
    extractor: Callable[..., Any], findings: Findings, published: dt.date | None, source: str | None
) -> list[dict[str, Any]]:
    """
    Ask an extractor for the events of a report, and see that they are such.

    Parameters
    ----------
    extractor : callable
        As of `read_report`.
    findings : Findings
        The report, and its places.
    published : datetime.date or None
        The day it was published.
    source : str or None
        Who published it.

    Returns
    -------
    list of dict
        Records, as `record` gives them.
    """
    from geoevents.reports.extractors import ask  # noqa: PLC0415 -- only when one is given

    answered = ask(extractor, findings.document, published)
    return [with_places({"source": source, **one}, findings) for one in answered]
