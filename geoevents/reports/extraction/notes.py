"""What notes and logs tell without a verb: "IED against a convoy near X, three soldiers hurt"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.extraction.nominals import is_place

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause, NounPhrase, Word

_HIT = frozenset({"place", "site", "civil_sites", "people", "fighters", "party", "materiel"})


class Noted(NamedTuple):
    """
    What a note tells by a weapon alone.

    Attributes
    ----------
    phrase : NounPhrase
        The weapon, with what it was used against.
    kind : str
        The type of event it makes.
    end : int
        Where its stretch of the note ends.
    """

    phrase: NounPhrase
    kind: str
    end: int


def noted(scene: Scene, clause: Clause) -> Noted | None:
    """
    Read "17 Mar: seven mortar rounds at the airport", "Car bomb near X, four injured".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.

    Returns
    -------
    Noted or None
        What it tells; None where it has a verb, or nothing says when, of whom or at which place
        of the head of an entry: "Rockets at the museum".
    """
    words, sets, links = scene.words, scene.triggers.words, scene.triggers.links
    hurt = _hurts(scene, clause)
    phrase = clause.subject if hurt else next(iter(clause.objects), None)
    if phrase is None or not (hurt or clause.verb is None):
        return None
    opens = not phrase.first or words[phrase.first - 1].lower in sets["opening"]
    dated = any(word.tag == "TIME" for word in words[: phrase.first])
    headed = is_heading(words[: phrase.first])
    if not opens or not (hurt or dated or headed) or words[phrase.head].lemma not in sets["noted"]:
        return None
    at, senses = links["on"] | links["there"], scene.nominals.senses
    if not any(word in at and senses(one) & _HIT for word, one in phrase.attached):
        return None
    if any(map(is_place, words[phrase.first : phrase.head])):
        return None  # "Car bomb", where Car is taken for a town
    kind = scene.nominals.own_weapon(phrase)
    rest = (w.start for w in words if w.start > phrase.end and w.lower in sets["opening"])
    return Noted(phrase, kind, next(rest, words[-1].end)) if kind else None


def _hurts(scene: Scene, clause: Clause) -> bool:
    """Whether its verb only says who was hurt, behind a comma: ", three soldiers wounded"."""
    verb, subject, sets = clause.verb, clause.subject, scene.triggers.words
    if verb is None or subject is None or verb.voice != "passive" or verb.first != verb.head:
        return False
    between = scene.words[subject.last + 1 : verb.first]
    comma = any(word.lower in sets["comma"] for word in between)
    counted = any(word.tag == "NUM" for word in between)
    return comma and counted and verb.lemma in sets["killed"] | sets["wounded"]


def is_heading(words: list[Word]) -> bool:
    """
    Tell whether words say where, and when, and nothing else: "19 March: Baidoa" is a heading.

    Parameters
    ----------
    words : list of Word
        The words of a sentence, or those before its colon.

    Returns
    -------
    bool
        Whether a place is named, and nothing else but times and marks.
    """
    rest = (word for word in words if word.tag not in ("TIME", "PUNCT") and not is_place(word))
    return any(map(is_place, words)) and not any(rest)
