"""Colours as people write them: hexadecimal, or one of the names that CSS gives."""

import re

from geoevents.errors import GeoeventsError, shown

_TABLE = """
aliceblue=f0f8ff antiquewhite=faebd7 aqua=00ffff aquamarine=7fffd4 azure=f0ffff beige=f5f5dc
bisque=ffe4c4 black=000000 blanchedalmond=ffebcd blue=0000ff blueviolet=8a2be2 brown=a52a2a
burlywood=deb887 cadetblue=5f9ea0 chartreuse=7fff00 chocolate=d2691e coral=ff7f50
cornflowerblue=6495ed cornsilk=fff8dc crimson=dc143c cyan=00ffff darkblue=00008b
darkcyan=008b8b darkgoldenrod=b8860b darkgray=a9a9a9 darkgreen=006400 darkgrey=a9a9a9
darkkhaki=bdb76b darkmagenta=8b008b darkolivegreen=556b2f darkorange=ff8c00
darkorchid=9932cc darkred=8b0000 darksalmon=e9967a darkseagreen=8fbc8f darkslateblue=483d8b
darkslategray=2f4f4f darkslategrey=2f4f4f darkturquoise=00ced1 darkviolet=9400d3
deeppink=ff1493 deepskyblue=00bfff dimgray=696969 dimgrey=696969 dodgerblue=1e90ff
firebrick=b22222 floralwhite=fffaf0 forestgreen=228b22 fuchsia=ff00ff gainsboro=dcdcdc
ghostwhite=f8f8ff gold=ffd700 goldenrod=daa520 gray=808080 green=008000 greenyellow=adff2f
grey=808080 honeydew=f0fff0 hotpink=ff69b4 indianred=cd5c5c indigo=4b0082 ivory=fffff0
khaki=f0e68c lavender=e6e6fa lavenderblush=fff0f5 lawngreen=7cfc00 lemonchiffon=fffacd
lightblue=add8e6 lightcoral=f08080 lightcyan=e0ffff lightgoldenrodyellow=fafad2
lightgray=d3d3d3 lightgreen=90ee90 lightgrey=d3d3d3 lightpink=ffb6c1 lightsalmon=ffa07a
lightseagreen=20b2aa lightskyblue=87cefa lightslategray=778899 lightslategrey=778899
lightsteelblue=b0c4de lightyellow=ffffe0 lime=00ff00 limegreen=32cd32 linen=faf0e6
magenta=ff00ff maroon=800000 mediumaquamarine=66cdaa mediumblue=0000cd mediumorchid=ba55d3
mediumpurple=9370db mediumseagreen=3cb371 mediumslateblue=7b68ee mediumspringgreen=00fa9a
mediumturquoise=48d1cc mediumvioletred=c71585 midnightblue=191970 mintcream=f5fffa
mistyrose=ffe4e1 moccasin=ffe4b5 navajowhite=ffdead navy=000080 oldlace=fdf5e6 olive=808000
olivedrab=6b8e23 orange=ffa500 orangered=ff4500 orchid=da70d6 palegoldenrod=eee8aa
palegreen=98fb98 paleturquoise=afeeee palevioletred=db7093 papayawhip=ffefd5
peachpuff=ffdab9 peru=cd853f pink=ffc0cb plum=dda0dd powderblue=b0e0e6 purple=800080
rebeccapurple=663399 red=ff0000 rosybrown=bc8f8f royalblue=4169e1 saddlebrown=8b4513
salmon=fa8072 sandybrown=f4a460 seagreen=2e8b57 seashell=fff5ee sienna=a0522d silver=c0c0c0
skyblue=87ceeb slateblue=6a5acd slategray=708090 slategrey=708090 snow=fffafa
springgreen=00ff7f steelblue=4682b4 tan=d2b48c teal=008080 thistle=d8bfd8 tomato=ff6347
turquoise=40e0d0 violet=ee82ee wheat=f5deb3 white=ffffff whitesmoke=f5f5f5 yellow=ffff00
yellowgreen=9acd32
"""

_NAMED = dict(pair.split("=") for pair in _TABLE.split())
"""The 148 named colours of CSS Color Module Level 4, section 6.1."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)

_SHORT = 4  # "#rgb"

_FIRST, _REACH, _GOLDEN = 0.3, 0.5, 0.618034

_ALIKE = 0.09


def hex_colour(text: str, what: str) -> str:
    """
    Read a colour.

    Parameters
    ----------
    text : str
        ``"#rgb"``, ``"#rrggbb"`` or one of the 148 names of CSS, in any case.
    what : str
        What errors say it is the colour of.

    Returns
    -------
    str
        ``"#rrggbb"``, in lower case.

    Raises
    ------
    GeoeventsError
        If it is none of these. ``rgb(...)``, variables and transparency are not read.

    Examples
    --------
    >>> hex_colour("#F80", "SDF"), hex_colour("SteelBlue", "ISIS")
    ('#ff8800', '#4682b4')
    """
    if isinstance(text, str):
        plain = text.strip().lower()
        if plain in _NAMED:
            return f"#{_NAMED[plain]}"
        if _HEX.fullmatch(plain):
            return "#" + "".join(c * 2 for c in plain[1:]) if len(plain) == _SHORT else plain
    raise GeoeventsError(
        f"{what}: {shown(text)} is no colour: write '#rrggbb', '#rgb' or a name that CSS knows, "
        "such as 'steelblue'"
    )


def parts(colour: str) -> tuple[int, int, int]:
    """
    Take a colour apart.

    Parameters
    ----------
    colour : str
        ``"#rrggbb"``.

    Returns
    -------
    tuple of int
        Red, green and blue, 0 to 255.

    Examples
    --------
    >>> parts("#ff8800")
    (255, 136, 0)
    """
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def variant(colour: str, again: int) -> str:
    """
    Darken or lighten a colour that is used again.

    Parameters
    ----------
    colour : str
        ``"#rrggbb"``.
    again : int
        For the how manieth time; 0 leaves it as it is.

    Returns
    -------
    str
        The colour mixed with black at the first, third... time, with white at the others.

    Examples
    --------
    >>> [variant("#0072b2", again) for again in range(3)]
    ['#0072b2', '#00507d', '#3b92c4']
    """
    if again == 0:
        return colour
    towards = 255 * (again % 2 == 0)
    # Steps of the golden ratio stay as far from one another as they can, however many there are.
    share = _FIRST + _REACH * (((again + 1) // 2 - 1) * _GOLDEN % 1)
    share -= 0.07 * (again % 2 == 0)
    return "#" + "".join(f"{round(part + (towards - part) * share):02x}" for part in parts(colour))


def alike(one: str, other: str) -> bool:
    """
    Tell whether two colours are so near that people would take them for the same.

    Parameters
    ----------
    one, other : str
        ``"#rrggbb"``.

    Returns
    -------
    bool
        Whether they are nearer in OKLab than 0.09 of the way from black to white (Ottosson, 2020,
        https://bottosson.github.io/posts/oklab/). No two colours of a palette here are.

    Examples
    --------
    >>> alike("#d55e00", "#d05a05"), alike("#d55e00", "#0072b2")
    (True, False)
    """
    squares = ((a - b) ** 2 for a, b in zip(_oklab(one), _oklab(other), strict=True))
    return sum(squares) < _ALIKE**2


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(part / 255) for part in parts(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- sRGB
