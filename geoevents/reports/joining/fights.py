"""Mentions that go on with the fight just told: accounts of it, who struck back, who met whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geoevents.reports.joining.likeness import Parties
    from geoevents.reports.joining.profile import Profile
    from geoevents.reports.joining.told import Told
    from geoevents.reports.joining.words import JoiningWords

_CLASH: Final = "armed clash"
_STATE: Final = "state"
#: Parties give their accounts within so many sentences.
_ACCOUNTS: Final = 2


def is_account(told: Told, profile: Profile) -> bool:
    """Whether it is what a party says it did, of what others tell: "its jets had hit only X"."""
    named = told.actors.named
    known = named.issuperset(profile.actors.named) if named else not profile.hurts
    return (
        profile.account
        and known
        and told.apart(profile) <= _ACCOUNTS
        and told.happened
        and told.targets.named.isdisjoint(profile.actors.named)
        and any(not one.voices or one.voices - profile.voices for one in told.profiles)
    )


def strikes_back(told: Told, profile: Profile) -> bool:
    """Whether the attacked killed some of those who attacked: "the guards shot three of them"."""
    theirs = told.targets.named & profile.actors.named
    others = profile.targets.named - told.actors.named
    return (
        profile.hurts
        and _CLASH in told.kinds
        and bool(theirs and not others)
        and told.targets.named.isdisjoint(profile.targets.named)
        and told.apart(profile) <= 1
        and not (profile.places or profile.whens)
    )


def fights_back(actors: Parties, profile: Profile, words: JoiningWords) -> bool:
    """
    Tell whether a state hurt some of those who attacked: "the army said it killed 20 of them".

    Parameters
    ----------
    actors : Parties
        Who did what was told before.
    profile : Profile
        What is told of those hurt.
    words : JoiningWords
        The words of the language.

    Returns
    -------
    bool
        Whether a state did this to them; to fighters, or after fighters, where they have no name.
    """
    state = [one.sense == _STATE for one in profile.mention.actors]
    if not (state and all(state)):
        return False
    if actors.named:  # "ISIS attacked X. The army said it killed 20 of them"
        whom = profile.targets
        them = whom.named & actors.named or (profile.mention.definite and not whom)
        return profile.hurts and bool(them) and actors.named.isdisjoint(profile.actors.named)
    if not actors.common:
        return False
    fell = not words.irregular.isdisjoint(profile.targets.common)
    if not (profile.hurts or (fell and profile.mention.killed is not None)):
        return False
    return fell or not words.irregular.isdisjoint(actors.common)


def is_fray(told: Told, profile: Profile, words: JoiningWords) -> bool:
    """Whether it is a fight just told of: "Rebels attacked it. The fighting left 9 dead"."""
    return (
        profile.lemma in words.fray
        and _CLASH in told.kinds
        and told.apart(profile) <= 1
        and told.happened
        and profile.actors.named <= told.actors.named
        and not (profile.places or profile.whens or profile.new)
    )


def is_met(told: Told, profile: Profile) -> bool:
    """Whether those who attack are met at once: "X attacked it and were engaged by Y"."""
    mention = profile.mention
    back = profile.targets.named & told.actors.named
    return (
        mention.kind == _CLASH
        and _CLASH in told.kinds
        and not told.apart(profile)
        and bool(back and profile.actors)
        and told.actors.named.isdisjoint(profile.actors.named)
        and (not told.targets.named or not told.targets.named.isdisjoint(profile.actors.named))
        and (told.places.likeness(profile.places) or not profile.places)
        and not (profile.whens or profile.new)
    )
