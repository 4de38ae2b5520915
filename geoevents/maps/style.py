"""
How events look: a colour, a shape and a glyph for each type, and colours for actors.

The colours of event types are those of Okabe and Ito (2008), darkened where a white glyph stands
on them. No type relies on colour alone: the glyph differs for every type and the shape for every
family of types. The colours of actors are told apart with any common colour vision.
"""

import hashlib
import itertools
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from geoevents.errors import GeoeventsError, shown
from geoevents.maps.colours import alike, hex_colour, variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WHITE = "#ffffff"
_INK = "#1d2125"


class EventStyle(NamedTuple):
    """The look of one event type: fill, glyph colour, outline shape, SVG path in a 24 box."""

    colour: str
    ink: str
    shape: str
    glyph: str


_PLANE = (
    "M12 2C12.9 2 13.4 3.6 13.4 5.2V9.2L21.4 14.2V16.2L13.4 13.8V18.2L16.2 20.2V21.6"
    "L12 20.5L7.8 21.6V20.2L10.6 18.2V13.8L2.6 16.2V14.2L10.6 9.2V5.2C10.6 3.6 11.1 2 12 2Z"
)
_MISSILE = (
    "M21 3C17.6 3.1 15 4.3 12.9 6.4L8.6 10.7L5 11.2L2.6 13.6L6.1 14.5L5 17.4L6.6 19L9.5 17.9"
    "L10.4 21.4L12.8 19L13.3 15.4L17.6 11.1C19.7 9 20.9 6.4 21 3Z"
)
_BURST = (
    "M12 1.5L14.2 7.4L19.6 4.2L17 9.8L22.5 12L17 14.2L19.6 19.8L14.2 16.6L12 22.5L9.8 16.6"
    "L4.4 19.8L7 14.2L1.5 12L7 9.8L4.4 4.2L9.8 7.4Z"
)
_BOMB = (
    "M10.2 8A6.9 6.9 0 1 1 10.2 21.8A6.9 6.9 0 1 1 10.2 8Z"
    "M13.6 7.2L15.4 5.4L18.6 8.6L16.8 10.4Z"
    "M17.4 5.2C18 3 19.6 2 22 2.2L21.8 4.1C20.4 4 19.6 4.6 19.2 5.9Z"
)
_SWORDS = (
    "M3 3H6.2L18.2 15L19.8 13.4L21.2 14.8L19.2 16.8L21.8 19.4L19.4 21.8L16.8 19.2L14.8 21.2"
    "L13.4 19.8L15 18.2L3 6.2Z"
    "M21 6.2L9 18.2L10.6 19.8L9.2 21.2L7.2 19.2L4.6 21.8L2.2 19.4L4.8 16.8L2.8 14.8L4.2 13.4"
    "L5.8 15L17.8 3H21Z"
)
_FLAG = "M5 2H7.4V22.5H5ZM8.4 3C12 1.2 15 5 20.5 2.6V12C15 14.4 12 10.6 8.4 12.4Z"
_ENCIRCLE = (
    "M12 9.2A2.8 2.8 0 1 1 12 14.8A2.8 2.8 0 1 1 12 9.2Z"
    "M12 7.4L8.6 2H15.4ZM12 16.6L15.4 22H8.6ZM7.4 12L2 15.4V8.6ZM16.6 12L22 8.6V15.4Z"
)
_PERSON = (
    "M12 2.4A4 4 0 1 1 12 10.4A4 4 0 1 1 12 2.4Z"
    "M4.6 22C4.6 15.4 7.4 11.8 12 11.8S19.4 15.4 19.4 22Z"
)
_MEGAPHONE = "M2.5 9.4H8L20 4V19L11.6 15.4L13 21H9.6L8 14.6H2.5Z"
_TICK = "M2.6 12.6L5.5 9.7L9.7 13.9L18.5 5.1L21.4 8L9.7 19.7Z"
_SPEECH = "M3 3.5H21V16.5H12L7.4 21V16.5H3Z"
_DOT = "M12 7A5 5 0 1 1 12 17A5 5 0 1 1 12 7Z"

EVENT_STYLES: dict[str, EventStyle] = {
    "air strike": EventStyle("#c2410c", _WHITE, "circle", _PLANE),
    "missile strike": EventStyle("#a8326e", _WHITE, "circle", _MISSILE),
    "shelling": EventStyle("#e69f00", _INK, "circle", _BURST),
    "bombing": EventStyle("#20242a", _WHITE, "circle", _BOMB),
    "armed clash": EventStyle("#f0e442", _INK, "circle", _SWORDS),
    "territorial gain": EventStyle("#00745a", _WHITE, "diamond", _FLAG),
    "siege": EventStyle("#0072b2", _WHITE, "diamond", _ENCIRCLE),
    "attack on civilians": EventStyle("#5b3a99", _WHITE, "circle", _PERSON),
    "protest": EventStyle("#56b4e9", _INK, "square", _MEGAPHONE),
    "agreement": EventStyle("#cc79a7", _INK, "square", _TICK),
    "statement": EventStyle("#5f6873", _WHITE, "square", _SPEECH),
    "other": EventStyle("#a3a9b0", _INK, "square", _DOT),
}
"""Each event type of the schema; a type outside it is drawn as ``other``."""

ACTOR_COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#6a4912", "#5b3a99", "#a8326e", "#839247",
    "#0592dd", "#92673b", "#b15f8d",
)  # fmt: skip
"""
Colours for actors: Okabe and Ito's, changed where two could be confused or a line on the map
would be faint (docs/decisions/0017-colours-of-actors.md). None is a grey: that is nobody's.
"""

_HUES = 7
"""So many of them have each a hue that people have a word for; the rest are second shades."""

PALETTES: dict[str, tuple[str, ...]] = {
    "geoevents": ACTOR_COLOURS,
    "okabe-ito": (
        "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#000000",
    ),
    "tol-muted": (
        "#cc6677", "#332288", "#ddcc77", "#117733", "#88ccee", "#882255", "#44aa99", "#999933",
        "#aa4499",
    ),
}  # fmt: skip
"""Palettes by name: ours, that of Okabe and Ito (2008), and Paul Tol's "muted" (2021)."""

NOBODY_COLOUR = "#808080"
"""For ground whose holder is not named."""

HOLLOW_STATUSES = ("denied", "disputed", "planned", "refused")
"""Statuses of events that may not have happened: drawn as an outline only."""

_NOBODY = "nobody"

_SHARED = " / "
"""Between the names of those who hold ground together."""


def actor_colours(
    actors: "Iterable[str]",
    *,
    pinned: "Mapping[str, str] | None" = None,
    palette: "str | Sequence[str] | None" = None,
) -> dict[str, str]:
    """
    Give each actor a colour, the same on every map as far as that can be.

    Parameters
    ----------
    actors : iterable of str
        Names; an empty name is ground that nobody is said to hold.
    pinned : mapping of str to str, optional
        Colours that are chosen, as :func:`read_actors` returns them. Names that are not among
        `actors` do nothing.
    palette : str or sequence of str, optional
        What the others take theirs from; see :func:`read_palette`.

    Returns
    -------
    dict of str to str
        Name to ``"#rrggbb"``, in the order of the names. Names that differ in case, width or spaces
        only are one actor.

    Notes
    -----
    A name ranks the colours by a hash of itself and the colour (rendezvous hashing; Thaler and
    Ravishankar, 1998), so what it likes best hangs on nothing else. Where several on one map like
    the same colour best, one keeps it and the others take the next that is free on their own
    lists: nobody moves who need not. Ground that several hold together chooses after them. Two
    actors are two blues only on a map of more than seven; once all colours are taken they come
    again, darker, then lighter.

    Examples
    --------
    >>> actor_colours(["SDF", "ISIS"])
    {'ISIS': '#6a4912', 'SDF': '#0072b2'}
    >>> actor_colours(["SDF"], pinned={"sdf": "#ffd700"})
    {'SDF': '#ffd700'}
    """
    names = sorted(set(actors))
    chosen = {_key(name): colour for name, colour in (pinned or {}).items()}
    keys = {name: _key(name) for name in names if name}
    found = _shared_out({*keys.values()} - {*chosen}, read_palette(palette), [*chosen.values()])
    found |= chosen
    nobody = chosen.get(_NOBODY, NOBODY_COLOUR)
    return {name: found[keys[name]] if name else nobody for name in names}


def read_actors(actors: "Mapping[str, str] | None") -> dict[str, str]:
    """
    Read the colours that were chosen for actors.

    Parameters
    ----------
    actors : mapping of str to str or None
        Name to colour: ``"#rrggbb"``, ``"#rgb"`` or a name of CSS. ``"nobody"`` is ground that
        nobody is said to hold.

    Returns
    -------
    dict of str to str
        Name to ``"#rrggbb"``.

    Raises
    ------
    GeoeventsError
        If it is no mapping, or a colour cannot be read.

    Examples
    --------
    >>> read_actors({"SDF": "Gold"})
    {'SDF': '#ffd700'}
    """
    if actors is None:
        return {}
    if not isinstance(actors, Mapping):
        raise GeoeventsError(
            "actors has to be a dictionary of names and colours, such as {'SDF': '#ffd700'}; this "
            f"is a {type(actors).__name__}"
        )
    return {
        str(name): hex_colour(colour, f"actors[{shown(name)}]") for name, colour in actors.items()
    }


def read_palette(palette: "str | Sequence[str] | None") -> tuple[str, ...]:
    """
    Read a palette.

    Parameters
    ----------
    palette : {"geoevents", "okabe-ito", "tol-muted"}, sequence of str or None
        The name of one, or colours as :func:`read_actors` takes them. ``None``: ``"geoevents"``.

    Returns
    -------
    tuple of str
        Different colours, ``"#rrggbb"``.

    Raises
    ------
    GeoeventsError
        If there is none of that name, no colour in it, or a colour cannot be read.

    Examples
    --------
    >>> read_palette(["red", "#00f", "blue"])
    ('#ff0000', '#0000ff')
    """
    if palette is None:
        return ACTOR_COLOURS
    if isinstance(palette, str) and palette in PALETTES:
        return PALETTES[palette]
    if isinstance(palette, str) or not _is_list(palette):
        allowed = ", ".join(repr(name) for name in PALETTES)
        raise GeoeventsError(
            f"palette={shown(palette)} is neither one of {allowed} nor a list of colours"
        )
    return tuple(dict.fromkeys(hex_colour(colour, "palette") for colour in palette))


def _is_list(palette: object) -> bool:
    return isinstance(palette, Sequence) and len(palette) > 0


def _key(name: str) -> str:
    """Leave of a name what all its spellings have in common."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())


def _shared_out(keys: set[str], palette: tuple[str, ...], avoided: list[str]) -> dict[str, str]:
    """Give colours to keys: as many as can have the one they like best."""
    found: dict[str, str] = {}
    for colours in _rounds(palette, avoided):
        left = keys - {*found}
        if not left:
            break
        found |= _chosen(left, colours)
    return found


def _rounds(palette: tuple[str, ...], avoided: list[str]) -> "Iterator[dict[str, str]]":
    """List what there is to choose from: each colour, and what stands for it, round by round."""
    free = [colour for colour in palette if not any(alike(colour, other) for other in avoided)]
    hues = palette[:_HUES] if palette == ACTOR_COLOURS else palette
    yield {colour: colour for colour in free if colour in hues}
    yield {colour: colour for colour in free if colour not in hues}
    for again in itertools.count(1):
        yield {colour: variant(colour, again) for colour in palette}


def _chosen(keys: set[str], colours: dict[str, str]) -> dict[str, str]:
    """Let keys choose, each at most one; those who find nothing left are left out."""
    bids = []
    for key in keys:
        liking = sorted((_hash(key, colour), colour) for colour in colours)
        bids += [
            (_SHARED in key, rank, score, key, colour)
            for rank, (score, colour) in enumerate(liking)
        ]
    found: dict[str, str] = {}
    free = dict(colours)
    for _, _, _, key, colour in sorted(bids):
        if key not in found and colour in free:
            found[key] = free.pop(colour)
    return found


def _hash(key: str, colour: str) -> bytes:
    text = f"{key}\0{colour}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).digest()
