"""Who says that an event happened and who denies it: its status."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geoevents.reports.joining.likeness import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.reports.joining.sides import Involved, Sides
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.model import Actor, Mention, Speaker

_JOINED: Final = "; "
_STATEMENT: Final = "statement"
_CLASH: Final = "armed clash"
_ORGANISATION: Final = "organisation"


@dataclass(slots=True)
class Accounts:
    """
    What is said of an event, and by whom.

    Attributes
    ----------
    main : list of Mention
        Those that tell of it as most do.
    other : list of Mention
        Those of somebody who tells it otherwise.
    status : str
        A word of ``STATUSES``; empty for what is no event.
    claimed_by, denied_by : list of str
        Who says so; who denies it.
    notes : list of str
        What was decided, and why.
    neutral : list of Mention
        Those of `main` that somebody tells who takes no side.
    """

    main: list[Mention]
    other: list[Mention] = field(default_factory=list)
    status: str = ""
    claimed_by: list[str] = field(default_factory=list)
    denied_by: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    neutral: list[Mention] = field(default_factory=list)


def weigh(
    mentions: Sequence[Mention], sides: Sides, words: JoiningWords, title: int | None
) -> Accounts:
    """
    Weigh what is said of an event.

    Parameters
    ----------
    mentions : sequence of Mention
        All of it, in the order of the text.
    sides : Sides
        Who takes sides.
    words : JoiningWords
        The words of the language.
    title : int or None
        The number of the sentence that is the headline.

    Returns
    -------
    Accounts
        Its status and who says so.
    """
    mentions = _without_details(mentions)
    happened = [mention for mention in mentions if mention.mood == "happened"]
    if not any(_affirmed(mention) for mention in happened) and not _denials(mentions):
        return _unhappened(mentions)
    deniers = {_party(one.actor) for one in _denials(mentions) if one.actor is not None}
    event = sides.about(mentions)
    main, other = _part(happened, deniers, event, sides)
    if any(mention.kind == _STATEMENT for mention in happened):
        return Accounts(happened, status="reported", claimed_by=_names(_affirming(happened)))
    accounts = Accounts(main, other)
    mutual = any(_mutual(mention) for mention in mentions)
    accounts.denied_by = _names(_denials(mentions))
    accused = {_party(actor) for mention in main for actor in mention.actors}
    accounts.denied_by += [
        name
        for mention in other
        for name in _names(_affirming([mention]))
        if _by(mention, accused) and name not in accounts.denied_by
    ]
    accounts.claimed_by = [
        name
        for name in _names(_affirming([*main, *other]))
        if name not in accounts.denied_by or mutual
    ]
    accounts.notes += _told_otherwise(main, other, words)
    told = [mention for mention in main if _affirmed(mention)]
    if not told:
        accounts.status = "denied" if happened else ""
        return accounts
    neutral = _neutral(told, event, sides, title)
    accounts.neutral = [
        mention
        for mention in told
        if not _affirming([mention])
        or not all(sides.takes_part(one, event) for one in _affirming([mention]))
    ]
    if other or mutual:
        accounts.status = "disputed"
    elif _is_doubted(mentions, deniers, words):
        accounts.status = _doubted(mentions, deniers, words, neutral=neutral)
    elif neutral:
        accounts.status = "reported"
    else:
        accounts.status = "claimed"
    return accounts


def _without_details(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """
    Leave out what those deny who alone tell of it, and own up to it.

    "X said it struck targets and did not hit civilians" denies no strike.
    """
    told = [one for one in mentions if one.mood == "happened" and _affirmed(one)]
    owning = {
        _party(speaker.actor)
        for one in told
        for speaker in _affirming([one])
        if _party(speaker.actor) in {_party(actor) for actor in one.actors}
    }
    if not owning or not all(one.speakers and _all_of(one, owning) for one in told):
        return mentions
    return [
        one
        for one in mentions
        if (one.mood != "negated" and _affirmed(one)) or not _all_of(one, owning)
    ]


def _all_of(mention: Mention, speakers: set[str]) -> bool:
    """Whether nobody speaks of it but these parties."""
    return all(_party(one.actor) in speakers for one in mention.speakers)


def _unhappened(mentions: Sequence[Mention]) -> Accounts:
    """Weigh what nobody says has happened: planned, refused, or no event at all."""
    for mood in ("planned", "refused"):
        main = [mention for mention in mentions if mention.mood == mood]
        if main:
            return Accounts(main, status=mood, claimed_by=_names(_affirming(main)))
    return Accounts([])


def _is_doubted(mentions: Sequence[Mention], deniers: set[str], words: JoiningWords) -> bool:
    """Whether it is denied, and not only that somebody else had a part in it."""
    denials = _denials(mentions)
    last = max((one.start for one in mentions if _denials([one])), default=0)
    if any(
        one.stance == "confirms" and one.actor is not None and _yields(one.actor, deniers)
        for mention in mentions
        if mention.start > last
        for one in mention.speakers
    ):
        return False  # "at first denied it; later its television confirmed the raids"
    accused = Parties.of(actor for mention in mentions for actor in mention.actors).all()
    if accused.isdisjoint(deniers):
        denials = [one for one in denials if words.part.isdisjoint(one.text.lower().split())]
    return bool(denials)


def _yields(actor: Actor, deniers: set[str]) -> bool:
    """Whether somebody who confirms it ends the doubt: one who denied it, or who only reports."""
    return actor.media or actor.sense == _ORGANISATION or _party(actor) in deniers


def _doubted(
    mentions: Sequence[Mention], deniers: set[str], words: JoiningWords, *, neutral: bool
) -> str:
    """Tell the status of what somebody denies who has no account of his own."""
    accused = Parties.of(actor for mention in mentions for actor in mention.actors)
    who = accused.all()
    if who and who.isdisjoint(deniers) and deniers:
        return "disputed"  # the other side says that it did not happen
    if who and not deniers and any(_affirming([one]) for one in mentions):
        return "disputed"  # "a claim that the governor's office rejects"
    named = any(not words.general.keys().isdisjoint(one.text.split()) for one in _denials(mentions))
    if not who and neutral and not named:
        return "reported"  # that it happened is not denied, only who did it
    return "disputed" if neutral else "denied"


def _part(
    happened: Sequence[Mention], deniers: set[str], event: Involved, sides: Sides
) -> tuple[list[Mention], list[Mention]]:
    """Part the accounts that cannot both be true: the first, and what contradicts it."""
    main: list[Mention] = []
    other: list[Mention] = []
    actors: set[str] = set()
    targets: set[str] = set()
    named: set[str] = set()
    voices: set[str] = set()
    for mention in sorted(happened, key=lambda one: _by(one, deniers)):
        who, whom = Parties.of(mention.actors), Parties.of(mention.targets)
        speaking = {_party(one.actor) for one in _affirming([mention]) if one.actor is not None}
        apart = bool(speaking) and speaking.isdisjoint(voices)
        others = bool(whom) and targets.isdisjoint(whom.all())
        known = bool(targets & named)  # two names may both be right
        named |= whom.named
        denying = _by(mention, deniers)
        party = (
            bool(targets and named)
            and not mention.aimed
            and not (known and whom.named)
            and all(sides.takes_part(one, event) for one in _affirming([mention]))
        )
        by_others = bool(actors and who.named) and who.named.isdisjoint(actors)
        # "Y denied that it had fired it, and accused X": that X did it is Y's account.
        by_others |= denying and bool(who.named) and who.named.isdisjoint(deniers)
        # "X attacked Y. Y said it killed 80": those attacked fought back.
        back = mention.kind == _CLASH and bool(who.named) and not denying
        them = whom.named & actors or (mention.definite and not whom and mention.killed)
        back = back and (who.named <= targets or bool(them))
        if main and apart and not back and (by_others or (others and (denying or party))):
            other.append(mention)
            continue
        main.append(mention)
        actors |= who.named
        targets |= whom.all()
        voices |= speaking
    main.sort(key=lambda one: one.start)
    return main, other


def _by(mention: Mention, speakers: set[str]) -> bool:
    """Whether it is told by some of these parties."""
    return any(
        one.actor is not None and _party(one.actor) in speakers for one in _affirming([mention])
    )


def _neutral(told: Sequence[Mention], event: Involved, sides: Sides, title: int | None) -> bool:
    """
    Whether somebody says so who is no party to it: the report itself, or a voice it cites.

    A headline leaves out who says so, and what points back goes on with what was said before:
    they speak for the report only if nobody is named in what it tells.
    """
    cited = [mention for mention in told if _affirming([mention])]
    for mention in told:
        speakers = _affirming([mention])
        if speakers:
            if not all(sides.takes_part(one, event) for one in speakers):
                return True
        elif not cited or not (
            mention.sentence == title or (mention.definite and mention is not told[0])
        ):
            return True
    return False


def _affirmed(mention: Mention) -> bool:
    """Whether it says that it happened: in the report's own voice, or somebody's."""
    return not mention.speakers or bool(_affirming([mention]))


def _affirming(mentions: Iterable[Mention]) -> list[Speaker]:
    return [one for mention in mentions for one in mention.speakers if one.stance != "denies"]


def _denials(mentions: Iterable[Mention]) -> list[Speaker]:
    return [one for mention in mentions for one in mention.speakers if one.stance == "denies"]


def _mutual(mention: Mention) -> bool:
    """Whether the parties blame each other: the same one says so and denies it."""
    claims = {_party(one.actor) for one in _affirming([mention]) if one.actor is not None}
    return any(
        one.actor is None or _party(one.actor) in claims for one in _denials([mention])
    ) and bool(_affirming([mention]))


def _party(actor: Actor | None) -> str:
    return "" if actor is None else actor.party or actor.name


def _name(actor: Actor) -> str:
    """Whom a speaker speaks for, as a reader knows it."""
    return (actor.party or actor.name) if actor.sense == "person" else actor.name


def _names(speakers: Iterable[Speaker]) -> list[str]:
    return list(dict.fromkeys(_name(one.actor) for one in speakers if one.actor is not None))


def _told_otherwise(
    main: Sequence[Mention], other: Sequence[Mention], words: JoiningWords
) -> list[str]:
    """Say what those who contradict say."""
    notes = []
    targets = {actor.name for mention in main for actor in mention.targets}
    actors = {actor.name for mention in main for actor in mention.actors}
    for mention in other:
        who = _JOINED.join(_names(_affirming([mention])))
        whom = [actor.name for actor in mention.targets if actor.name not in targets]
        if whom:
            target = _JOINED.join(dict.fromkeys(whom))
            notes.append(words.notes["other_target"].format(who=who, target=target))
        by = [actor.name for actor in mention.actors if actor.name not in actors]
        if by:
            actor_names = _JOINED.join(dict.fromkeys(by))
            notes.append(words.notes["other_actor"].format(who=who, actor=actor_names))
    return notes
