"""Which events a clause of blame or denial is about: those it names, or those told before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.attribution.voices import Voices
    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.model import Actor, Mention
    from geoevents.reports.syntax import Clause

#: Words that point back point to one of so many mentions before, in so many sentences.
_BACK: Final = 12
_SENTENCES: Final = 6
_FAR_BACK: Final = 60
#: Kinds of event that are nobody's deed to claim or to deny.
_SAID: Final = frozenset(("statement", "agreement"))
#: And those that are no attack.
_PEACEFUL: Final = frozenset(("territorial gain", "siege", "protest"))


class Deeds:
    """
    Finds the events that somebody can be blamed for, can claim or can deny; false for none.

    Parameters
    ----------
    sites : sequence of Site
        The mentions of the document, in the order of the text, where they stand; their moods are
        settled.
    voices : Voices
        The clauses of saying.
    words : AttributionWords
        The words of the language.
    """

    def __init__(self, sites: Sequence[Site], voices: Voices, words: AttributionWords) -> None:
        self._sites = [site for site in sites if site.mention.kind not in _SAID]
        self._starts = [site.mention.trigger[0] for site in self._sites]
        self._voices = voices
        self._words = words

    def __bool__(self) -> bool:
        return bool(self._sites)

    def within(self, start: int, end: int) -> bool:
        """
        Tell whether an event is named in a stretch of text.

        Parameters
        ----------
        start, end : int
            Where it begins and ends.

        Returns
        -------
        bool
            Whether one is.
        """
        low = bisect_left(self._starts, start)
        return low < len(self._starts) and self._starts[low] < end

    def named(
        self, clause: Clause, *, direct: bool = False, through: bool = False
    ) -> list[Mention]:
        """
        List the events that a clause names, or that a clause hanging on it tells of.

        Parameters
        ----------
        clause : Clause
            The clause.
        direct : bool, default False
            Only those that are its object.
        through : bool, default False
            With `direct` also those that hang on a noun of saying that is: "denied involvement in
            the attack".

        Returns
        -------
        list of Mention
            In the order of the text.
        """
        verb = clause.verb
        if verb is None:
            return []
        found = []
        for site in self._inside(clause):
            if site.clause is clause and not site.verbal:
                top = site.top()
                noun = site.words[top]
                if not direct or (
                    top > verb.last
                    and any(phrase.head in (top, site.head) for phrase in clause.objects)
                    and (top == site.head or (through and noun.lemma in self._words.charges))
                ):
                    found.append(site.mention)
            elif (through and _hangs_on_object(site, clause, self._words)) or (
                not direct and clause in site.path[1:] and site.path[0].link == "participle"
            ):
                found.append(site.mention)
        return found

    def hosting(self, clause: Clause) -> list[Mention]:
        """
        List the events whose subject a clause hangs on: "a bomb blamed on X killed four".

        And so of "a bomb that the army blamed on X killed four".

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        list of Mention
            In the order of the text.
        """
        host = clause.host
        if host is None or clause.link not in ("participle", "relative"):
            return []
        return [
            site.mention
            for site in self._inside(clause)
            if site.clause is not None and site.clause.subject is host and site.clause is not clause
            if site.verbal or host.first <= site.head <= host.last  # "came after an attack on Y"
        ]

    def aside(self, clause: Clause, mention: Mention) -> Clause | None:
        """
        Find where a report itself tells the toll of a deed that somebody else is blamed for.

        Parameters
        ----------
        clause : Clause
            The clause of blame.
        mention : Mention
            The event it names.

        Returns
        -------
        Clause or None
            A relative clause behind a comma: "accused X of the attack, in which 14 died".
        """
        heads = {one.head for one in self._inside(clause) if one.mention is mention}
        tolls = [one.start for one in (mention.killed, mention.wounded) if one is not None]
        for one in self._voices.siblings(clause) if clause.link == "main" else ():
            if one.link != "relative" or one.host is None or one.host.head not in heads:
                continue
            behind = one.words[one.host.last + 1 : one.host.last + 2]
            if behind and behind[0].text == "," and any(one.start <= at < one.end for at in tolls):
                return one
        return None

    def denied(self, clause: Clause) -> bool:
        """
        Tell whether a clause goes on to say what it denies, so that it does not point back.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        bool
            Whether it does.
        """
        for site in self._inside(clause):
            if clause in site.path[1:]:
                below = site.path[: site.path.index(clause)]
                # "denied it and accused X of shelling": the shelling is not what is denied.
                if below[-1].link == "that" and not any(self._voices.of(one) for one in below):
                    return True
        return False

    def _inside(self, clause: Clause) -> Sequence[Site]:
        """Give the events of the sentence of a clause, as many as are looked at."""
        low = bisect_left(self._starts, clause.words[0].start)
        high = bisect_right(self._starts, clause.words[-1].end)
        return self._sites[low:high][:_BACK]

    def before(
        self,
        clause: Clause,
        deniers: Iterable[Actor],
        *,
        named: str = "",
        violent: bool = False,
    ) -> Mention | None:
        """
        Find the event before a clause that it points back to.

        Parameters
        ----------
        clause : Clause
            The clause.
        deniers : iterable of Actor
            Who denies it: an event of theirs is sooner meant.
        named : str, default ""
            The noun that points back, as in a dictionary: an event it named before is sooner meant.

        violent : bool, default False
            Whether it is an attack: "denied firing the shells" is of no town that was taken.

        Returns
        -------
        Mention or None
            The likeliest.
        """
        if clause.verb is None:
            return None
        last = bisect_left(self._starts, clause.verb.start)
        parties = {one.party for one in deniers}
        best, most = None, 0.0
        far = _FAR_BACK if named else _BACK
        for back, site in enumerate(reversed(self._sites[max(0, last - far) : last]), 1):
            mention = site.mention
            apart = clause.sentence - mention.sentence
            same = bool(named) and site.words[site.head].lemma == named
            if (apart > _SENTENCES and not same) or mention.mood not in ("happened", "negated"):
                continue
            if violent and mention.kind in _PEACEFUL:
                continue
            weight = (4.0 if same else 2.0) - 0.25 * min(apart, _SENTENCES) - 0.01 * back
            if parties and parties.intersection(one.party for one in mention.actors):
                weight += 2.0
            elif parties and any(one.sense != "people" for one in mention.actors):
                weight -= 0.5
            elif parties and not apart:
                weight += 2.0  # "X was bombed, it said; Y denied any attack"
            if any(
                one.actor is not None and one.actor.party not in parties for one in mention.speakers
            ):
                weight += 0.5
            if weight > most:
                best, most = mention, weight
        return best


def _hangs_on_object(site: Site, clause: Clause, words: AttributionWords) -> bool:
    """Whether it is told behind a noun of saying: "denied a claim to have taken the town"."""
    host = site.clause.host if site.clause is not None and clause in site.path[1:2] else None
    if host is None or not site.verbal:
        return False
    heads = {phrase.head for phrase in clause.objects}
    return host.head in heads and clause.words[host.head].lemma in words.charges
