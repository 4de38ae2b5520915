"""A small picture of a locality: its region on a map drawn from the gazetteer, as inline SVG."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoevents.geodesy import buffer
from geoevents.localities.pictures.chart import Chart, Ground
from geoevents.localities.pictures.labelling import Font, Labels, plain, short, text_width
from geoevents.localities.wording import coordinates, km
from geoevents.places import Gazetteer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.locality import Locality

_HEAD, _FOOT = 26.0, 36.0  # pixels of the strips above and below the map
_BYTES = 50_000  # what the outlines may take; then they are drawn more coarsely
_COARSE = 0.4  # pixels that an outline may be off, to begin with
_COARSER, _COARSEST = 1.7, 60.0
_SHOWN_M = 5e6  # no circle larger than this is drawn
_MOST_TOWNS, _MOST_RIVERS = 16, 12
_NAMED, _TOWN = Font("named", 13.0), Font("town", 12.0)
_WATER, _COUNTRY, _AREA = Font("water", 11.0), Font("country", 12.0), Font("area", 10.5)
_DOT = 3.8
_THIN = 9.0  # pixels: what is narrower is tinted, a hatch would be noise
_AREA_PX = 100.0  # pixels of a country for each pixel that its name is wide
_LAYERS = (("country", "land"), ("lake", "lake"), ("admin1", "province"), ("river", "river"))

_LIGHT = (
    "--land:#f5f2ea;--sea:#cfe0ea;--edge:#8d8f98;--part:#c3c0b8;--river:#3f86b8;--water:#1f6494;--ink:#20242a;"
    "--soft:#626770;--halo:#fffdf8;--region:#b93c0c;--paper:#fff"
)
_DARK = (
    "--land:#2b2e33;--sea:#1a242d;--edge:#868d97;--part:#4a4f57;--river:#62abdc;--water:#7cbce6;--ink:#eceef1;"
    "--soft:#a6adb7;--halo:#1d1f23;--region:#ff9a5c;--paper:#202328"
)
_STYLE = (
    f""".ge-where{{{_LIGHT}}}
@media(prefers-color-scheme:dark){{.ge-where{{{_DARK}}}}}
.ge-where{{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
max-width:100%;height:auto}}
"""
    """.ge-where text{fill:var(--ink);font-size:12px;unicode-bidi:plaintext}
.ge-where .map text{paint-order:stroke;stroke:var(--halo);stroke-width:2.6px;stroke-linejoin:round}
.ge-where .map .named{font-weight:700;font-size:13px}
.ge-where .map .area{fill:var(--soft);letter-spacing:.14em;font-size:10.5px}
.ge-where .map .country{fill:var(--soft);letter-spacing:.2em;font-size:12px;font-weight:600}
.ge-where .map .water{fill:var(--water);font-style:italic;font-size:11px}
.ge-where .small{fill:var(--soft);font-size:10.5px}
.ge-where .head{font-weight:600;font-size:13px}
.ge-where path{fill:none;stroke-linejoin:round;stroke-linecap:round}
.ge-where .land{fill:var(--land);stroke:var(--edge);stroke-width:1.2}
.ge-where .province{stroke:var(--part);stroke-width:1;stroke-dasharray:5 2 1 2}
.ge-where .lake{fill:var(--sea);stroke:var(--river);stroke-width:.7}
.ge-where .river{stroke:var(--river);stroke-width:1.1}
.ge-where .river.said{stroke-width:2.2}
.ge-where .region{stroke:var(--region);stroke-width:1.6}
.ge-where .inferred{stroke-dasharray:6 4}
.ge-where .thin{stroke-width:1.1;stroke-dasharray:none}
.ge-where .thin.inferred{stroke-dasharray:3 2}
.ge-where .tint{stroke:none;fill:var(--region);fill-opacity:.18;fill-rule:evenodd}
.ge-where .hatch{stroke:none;fill-rule:evenodd}
.ge-where .circle{stroke:var(--ink);stroke-width:1;stroke-dasharray:1.5 4;stroke-opacity:.8}
.ge-where .line{stroke:var(--ink);stroke-width:1.4}
.ge-where circle.town{fill:var(--ink);stroke:var(--halo);stroke-width:1}
.ge-where .point{fill:var(--region);stroke:var(--halo);stroke-width:1.5}
"""
)


def html(locality: Locality) -> str:
    """
    Draw a locality with its explanation beneath, for a notebook.

    Parameters
    ----------
    locality : Locality
        What `locate` returned.

    Returns
    -------
    str
        A ``figure`` element with an inline picture; no script, nothing from elsewhere.

    Examples
    --------
    >>> import geoevents as ge
    >>> html(ge.locate("near Raqqa"))[:7]
    '<figure'
    """
    return (
        '<figure style="margin:0;max-width:560px">'
        f"{svg(locality)}"
        f'<figcaption style="margin-top:.4em">{plain(locality.explain())}</figcaption></figure>'
    )


def svg(
    locality: Locality,
    *,
    width: float = 560.0,
    height: float = 420.0,
    gazetteer: Gazetteer | None = None,
) -> str:
    """
    Draw a locality: its region, its point and the circle that holds it, among what is there.

    Parameters
    ----------
    locality : Locality
        What `locate` returned.
    width, height : float
        Of the picture, in pixels.
    gazetteer : Gazetteer, optional
        What the map is drawn from; the embedded one if not given.

    Returns
    -------
    str
        An ``svg`` element that stands by itself: no script, nothing from elsewhere, colours for
        light and dark pages, at most some 60 kB.

    Notes
    -----
    The map keeps areas (Lambert's azimuthal projection about its middle). A region whose outline a
    rule drew is hatched with a dashed edge, a gazetteer's own is tinted with a whole one; the
    dotted circle has the radius ``uncertainty_m``.

    Examples
    --------
    >>> import geoevents as ge
    >>> picture = svg(ge.locate("along the Khabur River", area_km2=300, near="Deir Ezzor"))
    >>> picture[:4], "<script" in picture, len(picture) < 60_000
    ('<svg', False, True)
    """
    chart = _chart(locality, width, height - _HEAD - _FOOT)
    ground = Ground.of(chart, gazetteer or Gazetteer.default())
    said = [place.id for place in locality.places]
    region, circle, point = (
        chart.pixels(np.array([shape]))[0]
        for shape in (locality.geometry, _circle(locality), locality.point)
    )
    mark = f"ge-where-{zlib.crc32((locality.text + str(region)).encode('utf-8', 'replace')):08x}"
    hatch = f"url(#{mark}-h)" if locality.inferred else ""
    coarse = _COARSE
    shapes = _outlines(ground, said, coarse) + _region(region, hatch, coarse / 2)
    while len(shapes) > _BYTES and coarse < _COARSEST:
        coarse *= _COARSER
        shapes = _outlines(ground, said, coarse) + _region(region, hatch, coarse / 2)
    shapes += _path(circle, "circle", _COARSE / 2)
    names = _names(locality, chart, ground, point)
    title, told = plain(short(locality.text, 200)), plain(short(locality.explain(), 2_000))
    sheet = f'width="{width:g}" height="{height:g}"'
    inner = f'<rect width="{chart.width:g}" height="{chart.height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ge-where" role="img" {sheet} '
        f'viewBox="0 0 {width:g} {height:g}" aria-label="{title}"><title>{title}</title>'
        f"<desc>{told}</desc><style>{_STYLE}</style>"
        f'<clipPath id="{mark}-c">{inner}/></clipPath>'
        f'<pattern id="{mark}-h" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V7" style="stroke:var(--region)" '
        'stroke-width="2.4" stroke-opacity=".6"/></pattern>'
        f'<rect {sheet} style="fill:var(--paper)"/>{_head(locality, width)}'
        f'<g class="map" transform="translate(0 {_HEAD:g})" clip-path="url(#{mark}-c)">'
        f'{inner} style="fill:var(--sea)"/>{shapes}{names}</g>'
        f"{_foot(locality, chart, ground, (width, height))}</svg>"
    )


def _chart(locality: Locality, width: float, height: float) -> Chart:
    towns = [place.geometry for place in locality.places if _is_point(place.geometry)]
    shapes = [locality.point, locality.geometry, _circle(locality)]
    return Chart.showing(shapes, towns, (width, height))


def _circle(locality: Locality) -> BaseGeometry:
    radius = float(locality.uncertainty_m)
    return buffer(locality.point, radius) if 0 < radius <= _SHOWN_M else locality.point


def _is_point(geometry: BaseGeometry) -> bool:
    return bool(geometry.geom_type == "Point")


# -- shapes --


def _outlines(ground: Ground, said: list[str], coarse: float) -> str:
    """Write what the gazetteer has, from the bottom up."""
    thin = shapely.simplify(ground.drawn, coarse, preserve_topology=False)
    drawn = []
    for kind, css in _LAYERS:
        for i in np.flatnonzero(ground.kinds == kind):
            emphasis = " said" if css == "river" and ground.ids[i] in said else ""
            drawn.append(_path(thin[i], css + emphasis, 0))
    return "".join(drawn)


def _region(region: BaseGeometry, hatch: str, coarse: float) -> str:
    """Write the region: its edge over its filling, hatched where that is given."""
    css = "region inferred" if hatch else "region"
    if shapely.length(region) and 2 * shapely.area(region) / shapely.length(region) < _THIN:
        css, hatch = css + " thin", ""
    edge = _path(region, css, coarse)
    if shapely.get_dimensions(region) < 2:  # noqa: PLR2004 -- a polygon
        return edge
    line = edge[edge.find(" d=") :]
    return (
        (f'<path class="hatch" style="fill:{hatch}"' if hatch else '<path class="tint"')
        + line
        + edge
    )


def _path(shape: BaseGeometry, css: str, coarse: float) -> str:
    """Write a geometry in pixels as one path, to a tenth of a pixel."""
    if shapely.get_dimensions(shape) < 1:
        return ""
    if coarse:
        shape = shapely.simplify(shape, coarse)
    steps: list[str] = []
    for part in shapely.get_parts(shape):
        closed = part.geom_type == "Polygon"
        for ring in shapely.get_rings(part) if closed else [part]:
            tenths = np.round(shapely.get_coordinates(ring) * 10).astype(int)
            moves = np.diff(tenths, axis=0)
            moves = moves[moves.any(axis=1)]
            if len(moves) > 2 * closed:  # a ring of two moves has no inside
                x, y = tenths[0]
                line = " ".join(f"{dx / 10:g} {dy / 10:g}" for dx, dy in moves.tolist())
                steps.append(f"M{x / 10:g} {y / 10:g}l{line}{'z' if closed else ''}")
    return f'<path class="{css}" d="{"".join(steps)}"/>' if steps else ""


# -- names --


def _names(locality: Locality, chart: Chart, ground: Ground, point: shapely.Point) -> str:
    """Write the names: the phrase's first, then towns by size, other rivers, countries."""
    labels = Labels((3.0, 3.0, chart.width - 3, chart.height - 3))
    dots: list[str] = []
    if not point.is_empty:
        labels.keep_free(point.x, point.y, _DOT)
    towns = [place for place in locality.places if _is_point(place.geometry)]
    places = chart.pixels(np.array([place.geometry for place in towns], dtype=object))
    for place, at in zip(towns, places, strict=True):
        if not at.is_empty:
            here = _at(at, point)
            labels.beside((at.x, at.y), place.name, _NAMED, _DOT, claimed=here)
            dots.append(_dot(at, _DOT, "town"))
    said = np.isin(ground.ids, [place.id for place in locality.places])
    _name_rivers(labels, ground, (ground.kinds == "river") & said)
    most = len(dots) + _MOST_TOWNS
    for i in np.flatnonzero((ground.kinds == "populated place") & ~said):
        at = ground.drawn[i]
        if len(dots) < most and labels.beside(
            (at.x, at.y), str(ground.names[i]), _TOWN, 0.7 * _DOT, claimed=_at(at, point)
        ):
            dots.append(_dot(at, 0.7 * _DOT, "town"))
    _name_rivers(labels, ground, (ground.kinds == "river") & ~said)
    for kind, font in (("country", _COUNTRY), ("admin1", _AREA)):
        _name_areas(labels, ground, ground.kinds == kind, font)
    if not point.is_empty:
        dots.append(_dot(point, _DOT, "point"))
    return "".join(dots + labels.written)


def _at(dot: shapely.Point, point: shapely.Point) -> bool:
    """Whether a dot lies on the locality's point, whose room is kept free."""
    return not point.is_empty and bool(shapely.distance(dot, point) < 2 * _DOT)


def _name_rivers(labels: Labels, ground: Ground, which: NDArray[np.bool_]) -> None:
    """Name the longest rivers along the longest piece that is seen of each."""
    numbers = np.flatnonzero(which)
    long = np.argsort(-shapely.length(ground.drawn[numbers]), kind="stable")[:_MOST_RIVERS]
    for i in numbers[long]:
        parts = shapely.get_parts(
            shapely.line_merge(shapely.simplify(ground.drawn[i], 2, preserve_topology=False))
        )
        if len(parts):
            line = parts[int(shapely.length(parts).argmax())]
            labels.along(shapely.get_coordinates(line), str(ground.names[i]), _WATER)


def _name_areas(labels: Labels, ground: Ground, which: NDArray[np.bool_], font: Font) -> None:
    """Name countries or provinces, where there is more than one and enough of it."""
    if which.sum() < 2:  # noqa: PLR2004 -- the only one says nothing of where it ends
        return
    coarse = shapely.simplify(ground.drawn[which], 2, preserve_topology=False)
    seen = shapely.clip_by_rect(shapely.make_valid(coarse), *labels.box)
    for name, shape in zip(ground.names[which], seen, strict=True):
        upper = short(str(name)).upper()
        if shapely.area(shape) > _AREA_PX * text_width(upper, font.size):
            at = shapely.point_on_surface(shape)
            labels.over((at.x, at.y), upper, font)


def _dot(at: shapely.Point, radius: float, css: str) -> str:
    return f'<circle class="{css}" cx="{at.x:.1f}" cy="{at.y:.1f}" r="{radius:g}"/>'


# -- the strips above and below --


def _head(locality: Locality, width: float) -> str:
    fits = int((width - 16) / (0.6 * _NAMED.size))
    words = plain(short(locality.text, fits))
    return f'<text class="head" x="8" y="{_HEAD - 8.5:g}">{words}</text>'


def _foot(locality: Locality, chart: Chart, ground: Ground, size: tuple[float, float]) -> str:
    """Write the ruler, what the drawing means, and whose data it is."""
    width, height = size
    top = height - _FOOT
    metres = _round_below(0.13 * width * chart.per_pixel)
    long = metres / chart.per_pixel
    right = f'class="small" x="{width - 8:g}" text-anchor="end"'
    return (
        f'<path class="line" d="M8 {top + 6:g}v5h{long:.1f}v-5"/>'
        f'<text x="{14 + long:.1f}" y="{top + 14:g}">{_length(metres)}</text>'
        f'<text {right} y="{top + 14:g}">{plain(_meaning(locality))}</text>'
        f'<text {right} y="{top + 29:g}">{plain(_credits(ground))}</text>'
    )


def _meaning(locality: Locality) -> str:
    area = locality.area_km2
    covers = f"{area:,.{0 if area >= 100 else 1}f} km²" if area >= 0.1 else f"{area * 1e6:,.0f} m²"  # noqa: PLR2004
    drawn = f"dashed: {covers}, inferred" if locality.inferred else f"outlined: {covers}"
    if not area:
        drawn = "as the gazetteer has it"
    about = f"{drawn}; point {coordinates(locality.point)}"
    if locality.uncertainty_m > 0:
        called = "dotted" if locality.uncertainty_m <= _SHOWN_M else "all of it"
        about += f"; {called}: {km(locality.uncertainty_m)} about it"
    return about


def _length(metres: float) -> str:
    return f"{metres / 1000:,g} km" if metres >= 1000 else f"{metres:g} m"  # noqa: PLR2004


def _credits(ground: Ground) -> str:
    """Name whom the map owes its data to; a source that only says how a line was made is nobody."""
    named = [source for source in ground.sources if source[:1].isupper()]
    named = ["GeoNames (CC BY 4.0)" if name == "GeoNames" else name for name in named]
    return f"Map: {', '.join(named)}" if named else ""


def _round_below(metres: float) -> float:
    """Find the largest of 1, 2, 5, 10, 20 ... that is not more."""
    ten = 10.0 ** math.floor(math.log10(metres))
    return ten * max(step for step in (1, 2, 5) if step * ten <= metres * 1.000001)
