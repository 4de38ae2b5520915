"""
From a phrase to a small parse tree: what is said about which name.

The grammar is recursive descent over tokens that know where they stand in the text, so that every
error can underline what it is about. Names are free text: a name ends where a separator or the
words of a relation begin. Place names contain such words too ("Near East", "South Sudan", "In
Salah"), so before a chunk is split the caller's gazetteer is asked whether the whole of it is one.
What was read at a token is kept, so that no phrase takes more than a few passes.

::

    locality   = constraint { "and" constraint }
    constraint = term { [","] term }
    term       = "(" locality ")" | preposition list | list
    list       = item | item { "," item } "and" item
    item       = position | noun-head item | adjective item | name [suffix]
    preposition: near, in, outside, along, 10 km east of, within 5 km of, between (two items) ...
    noun-head:   the mouth of, northern outskirts of, the left bank of, the border between ...
    adjective:   northern, central, rural ...       suffix: area, countryside, border, A-B road ...
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.localities.reading.adjectives import _Adjectives
from geoevents.localities.reading.riverbanks import bank_by, unnamed_bank
from geoevents.localities.reading.words import (
    AROUND,
    CONVERGE,
    ITS,
    MEETS,
    MEETS_INTO,
    SURROUNDING,
    UNREAD,
)
from geoevents.localities.tree import (
    Fix,
    Group,
    LocalityError,
    Name,
    Relation,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoevents.localities.reading.heads import Head
    from geoevents.localities.reading.riverbanks import Bank

MAX_LENGTH = 500
_SHARED = ("countryside", "outskirts")  # "the Aleppo and Idlib countryside" is that of both


def parse(text: str, is_name: Callable[[str], bool] | None = None) -> Tree:
    """
    Read a phrase into a tree.

    Parameters
    ----------
    text : str
        A phrase such as ``"east of the Euphrates River, near Deir Ezzor"``.
    is_name : callable, optional
        Says whether a chunk that holds relation words is, as a whole, a place name.

    Returns
    -------
    Name, Fix, Relation or Group
        The tree; printing it shows the nesting.

    Raises
    ------
    LocalityError
        When the phrase cannot be read; it underlines the part that was not understood.

    Examples
    --------
    >>> print(parse("along the Khabur River between al-Suwar and al-Busayrah"))
    group ","
      along
        name "Khabur River"
      between
        group "and"
          name "al-Suwar"
          name "al-Busayrah"
    >>> print(parse("South Sudan", lambda chunk: chunk == "South Sudan"))
    name "South Sudan"
    """
    if len(text) > MAX_LENGTH:
        raise LocalityError(
            f"a locality is a phrase of at most {MAX_LENGTH} characters and this text has "
            f"{len(text)}; give the words that say where",
            text,
            MAX_LENGTH,
            MAX_LENGTH + 1,
        )
    return _Parser(text, is_name).parse()


class _Parser(_Adjectives):
    """Recursive descent; what was read at a token is kept."""

    def __init__(self, text: str, is_name: Callable[[str], bool] | None) -> None:
        super().__init__(text, is_name)
        self.items: dict[tuple[int, bool], tuple[Tree, int]] = {}
        self.no_list: dict[bool, int] = {}
        self.antecedent: Tree | None = None

    # -- the whole --

    def parse(self) -> Tree:
        self.commas()
        if self.i == self.count:
            raise LocalityError("the phrase is empty; give a place", self.text, 0, len(self.text))
        tree = self.locality()
        self.commas()
        if self.i < self.count:
            if self.key() in UNREAD:
                raise self.unread(self.i)
            raise self.error("this was not understood", self.i, self.count, tree)
        return tree

    def locality(self) -> Tree:
        parts = [self.constraint()]
        while self.joiner():
            parts.append(self.constraint())
        return self.group("and", parts)

    def constraint(self) -> Tree:
        parts: list[Tree] = []
        banks: list[Bank] = []
        self.part(parts, banks)
        while True:
            before = self.i
            self.commas()
            if self.i == self.count or self.kind() == "close" or self.at_joiner():
                break
            if self.i == before and self.kind() != "open" and not self.at_relation():
                break
            if parts and (head := self.orphan()) is not None:
                last = parts.pop()
                parts += self.placed(head, last)
                continue
            self.part(parts, banks)
        by = [self.by_river(bank, parts) for bank in banks]
        return self.group(",", [*parts, *by])

    def part(self, parts: list[Tree], banks: list[Bank]) -> None:
        """Read one of the parts side by side, or a bank of a river that is not named."""
        here = self.i
        bank = unnamed_bank(self)
        if bank is not None and (bank.prefixed or not self.is_known(bank.words)):
            banks.append(bank)
            return
        self.i = here
        parts.append(self.term())

    def by_river(self, bank: Bank, parts: list[Tree]) -> Tree:
        """Make it a bank of the river by what the other parts name."""
        found = bank_by(bank, parts, *self.span(bank.first, bank.end))
        if found is None:
            raise self.error(
                f"{bank.words!r} of which river? Name it, or a place by it", bank.first, bank.end
            )
        return found

    def orphan(self) -> Head | None:
        """Read "10 km NE" where what it is about stands before it."""
        here = self.i
        try:
            head = self.head()
        except LocalityError:
            head = None
        if head is None or not head.orphan:
            self.i = here
            return None
        return head

    def placed(self, head: Head, before: Tree) -> list[Tree]:
        """Make the relation of "10 km NE" after what it is about."""
        end = self.tokens[head.end - 1].end
        return [self.made(head, before, before.start, end)]

    def term(self) -> Tree:
        if self.kind() == "open":
            return self.bracketed()
        if self.at_relation():
            if name := self.known_name():
                return self.listed(name)
            return self.relation()
        return self.listed(self.item())

    def bracketed(self) -> Tree:
        opened = self.i
        self.deeper(opened, "brackets inside brackets")
        self.i += 1
        self.commas()
        tree = self.locality()
        self.commas()
        if self.kind() != "close":
            raise self.error("this bracket is never closed", opened, opened + 1, tree)
        self.i += 1
        self.depth -= 1
        return tree

    def listed(self, first: Tree, *, plain: bool = False) -> Tree:
        """
        Read the rest of "A, B and C", if that is what stands here; a list ends in "and".

        With ``plain``, "and" is followed by a mere name: in "the outskirts of Raqqa and the border"
        it is not the border that has outskirts.
        """
        after = self.i
        items, final = [first], [first]
        while self.i >= self.no_list.get(plain, 0):
            comma = self.commas()
            joined = self.joiner()
            done = self.i == self.count or self.kind() in ("open", "close", "comma")
            if not (comma or joined) or done or self.at_joiner() or self.at_pronoun():
                break
            if self.ends_list():
                break
            item = self.item()
            if plain and joined and not comma and not isinstance(item, Name | Fix):
                break
            items.append(item)
            if joined:
                after, final = self.i, list(items)
        if len(final) == 1:
            self.no_list[plain] = max(self.i, self.no_list.get(plain, 0))
        self.i = after
        return self.shared(final) or self.group("and", self.fronted(final))

    def shared(self, items: list[Tree]) -> Tree | None:
        """Share out the last word of "the Raqqa and Hajin areas", "the A and B countryside"."""
        last = items[-1]
        if len(items) == 1 or not isinstance(last, Relation):
            return None
        if not all(isinstance(item, Name) for item in (*items[:-1], last.of)):
            return None
        before = self.text[: items[0].start].casefold().split()[-1:]
        article = self.text[: last.start].casefold().split()[-1:] == ["the"]
        if last.words.casefold() == "areas" or (
            last.kind in _SHARED
            and before == ["the"]
            and not article
            and last.start == last.of.start
        ):
            of = self.group("and", [*items[:-1], last.of])
            return replace(last, of=of, start=of.start)
        return None

    def ends_list(self) -> bool:
        here = self.i
        bank = unnamed_bank(self)
        self.i = here
        return bank is not None or (self.at_relation() and not self.at_known_name())

    # -- items --

    def item(self, *, tight: bool = False) -> Tree:
        """Read what may stand where a name may, read once for each token."""
        key = (self.i, tight)
        if key not in self.items:
            first = self.i
            self.deeper(first, "relations inside relations")
            tree = self.named(tight=tight)
            self.depth -= 1
            self.items[key] = tree, self.i
        tree, self.i = self.items[key]
        self.antecedent = tree
        return tree

    def named(self, *, tight: bool) -> Tree:
        first = self.i
        self.articles()
        if self.i == self.count or self.kind() in ("comma", "close", "open"):
            at = min(self.i, self.count - 1)
            raise self.error("a place name should stand here", at, at + 1)
        fix = self.tokens[self.i].value
        if isinstance(fix, Fix):
            self.i += 1
            return fix
        if known := self.known_name():
            return known
        if self.at_pronoun() and (self.antecedent is not None or self.key() in ITS):
            return self.of_antecedent(self.antecedent, first)
        if (headed := self.headed(tight=tight)) is not None:
            return headed
        if self.at_joiner():
            raise self.error("a place name should stand here", self.i, self.i + 1)
        if self.passed_over():
            return self.item(tight=tight)
        return self.adjective(tight=tight) or self.name()

    def headed(self, *, tight: bool) -> Tree | None:
        """Read "the mouth of X" and the like; refuse what cannot stand for a name."""
        if self.key() == "where" or self.keys(2) == ("point", "where"):
            return self.where()
        here = self.i
        head = self.head()
        if head is None:
            return None
        self.i = here
        if head.noun and not head.orphan:
            return self.relation(tight=tight)
        self.i = here + 1
        if self.at_end() and self.is_known(self.tokens[here].key):
            return self.chunk(here, self.i)
        raise self.error(
            f"{self.said(here, head.end)!r} cannot stand here; put a comma before it, or name a "
            "place",
            here,
            head.end,
        )

    def at_pronoun(self) -> bool:
        """Whether what is next is about the place before it: "its countryside", "environs"."""
        here = self.i
        self.articles()
        found = self.key() in ITS or self.key() in SURROUNDING
        if self.key() in AROUND:
            self.i += 1
            found = self.at_end()
        self.i = here
        return found

    def where(self) -> Tree:
        """Read "where the Khabur meets the Euphrates"."""
        first = self.i
        self.i += 1 if self.key() == "where" else 2
        one = self.item(tight=True)
        joined = self.joiner()
        if joined:
            other = self.item(tight=True)
            met = self.take(CONVERGE)
        else:
            met = self.take(MEETS)
            if not met and self.key() in MEETS_INTO and self.key(1) in ("into", "in", "to"):
                self.i += 2
                met = True
            other = self.item(tight=True) if met else one
        if not met:
            raise self.error(
                "'meets', 'joins' or 'flows into' should follow 'where' and a river",
                *(first, max(self.i, first + 1)),
                one,
            )
        end = other.end if not joined else self.tokens[self.i - 1].end
        of = Group("and", (one, other), one.start, other.end)
        start = self.tokens[first].start
        return Relation("confluence", self.said(first, first + 1), of, start, end)
