// A rectangle drawn on the map, and what is inside: events by type, ground by holder.

import { iconOf } from "../panel/icons.js";
import { cssColour } from "../panel/popup.js";
import { swatch } from "../panel/rows.js";
import { mercatorX, mercatorY } from "../data/shapes.js";
import { areaText, countText, dateText, element, figure, sentence } from "../text.js";
import { boxAreaKm2, groundInside } from "./clip.js";
import { ringsOf, saveButton, saveEvents } from "./download.js";
import { groundText } from "./measure.js";
import { drawing, isOnMap, pickPoints } from "./mode.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("./clip.js").Box} Box
 * @typedef {import("leaflet").LatLng} LatLng
 */

const HINT = "Drag across the map, or click two corners. By keyboard: move the cross hair with the arrow keys, Enter sets each corner.";

/** Farther than so many pixels is a drag, not a click. */
const DRAG = 5;

/** So many lines of each list are shown. */
const MOST = 8;

/**
 * The rows inside a box, counted.
 * @param {{ wx: ArrayLike<number>, wy: ArrayLike<number>, type: ArrayLike<number>, types: { length: number } }} events
 * @param {ArrayLike<number>} rows those shown
 * @param {Box} box in degrees, on any turn of the world
 * @returns {{ rows: Uint32Array, types: Uint32Array }} the rows, and how many there are of each type
 */
export function eventsInside({ wx, wy, type, types }, rows, [west, south, east, north]) {
  const [left, right, top, bottom] = [mercatorX(west), mercatorX(east), mercatorY(north), mercatorY(south)];
  const inside = new Uint32Array(rows.length);
  const counts = new Uint32Array(types.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (wy[row] < top || wy[row] > bottom) continue;
    // On the turn of the world on which the box begins or, failing that, the next.
    const x = wx[row] + Math.ceil(left - wx[row]);
    if (x > right) continue;
    inside[count++] = row;
    counts[type[row]] += 1;
  }
  return { rows: inside.slice(0, count), types: counts };
}

/**
 * The sum of a column over some rows, and in how many of them it is known.
 * @param {ArrayLike<number>} values
 * @param {ArrayLike<number>} rows
 * @returns {{ sum: number, known: number }}
 */
export function sumOf(values, rows) {
  let [sum, known] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return { sum, known };
}

/**
 * Who holds how much of a box.
 * @param {any} control
 * @param {number} index of the date
 * @param {Box} box
 * @returns {Array<{ name: string, colour: string, area: number, inferred: boolean }>} the most first
 */
export function holdersInside(control, index, box) {
  /** @type {Map<number, { name: string, colour: string, area: number, inferred: boolean }>} */
  const held = new Map();
  for (const row of control.rowsAt(index)) {
    const polygons = ringsOf(control, row);
    const area = polygons ? groundInside(polygons, box) : 0;
    if (area <= 0) continue;
    const actor = control.actor[row];
    const known = held.get(actor) ?? { ...control.actors[actor], area: 0, inferred: false };
    known.area += area;
    known.inferred ||= Boolean(control.inferred[row]);
    held.set(actor, known);
  }
  return [...held.values()].sort((a, b) => b.area - a.area);
}

/**
 * @param {LatLng} a
 * @param {LatLng} b
 * @returns {Box}
 */
function boxOf(a, b) {
  return [Math.min(a.lng, b.lng), Math.min(a.lat, b.lat), Math.max(a.lng, b.lng), Math.max(a.lat, b.lat)];
}

/** The tool: drawing a box, then the card about it. */
export class BoxTool {
  /**
   * @param {App} app
   * @param {import("./cards.js").Cards} cards
   */
  constructor(app, cards) {
    this.app = app;
    this.cards = cards;
    /** @type {Box | null} */
    this.box = null;
    /** @type {LatLng | null} */
    this.corner = null;
    /** @type {(() => void) | null} */
    this.endDrawing = null;
    this.body = element("div", { class: "ge-box" });
    this.isOn = false;
    this.drawn = app.L.rectangle([[0, 0], [0, 0]], { ...drawing(app), className: "ge-drawn-area" });
    app.on("rest", () => this.isOn && this.box && this.fill());
  }

  /** @param {HTMLElement | null} opener */
  start(opener) {
    this.cards.show("box", "What is inside a box", [this.body], { opener, onclose: () => this.stop() });
    this.isOn = true;
    this.draw();
  }

  stop() {
    this.isOn = false;
    this.endDrawing?.();
    this.drawn.remove();
    this.box = null;
  }

  /** Wait for a box. */
  draw() {
    const { app } = this;
    const { map } = app;
    const outer = map.getContainer();
    this.endDrawing?.();
    this.drawn.remove();
    this.box = null;
    this.corner = null;
    this.body.replaceChildren(element("p", { class: "ge-hint" }, HINT));
    /** @type {{ id: number, x: number, y: number, latlng: LatLng, moved: boolean } | null} */
    let drag = null;
    const down = (/** @type {PointerEvent} */ event) => {
      if (!event.isPrimary || event.button !== 0 || !isOnMap(event.target, outer)) return;
      drag = { id: event.pointerId, x: event.clientX, y: event.clientY, latlng: map.mouseEventToLatLng(event), moved: false };
    };
    const move = (/** @type {PointerEvent} */ event) => {
      if (!drag || event.pointerId !== drag.id) return;
      drag.moved ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > DRAG;
      if (drag.moved) this.show(boxOf(drag.latlng, map.mouseEventToLatLng(event)));
    };
    const up = (/** @type {PointerEvent} */ event) => {
      if (!drag || event.pointerId !== drag.id) return;
      const { moved, latlng } = drag;
      drag = null;
      if (!moved) return;
      swallowClick(outer);
      this.finish(boxOf(latlng, map.mouseEventToLatLng(event)));
    };
    const cancel = () => {
      drag = null;
      if (!this.corner) this.drawn.remove();
    };
    const draggable = map.dragging.enabled();
    map.dragging.disable();
    outer.classList.add("ge-boxing");
    outer.addEventListener("pointerdown", down, true);
    window.addEventListener("pointermove", move, true);
    window.addEventListener("pointerup", up, true);
    window.addEventListener("pointercancel", cancel, true);
    const endPicking = pickPoints(app, {
      name: "box",
      onPoint: (latlng) => this.pick(latlng),
      onMove: (latlng) => latlng && this.corner && !drag && this.show(boxOf(this.corner, latlng)),
      onBack: () => this.draw(),
    });
    this.endDrawing = () => {
      this.endDrawing = null;
      endPicking();
      if (draggable) map.dragging.enable();
      outer.classList.remove("ge-boxing");
      outer.removeEventListener("pointerdown", down, true);
      window.removeEventListener("pointermove", move, true);
      window.removeEventListener("pointerup", up, true);
      window.removeEventListener("pointercancel", cancel, true);
    };
    app.say(`Draw a box. ${HINT}`);
  }

  /** @param {LatLng} latlng a corner */
  pick(latlng) {
    if (!this.corner) {
      this.corner = latlng;
      this.app.say("First corner set");
      return;
    }
    this.finish(boxOf(this.corner, latlng));
  }

  /** @param {Box} box */
  show([west, south, east, north]) {
    this.drawn.setBounds(this.app.L.latLngBounds([south, west], [north, east]));
    if (!this.app.map.hasLayer(this.drawn)) this.drawn.addTo(this.app.map);
  }

  /** @param {Box} box */
  finish([west, south, east, north]) {
    if (west === east || south === north) return;
    const box = /** @type {Box} */ ([west, Math.max(-85, south), Math.min(east, west + 360), Math.min(85, north)]);
    this.endDrawing?.();
    this.box = box;
    this.show(box);
    this.fill();
    const count = this.inside?.rows.length ?? 0;
    this.app.say(`Box of ${groundText(boxAreaKm2(box))}${this.app.events ? ` with ${countText(count, "event")}` : ""}`);
    this.body.querySelector("button")?.focus({ preventScroll: true });
  }

  /** Write the card anew: what is shown may have changed. */
  fill() {
    const { app, box } = this;
    if (!box) return;
    const focused = [...this.body.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement));
    const { events, filter } = app;
    this.inside = events && filter ? eventsInside(events, filter.rows, box) : null;
    const total = element("p", { class: "ge-box-area" }, element("b", {}, groundText(boxAreaKm2(box))), " inside the box");
    this.body.replaceChildren(total, ...this.eventLines(), ...this.groundLines(), this.buttons());
    if (focused >= 0) [...this.body.querySelectorAll("button")][focused]?.focus({ preventScroll: true });
  }

  /** @returns {HTMLElement[]} */
  eventLines() {
    const { events } = this.app;
    if (!events || !this.inside) return [];
    const { rows, types } = this.inside;
    const most = [...types.keys()].filter((t) => types[t]).sort((a, b) => types[b] - types[a]);
    const lines = most.slice(0, MOST).map((t) => line(iconOf(events.types[t], 18), sentence(events.types[t].name), types[t].toLocaleString("en")));
    if (most.length > MOST) {
      const rest = most.slice(MOST).reduce((sum, t) => sum + types[t], 0);
      lines.push(line(null, countText(most.length - MOST, "other type"), rest.toLocaleString("en")));
    }
    /** @type {HTMLElement[]} */
    /** @type {HTMLElement[]} */
    const nodes = [element("h3", {}, rows.length ? `${countText(rows.length, "event")} shown now` : "No events shown now")];
    if (lines.length) nodes.push(element("ul", { class: "ge-lines" }, ...lines));
    const deaths = events.columns.find(({ name, kind }) => name === "fatalities" && kind === "number");
    const { sum, known } = deaths ? sumOf(/** @type {ArrayLike<number>} */ (deaths.values), rows) : { sum: 0, known: 0 };
    if (known) {
      const of = known < rows.length ? ` (known for ${known.toLocaleString("en")})` : "";
      nodes.push(element("p", { class: "ge-soft" }, `Fatalities: ${figure(sum, 6)}${of}`));
    }
    return nodes;
  }

  /** @returns {HTMLElement[]} */
  groundLines() {
    const { control, controlIndex = -1 } = this.app;
    if (!control || !this.box || controlIndex < 0) return [];
    if (!control.rowsAt(controlIndex).every((/** @type {number} */ row) => ringsOf(control, row))) return [];
    const holders = holdersInside(control, controlIndex, this.box);
    const whole = boxAreaKm2(this.box);
    const lines = holders.slice(0, MOST).map(({ name, colour, area, inferred }) => {
      const icon = swatch(inferred ? "held-inferred" : "held", cssColour(colour), inferred ? "rising" : null);
      const share = (100 * area) / whole;
      return line(icon, name || "Nobody named", `${inferred ? "≈ " : ""}${areaText(area)}`, share < 0.5 ? "< 1 %" : `${Math.round(share)} %`);
    });
    if (holders.length > MOST) {
      const rest = holders.slice(MOST).reduce((sum, { area }) => sum + area, 0);
      lines.push(line(null, countText(holders.length - MOST, "other actor"), areaText(rest)));
    }
    const heading = element("h3", {}, `Control on ${dateText(control.dates[controlIndex])}`);
    if (!lines.length) return [heading, element("p", { class: "ge-soft" }, "Nobody is said to hold ground here.")];
    return [heading, element("ul", { class: "ge-lines" }, ...lines)];
  }

  buttons() {
    const { app, box, inside } = this;
    const act = (/** @type {string} */ label, /** @type {() => void} */ onclick) => element("button", { type: "button", class: "ge-act", onclick }, label);
    const zoom = act("Zoom there", () => box && app.flyToBounds([[box[1], box[0]], [box[3], box[2]]]));
    const again = act("Draw another", () => this.draw());
    /** @type {HTMLElement[]} */
    /** @type {HTMLElement[]} */
    const nodes = [zoom, again, act("Clear", () => this.cards.close())];
    if (inside?.rows.length) {
      for (const format of /** @type {const} */ (["geojson", "csv"])) {
        const name = format === "csv" ? "CSV" : "GeoJSON";
        const save = () => saveEvents(app, format, inside.rows, "events in box");
        nodes.push(saveButton(`Save ${name}`, `Save the events inside as ${name}`, save));
      }
    }
    return element("div", { class: "ge-actions" }, ...nodes);
  }
}

/**
 * @param {Node | null} icon
 * @param {string} name
 * @param {string} detail
 * @param {string} [share]
 */
function line(icon, name, detail, share) {
  return element(
    "li",
    {},
    icon,
    element("span", { class: "ge-name", dir: "auto" }, name),
    element("span", { class: "ge-detail" }, detail, share ? " " : null, share ? element("span", { class: "ge-share" }, share) : null),
  );
}

/**
 * The click that ends a drag opens nothing.
 * @param {HTMLElement} outer
 */
function swallowClick(outer) {
  const swallow = (/** @type {Event} */ event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  outer.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => outer.removeEventListener("click", swallow, { capture: true }), 350);
}
