"""Looking ahead in a sentence: whether a verb follows, a list, an apposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.syntax.model import VerbGroup
    from geoevents.reports.syntax.reading import Reading

AHEAD = 12
"""Chunks looked at beyond the one at hand: a limit, so that the cost grows with the length only."""
_THAT = 6  # chunks up to the "that" of a verb of saying
_FINITE = frozenset({"finite", "ed", "base"})
_BETWEEN = frozenset({"TIME", "ADV", "ADJ", "INNER"})


class Ahead:
    """
    Looks at the chunks that follow.

    Parameters
    ----------
    reading : Reading
        The sentence.
    """

    def __init__(self, reading: Reading) -> None:
        self._state = reading
        self._words, self._chunks = reading.words, reading.chunks
        self._sets = reading.sets

    def verb_follows(  # noqa: C901, PLR0911, PLR0912 -- a kind of chunk a branch
        self, step: int, *, strict: bool = False
    ) -> bool:
        """
        Tell whether a verb with a tense follows in the same clause.

        Parameters
        ----------
        step : int
            The number of the chunk to begin with.
        strict : bool, default False
            Whether phrases may stand before it, but no relatives and no "and".

        Returns
        -------
        bool
            Whether one does.
        """
        preposition = timed = False
        chunks = self._chunks
        commas = relatives = 0
        end = min(step + AHEAD, len(chunks))
        while step < end:
            chunk = chunks[step]
            kind = chunk.kind
            if kind == "TIME":
                timed, preposition = True, False  # "said on Monday it had"
            if kind == "PREP":
                preposition = True
            elif kind == "NP":
                own = timed or self._words[chunk.first].tag == "PRON"
                if not preposition and (own or not strict):
                    return False  # "said on Monday it had": a subject of its own
                preposition = False
            elif kind == "VG":
                own = chunk.form in ("finite", "base")
                if own or (chunk.form == "ed" and not self.participle_at(step)):
                    if not relatives:
                        return True
                    relatives -= 1  # that of "who took X", not of the clause
                    preposition = True
                else:
                    preposition = False
            elif kind == "COMMA":
                if strict or commas or not self.apposition(step):
                    return False
                commas += 1
                while step + 1 < end and chunks[step + 1].kind != "COMMA":
                    step += 1
                step += 1
            elif kind == "REL":
                if strict:
                    return False
                relatives += 1
                preposition = True  # what follows may be a subject: "which they took"
            elif kind == "CONJ":
                if strict or (not relatives and self.kind_at(step + 1) == "VG"):
                    return False  # "stormed A and B and shot": no verb of B's own
                if timed and not relatives:
                    return False  # "stormed A and B on Sunday and X said": no verb of B's own
                preposition = True
            elif kind not in _BETWEEN:
                return False
            step += 1
        return False

    def that_follows(self) -> bool:
        """
        Tell whether only a day or a place stands before "that": "claimed on Friday that".

        Returns
        -------
        bool
            Whether it does.
        """
        for chunk in self._chunks[self._state.at + 1 : self._state.at + _THAT]:
            if chunk.kind not in ("PREP", "NP", "TIME"):
                return chunk.kind == "SUB" and self._words[chunk.first].lower == "that"
        return False

    def subject_follows(self, step: int) -> bool:
        """
        Tell whether a subject and its verb follow a place: "(in) Sumy gunmen killed".

        Parameters
        ----------
        step : int
            The number of the chunk behind the place.

        Returns
        -------
        bool
            Whether they do: "(in) Sumy, the army said" only says who tells it.
        """
        chunks = self._chunks
        comma = False
        for place in range(step, min(step + AHEAD, len(chunks))):
            kind = chunks[place].kind
            if kind == "NP" and chunks[place - 1].kind != "PREP":
                told = comma and self._attributes(place)
                return not told and self.verb_follows(place + 1)
            if kind == "COMMA" and comma:
                return False
            comma = comma or kind == "COMMA"
            if kind not in ("NP", "PREP", "COMMA", *_BETWEEN):
                return False
        return False

    def _attributes(self, step: int) -> bool:
        """Whether the next verb only says who tells it."""
        verbs = (chunk.verb for chunk in self._chunks[step : step + AHEAD])
        verb = next((one for one in verbs if one is not None), None)
        return verb is not None and verb.lemma in self._sets["attributing"]

    def verb_behind_list(self, *, by: bool) -> bool:
        """
        Tell whether a list follows, and a verb with a tense: "with A, B and C killed".

        Parameters
        ----------
        by : bool
            Whether the list is of who did it: a comma alone makes none of "stormed by A, B killed".

        Returns
        -------
        bool
            Whether it does.
        """
        joined = False
        before = ""
        for chunk in self._chunks[self._state.at + 1 : self._state.at + AHEAD]:
            kind = chunk.kind
            if kind == "VG" and chunk.form != "ing":  # "armed with rifles and riding motorcycles"
                return joined and before in ("NP", "TIME") and chunk.form in _FINITE
            if kind not in ("NP", "PREP", "COMMA", "CONJ", "ADJ", "INNER", "VG", "TIME"):
                return False
            joined = joined or kind == "CONJ" or (kind == "COMMA" and not by)
            before = kind
        return False

    def participle_at(self, step: int) -> bool:
        """
        Tell whether a form in -ed is a participle for sure: "fired by", "allied to".

        Parameters
        ----------
        step : int
            The number of the chunk.

        Returns
        -------
        bool
            Whether it is.
        """
        verb = self._chunks[step].verb
        if step + 1 >= len(self._chunks) or verb is None:
            return False
        after = self._chunks[step + 1]
        if self._words[after.first].lower == "by":
            return True
        return after.kind == "PREP" and verb.lemma in self._sets["stative"]

    def apposition(self, step: int) -> bool:
        """
        Tell whether a comma opens something between commas: ", a spokesman for X, said".

        Parameters
        ----------
        step : int
            The number of the comma.

        Returns
        -------
        bool
            Whether it does.
        """
        for place in range(step + 1, min(step + AHEAD, len(self._chunks))):
            kind = self._chunks[place].kind
            if kind == "COMMA":
                return True
            if kind not in ("NP", "PREP", "ADJ", "TIME", "ADV", "CONJ"):
                return False
        return False

    def is_list(self) -> bool:
        """
        Tell whether "and" follows, with phrases and commas only before it.

        Returns
        -------
        bool
            Whether it does.
        """
        for step in range(self._state.at + 1, min(self._state.at + AHEAD, len(self._chunks))):
            kind = self._chunks[step].kind
            if kind == "CONJ":
                return self.kind_at(step + 1) in ("NP", "PREP")
            if kind not in ("NP", "COMMA", "INNER", "PREP"):
                return False
        return False

    def kind_at(self, step: int) -> str:
        """
        Look up the kind of a chunk.

        Parameters
        ----------
        step : int
            Its number.

        Returns
        -------
        str
            Its kind; empty behind the end.
        """
        return self._chunks[step].kind if step < len(self._chunks) else ""

    def each_other(self, step: int) -> bool:
        """
        Tell whether a chunk is "each other" or "one another".

        Parameters
        ----------
        step : int
            Its number.

        Returns
        -------
        bool
            Whether it is.
        """
        if self.kind_at(step) != "NP":
            return False
        words = self._words[self._chunks[step].first : self._chunks[step].last + 1]
        said = "-".join(word.lower for word in words).replace(" ", "-")
        return said in self._sets["reciprocal"]

    def aims(self, before: str) -> bool:
        """
        Tell whether armed men are the subject: they shoot, and are not shot there.

        Parameters
        ----------
        before : str
            The verb at hand and the word behind it: "shoot-at".

        Returns
        -------
        bool
            Whether they are.
        """
        waiting = self._state.top.waiting
        if before not in self._sets["aimed"] or not waiting:
            return False
        word = self._words[waiting[-1].head]
        on = {self._words[p.head].lemma for _, p in waiting[-1].attached}  # "men in a passing car"
        shoots = word.lemma in self._sets["shooters"] or bool(on & self._sets["ridden"])
        return shoots or getattr(word.entity, "sense", "") in ("state", "armed group")

    def object_late(self) -> bool:
        """
        Tell whether the object stands behind a short phrase: "hacked to death 17 residents".

        Returns
        -------
        bool
            Whether it does; "arrested in X the army said" has none.
        """
        at = self._state.at
        if [self.kind_at(at + step) for step in (1, 2, 3)] != ["PREP", "NP", "NP"]:
            return False
        begins = self._words[self._chunks[at + 3].first].tag in ("NUM", "DET")
        return begins and not self.verb_follows(at + 4)

    def done_by(self, verb: VerbGroup) -> bool:
        """
        Tell whether "by" and somebody follow: ", besieged by the army", not "rose by a fifth".

        Parameters
        ----------
        verb : VerbGroup
            The verb at hand.

        Returns
        -------
        bool
            Whether they do.
        """
        after = self._chunks[self._state.at + 1 : self._state.at + 3]
        if len(after) < 2 or self._words[after[0].first].lower != "by":  # noqa: PLR2004 -- both
            return False
        phrase = after[1].phrase
        if phrase is None or verb.lemma in self._sets["intransitive"]:
            return False
        word = self._words[phrase.head]
        return word.tag != "NUM" and not hasattr(word.entity, "low")

    def scheduled(self, verb: VerbGroup) -> bool:
        """
        Tell whether it is said when something is to be: "a rally called for Friday".

        Parameters
        ----------
        verb : VerbGroup
            The verb at hand.

        Returns
        -------
        bool
            Whether it is.
        """
        place = self._state.at + 1
        if self.kind_at(place) != "PREP" or self.kind_at(place + 1) != "TIME":
            return False
        word = self._words[self._chunks[place].first].lower
        return f"{verb.lemma}-{word}" in self._sets["scheduling"]

    def opens_relative(self, step: int) -> bool:
        """
        Tell whether a relative with a pronoun begins: "whom", "in which".

        Parameters
        ----------
        step : int
            The number of the first chunk.

        Returns
        -------
        bool
            Whether one does.
        """
        return self.kind_at(step) == "REL" or (
            self.kind_at(step) == "PREP" and self.kind_at(step + 1) == "REL"
        )

    def set_off(self) -> bool:
        """
        Tell whether a form in -ed stands between commas before the verb: ", backed by X, took".

        Returns
        -------
        bool
            Whether it does.
        """
        chunks = self._chunks
        for step in range(self._state.at + 1, min(self._state.at + AHEAD, len(chunks))):
            kind = chunks[step].kind
            if kind == "COMMA":
                while step + 1 < len(chunks) and chunks[step + 1].kind in _BETWEEN:
                    step += 1  # noqa: PLW2901 -- the loop ends here
                after = chunks[step + 1] if step + 1 < len(chunks) else None
                return after is not None and after.kind == "VG" and after.form in _FINITE
            if kind in ("STOP", "SUB", "REL", "VG"):
                return False
        return False

    def next_verb(self) -> VerbGroup | None:
        """
        Find the next verb, those of relatives left out: "aid workers who fled said".

        Returns
        -------
        VerbGroup or None
            The verb.
        """
        relatives = 0
        for step in range(self._state.at + 1, min(self._state.at + AHEAD, len(self._chunks))):
            relatives += self._chunks[step].kind == "REL"
            verb = self._chunks[step].verb
            if verb is not None and relatives <= 0:
                return verb
            relatives -= verb is not None
        return None
