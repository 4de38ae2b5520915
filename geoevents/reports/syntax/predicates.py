"""Where verbs go: the clause that waits for one, a new one beside it, or one inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.syntax.ahead import Ahead
    from geoevents.reports.syntax.chunking import Chunk
    from geoevents.reports.syntax.inserted import Inserted
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup
    from geoevents.reports.syntax.reading import Open, Reading

_CONTROL = frozenset({"of", "for", "from"})
_GAPS = frozenset({"which", "that", "whom", "who"})  # relatives that may stand for an object


class VerbPlacer:
    """
    Gives the verbs of a sentence to its clauses, and opens clauses for them.

    Parameters
    ----------
    reading : Reading
        The sentence.
    ahead : Ahead
        Looks at what follows.
    inserted : Inserted
        Looks behind insertions.
    """

    def __init__(self, reading: Reading, ahead: Ahead, inserted: Inserted) -> None:
        self._state = reading
        self._ahead, self._inserted = ahead, inserted

    def place(self, chunk: Chunk, verb: VerbGroup) -> None:
        """
        Place a verb group.

        Parameters
        ----------
        chunk : Chunk
            The chunk at hand.
        verb : VerbGroup
            Its verb group.
        """
        form = chunk.form
        if form == "ing":
            self._participle(verb, form)
        elif form == "to":
            self._infinitive(verb)
        elif form == "pp":
            verb.voice = "passive"
            self._participle(verb, form)
        else:
            self._finite(chunk, verb)

    def _finite(self, chunk: Chunk, verb: VerbGroup) -> None:
        top = self._state.top
        ambiguous = chunk.form == "ed"
        if top.clause.verb is None:
            if ambiguous and (
                (bool(top.waiting) and (self._ahead.set_off() or self._ahead.done_by(verb)))
                if self._state.comma
                else self._may_describe(top, verb) and self._reduced(top, verb)
            ):
                self._reduced_relative(verb)
                return
            if ambiguous and not top.waiting and top.clause.link != "relative":
                self._opening_participle(verb)
                return
            self._settle_voice(verb, ambiguous)
            self._state.take(verb, chunk.form)
            return
        if self._state.conjunction:
            self._coordinate(verb, chunk.form)
            return
        waiting = self._state.awaiting()
        if waiting >= 0 and self._state.open[waiting].waiting:
            if ambiguous and not self._state.comma and self._reduced(top, verb):
                self._reduced_relative(verb)
                return
            if not self._said_inside():
                self._state.close_to(waiting)
            self._settle_voice(verb, ambiguous)
            self._state.take(verb, chunk.form)
            return
        self._behind_a_verb(chunk, verb, waiting)

    def _said_inside(self) -> bool:
        """Open what is said inside a relative: "X, which the army says it has taken, is ..."."""
        top = self._state.top
        clause = top.clause
        own = clause.verb
        if clause.link != "relative" or own is None or self._state.comma:
            return False
        if own.lemma not in self._state.sets["saying"] or not clause.objects[1:]:
            return False
        if clause.objects[-1] is not self._state.last or clause.objects[0] is not clause.host:
            return False
        opened = self._state.push("that", "", top)
        opened.waiting.append(clause.objects.pop())
        opened.clause.objects.append(clause.objects.pop(0))
        return True

    def _behind_a_verb(self, chunk: Chunk, verb: VerbGroup, waiting: int) -> None:
        """Place a verb with a tense in a clause that has one already."""
        top = self._state.top
        ambiguous = chunk.form == "ed"
        clause = top.clause
        own = top.clause.verb
        if self._inverted(verb):
            self._state.push("quote", "", self._state.open[0])
            self._state.take(verb, chunk.form)
            return
        last = self._state.last
        stolen = bool(clause.objects) and clause.objects[-1] is last and last is not None
        if waiting >= 0 and stolen:  # "as X hit Y the army withdrew"
            phrase = clause.objects.pop()
            self._state.close_to(waiting)
            self._state.top.waiting.append(phrase)
            self._state.take(verb, chunk.form)
            return
        if own is not None and own.lemma in self._state.sets["saying"] and clause.objects:
            phrase = clause.objects.pop()
            opened = self._state.push("that", "", top)
            opened.waiting.append(phrase)
            if clause.link == "relative" and clause.objects and clause.objects[0] is clause.host:
                opened.clause.objects.append(clause.objects.pop(0))  # "X, which they say they took"
            if ambiguous and self._followed_by_by() and self._reduced(opened, verb):
                self._reduced_relative(verb)  # "said a missile fired by X had been intercepted"
                return
            self._settle_voice(verb, ambiguous)
            self._state.take(verb, chunk.form)
            return
        by = last is not None and self._ahead.done_by(verb)
        if ambiguous and (not self._state.comma or by):
            self._reduced_relative(verb)  # "hit X", "passes X, besieged by Y since May"
        elif self._state.comma or not stolen:
            self._coordinate(verb, chunk.form)
        else:
            phrase = clause.objects.pop()
            opened = self._state.push("relative", "", top)
            opened.clause.host = clause.objects[-1] if clause.objects else None
            opened.waiting.append(phrase)
            self._state.take(verb, chunk.form)

    def _inverted(self, verb: VerbGroup) -> bool:
        """Whether this is ', said the ministry' behind what it says."""
        if not self._state.comma or verb.lemma not in self._state.sets["attributing"]:
            return False
        after = self._state.chunks[self._state.at + 1 : self._state.at + 2]
        return (
            bool(after)
            and after[0].kind == "NP"
            and not self._ahead.verb_follows(self._state.at + 2)
        )

    def _settle_voice(  # noqa: C901, PLR0911 -- a reason to be active a branch
        self, verb: VerbGroup, ambiguous: bool
    ) -> None:
        """Read "12 killed in Aleppo": a verb that needs an object and has none is passive."""
        if ambiguous and self._ahead.scheduled(verb):
            verb.voice = "passive"  # "new march announced for tomorrow"
            return
        if not ambiguous or verb.lemma not in self._state.sets["transitive"]:
            return
        top = self._state.top
        if self._inserted.awaits_object():
            return  # "shelled, with artillery, positions near X"
        gap = top.clause.link == "relative" and top.clause.mark in _GAPS
        if gap and top.waiting and top.clause.host is not None:
            return  # "which the army retook": the object is what it hangs on
        if self._inserted.ends_in_result():
            verb.voice = "passive"
            return
        after = self._after()
        if after is not None and after.kind == "PREP":
            before = f"{verb.lemma}-{self._state.words[after.first].lower}"
            known = before in self._state.sets["never_passive"] or self._ahead.aims(before)
            if known or self._ahead.each_other(self._state.at + 2) or self._ahead.object_late():
                return
        if (
            after is not None
            and after.kind == "CONJ"
            and self._ahead.kind_at(self._state.at + 2) == "VG"
        ):
            return  # "shot and killed two"
        if verb.lemma in self._state.sets["saying"] and self._ahead.that_follows():
            return  # "claimed on Friday that"
        if after is None or after.kind not in ("NP", "SUB", "ADV", "ADJ", "VG", "REL"):
            here = self._state.chunks[self._state.at]
            if here.first == verb.head:
                verb.voice = "passive"

    def _may_describe(self, top: Open, verb: VerbGroup) -> bool:
        """Whether a form in -ed may be a participle at all: not "walked", not behind "who"."""
        own = top.clause.link == "relative" and (not top.waiting or self._tells_of_host(top, verb))
        return not own and verb.lemma not in self._state.sets["intransitive"]

    def _tells_of_host(self, top: Open, verb: VerbGroup) -> bool:
        """Whether the verb that follows is of the clause around: "that X blamed on Y hit Z"."""
        waiting = self._state.awaiting()
        sure = self._followed_by_by() or verb.lemma in self._state.sets["stative"]
        return (
            top.clause.mark in _GAPS
            and not sure
            and waiting >= 0
            and bool(self._state.open[waiting].waiting)
        )

    def _reduced(self, top: Open, verb: VerbGroup) -> bool:
        """Whether a form in -ed is a participle: another verb with a tense follows."""
        if not top.waiting and self._state.last is None:
            return False
        after = self._after()
        if after is None or after.kind in ("NP", "COMMA", "STOP", "SUB", "CONJ"):
            return False
        if after.kind in ("ADV", "ADJ") and self._ahead.kind_at(self._state.at + 2) == "NP":
            return False  # "shot dead a man called X"
        by = self._followed_by_by()
        known = by or verb.lemma in self._state.sets["described"]
        listed = known and self._ahead.verb_behind_list(
            by=by
        )  # "armed with axes and spears killed"
        return listed or self._ahead.verb_follows(self._state.at + 1, strict=True)

    def _reduced_relative(self, verb: VerbGroup) -> None:
        host = self._state.last
        waiting = self._state.top.waiting
        if waiting and (host is None or self._state.comma):
            host = waiting[-1]
        verb.voice = "passive"
        verb.tense = "none"
        opened = self._state.push("participle", "", self._state.finite_top())
        opened.clause.host = host
        self._state.take(verb, "pp")
        opened.clause.subject = host

    def _opening_participle(self, verb: VerbGroup) -> None:
        """Place "backed by Russia, ..." at the start; "when attacked, ..."; "in X, held by Y"."""
        top, host = self._state.top, self._state.last
        verb.voice, verb.tense = "passive", "none"
        if not top.tentative:
            clause = self._state.push("participle", "", top).clause
            if host is not None and not self._state.comma:
                clause.host = clause.subject = host  # "under a deal announced by X, its men left"
        self._state.take(verb, "pp")

    def _coordinate(self, verb: VerbGroup, form: str) -> None:
        """Place a verb that shares the subject of the one before: "took X and advanced"."""
        if form == "ed" and self._goes_on_passive(verb):
            above = self._state.top
            verb.voice = "passive"
            form = "pp"
        else:
            above = self._state.finite_top()
            if form == "base":
                above = self._state.top
        above = self._of_one(above)
        waiting = self._state.awaiting()
        if waiting >= 0 and self._state.open[waiting].waiting and form != "base":
            self._state.close_to(waiting)
            self._state.take(verb, form)
            return
        while len(self._state.open) > 1 and self._state.top is not above:
            self._state.pop()
        subject = above.clause.subject
        passive = above.clause.verb is not None and above.clause.verb.voice == "passive"
        if form == "ed" and passive and self._no_object_follows():
            verb.voice = "passive"  # "was hit and destroyed"
        if form == "base" and above.clause.verb is not None:
            self._inherit(verb, above.clause.verb)
        opened = self._state.push("coordinate", self._state.conjunction, above)
        self._state.take(verb, form)
        opened.clause.subject = subject
        opened.clause.shared = True

    def _of_one(self, above: Open) -> Open:
        """Read "he came in as they sat and blew himself up": no "himself" is of many."""
        after, subject = self._after(), above.clause.subject
        if after is None or subject is None or above.above is None:
            return above
        one = self._state.words[after.first].lower in self._state.sets["single_selves"]
        return above.above if one and self._state.words[subject.head].form == "plural" else above

    def _goes_on_passive(self, verb: VerbGroup) -> bool:
        """Whether it is done to the same ones: "men dragged from buses and shot"."""
        top = self._state.top
        before = top.clause.verb
        if top.form == "pp" and self._followed_by_by():
            return True
        if before is None or before.voice != "passive" or top.clause.host is None:
            return False
        hangs = top.clause.link == "participle" and verb.lemma in self._state.sets["transitive"]
        return hangs and self._no_object_follows()

    def _inherit(self, verb: VerbGroup, before: VerbGroup) -> None:
        """Hang a second verb where the first one hangs: "plans to enter X and attack Y"."""
        if self._state.words[before.head].form != "base" or verb.modal or verb.chain:
            return
        verb.modal, verb.chain, verb.tense = before.modal, before.chain, before.tense
        verb.negated = verb.negated or (before.negated and self._state.conjunction != "but")

    def _after(self) -> Chunk | None:
        """Find the chunk behind the one at hand."""
        place = self._state.at + 1
        return self._state.chunks[place] if place < len(self._state.chunks) else None

    def _followed_by_by(self) -> bool:
        after = self._after()
        return after is not None and self._state.words[after.first].lower == "by"

    def _no_object_follows(self) -> bool:
        return (after := self._after()) is None or after.kind != "NP"

    def _participle(self, verb: VerbGroup, form: str) -> None:
        top = self._state.top
        mark = self._state.preposition
        if top.tentative and top.clause.verb is None and not top.waiting:
            self._state.take(verb, form)  # "after capturing", "while advancing"
            self._state.share(top)
            return
        if self._state.conjunction and top.form == form:
            above = top
            opened = self._state.push("coordinate", self._state.conjunction, above)
            self._state.take(verb, form)
            opened.clause.subject = above.clause.subject
            opened.clause.shared = True
            return
        above = self._state.finite_top()
        if form == "pp" and not mark and self._second_participle(verb, above):
            return
        host = None
        if not self._state.comma and not mark and self._state.last is not None:
            host = self._state.last
        if top.clause.verb is None and top is not self._state.open[0]:
            above = top
        if form == "pp" and host is None and top.waiting and not self._state.comma:
            host = top.waiting[-1]
        opened = self._state.push("participle", mark, above)
        opened.clause.host = host
        self._state.take(verb, form)
        if mark in _CONTROL and above.clause.objects:
            opened.clause.subject = above.clause.objects[-1]  # "accused X of attacking"
        elif host is not None and not self._is_place(host):
            opened.clause.subject = host
        else:
            self._state.share(opened)

    def _second_participle(self, verb: VerbGroup, above: Open) -> bool:
        """Read "had shelled X and taken Y", "was seized and driven off": one auxiliary for both."""
        before = above.clause.verb
        if not self._state.conjunction or before is None:
            return False
        if before.voice != "passive" and before.tense != "perfect":
            return False
        while len(self._state.open) > 1 and self._state.top is not above:
            self._state.pop()
        verb.voice, verb.tense = before.voice, before.tense
        opened = self._state.push("coordinate", self._state.conjunction, above)
        self._state.take(verb, "finite")
        opened.clause.subject = above.clause.subject
        opened.clause.shared = True
        return True

    def _is_place(self, phrase: NounPhrase) -> bool:
        return hasattr(self._state.words[phrase.head].entity, "feature")

    def _infinitive(self, verb: VerbGroup) -> None:
        top = self._state.top
        last = self._state.last
        chained = top.clause.verb is not None and bool(top.clause.verb.chain)
        if self._state.conjunction and (top.form == "to" or chained):
            if chained and top.clause.verb is not None:
                self._inherit(verb, top.clause.verb)
            opened = self._state.push("coordinate", self._state.conjunction, top)
            self._state.take(verb, "to")
            opened.clause.subject = top.clause.subject
            opened.clause.shared = True
            return
        above = top if top.clause.verb is not None else self._state.finite_top()
        opened = self._state.push("infinitive", "to", above)
        direct = above.clause.objects[-1] if above.clause.objects else None
        self._state.take(verb, "to")
        if last is not None:
            opened.clause.host = last
        verb_above = above.clause.verb
        orders = verb_above is not None and verb_above.lemma in self._state.sets["control"]
        near = direct is last and direct is not None and self._controls(above.clause, direct)
        if direct is not None and (orders or near):
            opened.clause.subject = direct
        else:
            self._state.share(opened)

    def _controls(self, above: Clause, phrase: NounPhrase) -> bool:
        """Whether an object does what the infinitive behind it says: "asked X to strike"."""
        control = self._state.sets["control"]
        if above.verb is not None and above.verb.lemma in control:
            return True
        if phrase.owner is not None or self._state.words[phrase.head].lemma in control:
            return True
        return any(
            self._state.words[n].entity is not None and self._state.words[n].tag != "NUM"
            for n in range(phrase.first, phrase.last + 1)
        )
