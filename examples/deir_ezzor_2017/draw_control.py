"""
Draw who held what about Deir ez-Zor, early and in the middle of September 2017.

It is a sketch, made by hand: nobody surveyed these lines. What is drawn is data here, and written
to ``control.geojson``. Each line is drawn once, for both dates, so that what did not move is the
same in both, vertex for vertex.
"""

import sys
from pathlib import Path

import geopandas as gpd
import shapely

import geoevents as ge

HERE = Path(__file__).parent

EARLY, MIDDLE = "2017-09-03", "2017-09-16"
SDF, ISIS, GOVERNMENT = "SDF", "ISIS", "Syrian government"
SOURCE = "schematic: drawn by hand from the report (CNN, 17 Sep 2017)"
UNCERTAINTY_M = 3000
GRID = 1e-5  # degrees: a metre, far finer than the drawing

WINDOW = (39.2, 34.3, 41.6, 36.3)  # of which what is Syria is drawn

# Lines in lon/lat. An end that should meet another line reaches a little beyond it; what sticks
# out is cut off.
LINES = {
    # From the Euphrates below Raqqa to the Khabur south of al-Shaddadi, and to Iraq.
    "SDF, early": [
        (39.80, 35.68), (39.87, 35.69), (39.94, 35.71), (40.06, 35.75), (40.20, 35.79),
        (40.36, 35.83), (40.50, 35.89), (40.62, 35.95), (40.74, 35.98), (40.84, 35.97),
        (40.94, 36.01), (41.06, 36.08), (41.17, 36.13), (41.30, 36.16),
    ],
    # Down the desert road to the industrial area across the river from the city.
    "SDF, middle, towards the city": [
        (40.11, 35.80), (40.12, 35.74), (40.14, 35.66), (40.15, 35.57), (40.16, 35.48),
        (40.18, 35.40), (40.215, 35.37), (40.25, 35.375), (40.27, 35.42), (40.26, 35.50),
        (40.25, 35.58), (40.26, 35.66), (40.28, 35.74), (40.29, 35.85),
    ],
    # Down the Khabur, to short of Markadah.
    "SDF, middle, along the Khabur": [
        (40.70, 36.00), (40.73, 35.92), (40.77, 35.86), (40.83, 35.83), (40.90, 35.835),
        (40.95, 35.88), (40.97, 35.95), (40.96, 36.06),
    ],
    # From the Euphrates above Maadan through the desert, with the head of the advance on the road
    # from Palmyra, and south again.
    "government, early": [
        (39.45, 35.84), (39.44, 35.74), (39.42, 35.62), (39.44, 35.48), (39.43, 35.34),
        (39.50, 35.24), (39.62, 35.22), (39.74, 35.23), (39.83, 35.25), (39.86, 35.22),
        (39.82, 35.17), (39.70, 35.11), (39.58, 35.02), (39.52, 34.90), (39.56, 34.74),
        (39.66, 34.58), (39.76, 34.44), (39.80, 34.25),
    ],
    # The corridor into the city: its northern side to the Euphrates above it, its southern side
    # to the Euphrates below the air base.
    "government, middle, north of the road": [
        (39.40, 35.36), (39.50, 35.35), (39.62, 35.33), (39.76, 35.34), (39.89, 35.37),
        (39.98, 35.41), (40.03, 35.44), (40.08, 35.47),
    ],
    "government, middle, south of the road": [
        (39.50, 34.86), (39.62, 34.92), (39.74, 35.00), (39.88, 35.08), (40.02, 35.15),
        (40.14, 35.19), (40.20, 35.22), (40.24, 35.25), (40.27, 35.275),
    ],
    # What is left of ISIS's part of the city, against the river.
    "the city, middle": [
        (40.145, 35.36), (40.137, 35.340), (40.147, 35.325), (40.167, 35.315), (40.187, 35.310),
        (40.205, 35.325),
    ],
    # The garrison is cut in two: its part of the city with the camp west of it, and the air base.
    "garrison, city": [
        (40.03, 35.315), (40.06, 35.300), (40.09, 35.302), (40.115, 35.315), (40.132, 35.327),
        (40.127, 35.342), (40.105, 35.352), (40.07, 35.348), (40.04, 35.340), (40.03, 35.315),
    ],
    "garrison, air base": [
        (40.150, 35.277), (40.175, 35.268), (40.200, 35.275), (40.207, 35.290), (40.190, 35.302),
        (40.165, 35.298), (40.150, 35.277),
    ],
}  # fmt: skip

# The pieces of ground between the lines and the Euphrates: a point in each, who holds it early and
# in the middle of the month.
PIECES = {
    "north, to the Khabur and Raqqa": ((40.40, 36.10), SDF, SDF),
    "road to the city": ((40.20, 35.60), ISIS, SDF),
    "upper Khabur": ((40.80, 35.88), ISIS, SDF),
    "left bank": ((40.60, 35.30), ISIS, ISIS),
    "right bank, upstream of the city": ((39.70, 35.55), ISIS, ISIS),
    "right bank, downstream of the city": ((40.30, 34.70), ISIS, ISIS),
    "desert to Palmyra": ((39.40, 35.00), GOVERNMENT, GOVERNMENT),
    "corridor to the city": ((40.00, 35.25), ISIS, GOVERNMENT),
    "city, centre and east": ((40.165, 35.323), ISIS, ISIS),
    "garrison, city": ((40.08, 35.33), GOVERNMENT, GOVERNMENT),
    "garrison, air base": ((40.18, 35.285), GOVERNMENT, GOVERNMENT),
}


def drawn() -> gpd.GeoDataFrame:
    """
    Make the two snapshots of the lines.

    Returns
    -------
    GeoDataFrame
        A row for each date and holder.

    Raises
    ------
    ValueError
        If the lines do not divide the window into the pieces named.
    """
    window = shapely.intersection(ge.geocode("Syria").geometry, shapely.box(*WINDOW))
    river = shapely.intersection(ge.geocode("Euphrates").geometry, window)
    lines = [window.boundary, river, *map(shapely.LineString, LINES.values())]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=GRID)]))
    faces = faces[shapely.within(shapely.point_on_surface(faces), window)]

    points = shapely.points([point for point, *_ in PIECES.values()])
    piece, face = shapely.STRtree(faces).query(points, predicate="within")
    if sorted(piece) != list(range(len(points))) or sorted(face) != list(range(len(faces))):
        raise ValueError(f"{len(faces)} pieces of ground, {len(points)} named: {piece} {face}")

    holders = [holders for _, *holders in PIECES.values()]
    rows = [
        (date, holder, shapely.coverage_union_all(faces[face[mine]]))
        for number, date in enumerate((EARLY, MIDDLE))
        for holder in (GOVERNMENT, ISIS, SDF)
        if any(mine := [named[number] == holder for named in holders])
    ]
    dates, actors, ground = zip(*rows, strict=True)
    columns = {
        "date": dates,
        "actor": actors,
        "inferred": True,
        "source": SOURCE,
        "uncertainty_m": UNCERTAINTY_M,
    }
    return gpd.GeoDataFrame(columns, geometry=list(ground), crs=4326)


def main(path: Path) -> None:
    """Draw and write."""
    control = drawn()
    # To five decimals, as the grid has it: no digits that mean nothing.
    path.write_text(control.to_json(drop_id=True, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(control)} rows: {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "control.geojson")
