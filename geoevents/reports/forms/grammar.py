"""
The forms of a language, and where a text has them.

A text is cut into pieces (a word, a figure, a mark, a run of spaces), each piece is replaced by
one character that stands for all that it can be ("second": an ordinal and a unit of time), and the
forms, as regular expressions over these characters, do the rest. Nothing in them is repeated
without bound, so time is in proportion to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import accumulate
from operator import contains
from typing import TYPE_CHECKING, Any, NamedTuple

from geoevents.reports.errors import LanguageError
from geoevents.reports.forms.pieces import KINDS, Numerals, every_look, spelled
from geoevents.reports.forms.writing import (
    HEAD,
    SPACE,
    Form,
    Node,
    Slot,
    Writer,
    chain,
    choice,
    one_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from geoevents.prose import Document
    from geoevents.reports.forms.writing import Head
    from geoevents.reports.language import Language

_TABLES = ("when", "quantities")
_SLOT = re.compile(r"\{([^{}:]*)[^{}]*\}")
_BLANK, _WORD = " ", "w"
# The characters that stand for pieces: those below 256 first, which make the smallest patterns.
_CODES = [chr(n) for n in (*range(0x21, 0x100), *range(0x100, 0x3000)) if chr(n) != _WORD]
_REMEMBERED = 50_000  # pieces, and beginnings
_SHORT, _FEW = 3, 2  # characters that mostly tell which few forms can begin so; else HEAD do
_LONG = 30  # characters of a piece that is not remembered
_ALIASES = {"'": "’ʼ", "-": "‐‑–"}  # marks that stand for one another


class Found(NamedTuple):
    """
    A form found in a text.

    Attributes
    ----------
    reading : str
        What the language file says it is.
    start, end : int
        Where it stands in the text.
    slots : dict
        What its slots were filled with: the value that the table of the language gives the word;
        the words themselves for figures and fragments.
    spans : dict
        Where each slot stands in the text.
    before, after : str
        The pieces beside it, spaces left out, as tables spell them; empty at the ends of the
        sentence.
    """

    reading: str
    start: int
    end: int
    slots: dict[str, Any]
    spans: dict[str, tuple[int, int]]
    before: str
    after: str


class Grammar:
    """
    The forms of a language, ready to be looked for.

    Parameters
    ----------
    language : Language
        Its tables ``when`` and ``quantities`` have ``words``, ``fragments`` and ``forms``.

    Attributes
    ----------
    words : dict
        For each table of words the value of each.
    numerals : Numerals
        How figures are written.
    capitals : set of str
        Tables whose words are read with a capital letter only.
    small : set of str
        Words of these that are read without one as well.
    """

    def __init__(self, language: Language) -> None:
        self.words: dict[str, dict[str, Any]] = {}
        self.numerals = Numerals(language.table("quantities").get("numerals", {}))
        self._fragments: dict[str, str] = {}
        self.capitals: set[str] = set()
        self.small: set[str] = set()
        says: list[tuple[str, str, str]] = []  # table, reading, form
        for name in _TABLES:
            table = language.table(name)
            self.capitals |= set(table.get("capitals", ()))
            self.small |= set(table.get("small", ()))
            self._fragments |= table.get("fragments", {})
            for key, words in table.get("words", {}).items():
                self.words[key] = words if isinstance(words, dict) else dict.fromkeys(words, True)
            says += [
                (name, form["reading"], say)
                for form in table.get("forms", ())
                for say in form["say"]
            ]
        self._codes_of_kind, self._codes = _coded(
            _known(self, {*(say for _, _, say in says), *self._fragments.values()}), self.numerals
        )
        self._by_first: dict[str, list[tuple[Form, Head]]] = {}
        writer = Writer(self._slot, self._literal)
        for name, reading, say in says:
            try:
                form = writer.write(reading, say)
            except (ValueError, KeyError, RecursionError) as error:
                raise LanguageError(
                    f"{language.origin(name)}: [{name}] has a form that cannot be read,"
                    f" {say!r}: {error}"
                ) from error
            for head in form.heads:
                for code in head[0]:
                    self._by_first.setdefault(code, []).append((form, head))
        self._starts = re.compile(one_of("".join(sorted(self._by_first))).pattern)
        self._by_head: dict[str, tuple[Form, ...]] = {}

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """
        Find the forms in a sentence: the longest at each place, none over another.

        Parameters
        ----------
        text : str
            The text.
        start, end : int
            The sentence.

        Returns
        -------
        list of Found
            In the order of the text.
        """
        pieces = self.numerals.cut(text[start:end])
        found: list[Found] = []
        offsets: list[int] = []
        # One at a time: a match weighs more than what is read of it, and lists hold thousands.
        for form, match in self._matches("".join(map(self._codes.__getitem__, pieces))):
            offsets = offsets or list(accumulate(map(len, pieces), initial=start))
            found.append(self._fill(form, match, text, pieces, offsets))
        return found

    def _matches(self, codes: str) -> Iterator[tuple[Form, re.Match[str]]]:
        """Find the longest forms, none over another, in a text of characters for pieces."""
        led: dict[int, list[tuple[Form, re.Match[str]]]] = {}  # what began before, by its start
        position, length = 0, len(codes)
        while True:
            hit = self._starts.search(codes, position)
            at = hit.start() if hit else length
            if led:
                at = min(at, *led)
            if at == length:
                return
            matches = led.pop(at, [])
            for form in self._forms(codes, at):
                if match := form.match(codes, at):
                    if form.lead:
                        led.setdefault(match.start(1), []).append((form, match))
                    else:
                        matches.append((form, match))
            position = at + 1
            if matches:
                longest = max(matches, key=_end)
                yield longest
                position = longest[1].end()
                led = {begin: those for begin, those in led.items() if begin >= position}

    def _forms(self, codes: str, at: int) -> tuple[Form, ...]:
        """List the forms that may begin at a place: few, told by the characters there."""
        head = codes[at : at + _SHORT]
        forms = self._by_head.get(head)
        if forms is None:
            forms = self._beginning(head)
        if len(forms) > _FEW:
            head = codes[at : at + HEAD]
            forms = self._by_head.get(head)
            if forms is None:
                forms = self._beginning(head)
        return forms

    def _beginning(self, head: str) -> tuple[Form, ...]:
        """List the forms that can begin with three characters, in their order."""
        forms = {
            id(form): form
            for form, heads in self._by_first.get(head[0], ())
            if min(len(heads), _SHORT) <= len(head) and all(map(contains, heads, head))
        }
        if len(self._by_head) >= _REMEMBERED:
            self._by_head.clear()
        self._by_head[head] = mine = tuple(forms.values())
        return mine

    def _fill(
        self,
        form: Form,
        match: re.Match[str],
        text: str,
        pieces: Sequence[str],
        offsets: Sequence[int],
    ) -> Found:
        """Read what the slots of a form were filled with."""
        slots: dict[str, Any] = {}
        spans: dict[str, tuple[int, int]] = {}
        for (key, table), (first, last) in zip(form.keys, match.regs[1:], strict=True):
            if first < 0 or key in slots:
                continue
            start, end = spans[key] = offsets[first], offsets[last]
            words = text[start:end]
            slots[key] = words if table is None else self.words[table][spelled(words)]
        first, last = match.span(form.lead)
        return Found(
            form.reading,
            offsets[first],
            offsets[last],
            slots,
            spans,
            _beside(pieces, first - 1, -1),
            _beside(pieces, last, 1),
        )

    def _slot(self, name: str) -> Slot:
        """Give what may fill a slot."""
        if name in self._fragments:
            return Slot(None, self._fragments[name], None)
        if name == "word":
            return Slot(one_of(_WORD), None, None)
        if name in KINDS:
            return Slot(one_of(self._codes_of_kind.get(name, "")), None, None)
        if name not in self.words:
            raise KeyError(f"no words and no fragment are named {name!r}")
        nodes = []
        for word in sorted(self.words[name], key=len, reverse=True):
            parts = self.numerals.cut(word)
            if len(parts) > 1:
                nodes.append(chain([SPACE if p.isspace() else self._literal(p) for p in parts]))
        if codes := self._codes_of_kind.get(name):
            nodes.append(one_of(codes))
        return Slot(choice(nodes), None, name)

    def _literal(self, piece: str) -> Node:
        """Give a piece that stands for itself."""
        return one_of(self._codes_of_kind.get(f"={piece.lower()}", ""))


def _known(grammar: Grammar, says: Collection[str]) -> dict[str, set[str]]:
    """Tell of each piece of tables and forms all that it can be."""
    cut = grammar.numerals.cut
    kinds: dict[str, set[str]] = {}
    names = {name for say in says for name in _SLOT.findall(say)}
    for table in names & set(grammar.words):
        for word in grammar.words[table]:
            parts = cut(word)
            for part in parts:
                kinds.setdefault(part, set()).add(table if len(parts) == 1 else f"={part}")
    for part in (part.lower() for say in says for part in cut(_SLOT.sub(" ", say))):
        kinds.setdefault(part, set()).add(f"={part}")
    known: dict[str, set[str]] = {}
    for part, mine in kinds.items():
        known[part] = set(mine) if part in grammar.small else mine - grammar.capitals
        known.setdefault(part.capitalize(), set()).update(mine)
        known.setdefault(part.upper(), set()).update(mine)
        known.update(dict.fromkeys(_ALIASES.get(part, ""), mine))
    figures = {*map(str, range(3000)), *(f"{figure:02}" for figure in range(10))}
    for piece in figures | {piece for piece in known if piece[0].isdecimal()}:
        known[piece] = known.get(piece, set()) | grammar.numerals.kinds(piece)
    return {piece: mine for piece, mine in known.items() if mine and not piece.isspace()}


def _coded(known: dict[str, set[str]], numerals: Numerals) -> tuple[dict[str, str], _Codes]:
    """Give pieces characters, the same to those that can be the same; and list those of a kind."""
    looks = {frozenset(mine) for mine in (*known.values(), *every_look())}
    count = Counter(kind for look in looks for kind in look)
    # Those of kinds that many pieces share first: sets of the first 256 characters are smallest.
    ordered = sorted(looks, key=lambda look: (-max(count[kind] for kind in look), sorted(look)))
    code_of = dict(zip(ordered, _CODES, strict=False))
    codes_of_kind: dict[str, str] = {}
    for look, code in code_of.items():
        for kind in look:
            codes_of_kind[kind] = codes_of_kind.get(kind, "") + code
    pieces = {piece: code_of[frozenset(mine)] for piece, mine in known.items()}
    return codes_of_kind, _Codes(pieces, {look: code_of[look] for look in every_look()}, numerals)


@cache
def grammar(language: Language) -> Grammar:
    """
    Make the forms of a language ready, once.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    Grammar
        Its forms.
    """
    return Grammar(language)


def find_forms(document: Document, language: Language) -> tuple[tuple[Found, ...], ...]:
    """
    Find the forms of a document, sentence by sentence.

    Parameters
    ----------
    document : Document
        The document.
    language : Language
        The language whose forms are looked for.

    Returns
    -------
    tuple of tuple of Found
        What each sentence has.
    """
    sentences = tuple((sentence.start, sentence.end) for sentence in document.sentences)
    return _find(language, document.text, sentences)


@lru_cache(maxsize=1)  # dates and quantities of a document are looked for one after the other
def _find(
    language: Language, text: str, sentences: tuple[tuple[int, int], ...]
) -> tuple[tuple[Found, ...], ...]:
    """Find the forms of each sentence of a text."""
    find = grammar(language).find
    return tuple(tuple(find(text, start, end)) for start, end in sentences)


class _Codes(dict[str, str]):
    """The character of each piece; that of an unknown one is remembered, up to a point."""

    def __init__(
        self, known: dict[str, str], looks: dict[frozenset[str], str], numerals: Numerals
    ) -> None:
        super().__init__(known)
        self._looks, self._kinds = looks, numerals.kinds
        self._room = _REMEMBERED

    def __missing__(self, piece: str) -> str:
        """Tell it from how the piece looks."""
        head = piece[0]
        if head.isspace():
            code = _BLANK
        elif head.isdecimal():
            code = self._looks.get(frozenset(self._kinds(piece)), _WORD)
        else:
            code = _WORD
        if self._room > 0 and len(piece) < _LONG:
            self._room -= 1
            self[piece] = code
        return code


def _end(found: tuple[Form, re.Match[str]]) -> int:
    """Where a form ends."""
    return found[1].end()


def _beside(pieces: Sequence[str], at: int, step: int) -> str:
    """Give the next piece in a direction that is no space; empty beyond the ends."""
    if 0 <= at < len(pieces) and pieces[at].isspace():
        at += step
    return spelled(pieces[at]) if 0 <= at < len(pieces) else ""
