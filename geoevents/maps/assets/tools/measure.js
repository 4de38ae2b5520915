// Measures distance and area on the ellipsoid, between points that the reader picks.

import { areaOf, distance as metresBetween, lengthOf } from "../geodesic.js";
import { countText, element, figure } from "../text.js";
import { drawing, pickPoints } from "./mode.js";

/** @typedef {import("./clip.js").Position} Position */

const HINT = "Click the map to add points, or press Enter for the point at the cross hair. Backspace removes the last.";

/** From this length a line is visibly not straight on the map. */
const CURVED_M = 100e3;

/** How near, in pixels, a click must be to the first point to mean it. */
const NEAR = 12;

/**
 * A length: metres up to a kilometre, then kilometres.
 * @param {number} metres
 * @returns {string}
 */
export function lengthText(metres) {
  if (metres < 999.5) return `${Math.round(metres)} m`;
  return `${figure(metres / 1000, metres < 100e3 ? 3 : 4)} km`;
}

/**
 * An area: square metres up to a tenth of a square kilometre, then square kilometres.
 * @param {number} km2
 * @returns {string}
 */
export function groundText(km2) {
  if (km2 < 0.1) return `${Math.round(km2 * 1e6).toLocaleString("en")} m²`;
  return `${figure(km2, 3)} km²`;
}

/**
 * What some points measure: the line through them and, from three on, the area they enclose.
 * @param {Position[]} points
 * @returns {{ distance: number, perimeter: number | null, area: number | null }} metres, metres, km²
 */
export function measured(points) {
  const length = lengthOf(points);
  if (points.length < 3) return { distance: length, perimeter: null, area: null };
  const perimeter = length + between(points[points.length - 1], points[0]);
  return { distance: length, perimeter, area: areaOf(points) / 1e6 };
}

/**
 * @param {Position} a
 * @param {Position} b
 * @returns {number} metres
 */
function between(a, b) {
  return metresBetween(a[0], a[1], b[0], b[1]);
}

/**
 * The shortest way from one point to another as the map shows it: bent where it is long. Drawn on a sphere, which
 * strays from the ellipsoid by less than a pixel wherever both ends are in view; lengths are never taken from it.
 * @param {Position} from
 * @param {Position} to
 * @returns {Position[]} both ends included; longitudes run on across the antimeridian
 */
export function shortestWay(from, to) {
  const length = between(from, to);
  if (length <= CURVED_M) return [from, nearTurn(to, from)];
  const [a, b] = [onSphere(from), onSphere(to)];
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  const sine = Math.sin(angle);
  // Opposite ends of the world: every way is as short.
  if (sine < 1e-6) return [from, nearTurn(to, from)];
  const count = Math.min(256, Math.ceil(length / 50e3));
  /** @type {Position[]} */
  const way = [from];
  for (let i = 1; i < count; i++) {
    const [s, t] = [Math.sin((1 - i / count) * angle) / sine, Math.sin((i / count) * angle) / sine];
    const [x, y, z] = [0, 1, 2].map((k) => s * a[k] + t * b[k]);
    /** @type {Position} */
    const point = [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
    way.push(nearTurn(point, way[i - 1]));
  }
  way.push(nearTurn(to, way[way.length - 1]));
  return way;
}

/**
 * @param {Position} position
 * @returns {[number, number, number]}
 */
function onSphere([longitude, latitude]) {
  const [x, y] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)];
}

/**
 * The same point on the turn of the world nearest to another.
 * @param {Position} point
 * @param {Position} other
 * @returns {Position}
 */
function nearTurn([longitude, latitude], [near]) {
  return [longitude + 360 * Math.round((near - longitude) / 360), latitude];
}

/**
 * @param {Position[]} points
 * @param {boolean} closed
 * @returns {Position[]}
 */
function wayThrough(points, closed) {
  /** @type {Position[]} */
  const way = points.length ? [points[0]] : [];
  const stops = closed ? [...points.slice(1), points[0]] : points.slice(1);
  for (const stop of stops) way.push(...shortestWay(way[way.length - 1], stop).slice(1));
  return way;
}

/** The tool: a mode, its card, and what it draws. */
export class Measure {
  /**
   * @param {import("../app.js").App} app
   * @param {import("./cards.js").Cards} cards
   */
  constructor(app, cards) {
    const { L } = app;
    this.app = app;
    this.cards = cards;
    /** @type {Position[]} */
    this.points = [];
    this.closed = false;
    /** @type {(() => void) | null} */
    this.end = null;
    this.style = drawing(app);
    this.drawn = L.layerGroup();
    this.rubber = L.polyline([], { ...this.style, className: "ge-drawn-rubber" });
    this.label = L.tooltip({ permanent: true, direction: "right", offset: [10, 0], className: "ge-tooltip ge-drawn-label", pane: this.style.pane });
    this.figures = element("dl", { class: "ge-figures" });
    this.hint = element("p", { class: "ge-hint" }, HINT);
    this.undo = button("Undo", () => this.removeLast());
    this.closing = button("Close the shape", () => this.toggleClosed());
    this.clearing = button("Clear", () => this.clear());
  }

  /** @param {HTMLElement | null} opener */
  start(opener) {
    const { app } = this;
    const actions = element("div", { class: "ge-actions" }, this.undo, this.closing, this.clearing);
    this.cards.show("measure", "Measure", [this.figures, this.hint, actions], { opener, onclose: () => this.stop() });
    this.drawn.addTo(app.map);
    this.end = pickPoints(app, {
      name: "measure",
      onPoint: (latlng) => this.add(latlng),
      onMove: (latlng) => this.follow(latlng),
      onBack: () => this.removeLast(),
    });
    app.say(`Measuring. ${HINT} Escape ends.`);
    this.update();
  }

  stop() {
    this.end?.();
    this.drawn.remove();
    this.label.remove();
    this.points = [];
    this.closed = false;
  }

  /** @param {import("../types.js").LatLng} latlng */
  add({ lat, lng }) {
    if (this.isFirst(lat, lng)) {
      this.toggleClosed();
      return;
    }
    this.points.push([lng, lat]);
    this.update();
    const { distance } = measured(this.points);
    this.app.say(this.points.length === 1 ? "First point" : `${countText(this.points.length, "point")}, ${lengthText(distance)}`);
  }

  /**
   * @param {number} lat
   * @param {number} lng
   */
  isFirst(lat, lng) {
    if (this.points.length < 3) return false;
    const { map } = this.app;
    const [first] = this.points;
    return map.latLngToContainerPoint([lat, lng]).distanceTo(map.latLngToContainerPoint([first[1], first[0]])) <= NEAR;
  }

  removeLast() {
    if (!this.points.pop()) return;
    if (this.points.length < 3) this.closed = false;
    this.update();
    this.app.say(`Point removed, ${countText(this.points.length, "point")} left`);
  }

  toggleClosed() {
    if (this.points.length < 3) return;
    this.closed = !this.closed;
    this.update();
    const { area, perimeter } = measured(this.points);
    this.app.say(this.closed ? `Area ${groundText(area ?? 0)}, perimeter ${lengthText(perimeter ?? 0)}` : "Shape opened");
  }

  clear() {
    this.points = [];
    this.closed = false;
    this.update();
    this.app.map.getContainer().focus({ preventScroll: true });
  }

  /**
   * Show where the next point would go.
   * @param {import("../types.js").LatLng | null} latlng
   */
  follow(latlng) {
    const { points } = this;
    if (!points.length || this.closed || !latlng) {
      this.rubber.setLatLngs([]);
      this.tell(points, points[points.length - 1]);
      return;
    }
    const { lat, lng } = latlng;
    const way = shortestWay(points[points.length - 1], [lng, lat]);
    this.rubber.setLatLngs(way.map(onMap));
    this.tell([...points, [lng, lat]], [lng, lat]);
  }

  update() {
    const { L } = this.app;
    this.drawn.clearLayers();
    this.rubber.setLatLngs([]).addTo(this.drawn);
    const way = wayThrough(this.points, this.closed).map(onMap);
    if (this.closed) L.polygon(way, { ...this.style, className: "ge-drawn-area" }).addTo(this.drawn);
    else {
      L.polyline(way, { ...this.style, className: "ge-drawn-casing" }).addTo(this.drawn);
      L.polyline(way, { ...this.style, className: "ge-drawn-line" }).addTo(this.drawn);
    }
    this.points.forEach((point, i) =>
      L.circleMarker(onMap(point), { ...this.style, radius: i ? 4.5 : 6, className: "ge-drawn-point" }).addTo(this.drawn),
    );
    this.tell(this.points, this.points[this.points.length - 1]);
    this.fillCard();
  }

  /**
   * Say beside a point what has been measured up to it.
   * @param {Position[]} points
   * @param {Position | undefined} at
   */
  tell(points, at) {
    if (!at || points.length < 2) {
      this.label.remove();
      return;
    }
    const { distance, area } = measured(points);
    const text = this.closed ? groundText(area ?? 0) : lengthText(distance);
    // Beside the end of the line, on the side to which that points; in the middle of an area.
    const before = points[points.length - 2];
    this.label.options.direction = this.closed ? "center" : at[0] < before[0] ? "left" : "right";
    this.label.options.offset = this.app.L.point(this.closed ? 0 : 10, 0);
    this.label.setLatLng(onMap(this.closed ? middleOf(points) : at)).setContent(element("span", {}, text));
    if (!this.app.map.hasLayer(this.label)) this.label.addTo(this.app.map);
  }

  fillCard() {
    const { points, closed } = this;
    const { distance, perimeter, area } = measured(points);
    const rows = closed ? [] : [["Distance", lengthText(distance)]];
    if (area !== null && perimeter !== null) rows.push(["Area", groundText(area)], ["Perimeter", lengthText(perimeter)]);
    this.figures.replaceChildren(...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
    this.hint.hidden = points.length > 2;
    this.closing.hidden = points.length < 3;
    this.closing.textContent = closed ? "Open the line" : "Close the shape";
    this.undo.hidden = this.clearing.hidden = !points.length;
  }
}

/**
 * @param {Position[]} points
 * @returns {Position} where a label of all of them stands
 */
function middleOf(points) {
  const mean = (/** @type {0 | 1} */ axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1)];
}

/**
 * @param {Position} position
 * @returns {[number, number]} as Leaflet wants it
 */
function onMap([longitude, latitude]) {
  return [latitude, longitude];
}

/**
 * @param {string} label
 * @param {() => void} onclick
 * @returns {HTMLElement}
 */
function button(label, onclick) {
  return element("button", { type: "button", class: "ge-act", onclick }, label);
}
