// What geoevents uses of geographiclib-geodesic, for the type checker. Degrees, metres, square metres.

export interface PolygonArea {
  AddPoint(latitude: number, longitude: number): void;
  Compute(reverse: boolean, sign: boolean): { number: number; perimeter: number; area: number };
}

export interface Ellipsoid {
  Inverse(
    latitude1: number,
    longitude1: number,
    latitude2: number,
    longitude2: number,
    outmask?: number,
  ): { s12: number; azi1: number; azi2: number };
  Direct(
    latitude: number,
    longitude: number,
    azimuth: number,
    distance: number,
    outmask?: number,
  ): { lat2: number; lon2: number; azi2: number };
  Polygon(polyline?: boolean): PolygonArea;
}

export const Geodesic: { WGS84: Ellipsoid; DISTANCE: number; AREA: number; ALL: number };
