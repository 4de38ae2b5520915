"""The shallow parse of a document, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.syntax.chunking import Chunker
from geoevents.reports.syntax.clauses import ClauseReader
from geoevents.reports.syntax.hedges import unhedged
from geoevents.reports.syntax.lexicon import lexicon
from geoevents.reports.syntax.tagging import settle_tags
from geoevents.reports.syntax.words import entities, read_words

if TYPE_CHECKING:
    from geoevents.prose import Document
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings
    from geoevents.reports.syntax.model import Clause

_MOST = 300  # words that are parsed at once; a longer sentence is a list or no prose: it is cut


def parse(document: Document, findings: Findings, language: Language) -> list[list[Clause]]:
    """
    Parse the sentences of a document.

    Parameters
    ----------
    document : Document
        The document.
    findings : Findings
        The entities found in it, which are read as one word each.
    language : Language
        The language it is written in.

    Returns
    -------
    list of list of Clause
        For each sentence its clauses, in the order of their verbs.
    """
    words_known = lexicon(language)
    found = entities(findings)
    phrases = sorted((p.start, p.end) for p in findings.phrases)
    borders = frozenset(p.end for p in findings.phrases)
    parsed: list[list[Clause]] = []
    first_entity = 0
    first_phrase = 0
    for sentence in document.sentences:
        while first_entity < len(found) and found[first_entity][1] <= sentence.start:
            first_entity += 1
        last_entity = first_entity
        while last_entity < len(found) and found[last_entity][0] < sentence.end:
            last_entity += 1
        while first_phrase < len(phrases) and phrases[first_phrase][1] <= sentence.start:
            first_phrase += 1
        last_phrase = first_phrase
        while last_phrase < len(phrases) and phrases[last_phrase][0] < sentence.end:
            last_phrase += 1
        words, known = read_words(
            sentence,
            found[first_entity:last_entity],
            words_known,
            phrases[first_phrase:last_phrase],
        )
        clauses: list[Clause] = []
        for start in range(0, len(words), _MOST):
            part = words[start : start + _MOST]
            settle_tags(part, known[start : start + _MOST], words_known)
            chunks = unhedged(Chunker(part, words_known, borders).run(), part, words_known.sets)
            found_here = ClauseReader(part, chunks, sentence.number, words_known).run()
            clauses += _renumbered(found_here, len(clauses))
        parsed.append(clauses)
        first_entity = max(first_entity, last_entity - 1)
    return parsed


def _renumbered(clauses: list[Clause], offset: int) -> list[Clause]:
    """Give the clauses of a stretch of a sentence numbers behind those before it."""
    if offset:
        for clause in clauses:
            clause.number += offset
            if clause.parent is not None:
                clause.parent += offset
    return clauses
