// What changed hands between two dates of control, worked out from the arcs that only one of them has.
//
// The outline of each holder's ground is a sum of directed arcs. What both dates have cancels; the rest closes into
// loops, within which a holder gained where they run anticlockwise and lost where they run clockwise. Only these loops
// are cut where they cross, so that the work follows what changed, as in geoevents/territory/change.py.

import { Outline, Recent } from "../data/arcs.js";
import { project } from "../data/shapes.js";
import { measureRing } from "../geodesic.js";
import { cssColour } from "../panel/popup.js";
import { periodText } from "../text.js";
import * as clipper from "../vendor/clipper.js";
import { describeChange } from "./changes.js";
import { loopsOf } from "./loops.js";

/**
 * @typedef {import("../types.js").Box} Box
 * @typedef {import("../types.js").Change} Change
 * @typedef {import("../types.js").Transition} Transition
 * @typedef {import("../types.js").Visible} Visible
 * @typedef {import("../types.js").View} View
 * @typedef {import("./control.js").Control} Control
 * @typedef {import("./loops.js").Path} Path  a ring, in steps of a degree and parts of them
 * @typedef {import("./loops.js").Edge} Edge
 */

/**
 * A connected piece of ground.
 *
 * @typedef {object} Piece
 * @property {Path[]} rings  the exterior and its holes
 * @property {number} area  m2
 * @property {number} perimeter  m
 */

/**
 * Who lost how much to whom, and its ground: polygons in degrees, each an exterior and its holes.
 *
 * @typedef {Change & {pieces: Piece[], coordinates: () => [number, number][][][]}} NetChange
 */

/** Cuts fall between the steps of a degree: each is divided by this, to a centimetre, where numbers do not grow too large. */
const FINE = 100;
/** Clipper is fast and exact with whole numbers up to here. */
const LARGEST = 47_000_000;
/** Nobody, as number of an actor. */
const NOBODY = -1;
/** Pieces smaller than this part of what changed hands have no label of their own. */
const LEAST_LABEL = 0.01;
const KEPT = 48;
const DAY = 1440;

/** The net change between any two dates of control. */
export class NetChanges {
  /** @param {Control} control */
  constructor(control) {
    this.control = control;
    /** @type {Recent<NetChange[]>} */
    this.kept = new Recent(KEPT);
  }

  /** @returns {string[]} the names of all who may gain ground, "" for nobody */
  gainers() {
    return [...new Set([...this.control.actors.map(({ name }) => name), ""])];
  }

  /** @returns {null} its dates are those of control */
  moments() {
    return null;
  }

  /**
   * @param {number} from  minutes
   * @param {number} to
   * @param {Visible} [visible]
   * @returns {Change[]} a change for each who lost and who gained, the largest first
   */
  between(from, to, visible) {
    if (visible && !visible.changes) return [];
    const [before, after] = this.indices(from, to);
    if (after <= before) return [];
    const all = this.kept.get(`${before} ${after}`, () => this.compare(before, after));
    return visible ? all.filter((change) => visible.gainers.has(change.toName)) : all;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {Transition[]} the largest first
   */
  table(from, to) {
    return this.between(from, to).map(({ fromName, toName, area, low, high, inferred }) => ({ fromName, toName, area, low, high, inferred }));
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {{before: number, after: number} | null} the dates compared
   */
  period(from, to) {
    const [before, after] = this.indices(from, to);
    return after <= before ? null : { before: this.control.dates[before], after: this.control.dates[after] };
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {[number, number]} the last date until `from`, or the first of all, and the last until `to`, that day included
   */
  indices(from, to) {
    const end = to % DAY === 0 ? to + DAY - 1 : to;
    return [Math.max(this.control.indexAt(from), 0), this.control.indexAt(end)];
  }

  /**
   * @param {number} before  index of a date
   * @param {number} after
   * @returns {NetChange[]}
   */
  compare(before, after) {
    const { gained, lost, lattice } = this.movedBetween(before, after);
    /** @type {NetChange[]} */
    const found = [];
    const add = (/** @type {number} */ from, /** @type {number} */ to, /** @type {Path[]} */ ground, /** @type {Path[]} */ within, /** @type {number} */ how) => {
      const pieces = this.measured(lattice.cut(ground, within, how));
      if (pieces.length) found.push(this.changeOf(from, to, pieces, before, after));
    };
    const { ctIntersection: Intersection, ctDifference: Difference } = clipper.ClipType;
    for (const [to, gain] of gained) for (const [from, loss] of lost) if (from !== to) add(from, to, gain, loss, Intersection);
    // What nobody lost came from nobody, and what nobody gained went to nobody.
    for (const [to, gain] of gained) add(NOBODY, to, gain, [...lost.values()].flat(), Difference);
    for (const [from, loss] of lost) add(from, NOBODY, loss, [...gained.values()].flat(), Difference);
    return found.sort((a, b) => b.area - a.area);
  }

  /**
   * @param {number} before
   * @param {number} after
   * @returns {{gained: Map<number, Path[]>, lost: Map<number, Path[]>, lattice: Lattice}} the ground of each actor
   */
  movedBetween(before, after) {
    /** @type {Map<number, Path[]>} */
    const moved = new Map();
    for (const actor of this.control.actors.keys()) {
      const shapesAt = (/** @type {number} */ index) =>
        this.control.rowsAt(index).filter((row) => this.control.actor[row] === actor).map((row) => this.control.shape[row]);
      const loops = this.loops(shapesAt(before), shapesAt(after));
      if (loops.length) moved.set(actor, loops);
    }
    const lattice = new Lattice([...moved.values()].flat());
    const [gained, lost] = [new Map(), new Map()];
    const { pftPositive: Positive, pftNegative: Negative } = clipper.PolyFillType;
    for (const [actor, loops] of moved) {
      const [more, less] = [lattice.filled(loops, Positive), lattice.filled(loops, Negative)];
      if (more.length) gained.set(actor, more);
      if (less.length) lost.set(actor, less);
    }
    return { gained, lost, lattice };
  }

  /**
   * The loops in which the arcs close that only one of two states has.
   *
   * @param {number[]} before  shapes
   * @param {number[]} after
   * @returns {Path[]}
   */
  loops(before, after) {
    /** @type {Map<number, number>} How many times more an arc is run along forwards than backwards. */
    const balance = new Map();
    const count = (/** @type {number} */ shape, /** @type {number} */ sign) => {
      const { links, ringStart } = this.control.shapes;
      for (const ring of this.control.shapes.ringsOf(shape)) {
        for (let l = ringStart[ring]; l < ringStart[ring + 1]; l++) {
          const arc = links[l] >> 1;
          balance.set(arc, (balance.get(arc) ?? 0) + (links[l] & 1 ? -sign : sign));
        }
      }
    };
    for (const shape of before) if (!after.includes(shape)) count(shape, -1);
    for (const shape of after) if (!before.includes(shape)) count(shape, 1);
    return loopsOf(this.edges(balance));
  }

  /**
   * @param {Map<number, number>} balance  of each arc
   * @returns {Edge[]}
   */
  edges(balance) {
    const { x, y, arcStart } = this.control.shapes;
    /** @type {Edge[]} */
    const edges = [];
    for (const [arc, times] of balance) {
      for (let i = arcStart[arc] + 1; i < arcStart[arc + 1]; i++) {
        /** @type {Edge} */
        const edge = times > 0 ? [x[i - 1], y[i - 1], x[i], y[i]] : [x[i], y[i], x[i - 1], y[i - 1]];
        for (let n = Math.abs(times); n > 0; n--) edges.push(edge);
      }
    }
    return edges;
  }

  /**
   * Measure pieces, leaving out what is narrower than the steps of the map's coordinates: that is rounding.
   *
   * @param {Path[][]} pieces
   * @returns {Piece[]} the largest first
   */
  measured(pieces) {
    const unit = this.control.shapes.scale;
    return pieces
      .filter((rings) => !isSliver(rings))
      .map((rings) => {
        let [area, perimeter] = [0, 0];
        rings.forEach((ring, i) => {
          const found = measureRing(ring.map(({ x }) => x / unit), ring.map(({ y }) => y / unit));
          area += i ? -Math.abs(found.area) : Math.abs(found.area);
          perimeter += found.perimeter;
        });
        return { rings, area, perimeter };
      })
      .sort((a, b) => b.area - a.area);
  }

  /**
   * @param {number} from  actor
   * @param {number} to
   * @param {Piece[]} pieces
   * @param {number} before  index of a date
   * @param {number} after
   * @returns {NetChange}
   */
  changeOf(from, to, pieces, before, after) {
    const { actors, dates, nobody } = this.control;
    const area = pieces.reduce((sum, piece) => sum + piece.area, 0) / 1e6;
    const [band, inferred] = this.known([[from, before], [to, after]]);
    const [low, high] = rangeOf(pieces, area, band, inferred);
    const outline = outlineOf(pieces.flatMap(({ rings }) => rings), this.control.shapes.scale);
    const labels = pieces.filter((piece, i) => !i || piece.area >= LEAST_LABEL * area * 1e6).map((piece) => this.labelOf(piece));
    const change = {
      key: `${from} ${to} ${before} ${after}`,
      to,
      from,
      toName: actors[to]?.name ?? "",
      fromName: actors[from]?.name ?? "",
      colour: cssColour(to === NOBODY ? nobody : actors[to].colour),
      area,
      low,
      high,
      inferred,
      x: labels[0].x,
      y: labels[0].y,
      labels,
      parts: pieces.length,
      box: outline.box,
      pieces,
      coordinates: () => pieces.map(({ rings }) => rings.map((ring) => this.degrees(ring))),
      path: (/** @type {View} */ view) => outline.path(view),
      describe: () => describeChange(change, { when: periodText(dates[before], dates[after]) }),
    };
    return change;
  }

  /**
   * @param {Path} ring
   * @returns {[number, number][]} longitudes and latitudes, the last the first again
   */
  degrees(ring) {
    const unit = this.control.shapes.scale;
    return [...ring, ring[0]].map(({ x, y }) => [x / unit, y / unit]);
  }

  /**
   * How well the ground of some actors on some dates is known: by the least certain of them.
   *
   * @param {[number, number][]} sides  actors and indices of dates
   * @returns {[number, boolean]} metres, NaN where none says; whether any is inferred
   */
  known(sides) {
    const { actor, uncertainty, inferred } = this.control;
    const rows = sides.flatMap(([holder, index]) => this.control.rowsAt(index).filter((row) => actor[row] === holder));
    const said = rows.map((row) => uncertainty[row]).filter((metres) => !Number.isNaN(metres));
    return [said.length ? Math.max(...said) : NaN, rows.some((row) => inferred[row] === 1)];
  }

  /**
   * @param {Piece} piece
   * @returns {{x: number, y: number, area: number, box: Box}} where the label stands, and what it says in km2
   */
  labelOf({ rings, area }) {
    const outline = outlineOf(rings, this.control.shapes.scale);
    const [x, y] = widest(outline);
    return { x, y, area: area / 1e6, box: outline.box };
  }
}

/** Where Clipper works: whole numbers around the middle of what changed, as fine as it can do exactly. */
class Lattice {
  /** @param {Path[]} paths  all that will be cut */
  constructor(paths) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const path of paths) {
      for (const { x, y } of path) {
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
    }
    this.x = Math.round((west + east) / 2);
    this.y = Math.round((south + north) / 2);
    this.fine = Math.max(1, Math.min(FINE, Math.floor(LARGEST / (Math.max(east - west, north - south, 1) / 2 + 1))));
  }

  /** @param {Path[]} paths */
  inwards(paths) {
    const { x: left, y: foot, fine } = this;
    return paths.map((path) => path.map(({ x, y }) => ({ X: Math.round((x - left) * fine), Y: Math.round((y - foot) * fine) })));
  }

  /**
   * @param {clipper.IntPoint[]} ring
   * @returns {Path}
   */
  outwards(ring) {
    return ring.map(({ X, Y }) => ({ x: this.x + X / this.fine, y: this.y + Y / this.fine }));
  }

  /**
   * The ground that loops enclose by a rule.
   *
   * @param {Path[]} loops
   * @param {number} rule  one of clipper.PolyFillType
   * @returns {Path[]} rings that neither cross nor overlap
   */
  filled(loops, rule) {
    const work = new clipper.Clipper();
    // A vertex less would let a long edge run along another line on the ground.
    work.PreserveCollinear = true;
    work.AddPaths(this.inwards(loops), clipper.PolyType.ptSubject, true);
    /** @type {clipper.IntPoint[][]} */
    const rings = [];
    work.Execute(clipper.ClipType.ctUnion, rings, rule, rule);
    return rings.map((ring) => this.outwards(ring));
  }

  /**
   * Cut ground by other ground, and take the result apart.
   *
   * @param {Path[]} ground
   * @param {Path[]} other
   * @param {number} how  one of clipper.ClipType
   * @returns {Path[][]} pieces, each an exterior and its holes
   */
  cut(ground, other, how) {
    const work = new clipper.Clipper();
    // A vertex less would let a long edge run along another line on the ground.
    work.PreserveCollinear = true;
    work.AddPaths(this.inwards(ground), clipper.PolyType.ptSubject, true);
    if (other.length) work.AddPaths(this.inwards(other), clipper.PolyType.ptClip, true);
    const tree = new clipper.PolyTree();
    const { pftEvenOdd } = clipper.PolyFillType;
    work.Execute(how, tree, pftEvenOdd, pftEvenOdd);
    /** @type {Path[][]} */
    const pieces = [];
    const visit = (/** @type {clipper.PolyNode} */ node) => {
      for (const exterior of node.Childs()) {
        const holes = exterior.Childs();
        pieces.push([exterior, ...holes].map((ring) => this.outwards(ring.Contour())));
        for (const hole of holes) visit(hole);
      }
    };
    visit(tree);
    return pieces;
  }
}

/**
 * @param {Path[]} rings
 * @returns {boolean} whether ground is on average narrower than a step of the coordinates
 */
function isSliver(rings) {
  let [double, around] = [0, 0];
  rings.forEach((ring, r) => {
    let sum = 0;
    ring.forEach((point, i) => {
      const next = ring[(i + 1) % ring.length];
      sum += (point.x - ring[0].x) * (next.y - ring[0].y) - (next.x - ring[0].x) * (point.y - ring[0].y);
      around += Math.hypot(next.x - point.x, next.y - point.y);
    });
    double += r ? -Math.abs(sum) : Math.abs(sum);
  });
  return double < around;
}

/**
 * How small and how large ground may be: the epsilon band of geoevents/territory/measure.py.
 *
 * @param {Piece[]} pieces
 * @param {number} area  km2
 * @param {number} metres  how far off its outline may be; NaN where that is not said
 * @param {boolean} inferred
 * @returns {[number, number]} km2
 */
function rangeOf(pieces, area, metres, inferred) {
  const band = Number.isNaN(metres) ? 0 : metres / 1000;
  const shift = (band * pieces.reduce((sum, piece) => sum + piece.perimeter, 0)) / 1000;
  const holes = pieces.reduce((sum, piece) => sum + piece.rings.length - 1, 0);
  const circle = Math.PI * band * band;
  const low = Math.max(area - shift - holes * circle, 0);
  // What was inferred, and nothing says how well, may be as small as nothing.
  return [inferred && Number.isNaN(metres) ? 0 : low, area + shift + pieces.length * circle];
}

/**
 * @param {Path[]} rings
 * @param {number} unit  steps in a degree
 * @returns {Outline}
 */
function outlineOf(rings, unit) {
  const closed = rings.map((ring) => [...ring, ring[0]]);
  const points = closed.flat();
  const { x, y } = project(points.map((point) => point.x), points.map((point) => point.y), unit);
  const start = new Uint32Array(rings.length + 1);
  closed.forEach((ring, i) => (start[i + 1] = start[i] + ring.length));
  return new Outline(x, y, start);
}

/**
 * Where ground is widest from west to east, away from its northern and southern ends: texts are wide.
 *
 * @param {Outline} outline
 * @returns {[number, number]}
 */
function widest({ x, y, start, box }) {
  /** @type {[number, number]} */
  let best = [x[0], y[0]];
  let width = -1;
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
    const level = box[1] + (box[3] - box[1]) * share;
    /** @type {number[]} */
    const crossings = [];
    for (let ring = 0; ring < start.length - 1; ring++) {
      for (let i = start[ring] + 1; i < start[ring + 1]; i++) {
        if (y[i - 1] > level === y[i] > level) continue;
        crossings.push(x[i - 1] + ((level - y[i - 1]) / (y[i] - y[i - 1])) * (x[i] - x[i - 1]));
      }
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const found = crossings[i + 1] - crossings[i];
      // The middle is better unless elsewhere there is clearly more room.
      if (found <= width * 1.15) continue;
      width = found;
      best = [(crossings[i] + crossings[i + 1]) / 2, level];
    }
  }
  return best;
}
