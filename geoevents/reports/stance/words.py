"""The words that say whether something happened, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoevents.reports.language import Language


@dataclass(frozen=True)
class StanceWords:
    """
    What a language says of whether something happened.

    The mappings give for a word what it makes of an event: ``planned``, ``supposed``,
    ``attempted``, ``refused``, ``negated``, ``happened`` and others.

    Attributes
    ----------
    modals : mapping of str to str
        "will", "would" and the rest.
    verbs : mapping of str to str
        Verbs that another hangs on: "vow" of "vowed to retake".
    hosts, nouns, epithets : mapping of str to str
        Nouns that an infinitive hangs on ("bid to"), or an event ("threat of"); adjectives before
        it ("planned").
    objects, clauses : mapping of str to str
        Verbs with the event as their object ("foil"), also with a preposition ("call for"); and
        verbs with a clause that tells of it ("fear that").
    insisting : frozenset of str
        Of these, verbs that also say what was so: "insists that they were shelled".
    known_objects, new_objects : mapping of str to str
        What the senses of `objects` make of any event, and of one that was not known before.
    warding : frozenset of str
        Verbs of deeds that ward off: "failed to intercept" is none.
    achieved : frozenset of str
        Nouns of what is announced when it is done: "the capture of X".
    granted : str
        The sense of `objects` that grants a request.
    between : frozenset of str
        Prepositions between a noun and the event that hangs on it.
    marks, before : mapping of str to str
        Conjunctions ("if"), and prepositions before a verb ("without").
    aimed, towards, apart : frozenset of str
        Prepositions before an event known already ("protested against the attacks"), behind the
        way of an army ("march on"), and before what is not told of itself ("in support of").
    befalling : frozenset of str
        Entries whose subject or owner suffers what they tell: "withdrew", "its withdrawal".
    doing, being : frozenset of str
        Verbs that only lend a verb to the noun that names an event: "carry out", "occur".
    equals : frozenset of str
        Verbs that say what something was: "it was the second attack".
    counting, occasions : frozenset of str
        Words of how often it was: "the first time that X had done it".
    own_losses : frozenset of str
        Verbs of those who tell of their own dead: "the army put its losses at six".
    ending, ending_in : frozenset of str
        Verbs whose subject is over then: "the shelling stopped"; but not "ended in a shoot-out".
    doubted : frozenset of str
        What such a verb says of an event that may never be: "is unlikely", "is one scenario".
    weekdays : frozenset of str
        The days of the week.
    hedged, nearly, coming, due, anyway, habitual, no, nor, never, such, not_now : frozenset of str
        Words beside an event; `coming` stand before what is yet to come: "ahead of", "due"; `due`
        before the day that it is planned for.
    definite, indefinite, question : frozenset of str
        "the", "a", "?".
    naming, named_as : frozenset of str
        Verbs that give a name to what is known ("called it a massacre"), and the word before such
        a name ("as").
    purpose, concerning : frozenset of str
        Verbs whose infinitive tells of a purpose: "kept it closed to demand"; infinitives about
        what happened: "to protest against the killing".
    losing : frozenset of str
        Verbs whose subject it befell: "the army lost 12 men".
    lasting, many, tolls, since, bygone, generic : frozenset of str
        Verbs of fighting that may go on as background, words of one of many ("similar attacks"),
        verbs of what it did to people, conjunctions of when it began, and words of what is told as
        a rule ("most attacks").
    walks, beside : mapping of str to frozenset of str
        For a walk of life the words of it, and those that are often, but not only, found with them.
    alone : frozenset of str
        Words of sport that need no other.
    figures, workers, armed, grave, plain : frozenset of str
        What stands behind "of" in "a war of words"; who strikes for pay; who and what bears arms
        in a sentence, and in those around it; what is no figure of speech in business.
    strikes, pay, rallies, votes : frozenset of str
        Nouns of strikes, and what is no protest if they are for it; the same of rallies.
    courts, benches, remembered, drills, within_drills, drilling : frozenset of str
        Words of a court and of days of remembrance; nouns that name a drill, what stands before
        them of what is done in it, and words beside them
        ("mock").
    plots, works, staging : frozenset of str
        Nouns of works with a plot ("novel"), of those and others whose scenes are told in
        the present ("painting"), and words beside those.
    keepsakes, about, mourning, judging, judged_for, recounting : frozenset of str
        Nouns of what keeps an event in mind ("memorial", "trial") and the words behind them; verbs
        of mourning, of courts with the words behind those ("for"), and of telling ("depict").
    agents : frozenset of str
        What attacks and strikes without arms: beasts, storms, hackers.
    blasts, causes, innocent, sited, not_but, fuels, stations, planted : frozenset of str
        Nouns of blasts, verbs between one and its cause, words of causes that are no attack, words
        before where it was, and before what it was not; what blows up by itself, nouns of sites
        called after a fuel, and what tells that somebody blew it up.
    communiques, signing, ours, prayers : frozenset of str
        What a communiqué calls itself, who signs it, "our", and phrases of prayer in it.
    holding, still, hands, doers, devices, counts, rising, aiming : frozenset of str
        Verbs of who has not lost a place, the words beside them, "in their hands"; nouns of who
        does what was told ("the bomber") and of what blew up ("the device"), of tolls, and verbs
        of tolls that grow; verbs of what was meant to be hit ("was aimed at").
    untruth, amiss, truth, proving, occurring, hearsay, untold, ratings, contrary : frozenset of str
        What is untrue ("false"), or only bad ("it was wrong"), and what is not, verbs that say so,
        verbs of what took place, nouns of what was heard ("report"), what points back to it ("it",
        "the kind"), what heads a verdict ("Rating: false"), and prepositions before what is untrue
        ("contrary to").
    requests, bodies, asking, agreeing, trying : frozenset of str
        Nouns that name a request, verbs that make one, and verbs of agreeing and of trying.
    notes : mapping of str to str
        How what was decided is told.
    """

    modals: Mapping[str, str]
    verbs: Mapping[str, str]
    hosts: Mapping[str, str]
    nouns: Mapping[str, str]
    epithets: Mapping[str, str]
    objects: Mapping[str, str]
    known_objects: Mapping[str, str]
    new_objects: Mapping[str, str]
    warding: frozenset[str]
    achieved: frozenset[str]
    granted: str
    between: frozenset[str]
    clauses: Mapping[str, str]
    insisting: frozenset[str]
    marks: Mapping[str, str]
    before: Mapping[str, str]
    aimed: frozenset[str]
    towards: frozenset[str]
    apart: frozenset[str]
    befalling: frozenset[str]
    doing: frozenset[str]
    being: frozenset[str]
    equals: frozenset[str]
    counting: frozenset[str]
    occasions: frozenset[str]
    own_losses: frozenset[str]
    ending: frozenset[str]
    ending_in: frozenset[str]
    doubted: frozenset[str]
    hedged: frozenset[str]
    nearly: frozenset[str]
    weekdays: frozenset[str]
    coming: frozenset[str]
    due: frozenset[str]
    anyway: frozenset[str]
    habitual: frozenset[str]
    rates: frozenset[str]
    no: frozenset[str]
    nor: frozenset[str]
    never: frozenset[str]
    such: frozenset[str]
    not_now: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    naming: frozenset[str]
    named_as: frozenset[str]
    purpose: frozenset[str]
    concerning: frozenset[str]
    lasting: frozenset[str]
    many: frozenset[str]
    tolls: frozenset[str]
    since: frozenset[str]
    bygone: frozenset[str]
    losing: frozenset[str]
    generic: frozenset[str]
    walks: Mapping[str, frozenset[str]]
    alone: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    figures: frozenset[str]
    workers: frozenset[str]
    armed: frozenset[str]
    grave: frozenset[str]
    plain: frozenset[str]
    strikes: frozenset[str]
    pay: frozenset[str]
    rallies: frozenset[str]
    votes: frozenset[str]
    courts: frozenset[str]
    benches: frozenset[str]
    remembered: frozenset[str]
    drills: frozenset[str]
    drilling: frozenset[str]
    within_drills: frozenset[str]
    plots: frozenset[str]
    works: frozenset[str]
    staging: frozenset[str]
    keepsakes: frozenset[str]
    about: frozenset[str]
    mourning: frozenset[str]
    judging: frozenset[str]
    judged_for: frozenset[str]
    recounting: frozenset[str]
    agents: frozenset[str]
    communiques: frozenset[str]
    signing: frozenset[str]
    ours: frozenset[str]
    prayers: frozenset[str]
    blasts: frozenset[str]
    causes: frozenset[str]
    innocent: frozenset[str]
    sited: frozenset[str]
    not_but: frozenset[str]
    fuels: frozenset[str]
    stations: frozenset[str]
    planted: frozenset[str]
    holding: frozenset[str]
    still: frozenset[str]
    hands: frozenset[str]
    doers: frozenset[str]
    devices: frozenset[str]
    counts: frozenset[str]
    rising: frozenset[str]
    aiming: frozenset[str]
    untruth: frozenset[str]
    amiss: frozenset[str]
    truth: frozenset[str]
    proving: frozenset[str]
    occurring: frozenset[str]
    hearsay: frozenset[str]
    untold: frozenset[str]
    ratings: frozenset[str]
    contrary: frozenset[str]
    requests: frozenset[str]
    bodies: frozenset[str]
    asking: frozenset[str]
    agreeing: frozenset[str]
    trying: frozenset[str]
    question: frozenset[str]
    notes: Mapping[str, str]


@cache
def stance_words(language: Language) -> StanceWords:
    """
    Compile the table ``[stance]`` of a language.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    StanceWords
        The same object each time.
    """
    table = language.table("stance")
    return StanceWords(
        modals=_senses(table["modals"]),
        verbs=_senses(table["verbs"]),
        hosts=_senses(table["hosts"]),
        nouns=_senses(table["nouns"]),
        epithets=_senses(table["epithets"]),
        objects=_senses({k: v for k, v in table["objects"].items() if k != "warding"}),
        known_objects=table["outcomes"]["known"],
        new_objects=table["outcomes"]["new"],
        warding=frozenset(table["objects"]["warding"]),
        achieved=frozenset(table["outcomes"]["achieved"]),
        granted=table["outcomes"]["granted"],
        between=frozenset(table["light"]["between"]),
        clauses=_senses({k: v for k, v in table["clauses"].items() if k != "insisting"}),
        insisting=frozenset(table["clauses"]["insisting"]),
        marks=_senses(table["marks"]),
        before=_senses(table["before"]),
        apart=frozenset(table["light"]["apart"]),
        towards=frozenset(table["light"]["towards"]),
        aimed=frozenset(table["light"]["aimed"]),
        befalling=frozenset(
            name
            for sort in ("verbs", "events")
            for name, entry in language.table("triggers")[sort].items()
            if entry.get("leaves") or "subject" in entry.get("target", "").split()
        ),
        doing=frozenset(table["light"]["doing"]),
        being=frozenset(table["light"]["being"]),
        equals=frozenset(table["light"]["equals"]),
        counting=frozenset(table["light"]["counting"]),
        occasions=frozenset(table["light"]["occasions"]),
        own_losses=frozenset(table["light"]["own_losses"]),
        ending=frozenset(table["light"]["ending"]),
        ending_in=frozenset(table["light"]["ending_in"]),
        doubted=frozenset(table["light"]["doubted"]),
        naming=frozenset(table["naming"]["verbs"]),
        named_as=frozenset(table["naming"]["as"]),
        purpose=frozenset(table["purpose"]["verbs"]),
        concerning=frozenset(table["purpose"]["concerning"]),
        lasting=frozenset(table["lasting"]["verbs"]),
        many=frozenset(table["lasting"]["many"]),
        tolls=frozenset(table["lasting"]["tolls"]),
        since=frozenset(table["lasting"]["since"]),
        bygone=frozenset(table["lasting"]["bygone"]),
        losing=frozenset(table["lasting"]["losing"]),
        generic=frozenset(table["lasting"]["generic"]),
        walks={
            walk: frozenset((*words, *table["alone"].get(walk, ())))
            for walk, words in table["walks"].items()
        },
        alone=frozenset(table["alone"]["sport"]),
        beside={walk: frozenset(words) for walk, words in table["beside"].items()},
        **{
            name: frozenset(words)
            for part in (
                *("arms", "protests", "pretence", "contest", "harmless", "communique", "verdict"),
            )
            for name, words in table[part].items()
        },
        weekdays=frozenset(language.table("when")["words"]["weekday"]),
        trying=frozenset(table["asking"]["trying"]),
        agreeing=frozenset(table["asking"]["agreeing"]),
        asking=frozenset((*table["asking"]["verbs"], "requested")),
        requests=frozenset(table["hosts"]["requested"]),
        bodies=frozenset(language.table("triggers")["casualties"]["body"].split()),
        notes=table["notes"],
        **{name: frozenset(words) for name, words in table["adverbs"].items()},
    )


def _senses(table: dict[str, Any]) -> dict[str, str]:
    """For each word its sense; where two list it, the first one counts."""
    senses: dict[str, str] = {}
    for sense, words in table.items():
        for word in words:
            senses.setdefault(word, sense)
    return senses
