"""Faces between lines, and which polygon each lies in."""

import numpy as np
import shapely
from shapely import Polygon, box

from geoevents.territory.arrangement import faces, linked, middles, owners, together


def test_chains_are_joined_to_their_first():
    links = np.array([[5, 4], [4, 3], [1, 2], [3, 0]])
    assert linked(7, *links.T).tolist() == [0, 1, 1, 0, 0, 0, 6]
    none = np.empty(0, dtype=int)
    assert linked(2, none, none).tolist() == [0, 1]


def test_many_windows_give_the_faces_of_one_arrangement():
    rng = np.random.default_rng(4)
    corner = rng.uniform(0, 40, (150, 2))
    boxes = shapely.box(*corner.T, *(corner + rng.uniform(0.5, 3, (150, 2))).T)
    lines = shapely.get_parts(shapely.union_all(shapely.boundary(boxes)))
    assert len(lines) > 200  # enough to be sorted by windows
    whole = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    found = faces(lines)
    assert np.allclose(np.sort(shapely.area(found)), np.sort(shapely.area(whole)), rtol=1e-12)


def test_an_arrangement_inside_a_face_of_another_cuts_a_hole_into_it():
    edges = np.array([[[x, y], [x + 1, y]] for x in range(20) for y in (0, 20)])
    frame = np.concatenate([edges, edges[:, :, ::-1]])
    inner = frame * 0.25 + 7.5
    lines = shapely.linestrings(np.concatenate([frame, inner, inner * 0.2 + 8, inner * 0.2 + 9]))
    assert len(lines) > 200
    assert sorted(shapely.area(faces(lines)).round(9).tolist()) == [1.0, 1.0, 23.0, 375.0]


def test_faces_narrower_than_rounding_are_none():
    lines = shapely.boundary(shapely.box(0, 0, [1, 1e-11], 1))
    assert [round(face.area, 6) for face in faces(lines)] == [1.0]


def test_a_point_outside_all_polygons_has_no_owner():
    squares = shapely.box([0, 2], 0, [1, 3], 1)
    points = shapely.points([[0.5, 0.5], [1.5, 0.5], [2.5, 0.5]])
    assert owners(points, squares).tolist() == [0, -1, 1]
    assert owners(points, squares[:0]).tolist() == [-1, -1, -1]


def test_neighbours_of_a_group_are_joined_and_others_stay_parts():
    squares = shapely.box([0, 1, 5], 0, [1, 2, 6], 1)
    whole, alone = together(squares[[0, 1, 2, 2]], np.array([0, 0, 0, 1]), 2)
    assert whole.equals(shapely.multipolygons([shapely.box(0, 0, 2, 1), squares[2]]))
    assert shapely.get_num_geometries(whole) == 2
    assert alone.equals(squares[2])


def test_a_point_is_well_inside_a_needle():
    # A triangle on a needle: half-way up it is 1e-16 degrees wide, and GEOS gives a corner of it.
    needle = Polygon(
        [
            (2.3035095430382087, 2.897203441884711),
            (2.3041148032208216, 2.89789402014124),
            (2.2724266436788714, 2.441518048853392),
            (2.3040667574975786, 2.897202060938558),
        ]
    )
    (point,) = middles(np.array([needle]))
    assert needle.contains(point)
    assert needle.boundary.distance(point) > 1e-6


def test_points_are_inside_rings_and_boxes():
    shapes = np.array([box(0, 0, 1, 1), box(0, 0, 9, 9) - box(1, 1, 8, 8)])
    assert shapely.contains_properly(shapes, middles(shapes)).all()
    assert len(middles(np.empty(0, dtype=object))) == 0


def test_owners_on_a_common_edge_follow_the_rank():
    shapes = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    points = shapely.points([[1, 0.5], [0.5, 0.5], [9, 9]])
    assert owners(points, shapes).tolist() == [0, 0, -1]
    assert owners(points, shapes, np.array([5, 2])).tolist() == [1, 0, -1]
