"""The type of an event: what the verb means, with which weapon, by whom and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.model import Actor

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.syntax.model import NounPhrase, VerbGroup

_CROWD = "protesters"
_FOUGHT = "armed clash"
_FLYING = frozenset({"state", "coalition"})
_HOLDERS = frozenset({"fighters", "party"})
_PEOPLE = frozenset({"civilians", "fighters", "people"})


class Kinds:
    """
    Tells the types of the events of a sentence.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._clauses = scene.clauses
        self._words = scene.words
        self._triggers = scene.triggers
        self._nominals = scene.nominals

    def kind(self, trigger: Trigger, frame: Frame, verb: VerbGroup, actors: list[Actor]) -> str:
        """
        Tell the type of event of a clause.

        Parameters
        ----------
        trigger : Trigger
            The entry that was matched.
        frame : Frame
            The clause's roles.
        verb : VerbGroup
            Its verb.
        actors : list of Actor
            Who did it.

        Returns
        -------
        str
            The type.
        """
        if trigger.weapon:
            kind = self.weapon(frame, hit="object" in trigger.target)
            if kind == "bombing" and trigger.aerial and any(self._flies(a) for a in actors):
                return "air strike"  # "hit by Russian bombs"
            if kind and not kind == trigger.kind == _FOUGHT:
                return kind  # small arms make no type: a farmer is hit by sniper fire
        kind = trigger.bare.get(verb.lemma, "")
        if kind:
            armed = actors and all(a.sense in ("armed group", "people") for a in actors)
            return "bombing" if kind == "air strike" and armed else kind
        if trigger.aerial and any(self._flies(actor) for actor in actors):
            return "air strike"
        phrases = [p for role in trigger.target for p in frame.role(role)]
        kind = self.by_target(trigger, trigger.kind, phrases)
        crowd = actors and all(a.party == _CROWD for a in actors)
        if crowd and kind == trigger.kind == _FOUGHT:
            return "protest"  # "police injured by protesters", "protesters attacked an embassy"
        return kind

    def by_target(self, trigger: Trigger, kind: str, phrases: list[NounPhrase]) -> str:
        """
        Tell the type of event by whom or what it was done to.

        Parameters
        ----------
        trigger : Trigger
            The entry.
        kind : str
            The type so far.
        phrases : list of NounPhrase
            Its targets.

        Returns
        -------
        str
            The type.
        """
        if kind != trigger.kind:
            return kind
        for phrase in phrases:
            found = self._done_to(trigger, phrase)
            if found:
                return found
        return kind

    def _done_to(  # noqa: PLR0911 -- a sort of target a line
        self, trigger: Trigger, phrase: NounPhrase
    ) -> str:
        """Tell the type that one target makes; nothing if it changes none."""
        phrase = self._meant(phrase)
        senses = self._nominals.senses(phrase)
        if trigger.crowd and "crowd" in senses:
            return trigger.crowd
        if trigger.fighters and senses & {"fighters", "party"}:
            return trigger.fighters
        if "fighters" in senses:
            return ""
        if "organisation" in senses and "party" not in senses and self._helps(phrase):
            return trigger.civilians  # "a Red Cross convoy"
        if "civilians" in senses or (trigger.casualties and "people" in senses):
            return trigger.civilians
        if "site" in senses and not phrase.owner and self._for_civilians(phrase):
            return trigger.civilians  # "a shelter for migrants"
        named = "civil_sites" in senses and not self._nominals.actors(phrase)
        if named and phrase.owner is not None and self._is_camp(phrase):
            return ""  # "an attack on their camp"
        return trigger.sites if named and not self._is_held(phrase) else ""

    def _helps(self, phrase: NounPhrase) -> bool:
        """Whether those named report or help, and take no side: the press, aid agencies."""
        entity = self._words[phrase.head].entity
        return isinstance(entity, Actor) and entity.media

    def _for_civilians(self, phrase: NounPhrase) -> bool:
        """Whether a site is meant for people who do not fight."""
        meant = self._triggers.links["meant"]
        return any(
            word in meant and "civilians" in self._nominals.senses(inner)
            for word, inner in phrase.attached
        )

    def _is_held(self, phrase: NounPhrase) -> bool:
        """Whether fighters are in it: "stormed a train seized by separatists"."""
        for clause in self._clauses:
            verb = clause.verb
            if clause.host is not phrase or verb is None or verb.voice != "passive":
                continue
            if verb.lemma not in self._triggers.words["manning"]:
                continue
            by = (p for word, p in clause.preps if word in self._triggers.links["by"])
            if any(self._nominals.senses(p) & _HOLDERS for p in by):
                return True
        return False

    def _meant(self, phrase: NounPhrase) -> NounPhrase:
        """Find whom "him" means: the object before it, "chased a man and shot him"."""
        if self._words[phrase.head].lower not in self._triggers.words["him"]:
            return phrase
        before = [p for c in self._clauses for p in c.objects if p.end <= phrase.start]
        named = [p for p in before if self._nominals.senses(p) & _PEOPLE]
        return named[-1] if named else phrase

    def _is_camp(self, phrase: NounPhrase) -> bool:
        return self._words[phrase.head].lemma in self._triggers.words["camp"]

    def weapon(self, frame: Frame, *, hit: bool = False) -> str:
        """
        Tell which type of event the weapon named in a clause makes.

        Parameters
        ----------
        frame : Frame
            The clause's roles.
        hit : bool, default False
            Whether its objects are what is hit: an aircraft is no weapon there.

        Returns
        -------
        str
            The type; empty if none is named.
        """
        nominals = self._nominals
        phrases = [frame.subject] if frame.subject is not None else []
        phrases += [
            p for word, p in frame.clause.preps if word in self._triggers.links["instrument"]
        ]
        for phrase in phrases:
            kinds = {k for one in [phrase, *phrase.others] if (k := nominals.own_weapon(one))}
            if len(kinds) > 1 and "armed clash" in kinds:
                return "armed clash"  # "with car bombs and small arms"
            kind = nominals.weapon(phrase)
            if kind:
                return self._sent(phrase) or kind
        for phrase in frame.objects:
            flies = "aircraft" in nominals.senses(phrase)
            if hit and flies and nominals.own_weapon(phrase) == "air strike":
                continue  # "a bomber struck in a market" may be no aircraft
            fire = self._words[phrase.head].lemma in self._triggers.words["fire"]
            if fire or nominals.senses(phrase) & {"weapon"}:  # "exchanged artillery fire"
                return self._sent(phrase) or nominals.weapon(phrase)
        return ""

    def _sent(self, weapon: NounPhrase) -> str:
        """Tell the type that aircraft make of a weapon: "explosives launched from drones"."""
        for clause in self._clauses:
            if clause.host is not weapon or clause.verb is None:
                continue
            if clause.verb.lemma not in self._triggers.words["firing"]:
                continue
            for word, phrase in clause.preps:
                if word in self._triggers.links["instrument"]:
                    kind = self._nominals.own_weapon(phrase)
                    if kind == "air strike":
                        return kind
        return ""

    def _flies(self, actor: Actor) -> bool:
        return (
            actor.sense in _FLYING
            and actor.name.lower().rsplit(" ", 1)[-1] not in self._triggers.words["on_foot"]
        )
