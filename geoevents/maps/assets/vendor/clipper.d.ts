// What geoevents uses of clipper-lib, for the type checker. Vertices are whole numbers.

export interface IntPoint {
  X: number;
  Y: number;
}

export const ClipType: { ctIntersection: 0; ctUnion: 1; ctDifference: 2; ctXor: 3 };
export const PolyFillType: { pftEvenOdd: 0; pftNonZero: 1; pftPositive: 2; pftNegative: 3 };
export const PolyType: { ptSubject: 0; ptClip: 1 };

/** A ring and the rings inside it: holes of a polygon, polygons in a hole. */
export class PolyNode {
  Childs(): PolyNode[];
  Contour(): IntPoint[];
}

export class PolyTree extends PolyNode {}

export class Clipper {
  PreserveCollinear: boolean;
  AddPaths(paths: IntPoint[][], type: number, closed: boolean): boolean;
  Execute(clipType: number, solution: IntPoint[][] | PolyTree, subjectFill: number, clipFill: number): boolean;
}
