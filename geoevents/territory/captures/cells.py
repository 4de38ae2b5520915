"""The ground around each site: Voronoi cells on the ground, which share their borders exactly."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoevents.geodesy import area, destination
from geoevents.territory.captures.barriers import ON_DEG, faces
from geoevents.territory.captures.ground import GRID_DEG, Ground
from geoevents.territory.captures.plane import unrolled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]
    Ints = NDArray[np.intp]

_EDGE_M = (
    10_000.0  # a line of the plane this long is straight in lon/lat within 4 m, up to 60 degrees
)
_OVER_M, _OVER_DEG = 20.0, 1e-7  # how far lines overshoot what they end on, so that they meet it
_CIRCLE = 128
_HALF_TURN = 180.0


@dataclass(frozen=True)
class Cells:
    """
    Ground divided among sites.

    A site that lies on a barrier has a seed in each of the parts that meet there.

    Attributes
    ----------
    ground : Ground
        What was divided.
    xy : numpy.ndarray
        The sites in the plane of the ground, n by 2.
    seed_site, seed_part : numpy.ndarray of int
        For each seed, its site and the part of the ground that it lies in.
    tiles : numpy.ndarray of shapely polygons
        For each seed, the points of the plane nearest to it, within `frame`.
    discs : numpy.ndarray of shapely polygons, or None
        For each site, what lies within the greatest distance, in the plane.
    frame : shapely Polygon
        A rectangle of the plane that holds the ground.
    faces : numpy.ndarray of shapely polygons
        The cells, in pieces, in lon/lat from -180 to 180: valid, and vertex to vertex.
    seed : numpy.ndarray of int
        The seed each face belongs to.
    """

    ground: Ground
    xy: "Floats"
    seed_site: "Ints"
    seed_part: "Ints"
    tiles: "Geometries"
    discs: "Geometries | None"
    frame: "shapely.Geometry"
    faces: "Geometries"
    seed: "Ints"

    @property
    def site(self) -> "Ints":
        """The site each face belongs to."""
        return self.seed_site[self.seed]

    def areas_km2(self) -> "Floats":
        """
        Measure the cells.

        Returns
        -------
        numpy.ndarray
            Geodesic area of the cell of each site, in square kilometres.
        """
        measured = area(self.faces).to_numpy()
        found = np.bincount(self.site, measured, len(self.xy))
        return found.astype(np.float64)

    def joined(self, holdings: "NDArray[np.bool_]") -> "Geometries":
        """
        Join the cells of sites that are held together.

        Parameters
        ----------
        holdings : numpy.ndarray of bool
            For each holding (rows) which sites (columns) are part of it.

        Returns
        -------
        numpy.ndarray of shapely geometries
            A Polygon or MultiPolygon for each holding, in lon/lat: adjoining cells are one, and
            every vertex of their outer border is kept.
        """
        pieces = np.tile(self.faces, (len(holdings), 1))
        pieces[~holdings[:, self.site]] = None
        found: Geometries = shapely.coverage_union_all(pieces, axis=1)
        return found


def divide(ground: Ground, lonlat: "Floats", max_distance_m: float | None = None) -> Cells:
    """
    Divide ground among sites: each gets what is nearest to it in its part of the ground.

    Parameters
    ----------
    ground : Ground
        The ground.
    lonlat : numpy.ndarray
        The sites in degrees, n by 2, no two within a metre of each other.
    max_distance_m : float, optional
        Ground farther from its site than this, on the ellipsoid, belongs to no cell.

    Returns
    -------
    Cells
        The cells. A site outside the ground has none, and no seed.

    Notes
    -----
    Distances are those of the ground's plane; borders are straight there. They are brought to
    lon/lat in pieces of 10 km, and then all lines together are cut where they meet, on a grid of
    1e-9 degrees (snap rounding, Hobby 1999), and put together to faces. Nothing is clipped
    polygon by polygon, so that two cells never disagree about the border between them.

    References
    ----------
    Okabe, A., Boots, B., Sugihara, K., Chiu, S. N. (2000). Spatial Tessellations: Concepts and
    Applications of Voronoi Diagrams, 2nd ed. Wiley. https://doi.org/10.1002/9780470317013

    Hobby, J. D. (1999). Practical segment intersection with finite precision output.
    Computational Geometry 13(4), 199-214. https://doi.org/10.1016/S0925-7721(99)00021-8

    Examples
    --------
    >>> from geoevents.territory.captures.plane import plane_about
    >>> sites, square = np.array([[39.5, 35.0], [40.5, 35.0]]), shapely.box(39, 34, 41, 36)
    >>> ground = Ground(plane_about(sites), square, np.array([square]))
    >>> cells = divide(ground, sites)
    >>> [round(cell.bounds[0], 6) for cell in cells.joined(np.eye(2, dtype=bool))]
    [39.0, 40.0]
    """
    plane = ground.plane
    seats = np.column_stack([unrolled(lonlat[:, 0], plane), lonlat[:, 1]])
    xy = plane.forward(seats)
    site, part = _seeds(ground, shapely.points(seats))
    frame = _frame(ground, xy)
    tiles, edges, edge_part = _voronoi(xy[site], part, frame)
    edges = shapely.transform(shapely.segmentize(edges, _EDGE_M), plane.inverse)
    wide = shapely.buffer(ground.parts, _OVER_DEG, quad_segs=1, join_style="mitre")
    lines = [shapely.boundary(ground.parts), shapely.intersection(edges, wide[edge_part])]
    discs = None
    if max_distance_m is not None:
        discs = shapely.polygons(
            plane.forward(_circles(seats, max_distance_m)).reshape(len(seats), _CIRCLE, 2)
        )
        arcs = shapely.intersection(
            shapely.boundary(discs)[site], shapely.buffer(tiles, _OVER_M, quad_segs=1)
        )
        lines.append(shapely.intersection(shapely.transform(arcs, plane.inverse), wide[part]))
    lines.append(_antimeridian(ground))
    found = faces(np.concatenate(lines))
    inside = shapely.point_on_surface(found)
    number, face_part = shapely.STRtree(ground.parts).query(inside, predicate="intersects")
    found, inside = found[number], shapely.transform(inside[number], plane.forward)
    seed = _nearest(inside, face_part, xy[site], part)
    kept = seed >= 0
    if discs is not None:
        kept &= shapely.intersects(discs[site[seed]], inside)
    return Cells(ground, xy, site, part, tiles, discs, frame, _in_range(found[kept]), seed[kept])


def _seeds(ground: Ground, seats: "Geometries") -> tuple["Ints", "Ints"]:
    """Find which parts of the ground each site lies in, by part."""
    tree = shapely.STRtree(ground.parts)
    site, part = tree.query(seats, predicate="dwithin", distance=ON_DEG)
    if ground.drawn is not None and len(np.unique(site)) < len(seats):
        # A site just inside a long straight edge can lie just outside the geodesic.
        rest = np.setdiff1d(np.arange(len(seats)), site)
        rest = rest[shapely.intersects(ground.drawn, seats[rest])]
        number, nearest = tree.query_nearest(seats[rest], all_matches=False)
        site, part = np.append(site, rest[number]), np.append(part, nearest)
    order = np.lexsort((site, part))
    return site[order], part[order]


def _frame(ground: Ground, xy: "Floats") -> "shapely.Geometry":
    """Give a rectangle of the plane round ground and sites."""
    corners = np.vstack([ground.plane.forward(shapely.get_coordinates(ground.parts)), xy])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    return shapely.box(west - _EDGE_M, south - _EDGE_M, east + _EDGE_M, north + _EDGE_M)


def _voronoi(
    xy: "Floats", part: "Ints", frame: "shapely.Geometry"
) -> tuple["Geometries", "Geometries", "Ints"]:
    """Find the Voronoi polygon of each seed among those of its part, their edges, and whose."""
    tiles = tessellated(xy, part, frame)
    numbers, group, size = np.unique(part, return_inverse=True, return_counts=True)
    several = size > 1
    member = several[group]
    points = shapely.multipoints(
        shapely.points(xy[member]), indices=(np.cumsum(several) - 1)[group[member]]
    )
    # Once for every edge: taken from the polygons, the two copies of one could differ by rounding.
    edges = shapely.voronoi_polygons(points, extend_to=frame, only_edges=True)
    lines, which = shapely.get_parts(edges, return_index=True)
    return tiles, lines, numbers[several][which]


def tessellated(xy: "Floats", group: "Ints", frame: "shapely.Geometry") -> "Geometries":
    """
    Find the Voronoi polygon of each point among those of its group.

    Parameters
    ----------
    xy : numpy.ndarray
        Points of the plane, n by 2.
    group : numpy.ndarray of int
        The group of each, in ascending order.
    frame : shapely Polygon
        A rectangle that holds all that is of interest.

    Returns
    -------
    numpy.ndarray of shapely polygons
        One for each point; `frame` for a point alone in its group.
    """
    _, group, size = np.unique(group, return_inverse=True, return_counts=True)
    several = size > 1
    member = several[group]
    found = np.full(len(xy), frame, dtype=object)
    if member.any():
        points = shapely.multipoints(
            shapely.points(xy[member]), indices=(np.cumsum(several) - 1)[group[member]]
        )
        found[member] = shapely.get_parts(
            shapely.voronoi_polygons(points, extend_to=frame, ordered=True)
        )
    return found


def _circles(lonlat: "Floats", radius_m: float) -> "Floats":
    """Vertices of the geodesic circle about each site, in degrees."""
    azimuth = np.linspace(0.0, -360.0, _CIRCLE, endpoint=False)  # anticlockwise
    lon, lat = destination(lonlat[:, :1], lonlat[:, 1:], azimuth, radius_m)
    return np.column_stack([lon.ravel(), lat.ravel()])


def _antimeridian(ground: Ground) -> "Geometries":
    """Lines to cut faces along, where the ground goes on beyond 180 degrees."""
    west, south, east, north = shapely.bounds(ground.outline)
    lon = np.array([-_HALF_TURN, _HALF_TURN])
    lon = lon[(west < lon) & (lon < east)]
    ends = np.array([[[x, south - GRID_DEG], [x, north + GRID_DEG]] for x in lon]).reshape(-1, 2, 2)
    found: Geometries = shapely.linestrings(ends)
    return found


def _nearest(points: "Geometries", part: "Ints", xy: "Floats", seed_part: "Ints") -> "Ints":
    """Find the seed nearest to each point among those of its part; -1 where the part has none."""
    found = np.full(len(points), -1, dtype=np.intp)
    seeds = shapely.points(xy)
    for number in np.unique(seed_part):  # a tree for each part
        mine, there = np.flatnonzero(seed_part == number), np.flatnonzero(part == number)
        asked, nearest = shapely.STRtree(seeds[mine]).query_nearest(
            points[there], all_matches=False
        )
        found[there[asked]] = mine[nearest]
    return found


def _in_range(polygons: "Geometries") -> "Geometries":
    """Move polygons that lie beyond ±180 by a whole turn."""
    west, _, east, _ = shapely.bounds(polygons).T.reshape(4, -1)
    turns = np.where(east > _HALF_TURN, -1.0, np.where(west < -_HALF_TURN, 1.0, 0.0))
    if not turns.any():
        return polygons
    lonlat, owner = shapely.get_coordinates(polygons, return_index=True)
    lonlat[:, 0] += 2 * _HALF_TURN * turns[owner]
    found: Geometries = shapely.set_coordinates(polygons.copy(), lonlat)
    return found
