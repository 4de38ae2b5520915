"""Who was wounded, told without a verb of wounding: "is nursing a gunshot wound"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Attached, Clause, NounPhrase, VerbGroup

_PLACES = frozenset({"place", "site", "civil_sites", "abstract"})
_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "protesters", "person"})


class Hurts:
    """
    Reads clauses that tell of wounds, of hospitals and of bullets.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._words = scene.words
        self._sets = scene.triggers.words
        self._links = scene.triggers.links
        self._nominals = scene.nominals
        self._counts = scene.counts
        # Most sentences tell of none of it.
        names = ("harm", "treat", "clinics", "flying", "limbs", "medical", "condition")
        self._told = any(word.lemma in self._sets[name] for word in scene.words for name in names)

    def find(self, clause: Clause, verb: VerbGroup) -> tuple[Quantity | None, list[NounPhrase]]:
        """
        Find who was hurt.

        Parameters
        ----------
        clause : Clause
            The clause.
        verb : VerbGroup
            Its verb.

        Returns
        -------
        tuple of (Quantity or None, list of NounPhrase)
            How many; and who.
        """
        if not self._told or verb.negated or verb.modal is not None:
            return None, []
        readings = (
            self._sustained,
            self._with_wounds,
            self._maimed,
            self._struck,
            self._in_hospital,
            self._treated,
        )
        for reading in readings:
            sure = reading in (self._sustained, self._with_wounds)  # whoever it is
            for phrase in reading(clause, verb):
                count = self._count(phrase, sure=sure)
                if count is not None:
                    return count, [phrase]
        return None, []

    def _count(self, phrase: NounPhrase, *, sure: bool) -> Quantity | None:
        """Count people; not bodies, and not some of those that were counted: "21 of them"."""
        words, sets = self._words, self._sets
        senses = self._nominals.senses(phrase)
        if words[phrase.head].lemma in sets["remains"] or not (senses & _PEOPLE or sure):
            return None
        if words[phrase.first].lower in sets["nobody"]:
            return None
        for word, attached in phrase.attached:
            head = words[attached.head]
            if word in self._links["of"] and (head.tag == "PRON" or head.lower in sets["hurt"]):
                return None
        count = self._counts.first([phrase]) or self._counts.bare(phrase)
        first, head = words[phrase.first], words[phrase.head]
        if count is None and sure and first.lower in sets["one"] and not senses & _PLACES:
            one = head.form != "plural"  # "a reservist is nursing a wound"
            count = Quantity.counted(first.start, first.end, first.text, 1.0) if one else None
        return count

    def _sustained(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "sustained injuries", "is nursing a gunshot wound", "suffered burns"."""
        if clause.subject is None or verb.voice == "passive":
            return []
        if verb.lemma not in self._sets["sustain"]:
            return []
        return [clause.subject] if any(map(self._is_harm, clause.objects)) else []

    def _with_wounds(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "was treated for burns", "is in bed with wounds"; whom a ward "received"."""
        if verb.voice == "active" and verb.lemma not in self._sets["being"]:
            if clause.subject is not None and verb.lemma in self._sets["ailing"]:
                return [clause.subject] if any(map(self._is_wounded, clause.preps)) else []
            if verb.lemma not in self._sets["caring"] | self._sets["leave"]:
                return []
            left = [one for p in clause.objects for one in (p, *p.others)]
            return [p for p in left if any(map(self._is_wounded, p.attached))] or self._ailing(
                clause, left
            )
        if verb.lemma in self._sets["being"] and clause.subject is not None:
            ailing = self._ailing(clause, [clause.subject])
            if ailing:
                return ailing
        known = self._sets["caring"] | self._sets["being"]
        if clause.subject is None or verb.lemma not in known:
            return []
        return [clause.subject] if any(map(self._is_wounded, clause.preps)) else []

    def _ailing(self, clause: Clause, whom: list[NounPhrase]) -> list[NounPhrase]:
        """Find who is "in hospital", "in critical condition", and left so by what happened."""
        sets, words = self._sets, self._words
        for word, phrase in clause.preps:
            if word not in self._links["into_care"] or self._is_ill(clause):
                continue
            inside = (one.lower for one in words[phrase.first : phrase.head])
            badly = self._lemma(phrase) in sets["condition"] and not sets["grave"].isdisjoint(
                inside
            )
            if badly or self._lemma(phrase) in sets["clinics"]:
                return whom[-1:]
        return []

    def _maimed(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "lost his leg", who "sought medical help"."""
        if clause.subject is None or verb.voice == "passive":
            return []
        if verb.lemma in self._sets["lose"]:
            limbs = any(self._lemma(p) in self._sets["limbs"] for p in clause.objects)
            return [clause.subject] if limbs else []
        if verb.lemma not in self._sets["seek"]:
            return []
        for phrase in clause.objects:
            words = self._words[phrase.first : phrase.head]
            medical = any(word.lower in self._sets["medical"] for word in words)
            if medical and self._lemma(phrase) in self._sets["help"]:
                return [clause.subject]
        return []

    def _struck(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "was hit by a bullet", "cut by flying glass", and did not die of it."""
        subject = clause.subject
        if subject is None or verb.voice != "passive" or verb.lemma not in self._sets["struck"]:
            return []
        by = self._links["by"]
        flying = any(
            word in by and self._lemma(phrase) in self._sets["flying"]
            for word, phrase in clause.preps
        )
        died = any(
            c.verb is not None and c.verb.lemma in self._sets["killed"] | self._sets["succumb"]
            for c in self._scene.clauses
        )
        return [subject] if flying and not died else []

    def _in_hospital(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "was taken to hospital", "was medevaced": of violence, if anything near is."""
        if self._is_ill(clause) or clause.link == "relative":
            return []
        if verb.lemma not in self._sets["caring"]:
            return []
        to = any(
            word in self._links["into_care"] and self._lemma(phrase) in self._sets["clinics"]
            for word, phrase in clause.preps
        )
        brought = verb.particle in self._links["into_care"] or verb.lemma in self._sets["admit"]
        if brought and any(w.lemma in self._sets["clinics"] for w in self._words):
            to = True  # "220 had been brought in", a hospital said
        if verb.voice == "active":
            return clause.objects if to else []
        return [clause.subject] if to and clause.subject is not None else []

    def _treated(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "was treated" of what is not said, and whom "doctors treated"."""
        if verb.lemma not in self._sets["treat"] or self._is_ill(clause):
            return []
        if verb.voice == "active":
            return clause.objects
        return [clause.subject] if clause.subject is not None and clause.link != "relative" else []

    def _is_ill(self, clause: Clause) -> bool:
        """Whether it is said what for, and that is no wound: "treated for cholera"."""
        return any(
            word in self._links["suffering"] and not self._is_harm(phrase)
            for word, phrase in clause.preps
        )

    def _is_wounded(self, attached: Attached) -> bool:
        return attached.word in self._links["suffering"] and self._is_harm(attached.phrase)

    def _is_harm(self, phrase: NounPhrase) -> bool:
        if self._words[phrase.first].lower in self._sets["nobody"]:
            return False
        return any(self._lemma(one) in self._sets["harm"] for one in (phrase, *phrase.others))

    def _lemma(self, phrase: NounPhrase) -> str:
        return self._words[phrase.head].lemma
