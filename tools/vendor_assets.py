"""
Fetch the browser assets that geoevents.maps embeds, at pinned versions, and build the world map.

    python tools/vendor_assets.py            # needs npm and the network
    python tools/vendor_assets.py --from DIR # DIR is a node_modules that holds the packages

Writes ``geoevents/maps/assets/vendor`` (Leaflet; what is used of Clipper2 and of GeographicLib,
each as one ES module that esbuild makes; their licences) and ``world-50m.txt`` (countries of
Natural Earth by way of world-atlas, packed as ``geoevents.maps.columns`` does). Running it twice
gives the same files. To update: change a version below, run, look at a map, run the tests.
"""

import argparse
import base64
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geoevents.maps import basemap
from geoevents.maps.columns import pack

VERSIONS = {
    "leaflet": "1.9.4",
    "world-atlas": "2.0.2",
    "clipper-lib": "6.4.2",
    "jsbn": "1.1.0",  # clipper-lib holds a part of it: for its licence
    "geographiclib-geodesic": "2.2.0",
    "esbuild": "0.28.2",
}
LICENCES = {
    "leaflet": "LICENSE",
    "world-atlas": "LICENSE",
    "jsbn": "LICENSE",
    "geographiclib-geodesic": "LICENSE.txt",
}
# clipper-lib has no licence file; its first lines name the Boost licence, which stands in
# vendor/LICENSE-clipper-lib by hand.
MODULES = {
    "clipper": """
        import lib from "clipper-lib";
        export const { Clipper, ClipType, PolyFillType, PolyType, PolyTree } = lib;
    """,
    "geodesic": """
        import geodesic from "geographiclib-geodesic/geographiclib-geodesic.js";
        export const Geodesic = geodesic.Geodesic;
    """,
}
ASSETS = Path(__file__).parents[1] / "geoevents" / "maps" / "assets"


def fetch(folder: Path) -> Path:
    """Install the pinned packages under ``folder`` and return where they are."""
    packages = [f"{name}@{version}" for name, version in VERSIONS.items()]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(["npm", "install", *quiet, "--prefix", folder, *packages], check=True)
    return folder / "node_modules"


def check_version(folder: Path, name: str) -> None:
    """Refuse a package that is not the pinned one."""
    found = json.loads((folder / name / "package.json").read_text())["version"]
    if found != VERSIONS[name]:
        raise SystemExit(f"{folder / name} is {name} {found}; {VERSIONS[name]} is pinned")


def vendor_leaflet(package: Path) -> None:
    """Copy Leaflet, its images inside its style sheet, its source map reference removed."""
    vendor = ASSETS / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    images = package / "dist" / "images"

    def inline(match: re.Match[str]) -> str:
        return f"url({data_uri(images / match.group(1))})"

    css = (package / "dist" / "leaflet.css").read_text("utf-8")
    css = re.sub(r"url\(images/([\w-]+\.png)\)", inline, css)
    script = (package / "dist" / "leaflet.js").read_text("utf-8")
    script = re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", script)
    # Markers that people add keep Leaflet's own icon, which it would look for on disk.
    icons = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    options = json.dumps({key: data_uri(images / file) for key, file in icons.items()})
    script += f"L.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({options});\n"
    (vendor / "leaflet.js").write_text(script, "utf-8")
    (vendor / "leaflet.css").write_text(css, "utf-8")


def vendor_module(folder: Path, name: str) -> None:
    """Bundle what is used of a library as one ES module that ends in a list of its exports."""
    entry = folder / f".geoevents-{name}.mjs"
    entry.write_text(MODULES[name], "utf-8")
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"]
    esbuild = ["node", folder / "esbuild" / "bin" / "esbuild", entry, *options]
    try:
        script = subprocess.run(esbuild, check=True, capture_output=True, text=True).stdout
    finally:
        entry.unlink()
    (ASSETS / "vendor" / f"{name}.js").write_text(script, "utf-8")


def data_uri(image: Path) -> str:
    """Return a PNG as a data: address."""
    return "data:image/png;base64," + base64.b64encode(image.read_bytes()).decode("ascii")


def decode_topojson(path: Path) -> gpd.GeoDataFrame:
    """Read the countries of a TopoJSON file: names and polygons."""
    topology = json.loads(path.read_text("utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> Any:
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

    def polygon(rings: list[list[int]]) -> Any:
        outer, *holes = (ring(r) for r in rings)
        return cut_at_antimeridian(outer, holes)

    countries = topology["objects"]["countries"]["geometries"]
    geometries = [
        shapely.union_all([polygon(part) for part in country["arcs"]])
        if country["type"] == "MultiPolygon"
        else polygon(country["arcs"])
        for country in countries
    ]
    names = [country["properties"]["name"] for country in countries]
    return gpd.GeoDataFrame(
        {"id": names, "name": names, "kind": "country"}, geometry=geometries, crs=4326
    )


def cut_at_antimeridian(outer: Any, holes: list[Any]) -> Any:
    """Make a polygon of rings that may cross the antimeridian or go round a pole."""
    if (outer[:, 1] < -89.9).all() and holes:  # Antarctica: a point at the pole, the coast around
        outer, holes = holes[0], []
    lon = np.unwrap(outer[:, 0], period=360)
    ring = np.column_stack([lon, outer[:, 1]])
    if abs(lon[-1] - lon[0]) > 180:  # round the pole: closed along the map's lower edge
        ring = np.vstack([ring, [lon[-1], -90], [lon[0], -90]])
    if lon.min() >= -180 and lon.max() <= 180:
        return shapely.Polygon(ring, holes)
    whole = shapely.make_valid(shapely.Polygon(ring))
    turns = [
        shapely.transform(whole, lambda xy, t=t: xy + np.array([360 * t, 0])) for t in (-1, 0, 1)
    ]
    return shapely.union_all(shapely.clip_by_rect(turns, -180, -90, 180, 90))


def build_world(package: Path, name: str, tolerance: float) -> None:
    """Pack the countries of one resolution."""
    countries = decode_topojson(package / f"countries-{name}.json")
    countries["geometry"] = shapely.make_valid(countries.geometry.array)
    nobody = countries.iloc[:0].assign(population=[])
    tree = {
        "window": list(basemap.WORLD),
        **basemap.outlines(countries, basemap.WORLD, tolerance),
        "labels": basemap.labels(countries, nobody, basemap.WORLD),
    }
    (ASSETS / f"world-{name}.txt").write_text(pack(tree, level=9), "ascii")


def main() -> None:
    """Do all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--from", dest="folder", type=Path, help="node_modules that holds them")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as scratch:
        folder = folder or fetch(Path(scratch))
        for name in VERSIONS:
            check_version(folder, name)
        vendor_leaflet(folder / "leaflet")
        for name in MODULES:
            vendor_module(folder, name)
        for name, file in LICENCES.items():
            licence = (folder / name / file).read_bytes()
            (ASSETS / "vendor" / f"LICENSE-{name}").write_bytes(licence)
        build_world(folder / "world-atlas", "50m", 0.06)


if __name__ == "__main__":
    main()
