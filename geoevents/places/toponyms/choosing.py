"""Choosing among namesakes for whole documents, many at once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places.countries import STATES
from geoevents.places.finding import Asked, resolve
from geoevents.places.folding import fold
from geoevents.places.gazetteer import kind_code
from geoevents.places.grounds import ground_of
from geoevents.places.ranking import Candidates, Hints, rank
from geoevents.places.reasons import reasons
from geoevents.places.toponyms.nations import nations
from geoevents.places.voting import Company

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoevents.places.gazetteer import Gazetteer

    Ints = NDArray[np.intp]

#: No more places of one name are weighed in a document: the likeliest.
_MOST: Final = 100
_LEAST: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Named:
    """
    A mention of a place in a document.

    Attributes
    ----------
    text : str
        Its name.
    weight : float
        What it counts for the choice among namesakes of other names: 1 for a place, 0.3 for a
        demonym, 0 for what must not count.
    kinds : tuple of str
        The only kinds that words beside it allow ("Khabur River", "city of"); empty for all. Where
        no place of the name is of these kinds they are passed over.
    within : int or None
        Which mention of the document says what it lies in ("Springfield, Illinois").
    position : int
        Where it stands in the text.
    country : str
        Of a demonym or a government the code of its country, "CD|CG" of several; "" of a name.
    """

    text: str
    weight: float = 1.0
    kinds: tuple[str, ...] = ()
    within: int | None = None
    position: int = 0
    country: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The place that a mention means.

    Attributes
    ----------
    feature : int
        Its number in the gazetteer, -1 where there is none.
    score : float
        How well the name fits times how likely this place is meant.
    alternatives : int
        How many namesakes are worth telling.
    ambiguous : bool
        Whether another is nearly as likely.
    why : str
        Why this one, in a sentence.
    """

    feature: int = -1
    score: float = 0.0
    alternatives: int = 0
    ambiguous: bool = False
    why: str = ""


_NONE: Final = Choice()


def choose(
    documents: Sequence[Sequence[Named]],
    gazetteer: Gazetteer,
    *,
    countries: NDArray[np.bool_] | None = None,
) -> list[list[Choice]]:
    """
    Choose the place that each mention means, so that those of a document fit together.

    Parameters
    ----------
    documents : sequence of sequence of Named
        For each document its mentions, in the order of the text.
    gazetteer : Gazetteer
        Where to look.
    countries : ndarray of bool, optional
        For each country of the gazetteer whether places there may be meant; all if left out.

    Returns
    -------
    list of list of Choice
        For each document, for each mention.

    Notes
    -----
    A name has one sense in a document, unless the text itself says otherwise ("Paris, Texas" and
    "Paris, France"): what a mention is said to lie in settles the later ones without.

    Examples
    --------
    >>> from geoevents import Gazetteer
    >>> text = [Named("Springfield", within=1), Named("Illinois"), Named("Springfield")]
    >>> (chosen,) = choose([text], Gazetteer.default())
    >>> chosen[2].why
    'chosen among 33 places of that name: the text says that it lies in Illinois'
    """
    pairs = _Pairs.of(documents)
    known, prior = _look_up(pairs.names, gazetteer, countries)
    c, origin = _spread(known, np.array(pairs.name, np.intp), len(pairs.names))
    size = len(pairs.name)
    company = Company(
        ground_of(gazetteer),
        np.array(pairs.document, np.intp),
        np.array(pairs.weight, float),
        within=np.array(pairs.within, np.intp),
    )
    stands = None
    if gazetteer.is_mixed:
        stand_in = Asked(gazetteer, countries).hints().stand_ins
        assert stand_in is not None  # noqa: S101 -- of mixed ones there is one
        moved = (stand_in(known, prior) - np.arange(len(prior)))[origin]

        def stands(c: Candidates, weight: NDArray[np.float64]) -> Ints:
            del weight
            return np.arange(len(c.query)) + moved

    ranking = rank(c, size, Hints(countries, None, company, stands))
    why = reasons(c, ranking, company, pairs.words, prior[origin])
    best = ranking.best
    has = best >= 0
    at = np.where(has, best, 0)
    feature = np.where(has, c.feature[at], -1) if len(c.feature) else np.full(size, -1)
    score = np.where(has, ranking.score[at], 0.0) if len(c.feature) else np.zeros(size)
    choices = [
        Choice(*row) if row[0] >= 0 else _NONE
        for row in zip(
            feature.tolist(),
            score.tolist(),
            ranking.rivals.tolist(),
            ranking.ambiguous.tolist(),
            why,
            strict=True,
        )
    ]
    return [[choices[pair] for pair in some] for some in pairs.of_mention]


# ---------------------------------------------------------------------- names in documents

#: What is looked up: text, kinds, codes of countries.
_Name = tuple[str, tuple[str, ...], str]


class _Pairs:
    """The distinct names of each document."""

    def __init__(self) -> None:
        self.names: dict[_Name, int] = {}
        self.name: list[int] = []
        self.document: list[int] = []
        self.weight: list[float] = []
        self.within: list[int] = []
        self.words: list[str] = []
        self.of_mention: list[list[int]] = []

    @classmethod
    def of(cls, documents: Sequence[Sequence[Named]]) -> _Pairs:
        pairs = cls()
        for number, mentions in enumerate(documents):
            pairs.add(number, mentions)
        return pairs

    def add(self, document: int, mentions: Sequence[Named]) -> None:
        containers = {m.within for m in mentions if m.within is not None}
        names = [self.number(m, contains=i in containers) for i, m in enumerate(mentions)]
        # A name with something that it lies in, and the last such of each name.
        pair: dict[tuple[int, int], int] = {}
        said = {
            names[i]: names[m.within]
            for i, m in reversed([*enumerate(mentions)])
            if m.within is not None and 0 <= m.within < len(names) and m.within != i
        }
        of_mention = []
        inner: dict[int, int] = {}
        for i, m in enumerate(mentions):
            if m.within is not None and 0 <= m.within < len(names) and m.within != i:
                said[names[i]] = names[m.within]
            key = (names[i], said.get(names[i], -1))
            at = pair.get(key)
            if at is None:
                at = pair[key] = len(self.name)
                self.name.append(names[i])
                self.document.append(document)
                self.weight.append(m.weight)
                self.within.append(-1)
                self.words.append(m.text)
                if key[1] >= 0:
                    inner[at] = key[1]
            elif m.weight > self.weight[at]:
                self.weight[at] = m.weight
            of_mention.append(at)
        first = {name: at for (name, _), at in reversed(pair.items())}
        for at, outer in inner.items():
            self.within[at] = first[outer]
        self.of_mention.append(of_mention)

    def number(self, m: Named, *, contains: bool) -> int:
        text = m.text
        if contains and len(text) <= _ABBREVIATED:
            text = STATES.get(fold(text), text)
        key = (text, m.kinds, m.country)
        return self.names.setdefault(key, len(self.names))


_ABBREVIATED: Final = 4


# ---------------------------------------------------------------------- candidates


def _look_up(
    names: dict[_Name, int], gazetteer: Gazetteer, countries: NDArray[np.bool_] | None
) -> tuple[Candidates, NDArray[np.float64]]:
    """Return what each distinct name may mean, and how likely without any other."""
    groups: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    coded: list[tuple[str, int]] = []
    known = nations(gazetteer)
    for (text, kinds, country), number in names.items():
        # A gazetteer of one's own may have countries of its own.
        if not known.keys().isdisjoint(country.split("|")):
            coded.append((country, number))
        else:
            groups.setdefault(kinds, []).append((text, number))
    parts: list[tuple[Candidates, NDArray[np.float64]]] = []
    again: list[tuple[str, int]] = []
    for kinds in sorted(groups, key=bool, reverse=True):
        some = groups[kinds] if kinds else groups[kinds] + again
        again += _search(some, kinds, gazetteer, countries, parts)
    if again and () not in groups:
        _search(again, (), gazetteer, countries, parts)
    parts.append(_nations(coded, gazetteer))
    joined = Candidates(
        **{
            field.name: np.concatenate([getattr(c, field.name) for c, _ in parts])
            for field in fields(Candidates)
        }
    )
    share = np.concatenate([share for _, share in parts])
    order = np.lexsort((-share, joined.query))
    return _taken(joined, order), share[order]


def _search(
    some: Sequence[tuple[str, int]],
    kinds: tuple[str, ...],
    gazetteer: Gazetteer,
    countries: NDArray[np.bool_] | None,
    parts: list[tuple[Candidates, NDArray[np.float64]]],
) -> list[tuple[str, int]]:
    """Look names up; returns those of which no place is of these kinds."""
    codes = tuple(kind_code(kind) for kind in kinds)
    asked = Asked(gazetteer, countries, None, codes)
    c, ranking = resolve([text for text, _ in some], asked, guesses=False)
    number = np.array([n for _, n in some], np.intp)
    likely = ranking.share >= _LEAST
    rank_in_name = np.empty(len(c.query), np.intp)
    rank_in_name[ranking.order] = np.arange(len(c.query))
    first = np.searchsorted(c.query, c.query)
    likely &= rank_in_name - first < _MOST
    kept = _taken(c, np.flatnonzero(likely))
    kept.query[:] = number[kept.query]
    parts.append((kept, ranking.share[likely]))
    return [one for one, best in zip(some, ranking.best.tolist(), strict=True) if best < 0]


def _nations(
    coded: Sequence[tuple[str, int]], gazetteer: Gazetteer
) -> tuple[Candidates, NDArray[np.float64]]:
    known = nations(gazetteer)
    query, feature, share = [], [], []
    for codes, number in coded:
        some = [known[code] for code in codes.split("|") if code in known]
        query += [number] * len(some)
        feature += some
        share += [1 / len(some)] * len(some)
    ones = np.ones(len(query))
    c = gazetteer.candidates(np.array(query, np.intp), np.array(feature, np.intp), ones, ones)
    return c, np.array(share)


def _taken(c: Candidates, at: Ints) -> Candidates:
    return Candidates(**{field.name: getattr(c, field.name)[at] for field in fields(Candidates)})


def _spread(known: Candidates, name: Ints, names: int) -> tuple[Candidates, Ints]:
    """Repeat the candidates of each name for each document that has it."""
    first = np.searchsorted(known.query, np.arange(names + 1))
    sizes = np.diff(first)[name] if names else np.empty(0, np.intp)
    owner = np.repeat(np.arange(len(name)), sizes)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    origin = first[name[owner]] + within
    c = _taken(known, origin)
    c.query[:] = owner
    return c, origin
