"""
Forms written as regular expressions.

A form is written as it is read: ``"{dd:day} [of ]{month}[,] {yyyy:year}"``. It is made of

- words and marks, which stand for themselves; a space is any run of spaces and line breaks;
- ``{slot}``: a word of the table of that name, ``{word}`` one that is in no table, a kind of
  figures (``pieces.KINDS``), or a fragment (a form that has a name, to be used in others);
  ``{slot:key}`` gives what it is filled with another name, ``{slot:-}`` none;
- ``[...]``, what may be missing; ``(...|...)``, one of several; ``(...)*``, up to eight times;
- ``<...>`` at the end: what must follow; at the beginning: what must stand before. Neither is part
  of what is found; a backslash stands before a mark that would else be one of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST = 8  # how often what stands in (...)* may stand
#: How many characters of its beginning are known of a form.
HEAD = 5
_TOKENS = re.compile(r"\\.|\{[^{}]*\}|\s+|[^\W\d_]+|\d+|.", re.DOTALL)


#: What a part of a form can begin with: for its first characters the sets that each may be of.
Head = tuple[str, ...]


class Node(NamedTuple):
    """
    A part of a form.

    Attributes
    ----------
    pattern : str
        As a regular expression.
    heads : dict
        The first five characters that it can have, or all if they are fewer; the keys count.
    """

    pattern: str
    heads: dict[Head, None]

    @property
    def empty(self) -> bool:
        """Whether it may be missing."""
        return () in self.heads


SPACE = Node(" ", {(" ",): None})


class Slot(NamedTuple):
    """
    What a slot may be filled with.

    Attributes
    ----------
    node : Node or None
        A word or a figure.
    fragment : str or None
        Or else the form that it stands for.
    table : str or None
        The table that knows the words' values.
    """

    node: Node | None
    fragment: str | None
    table: str | None


@dataclass(frozen=True, eq=False)
class Form:
    """
    A form, as a regular expression over the characters that stand for pieces.

    Attributes
    ----------
    reading : str
        What it is read as.
    pattern : str
        The regular expression.
    keys : tuple
        For each of its groups the name, and the table of values or None.
    lead : int
        The number of the group that is found; 0 if all is.
    heads : tuple
        What it can begin with.
    """

    reading: str
    pattern: str
    keys: tuple[tuple[str, str | None], ...]
    lead: int
    heads: tuple[Head, ...]

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """What matches it: compiled when first asked for, as most forms are rare."""
        return re.compile(self.pattern).match


class Writer:
    """
    Writes forms.

    Parameters
    ----------
    slot : callable
        Gives for a name what fills the slot; raises KeyError if nothing has that name.
    literal : callable
        Gives the node of a word or mark that stands for itself.
    """

    def __init__(self, slot: Callable[[str], Slot], literal: Callable[[str], Node]) -> None:
        self._slot, self._literal = slot, literal
        self._keys: list[tuple[str, str | None]] = []

    def write(self, reading: str, say: str) -> Form:
        """
        Write a form.

        Parameters
        ----------
        reading : str
            What it is read as.
        say : str
            The form.

        Returns
        -------
        Form
            The form.

        Raises
        ------
        ValueError
            If its brackets do not match, or it may be empty.
        """
        before, follow = None, None
        if say.startswith("<"):
            context, say = say[1:].split(">", 1)
            before = _silent(self._whole(context))
        if say.endswith(">"):
            say, _, context = say[:-1].rpartition("<")
            follow = _silent(self._whole(context))
        self._keys = [("", None)] if before else []
        parts = [self._whole(say)]
        if before:
            # What stands before has no groups: the first is all that is found.
            parts = [before, Node(f"({parts[0].pattern})", parts[0].heads)]
        if follow:
            parts.append(Node(f"(?={follow.pattern})", follow.heads))
        whole = chain(parts)
        return Form(
            reading, whole.pattern, tuple(self._keys), int(bool(before)), tuple(whole.heads)
        )

    def _whole(self, say: str) -> Node:
        """Write all of a text."""
        source = _Source(say)
        node = self._sequence(source, "")
        if rest := source.rest():
            raise ValueError(f"{rest!r} closes what was not opened")
        if node.empty:
            raise ValueError(f"{say!r} may be empty")
        return node

    def _sequence(self, source: _Source, prefix: str) -> Node:
        """Write parts up to a mark that closes them; several if parted by bars."""
        choices: list[Node] = []
        parts: list[Node] = []
        while token := source.take():
            if token in {"]", ")"}:
                source.back()
                break
            if token == "|":  # noqa: S105 -- a mark
                choices.append(chain(parts))
                parts = []
            else:
                parts.append(self._part(token, source, prefix))
        choices.append(chain(parts))
        return choice(choices)

    def _part(self, token: str, source: _Source, prefix: str) -> Node:
        """Write one part."""
        if token == "[":  # noqa: S105 -- a mark
            inner = self._sequence(source, prefix)
            source.expect("]")
            return Node(f"(?:{inner.pattern})?", inner.heads | {(): None})
        if token == "(":  # noqa: S105 -- a mark
            inner = self._sequence(source, prefix)
            source.expect(")")
            if not source.accept("*"):
                return inner
            heads = chain([Node("", inner.heads | {(): None})] * HEAD).heads
            return Node(f"(?:{inner.pattern}){{0,{_MOST}}}", heads)
        if token.startswith("{"):
            name, _, key = token[1:-1].partition(":")
            return self._filled(name, key, prefix)
        return SPACE if token.isspace() else self._literal(token.removeprefix("\\"))

    def _filled(self, name: str, key: str, prefix: str) -> Node:
        """Write a slot as a group."""
        slot, path, count = self._slot(name), prefix + (key or name), len(self._keys)
        self._keys.append((path, slot.table))
        node = slot.node
        if node is None:
            inside = f"{path}." if key else prefix
            node = self._sequence(_Source(slot.fragment or ""), inside)
        if key == "-":
            del self._keys[count:]
            return _silent(node)
        return Node(f"({node.pattern})", node.heads)


class _Source:
    """The text of a form, token by token."""

    def __init__(self, text: str) -> None:
        self._tokens = _TOKENS.findall(text)
        self._at = 0

    def take(self) -> str:
        """Take the next token; empty at the end."""
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else ""

    def back(self) -> None:
        """Put the last one back."""
        self._at -= 1

    def accept(self, token: str) -> bool:
        """Take a token if it is next."""
        if self.take() == token:
            return True
        self.back()
        return False

    def expect(self, token: str) -> None:
        """Take a token that must be next."""
        if not self.accept(token):
            raise ValueError(f"{token!r} is missing")

    def rest(self) -> str:
        """Give what was not taken."""
        return "".join(self._tokens[self._at :])


def one_of(codes: str) -> Node:
    """
    Write any of some characters.

    Parameters
    ----------
    codes : str
        The characters; none is what no text has.

    Returns
    -------
    Node
        The part.
    """
    return Node(f"[{re.escape(codes)}]" if codes else "(?!)", {(codes,): None})


def chain(parts: Sequence[Node]) -> Node:
    """
    Write parts one after the other.

    Parameters
    ----------
    parts : sequence of Node
        The parts.

    Returns
    -------
    Node
        All of them.
    """
    heads: dict[Head, None] = {(): None}
    for part in parts:
        if all(len(head) >= HEAD for head in heads):
            break
        heads = {
            (*head, *more)[:HEAD]: None
            for head in heads
            for more in (part.heads if len(head) < HEAD else [()])
        }
    return Node("".join(part.pattern for part in parts), heads)


def choice(nodes: Sequence[Node]) -> Node:
    """
    Write one of several parts; earlier ones go first.

    Parameters
    ----------
    nodes : sequence of Node
        The parts.

    Returns
    -------
    Node
        Their choice.
    """
    if len(nodes) == 1:
        return nodes[0]
    heads = {head: None for node in nodes for head in node.heads}
    return Node("(?:" + "|".join(node.pattern for node in nodes) + ")", heads)


def _silent(node: Node) -> Node:
    """Give a part without groups: all its brackets are ours."""
    return node._replace(pattern=re.sub(r"(?<!\\)\((?!\?)", "(?:", node.pattern))
