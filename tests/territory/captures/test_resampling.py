"""The jackknife over sites, against everything inferred anew without each of them."""

import numpy as np
import pytest
import shapely
from shapely import LineString, box

from geoevents.geodesy import area
from geoevents.territory.captures.barriers import barrier_lines, parted
from geoevents.territory.captures.cells import divide
from geoevents.territory.captures.ground import Ground, ground_within
from geoevents.territory.captures.plane import plane_about
from geoevents.territory.captures.resampling import exchanges, groups_of, standard_errors

SQUARE = box(-1.2, -1.2, 1.2, 1.2)
LINE = LineString([(-3, 0.1), (0, 0.3), (3, -0.1)])


def scene(number, *, barriers=None, seed=1):
    rng = np.random.default_rng(seed)
    lonlat = rng.uniform(-1.1, 1.1, (number, 2))
    if barriers is not None:
        lonlat[0] = (0, 0.3)  # on the line
    plane = plane_about(lonlat)
    outline, _ = ground_within(SQUARE, plane)
    lines = np.empty(0, object) if barriers is None else barrier_lines(barriers, plane)[0]
    return Ground(plane, outline, parted(outline, lines)), lonlat


@pytest.mark.parametrize(
    ("barriers", "max_distance_m", "together"),
    [(None, None, 1), (None, 40_000, 1), (LINE, None, 1), (LINE, 50_000, 3), (None, None, 4)],
)
def test_exchanges_are_those_of_dividing_anew(barriers, max_distance_m, together):
    ground, lonlat = scene(16, barriers=barriers)
    cells = divide(ground, lonlat, max_distance_m)
    group = np.arange(16) // together
    lost, won = exchanges(cells, group)
    before = cells.areas_km2()
    for number in range(group.max() + 1):
        kept = np.flatnonzero(group != number)
        anew = np.zeros(16)
        anew[kept] = divide(ground, lonlat[kept], max_distance_m).areas_km2()
        # The plane keeps areas; the lines that part it are straight in it, or in lon/lat.
        np.testing.assert_allclose(
            before + won[number] - lost[number], anew, atol=1e-3 + 1e-4 * before.max()
        )
        assert not won[number][group == number].any()
        assert not lost[number][group != number].any()


def test_what_is_lost_is_won_where_cells_fill_the_ground():
    ground, lonlat = scene(60, seed=5)
    lost, won = exchanges(divide(ground, lonlat), np.arange(60))
    np.testing.assert_allclose(won.sum(axis=1), lost.sum(axis=1), rtol=1e-12)
    assert lost.sum() == pytest.approx(area(SQUARE), rel=1e-6)


def test_the_ground_of_the_last_site_goes_to_nobody():
    ground, _ = scene(3)
    lost, won = exchanges(divide(ground, np.array([[0.1, 0.1]])), np.zeros(1, dtype=int))
    assert lost.sum() > 0
    assert not won.any()


def test_the_standard_error_is_that_of_a_plain_jackknife():
    ground, lonlat = scene(12, seed=9)
    held = np.arange(12) < 7
    areas = []
    for gone in range(12):
        kept = np.arange(12) != gone
        areas.append(divide(ground, lonlat[kept]).areas_km2()[held[kept]].sum())
    plain = np.sqrt(11 / 12 * ((np.array(areas) - np.mean(areas)) ** 2).sum())
    both = np.array([held, ~held, np.ones(12, dtype=bool)])
    found = standard_errors(divide(ground, lonlat), np.arange(12), both)
    assert found[0] == pytest.approx(plain, rel=1e-5)
    assert found[1] == pytest.approx(plain, rel=1e-5)  # what one loses the other wins
    assert found[2] == pytest.approx(0, abs=1e-6)


def test_groups():
    assert groups_of(200).tolist() == list(range(200))
    sizes = np.bincount(groups_of(1234))
    assert len(sizes) == 100
    assert set(sizes.tolist()) == {12, 13}
    assert (groups_of(1234) == groups_of(1234)).all()
    assert (np.diff(groups_of(1234)[:50]) != 1).any()


def test_a_square_of_sites_has_neighbours_across_its_middle():
    # Four cells meet in one point: leaving one out must not give its ground to the far corner.
    lonlat = np.array([[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]])
    plane = plane_about(lonlat)
    outline, _ = ground_within(SQUARE, plane)
    cells = divide(Ground(plane, outline, np.array([outline])), lonlat)
    lost, won = exchanges(cells, np.arange(4))
    quarter = area(SQUARE) / 4
    np.testing.assert_allclose(lost.sum(axis=1), quarter, rtol=1e-6)
    np.testing.assert_allclose(won[0], [0, quarter / 2, quarter / 2, 0], atol=quarter * 1e-2)
    assert shapely.is_valid(cells.faces).all()
