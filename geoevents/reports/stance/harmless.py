"""Blasts and shots that were no attack: ammunition destroyed, a test, a gas leak, fireworks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Word

_BOMBING: Final = "bombing"
#: What a sentence tells of a blast, or of whom it hurt.
_BLAST: Final = frozenset(("bombing", "air strike", "missile strike", "shelling", "armed clash"))
_HURT: Final = frozenset(("attack on civilians", "other"))
#: Words behind the verb in which it is told what the blast was.
_PREDICATE: Final = 9
#: Words between "not" and what it was not: "and not of sabotage", "not a suicide attack".
_BESIDE: Final = 3
_LIMITS: Final = frozenset(("SUB", "REL"))
_STOPS: Final = frozenset((",", ";", "-", "–", "—"))
_SMALL: Final = frozenset(("DET", "PREP", "ADJ", "ADV"))


class Harmless:
    """
    Tells which blasts were no attack.

    Parameters
    ----------
    words : StanceWords
        The words of the language.
    """

    def __init__(self, words: StanceWords) -> None:
        self._words = words
        self._read: dict[int, str] = {}

    def read(self, site: Site) -> str:
        """
        Find the words that tell that a blast was no attack.

        Parameters
        ----------
        site : Site
            Where a mention stands.

        Returns
        -------
        str
            They, joined by commas; empty for none. Of a mention of whom such a blast hurt, in its
            sentence or the next, the same words.
        """
        mention = site.mention
        if not site.words or mention.kind not in _BLAST | _HURT:
            return ""
        if mention.kind == _BOMBING and not mention.actors and (found := self._fuel(site.words)):
            return found
        number = mention.sentence
        if number not in self._read:
            self._read[number] = self._cause(site.words)
        if found := self._read[number]:
            done_by = site.verbal and mention.kind in _BLAST and bool(mention.actors)
            return "" if done_by else found
        hurt = mention.killed is not None or mention.wounded is not None
        toll = mention.kind in _HURT and site.verbal and hurt
        return self._read.get(number - 1, "") if toll and not mention.actors else ""

    def _fuel(self, own: Sequence[Word]) -> str:
        """Find what blew up by itself in a sentence that tells of no arms: a gas cylinder."""
        if any(not self._words.planted.isdisjoint(_names(word)) for word in own):
            return ""
        behind = (word.lemma for word in [*own[1:], own[-1]])
        # A petrol station is where something blew up, and not what.
        burnt = {
            form
            for word, after in zip(own, behind, strict=True)
            if after not in self._words.stations
            for form in _names(word)
        }
        return ", ".join(sorted(burnt & self._words.fuels))

    def _cause(self, own: Sequence[Word]) -> str:
        """Find what the blast of a sentence was, if it was no attack."""
        blast = next(
            (
                index
                for index, one in enumerate(own)
                if one.lemma in self._words.blasts and one.tag == "NOUN"
            ),
            len(own),
        )
        for index in range(blast + 1, len(own)):
            if self._words.causes.isdisjoint(_names(own[index])) or own[index - 1].tag == "REL":
                continue
            if found := self._innocent(own, index):
                return found
            if found := self._ruled_out(own, index):
                return found
        return ""

    def _innocent(self, own: Sequence[Word], verb: int) -> str:
        """Find a harmless cause behind the verb: "were engineers destroying old ammunition"."""
        words = self._words
        behind = [(word, _names(word)) for word in self._predicate(own, verb)]
        planted = any(not words.planted.isdisjoint(names) for _, names in behind)
        # "Was a gas cylinder bomb": what blows up by itself was made to.
        harmless = words.innocent if planted else words.innocent | words.fuels
        found: list[str] = []
        for word, names in behind:
            if not harmless.isdisjoint(names):
                found.append(word.lower)
            elif not found and not words.planted.isdisjoint(names):
                return ""  # "was a car bomb meant for sappers"
        return ", ".join(found)

    def _predicate(self, own: Sequence[Word], verb: int) -> Iterator[Word]:
        """Give the words behind a verb, up to another clause, and without what it was not."""
        skip = 0
        for word in own[verb + 1 : verb + 1 + _PREDICATE]:
            if word.tag in _LIMITS or word.lower in _STOPS or word.lower in self._words.sited:
                return  # "was heard near a gas station"
            if word.lower in self._words.not_but:
                skip = _BESIDE
            elif skip:
                skip = skip - 1 if word.tag in _SMALL else 0
            else:
                yield word

    def _ruled_out(self, own: Sequence[Word], verb: int) -> str:
        """Find "and not an attack", "was not a bomb", if nothing else of arms is told behind."""
        planted, ruled = self._words.planted, ""
        index = verb
        while index < len(own):
            if own[index].lower in self._words.not_but:
                behind = own[index + 1 : index + 2 + _BESIDE]
                named = next((i for i, one in enumerate(behind) if one.lemma in planted), None)
                if named is not None:
                    ruled = f"{own[index].lower} {behind[named].lower}"
                    index += named + 2
                    continue
            if own[index].lemma in planted:
                return ""
            index += 1
        return ruled


def _names(word: Word) -> tuple[str, str]:
    """Give a word as in a dictionary, and as it stands."""
    return word.lemma, word.lower
