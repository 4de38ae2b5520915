// What geoevents uses of clipper2-ts, for the type checker. Vertices are whole numbers.

export interface Point64 {
  x: number;
  y: number;
}
export type Path64 = Point64[];

export const ClipType: { NoClip: 0; Intersection: 1; Union: 2; Difference: 3; Xor: 4 };
export const FillRule: { EvenOdd: 0; NonZero: 1; Positive: 2; Negative: 3 };

/** A ring and the rings inside it: holes of a polygon, polygons in a hole. */
export class PolyPath64 {
  readonly count: number;
  readonly poly: Path64 | null;
  readonly isHole: boolean;
  child(index: number): PolyPath64;
}

export class PolyTree64 extends PolyPath64 {}

export class Clipper64 {
  addSubject(paths: Path64[]): void;
  addClip(paths: Path64[]): void;
  execute(clipType: number, fillRule: number, solution: Path64[] | PolyTree64): boolean;
}
