"""How much speaks for a mention being one of an event, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.joining.fights import fights_back, is_account, is_fray, is_met, strikes_back
from geoevents.reports.joining.likeness import SAME_SPOT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from geoevents.reports.joining.profile import Profile
    from geoevents.reports.joining.told import Told
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.model import Mention, When

#: From here on two mentions are of one event.
ENOUGH: Final = 2.5
# What speaks for it. The figures were set by hand on reports of our own: words that point back are
# nearly enough by themselves; place and day together are; a common actor and kind are not.
_SAME_WORDS: Final = 10.0
_POINTS_BACK: Final = 2.75
_ONE_OF_THEM: Final = 2.5
_HEADLINE: Final = 1.5
_SINGLE: Final = 2.0
_ONCE: Final = 1.0
_NESTED: Final = 1.5
_SAME_DAY: Final = 1.0
_SAME_NUMBER: Final = 1.5
_KNOWN: Final = 1.0
_DENIAL: Final = 1.0
_WHAT_IS_DENIED: Final = 3.0
_GOES_ON: Final = 1.0
_ONLY_ONE: Final = 1.0
_SAME_WORD: Final = 0.5
_NEXT: Final = 0.5
_PART: Final = 1.5
_ACCOUNT: Final = 2.5
_TOLL: Final = 2.0
_ITS_CASUALTIES: Final = 2.0
_PARTY_SPEAKS: Final = 0.5
_OFTEN_TOLD: Final = 0.2
# And what against.
_ONLY_GENERAL: Final = 1.5
_FIRST_TOLD: Final = 1.0
_VAGUE_TIME: Final = 1.5
_OTHER_TARGET: Final = 1.5
_OTHER_NUMBER: Final = 0.5
_OTHER_COUNT: Final = 0.5
_FAR: Final = 0.05
_FARTHEST: Final = 1.0
#: A headline is told again within so many sentences.
_LEAD: Final = 4
#: More mentions than this say no more.
_MENTIONS: Final = 3
#: Times that say when something happened, and not only in which month or year.
_EXACT: Final = frozenset(("day", "week"))
_SAID: Final = "statement"
_CLASH: Final = "armed clash"


def sameness(
    told: Told, profile: Profile, words: JoiningWords, *, only: bool, title: bool
) -> float | None:
    """
    Weigh whether a mention is of an event.

    Parameters
    ----------
    told : Told
        The event.
    profile : Profile
        The mention.
    words : JoiningWords
        The words of the language.
    only : bool
        Whether no other event may be meant.
    title : bool
        Whether the event was last told in the headline.

    Returns
    -------
    float or None
        What speaks for it; from `ENOUGH` on it is. None where something forbids it.
    """
    overlaps = _overlaps(told, profile)
    mention = profile.mention
    another = profile.new and not (told.new and mention.definite) and not _is_member(told, profile)
    another |= not title and _is_later(told, profile)
    another |= _is_listed(told.profiles[-1].mention, mention)
    if another or (mention.apart and not told.apart(profile) and mention.kind not in told.sure):
        return None
    if not overlaps and not _kinds_agree(told, profile, words):
        return None
    where, when = told.places.likeness(profile.places), _when(told, profile)
    if where is None or when is None or _is_at_another(told, profile):
        return None
    if overlaps:
        return _SAME_WORDS
    back = fights_back(told.actors, profile, words)
    others = _changes_back(told, profile, words) or (back and not _is_fought_there(told, profile))
    who = None if others else _who(told, profile)
    if who is None:
        return None
    weight = where + when + who + _figures(told, profile) + _words(told, profile, words)
    weight += _near(told, profile, words, title=title)
    if where >= SAME_SPOT and mention.kind in words.once & told.kinds:
        weight += _ONCE
    part = not told.apart(profile) and _is_part(told, profile)
    part |= is_fray(told, profile, words) and not profile.targets.named
    if profile.first and not (profile.one_of or part) and when < _SAME_DAY and not title:
        weight -= _FIRST_TOLD
    weight += _TOLL if back else 0.0
    return weight + _pointing(told, profile, words, only=only)


def _is_fought_there(told: Told, profile: Profile) -> bool:
    """Whether it was in the fight just told that a state hurt some: "Rebels attacked X. It ..."."""
    near = told.apart(profile) <= 1 and not (profile.places or profile.whens)
    return near and _CLASH in told.kinds


def _is_listed(one: Mention, other: Mention) -> bool:
    """Whether the same words tell of both, each at its member of a list: "shelled A and B"."""
    if one.trigger != other.trigger or not (one.phrases and other.phrases):
        return False
    return one.phrases[0].start != other.phrases[0].start


def _is_at_another(told: Told, profile: Profile) -> bool:
    """Whether a mention names a place that nobody knows, and the event one that is known."""
    mention = profile.mention
    return (
        bool(profile.unknown)
        and bool(told.places.spots)
        and not (mention.definite or mention.of is not None or profile.toll)
        and all(profile.unknown != one.unknown for one in told.profiles)
    )


def _is_member(told: Told, profile: Profile) -> bool:
    """Whether "the second bomb" is one of the twin blasts told of just before."""
    return (
        profile.new
        and profile.pointed
        and told.plural
        and not profile.mention.plural
        and profile.mention.kind in (told.sure or told.kinds)
        and told.apart(profile) <= 1
    )


def _overlaps(told: Told, profile: Profile) -> bool:
    """Whether words name both; the very same words name one event a place."""
    start, end = profile.mention.trigger
    first, last = told.profiles[-1].mention.trigger
    return start < last and first < end and (start, end) != (first, last)


def _is_later(told: Told, profile: Profile) -> bool:
    """Whether a sentence opens with a time of its own, and tells of other parties or dead."""
    if profile.mention.definite or profile.voices or told.voices:
        return False
    who = profile.actors.all()
    others = bool(who and told.actors) and who.isdisjoint(told.actors.all())
    if profile.later and others and told.apart(profile) == 1:
        return True  # "Rebels attacked it. Two days later the army burned the village."
    if profile.opening is None or others or not told.actors:
        return False
    # "On Monday gunmen killed four. That night, gunmen killed nine."
    time, killed = profile.opening.text.lower(), profile.mention.killed
    return (
        killed is not None
        and killed.value is not None
        and bool(told.killed)
        and killed.value not in told.killed
        and all(one.text.lower() != time for one in told.whens)
    )


def _changes_back(told: Told, profile: Profile, words: JoiningWords) -> bool:
    """Whether one tells how a place was taken, and the other how somebody else retook it."""
    if profile.mention.kind not in words.once:
        return False
    came, left = told.actors.all(), profile.targets.all()
    if came & left or told.targets.all() & profile.actors.all():
        return True  # "rebels took X in March; they left it in April"
    if not told.actors or not profile.actors:
        return False
    one, other = told.lemmas & words.back, profile.lemma in words.back
    return bool(one) != other and told.actors.all().isdisjoint(profile.actors.all())


def _kinds_agree(told: Told, profile: Profile, words: JoiningWords) -> bool:
    kind = profile.mention.kind
    if _SAID in told.kinds or kind == _SAID:
        return kind in told.kinds
    if profile.general:
        return not profile.kinds.isdisjoint(told.sure or told.kinds)
    if told.sure:
        hurt = profile.toll and kind in told.kinds
        return hurt or any(words.may_be(kind, other) for other in told.sure)
    return kind in told.kinds


def _when(told: Told, profile: Profile) -> float | None:
    """Weigh the times; None where they are two."""
    listed = [] if profile.entry is None else [profile.entry]
    if not _meet(told.whens or told.entries, profile.whens or listed):
        return None
    if not told.whens or not profile.whens:
        return 0.0
    days, others = _days(told.whens), _days(profile.whens)
    if not days.isdisjoint(others):
        return _SAME_DAY
    vague = bool(days) != bool(others) and not profile.mention.definite
    return -_VAGUE_TIME if vague else 0.0


def _meet(some: Sequence[When], others: Sequence[When]) -> bool:
    """Whether times may be the same; nothing said against it where there are none."""
    return not (some and others) or any(
        one.first <= other.last and other.first <= one.last for one in some for other in others
    )


def _days(whens: Iterable[When]) -> set[dt.date]:
    return {when.first for when in whens if when.precision in _EXACT}


def _who(told: Told, profile: Profile) -> float | None:
    """Weigh the parties; None where they are others, unless somebody else tells it otherwise."""
    definite = profile.mention.definite
    account = is_account(told, profile)
    account |= strikes_back(told, profile) or is_met(told, profile)
    account |= definite and bool(profile.voices) and profile.voices.isdisjoint(told.voices)
    # "X said Y shelled it. Y said X did."
    account |= bool(profile.voices & told.actors.named and profile.actors.named & told.voices)
    who = told.actors.likeness(profile.actors)
    whom = told.targets.likeness(profile.targets)
    if who is None and not account:
        return None
    if whom is None:
        whom = 0.0 if definite or account else -_OTHER_TARGET
    return (who or 0.0) + whom


def _figures(told: Told, profile: Profile) -> float:
    if not told.numbers or not profile.numbers:
        return 0.0
    return _SAME_NUMBER if told.numbers & profile.numbers else -_OTHER_NUMBER


def _words(told: Told, profile: Profile, words: JoiningWords) -> float:
    """Weigh how both are called."""
    mention = profile.mention
    weight = _SAME_WORD if profile.lemma in told.lemmas else 0.0
    if (
        not mention.definite
        and not (profile.toll or is_account(told, profile))
        and not any(words.may_be(mention.kind, kind) for kind in told.sure or told.kinds)
    ):
        weight -= _ONLY_GENERAL
    if mention.plural != told.plural and not profile.one_of:
        weight -= _OTHER_COUNT
    return weight


def _near(told: Told, profile: Profile, words: JoiningWords, *, title: bool) -> float:
    """Weigh how near the one is told to the other."""
    apart, mention, last = told.apart(profile), profile.mention, told.profiles[-1].mention
    weight = 0.0
    if apart <= 1:
        weight += _NEXT + (_SINGLE if mention.kind in words.single else 0.0)
    if last.start <= mention.start and mention.end <= last.end:
        weight += _NESTED  # "struck X, killing 12"
    if not apart and _is_part(told, profile):
        weight += _PART  # "intercepted a missile fired from X"
    if title and apart <= _LEAD:
        weight += _HEADLINE
    if apart <= 1 and mention.kind in told.kinds and all(one.denies() for one in told.profiles):
        weight += _WHAT_IS_DENIED  # "X denied that it struck, after Y said a strike killed 12"
    return weight


def _is_part(told: Told, profile: Profile) -> bool:
    """Whether a sentence goes on with the same kind, and names no other side, place or number."""
    mention = profile.mention
    return (
        mention.kind in told.sure
        and not (profile.targets or profile.new)
        and not (profile.actors and (told.actors or not told.targets))
        and not (profile.places and told.places)
        and not (profile.numbers and told.numbers)
        and mention.plural == told.plural
    )


def _pointing(told: Told, profile: Profile, words: JoiningWords, *, only: bool) -> float:
    """Weigh the words that point back, and who uses them."""
    apart, mention = told.apart(profile), profile.mention
    weight = _DENIAL if profile.denies() else 0.0
    weight += _ACCOUNT if is_account(told, profile) else 0.0
    placed = profile.places and not told.places.holds(profile.places)
    if profile.toll and apart <= 1 and not (placed or profile.whens):
        weight += _TOLL if apart or told.actors or told.whens else 0.0
    if is_fray(told, profile, words) or is_met(told, profile):
        weight += _TOLL
    if mention.of is not None and any(one.mention.trigger == mention.of for one in told.profiles):
        weight += _ITS_CASUALTIES
    if strikes_back(told, profile):
        weight += _TOLL + (_OTHER_TARGET if profile.targets else 0.0)
    if mention.definite:
        weight += _POINTS_BACK - min(apart * _FAR, _FARTHEST)
        weight += _OFTEN_TOLD * min(len(told.profiles) - 1, _MENTIONS)
        weight += _ONLY_ONE if only else 0.0
        concerned = told.targets.named | told.actors.named
        return weight + (0.0 if profile.voices.isdisjoint(concerned) else _PARTY_SPEAKS)
    # "The first bomb went off": but not "the first strike, on 2 September" of one of the 5th.
    dated = profile.known and (profile.places or not _days(profile.whens) <= _days(told.whens))
    if (profile.one_of or _is_member(told, profile)) and apart <= 1 and not dated:
        weight += _ONE_OF_THEM
    elif profile.known:
        weight += _KNOWN
    # A quotation goes on with what its speaker was cited for.
    goes_on = apart <= 1 and mention.quoted and not profile.voices.isdisjoint(told.voices)
    if goes_on and told.actors.named & profile.actors.named:
        weight += _GOES_ON
    return weight
