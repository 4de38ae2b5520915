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

/**
 * @typedef {import("../types.js").Box} Box
 * @typedef {import("../types.js").Change} Change
 * @typedef {import("../types.js").Transition} Transition
 * @typedef {import("../types.js").Visible} Visible
 * @typedef {import("../types.js").View} View
 * @typedef {import("./control.js").Control} Control
 * @typedef {{x: number, y: number}[]} Path  a ring, in fractions of the steps of a degree
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

/** Cuts fall between the steps of a degree: each is divided by this, to a centimetre. */
const FINE = 100;
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
    const { gained, lost } = this.movedBetween(before, after);
    /** @type {NetChange[]} */
    const found = [];
    const add = (/** @type {number} */ from, /** @type {number} */ to, /** @type {Path[]} */ ground, /** @type {Path[]} */ within, /** @type {number} */ how) => {
      const pieces = this.measured(cut(ground, within, how));
      if (pieces.length) found.push(this.changeOf(from, to, pieces, before, after));
    };
    const { Intersection, Difference } = clipper.ClipType;
    for (const [to, gain] of gained) for (const [from, loss] of lost) if (from !== to) add(from, to, gain, loss, Intersection);
    // What nobody lost came from nobody, and what nobody gained went to nobody.
    for (const [to, gain] of gained) add(NOBODY, to, gain, [...lost.values()].flat(), Difference);
    for (const [from, loss] of lost) add(from, NOBODY, loss, [...gained.values()].flat(), Difference);
    return found.sort((a, b) => b.area - a.area);
  }

  /**
   * @param {number} before
   * @param {number} after
   * @returns {{gained: Map<number, Path[]>, lost: Map<number, Path[]>}} the ground of each actor
   */
  movedBetween(before, after) {
    const [gained, lost] = [new Map(), new Map()];
    const { Positive, Negative } = clipper.FillRule;
    for (const actor of this.control.actors.keys()) {
      const shapesAt = (/** @type {number} */ index) =>
        this.control.rowsAt(index).filter((row) => this.control.actor[row] === actor).map((row) => this.control.shape[row]);
      const loops = this.loops(shapesAt(before), shapesAt(after));
      if (!loops.length) continue;
      const [more, less] = [filled(loops, Positive), filled(loops, Negative)];
      if (more.length) gained.set(actor, more);
      if (less.length) lost.set(actor, less);
    }
    return { gained, lost };
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
    return this.walk(balance);
  }

  /**
   * @param {Map<number, number>} balance
   * @returns {Path[]}
   */
  walk(balance) {
    const { x, y, arcStart } = this.control.shapes;
    const place = (/** @type {number} */ i) => x[i] * 2 ** 26 + y[i];
    /** @type {Map<number, number[]>} Runs along arcs by where they begin; backwards is ~arc. */
    const leaving = new Map();
    const [first, last] = [(/** @type {number} */ run) => (run < 0 ? arcStart[~run + 1] - 1 : arcStart[run]), (/** @type {number} */ run) => (run < 0 ? arcStart[~run] : arcStart[run + 1] - 1)];
    for (const [arc, times] of balance) {
      const run = times < 0 ? ~arc : arc;
      for (let i = Math.abs(times); i > 0; i--) {
        const from = place(first(run));
        const runs = leaving.get(from);
        if (runs) runs.push(run);
        else leaving.set(from, [run]);
      }
    }
    /** @type {Path[]} */
    const loops = [];
    for (const [start, runs] of leaving) {
      while (runs.length) {
        /** @type {Path} */
        const loop = [];
        let at = start;
        // As many runs arrive at each vertex as leave it: no walk ends but where it began.
        do {
          const run = leaving.get(at)?.pop();
          if (run === undefined) break;
          const [a, b] = [first(run), last(run)];
          const step = a < b ? 1 : -1;
          for (let i = a; i !== b; i += step) loop.push({ x: x[i] * FINE, y: y[i] * FINE });
          at = place(b);
        } while (at !== start);
        loops.push(loop);
      }
    }
    return loops;
  }

  /**
   * Measure pieces, leaving out what is narrower than the steps of the map's coordinates: that is rounding.
   *
   * @param {Path[][]} pieces
   * @returns {Piece[]} the largest first
   */
  measured(pieces) {
    const unit = this.control.shapes.scale * FINE;
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
    const outline = outlineOf(pieces.flatMap(({ rings }) => rings), this.control.shapes.scale * FINE);
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
    const unit = this.control.shapes.scale * FINE;
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
    const outline = outlineOf(rings, this.control.shapes.scale * FINE);
    const [x, y] = widest(outline);
    return { x, y, area: area / 1e6, box: outline.box };
  }
}

/**
 * The ground that loops enclose by a rule.
 *
 * @param {Path[]} loops
 * @param {number} rule  one of clipper.FillRule
 * @returns {Path[]} rings that neither cross nor overlap
 */
function filled(loops, rule) {
  const work = new clipper.Clipper64();
  work.addSubject(loops);
  /** @type {Path[]} */
  const rings = [];
  work.execute(clipper.ClipType.Union, rule, rings);
  return rings;
}

/**
 * Cut ground by other ground, and take the result apart.
 *
 * @param {Path[]} ground
 * @param {Path[]} other
 * @param {number} how  one of clipper.ClipType
 * @returns {Path[][]} pieces, each an exterior and its holes
 */
function cut(ground, other, how) {
  const work = new clipper.Clipper64();
  work.addSubject(ground);
  if (other.length) work.addClip(other);
  const tree = new clipper.PolyTree64();
  work.execute(how, clipper.FillRule.EvenOdd, tree);
  /** @type {Path[][]} */
  const pieces = [];
  const visit = (/** @type {any} */ node) => {
    for (let i = 0; i < node.count; i++) {
      const exterior = node.child(i);
      const holes = Array.from({ length: exterior.count }, (_, k) => exterior.child(k));
      pieces.push([exterior.poly, ...holes.map((hole) => hole.poly)]);
      for (const hole of holes) visit(hole);
    }
  };
  visit(tree);
  return pieces;
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
  return double < FINE * around;
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
