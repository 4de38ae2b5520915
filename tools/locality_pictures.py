"""Draw the pictures of docs/localities.md: ``python tools/locality_pictures.py [name ...]``."""

import sys
import time
from pathlib import Path

import geoevents as ge
from geoevents.localities.pictures.picture import svg

_OUT = Path(__file__).parents[1] / "docs" / "images" / "localities"

# One for each relation, and the phrases of the report on Deir ez-Zor. A number is a reported area.
_PICTURES: dict[str, str | tuple[str, float, str]] = {
    # The report.
    "report-east-of-the-euphrates": "east of the Euphrates River, near the city of Deir Ezzor",
    "report-along-the-khabur": ("along the Khabur River", 300.0, "Deir Ezzor"),
    "report-eastern-countryside": "the eastern countryside of Deir ez-Zor",
    "report-between": "between al-Suwar and al-Busayrah",
    "report-southeast-of-mayadin": "10 km southeast of Mayadin",
    "report-outskirts-of-hajin": "on the outskirts of Hajin",
    # A place.
    "place-town": "in Raqqa",
    "place-province": "Deir ez-Zor province",
    "place-river": "the Khabur River",
    "area": "the Manbij area",
    "centre": "central Mosul",
    "countryside": "the Aleppo countryside",
    "part": "northern Aleppo province",
    "part-of-countryside": "Aleppo's northern countryside",
    # Nearness.
    "near": "near Raqqa",
    "near-province": "near Hasakah province",
    "outside": "outside Raqqa",
    "outskirts": "on the outskirts of Mosul",
    "within": "within 5 km of Tal Afar",
    "just": "just south of Kirkuk",
    # Direction and distance.
    "direction": "north of Kirkuk",
    "direction-of-province": "east of Hasakah province",
    "distance-direction": "10 km east of Raqqa",
    "fine-heading": "40 km NNE of Palmyra",
    "range": "15-20 km west of Homs",
    "distance": "15 km from Manbij",
    "offsets": "2 km E and 3 km N of Hama",
    # Lines.
    "along": "along the Khabur",
    "along-between": "along the Euphrates between Raqqa and Deir ez-Zor",
    "side": "east of the Euphrates",
    "side-near": "on the east bank of the Dnieper, near Kherson",
    "bank": "on the left bank of the Dnieper near Zaporizhzhia",
    "across": "across the river from Deir ez-Zor",
    "upstream": "upstream of Raqqa",
    "downstream": "10 km downstream of Raqqa",
    "line-distance": "10 km east of the Tigris, in Salah al-Din province",
    "mouth": "near the mouth of the Khabur",
    "source": "the source of the Tigris",
    "confluence": "where the Khabur meets the Euphrates",
    # Between, and borders.
    "between": "between Homs and Hama",
    "from-to": "from Raqqa to Deir ez-Zor",
    "between-rivers": "between the Tigris and the Euphrates, near Baghdad",
    "halfway": "halfway between Mosul and Erbil",
    "road": "the road between Damascus and Homs",
    "border": "the Syrian-Iraqi border",
    "border-distance": "10 km south of the Turkish border, in Hasakah province",
    # Sets.
    "union": "near Mayadin, Hajin and Al-Busayrah",
    "both": "near Raqqa and east of the Euphrates",
    "except": "Hasakah province except Qamishli",
    "nested": "5 km from the mouth of the Khabur",
    # Positions in figures.
    "figures": "10 km east of 35.336 N, 40.141 E",
    "figures-minutes": "35°20'N 40°08'E",
    # Far from the middle of the map.
    "antimeridian": "within 300 km of Suva",
    "far-north": "20 km south of Longyearbyen",
}


def main() -> None:
    """Draw those named, or all."""
    _OUT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or _PICTURES:
        wanted = _PICTURES[name]
        try:
            if isinstance(wanted, str):
                locality = ge.locate(wanted)
            else:
                text, area_km2, near = wanted
                locality = ge.locate(text, area_km2=area_km2, near=near)
        except ge.GeoeventsError as error:
            sys.exit(f"{name}: {error}")
        begin = time.perf_counter()
        picture = svg(locality)
        took = time.perf_counter() - begin
        (_OUT / f"{name}.svg").write_text(picture, encoding="utf-8")
        print(f"{name:32} {len(picture) / 1000:5.1f} kB {took * 1000:5.0f} ms")


if __name__ == "__main__":
    main()
