"""
KML as elements, one placemark at a time.

Hostile files are refused while they are read: a document type (without which there are no entities
to expand or fetch), nesting or elements without end. Nothing that a file points to is fetched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from geoevents.errors import GeoeventsError

_CHUNK_BYTES = 1 << 16
_PIECE_BYTES = 1 << 20  # of text, handed over at a time
_MOST_DEPTH = 100
_MOST_ELEMENTS = 1_000_000  # in one placemark, and outside all of them
_MOST_TAG_BYTES = 1 << 22
_MOST_TEXT = 1 << 26  # characters in one element
_SHOWN = 40
_KEPT = {  # of what stands outside placemarks
    *("kml", "Document", "Folder", "name", "Schema", "SimpleField", "ExtendedData", "Data"),
    *("value", "NetworkLink"),
}
_WITH_TEXT = {"name", "value"}


class Element:
    """
    An element of XML.

    Parameters
    ----------
    tag : str
        Its name, without a prefix.
    attributes : dict of str to str
        As they are.

    Attributes
    ----------
    tag : str
        Its name, without a prefix.
    attributes : dict of str to str
        As they are.
    children : sequence of Element
        Those that are kept, in order.
    """

    __slots__ = ("_texts", "attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] | tuple[()] = ()
        self._texts: list[str] | tuple[()] = ()

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(self._texts)

    def say(self, text: str) -> None:
        """
        Add to its text.

        Parameters
        ----------
        text : str
            A piece of it.
        """
        if self._texts:
            self._texts.append(text)
        else:
            self._texts = [text]

    def add(self, child: "Element") -> None:
        """
        Add a child.

        Parameters
        ----------
        child : Element
            The child.
        """
        if self.children:
            self.children.append(child)
        else:
            self.children = [child]

    def child(self, tag: str) -> "Element | None":
        """
        Find the first child of a name.

        Parameters
        ----------
        tag : str
            The name.

        Returns
        -------
        Element or None
            The child.
        """
        return next((child for child in self.children if child.tag == tag), None)

    def every(self, tag: str) -> "Iterator[Element]":
        """
        Find the elements of a name at any depth.

        Parameters
        ----------
        tag : str
            The name.

        Yields
        ------
        Element
            Each, in the order of the file.
        """
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.every(tag)


@dataclass(slots=True)
class Placemark:
    """
    A placemark and where it stands.

    Attributes
    ----------
    element : Element
        It.
    line : int
        The line of the file that it starts on.
    folders : list of Element
        The folders it is in, the outermost first.
    """

    element: Element
    line: int
    folders: list[Element]


def placemarks(file: IO[bytes], path: Path, root: Element) -> Iterator[Placemark]:
    """
    Read the placemarks of a KML file, one after the other.

    Parameters
    ----------
    file : file object
        The file, in bytes.
    path : pathlib.Path
        What errors call it.
    root : Element
        An empty element; what stands outside placemarks becomes its children.

    Yields
    ------
    Placemark
        Each, as soon as it is complete.

    Raises
    ------
    GeoeventsError
        If the file is not KML, or no file to be trusted.
    """
    parser = expat.ParserCreate()
    state = _State(path, root, parser)
    parser.buffer_text = True
    parser.buffer_size = _PIECE_BYTES
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.text
    parser.StartDoctypeDeclHandler = state.doctype
    fed = 0
    try:
        while chunk := file.read(_CHUNK_BYTES):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _MOST_TAG_BYTES:  # which it reads again and again
                raise GeoeventsError(f"{path}: a tag is longer than {_MOST_TAG_BYTES} bytes")
            yield from state.done
            state.done.clear()
        parser.Parse(b"", True)
        yield from state.done
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: odd encodings
        raise GeoeventsError(f"{path}: is not KML that can be read: {error}") from error


class _State:
    """What is open while a file is read."""

    def __init__(self, path: Path, root: Element, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self.done: list[Placemark] = []
        self._path = path
        self._open = [root]
        self._place = 0  # how deep the placemark that is open began; 0 if none is
        self._line = 0
        self._elements = 0
        self._outside = 0
        self._characters = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        depth = len(self._open)
        if depth == 1 and tag != "kml":
            raise GeoeventsError(f"{self._path}: is not KML: its root is <{tag[:_SHOWN]}>")
        if depth > _MOST_DEPTH:
            raise self._refused(f"is nested more than {_MOST_DEPTH} elements deep")
        element = Element(tag, attributes)
        if self._place:
            self._open[-1].add(element)
            self._elements += 1
        elif tag == "Placemark":
            self._place, self._elements = depth, 0
            self._line = self._parser.CurrentLineNumber
        elif tag in _KEPT:
            self._open[-1].add(element)
            self._outside += 1
        if self._elements > _MOST_ELEMENTS or self._outside > _MOST_ELEMENTS:
            raise self._refused(f"has more than {_MOST_ELEMENTS} elements in one place")
        self._open.append(element)
        self._characters = 0

    def _refused(self, why: str) -> GeoeventsError:
        line = self._parser.CurrentLineNumber
        return GeoeventsError(f"{self._path}: line {line}: {why}: no map needs that")

    def end(self, _: str) -> None:
        element = self._open.pop()
        self._characters = 0
        if self._place == len(self._open):
            folders = [outer for outer in self._open if outer.tag == "Folder"]
            self.done.append(Placemark(element, self._line, folders))
            self._place = 0

    def text(self, text: str) -> None:
        element = self._open[-1]
        self._characters += len(text)
        if self._characters > _MOST_TEXT:
            raise self._refused(f"<{element.tag[:_SHOWN]}> has more than {_MOST_TEXT} characters")
        if self._place or element.tag in _WITH_TEXT:
            element.say(text)

    def doctype(self, *_: object) -> None:
        raise GeoeventsError(
            f"{self._path}: has a document type (<!DOCTYPE>), which no KML needs and attacks use: "
            "take it out if you trust the file"
        )
