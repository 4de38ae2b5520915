"""From a parsed document to mentions of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.asides import Asides, aside_words
from geoevents.reports.extraction.coordination import (
    dated_places,
    gapped_places,
    take_lists,
    times_beside,
)
from geoevents.reports.extraction.notes import is_heading
from geoevents.reports.extraction.places import Places
from geoevents.reports.extraction.sentences import SentenceReader
from geoevents.reports.extraction.times import Times, front_times, part_times
from geoevents.reports.extraction.tolls.shares import share_tolls, tolls_apart, tolls_by_day
from geoevents.reports.extraction.triggers import triggers
from geoevents.reports.model import Actor, Mention
from geoevents.reports.syntax import parse
from geoevents.reports.syntax.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings, When
    from geoevents.reports.syntax.model import Clause, Word

_QUIET = frozenset({"statement", "agreement", "other"})  # events without casualties
_NEAR = 2  # sentences that casualties told of by themselves may stand behind their event


def extract(findings: Findings, language: Language) -> tuple[list[Mention], list[list[Clause]]]:
    """
    Find the events that a document tells of.

    Parameters
    ----------
    findings : Findings
        The document, and the places, actors, times and numbers in it.
    language : Language
        The language it is written in.

    Returns
    -------
    mentions : list of Mention
        One for each time an event is told of, in the order of the text: who did what to whom,
        where, when and how much; nothing yet of who says so.
    clauses : list of list of Clause
        The parse that they were read from.
    """
    parsed = parse(findings.document, findings, language)
    known = triggers(language)
    asides = Asides(findings, aside_words(language))
    attributing = lexicon(language).sets["attributing"]
    where = Places(findings, attributing, asides, known.links["earlier"])
    when = Times(findings, known)
    text = findings.document.text
    mentions: list[Mention] = []
    before: Draft | None = None
    told = -1
    calamity = False
    telling = known.telling
    for number, clauses in _stretches(parsed):
        near = before if number - told <= _NEAR else None
        calamity = calamity or _tells_of_calamity(clauses[0].words, known)
        if not any(word.lemma in telling for word in clauses[0].words):
            continue
        front_times(clauses)
        take_lists(clauses)
        drafts = SentenceReader(
            clauses,
            known,
            near,
            known=bool(mentions),
            calamity=calamity and before is None,
            headed=number > 0 and bool(parsed[number - 1]) and _heads(parsed[number - 1]),
        ).run()
        for draft in drafts:
            phrases = [] if draft.away else where.find(draft, clauses, drafts)
            whens = [] if draft.late else when.find(draft, clauses)
            whens = _beside_noun(draft, whens) if draft.dated else whens
            shares = tolls_apart(draft, phrases, known)
            again = [] if draft.phrase else gapped_places(phrases, draft.clause, clauses)
            dated = again or dated_places(phrases, draft.clause.times, draft.clause.end)
            listed = [[one.phrase] for one in shares] or [[phrase] for phrase, _ in dated]
            listed = listed or where.listed(draft, phrases)
            if len(listed) <= 1:
                whens = part_times(drafts, draft, whens)
            times = (
                [[when] for _, when in again]
                if again
                else times_beside([places[0] for places in listed], whens, text)
            )
            days = [] if again or len(listed) > 1 else tolls_by_day(draft, whens, known)
            if days:
                listed, times = [phrases] * len(days), [[one.when] for one in days]
            made = _mentions(
                draft,
                listed or [phrases],
                times or [whens] * max(1, len(listed)),
                known.words["in_turn"],
            )
            tolls = [one[1:] for one in days] or [one[1:] for one in shares]
            for mention, (killed, wounded) in zip(made, tolls, strict=False):
                mention.killed, mention.wounded = killed, wounded
            mentions += made
            if draft.kind not in _QUIET and not (
                _is_lesser(draft, before, known, beside=told == number)
                or _is_end(draft, before, apart=bool(phrases or whens))
            ):
                before, told = draft, number
    return mentions, parsed


def _heads(clauses: list[Clause]) -> bool:
    """Tell whether a sentence only says where an entry of a log is: "19 March: Baidoa."."""
    return all(clause.verb is None for clause in clauses) and is_heading(clauses[0].words)


def _beside_noun(draft: Draft, whens: list[When]) -> list[When]:
    """Keep the times of the noun phrase that names an event."""
    if draft.phrase is None:
        return whens
    end = max([draft.phrase.end, *(a.phrase.end for a in draft.phrase.attached)])
    return [when for when in whens if draft.phrase.start <= when.start < end]


def _is_lesser(draft: Draft, before: Draft | None, known: Triggers, *, beside: bool) -> bool:
    """
    Tell whether people fell to another event of its sentence.

    "Opened fire on a march" is no march, and "fighting erupted after a man had been stabbed" or
    "two days after X fell" is the fighting.
    """
    if not beside or before is None:
        return False
    if draft.apart and before.casualties_told and not draft.casualties_told:
        return True  # "40 died in air raids and artillery fire": more of them are told of next
    clause = draft.clause
    perfect = clause.verb is not None and clause.verb.tense == "perfect"
    mark = clause.mark.rpartition(" ")[2]  # "a day after"
    earlier = clause.link == "adverbial" and (perfect or mark in known.links["earlier"])
    return earlier or (draft.kind == "protest" and before.kind != "protest")


def _is_end(draft: Draft, before: Draft | None, *, apart: bool) -> bool:
    """Tell whether it is only how an attack ended: "the toll" behind it is that of the attack."""
    if before is None or apart or before.killed is None or draft.killed is None:
        return False
    ends = draft.fallen == {"irregulars"} != before.fallen
    return ends and (draft.killed.value or 0) < (before.killed.value or 0)


def _tells_of_calamity(words: list[Word], known: Triggers) -> bool:
    """Tell whether a storm, a crash or a disease is named; "an exchange of fire" is none."""
    accidents, fire = known.words["accidents"], known.words["fire"]
    before = known.links["of"] | known.links["under"]
    return any(
        word.lemma in accidents
        and not (
            word.lemma in fire
            and place > 0
            and (
                words[place - 1].lower in before
                or words[place - 1].tag == "VERB"
                or isinstance(words[place - 1].entity, Actor)
            )
        )
        for place, word in enumerate(words)
    )


def _stretches(parsed: list[list[Clause]]) -> Iterator[tuple[int, list[Clause]]]:
    """Find the clauses of each sentence, or of each stretch that a long one was cut into."""
    for number, clauses in enumerate(parsed):
        first = 0
        for place in range(1, len(clauses) + 1):
            if place == len(clauses) or clauses[place].words is not clauses[first].words:
                yield number, clauses[first:place]
                first = place


def _mentions(
    draft: Draft, places: list[list[Phrase]], times: list[list[When]], in_turn: frozenset[str]
) -> list[Mention]:
    """Make the mentions of a draft: one for each place of a list."""
    made = []
    for phrases, whens in zip(places, times, strict=True):
        start, end = _bounds(draft)
        mention = Mention(
            start,
            end,
            (draft.start, draft.end),
            draft.clause.sentence,
            draft.kind,
            draft.trigger.entry,
            actors=list(draft.actors),
            targets=list(draft.targets),
            phrases=phrases,
            whens=whens,
            area=draft.area,
            killed=draft.killed,
            wounded=draft.wounded,
            definite=draft.refers,
            plural=_is_plural(draft),
            apart=draft.apart,
            of=(draft.origin.start, draft.origin.end) if draft.origin is not None else None,
            standing=draft.standing or ("late" if draft.late else ""),
            pattern="; ".join(draft.how),
        )
        if len(places) > 1:
            mention.notes.append(f"one of {len(places)} places named together")
        made.append(mention)
    if len(made) > 1:
        share_tolls(draft, made, in_turn)
    return made


def _bounds(draft: Draft) -> tuple[int, int]:
    """Find the words that tell of an event: those of its clauses, or of its noun phrase."""
    if draft.phrase is not None and not draft.main:
        spans = [(draft.phrase.start, draft.phrase.end)]
        spans += [(a.phrase.start, a.phrase.end) for a in draft.phrase.attached]
    else:
        spans = [(clause.start, clause.end) for clause in draft.clauses]
    spans.append((draft.start, draft.end))
    return min(start for start, _ in spans), max(end for _, end in spans)


def _is_plural(draft: Draft) -> bool:
    phrase = draft.phrase
    if phrase is None:
        return False
    word = draft.clause.words[phrase.head]
    return word.form == "plural"
