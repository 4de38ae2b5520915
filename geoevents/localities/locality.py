"""A locality: the region that a phrase means, and all that is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.tree import Tree
    from geoevents.places import Place


@dataclass(frozen=True)
class Locality:
    """
    Where a phrase says something is.

    Parameters
    ----------
    text : str
        The phrase.
    geometry : shapely Polygon or MultiPolygon
        The region, in lon/lat, valid and never empty. A town is the disc of its extent, a river
        the band that its line may be off by, a province its own outline.
    point : shapely Point
        The most plausible point; it lies in the region.
    uncertainty_m : float
        Radius in metres about the point that holds the region, and the error of a river's or
        border's line.
    places : tuple of Place
        The places that the phrase names, in its order.
    relation : Name, Fix, Relation or Group
        What was read, as a tree; printing it shows the nesting.
    relations : tuple of str
        The words for what shaped the region: place, in, near, outside, along, side, direction,
        part, distance, within, corridor, between, border and so on.
    feature : Place or None
        The place, where the phrase just names one ("Raqqa", "in Raqqa, Syria"): its geometry is
        the gazetteer's own, such as a town's point. None where a relation made the region.
    inferred : bool
        Whether a rule of this library drew the outline; False for a gazetteer's own geometry.
    area_km2 : float
        Geodesic area of the region; 0 for a point or a line.
    area_low_km2, area_high_km2 : float
        Its range: from how finely a reported area was stated, else from the uncertainty of the
        places that the region was made from. NaN for a point or a line.
    explanation : str
        What `explain` returns.
    """

    text: str
    geometry: BaseGeometry
    point: shapely.Point
    uncertainty_m: float
    places: tuple[Place, ...]
    relation: Tree = field(repr=False)
    relations: tuple[str, ...]
    feature: Place | None
    inferred: bool
    area_km2: float
    area_low_km2: float
    area_high_km2: float
    explanation: str = field(repr=False)

    def explain(self) -> str:
        """
        Say what was read, which places it means, how the region was made and how sure it is.

        Returns
        -------
        str
            One to three plain sentences.
        """
        return self.explanation

    def to_frame(self) -> gpd.GeoDataFrame:
        """
        Give the locality as a frame of one row, with the columns that `locate` gives of many.

        Returns
        -------
        geopandas.GeoDataFrame
            To write to a file, or to put beside others.
        """
        from geoevents.localities.frames import frame_of, record  # noqa: PLC0415 -- needs pandas

        return frame_of([record(self)])

    def _repr_html_(self) -> str:
        """Show the region on a small map, in a notebook."""
        from geoevents.localities.pictures.picture import html  # noqa: PLC0415 -- only notebooks need it

        return html(self)
