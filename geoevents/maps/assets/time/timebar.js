// The time bar: plays, steps and narrows the window of time, over a histogram of the events.

import { element } from "../text.js";
import { windowText } from "./calendar.js";
import { beginAfter, lastUpTo } from "./clock.js";
import { Strip, tell } from "./strip.js";

const SPEEDS = [0.5, 1, 2, 5, 10];

const ICONS = {
  back: "M3.5 3.5H5.3V12.5H3.5ZM13 3.5V12.5L6.2 8Z",
  play: "M4.5 2.5V13.5L13.5 8Z",
  pause: "M4 3H7V13H4ZM9 3H12V13H9Z",
  forward: "M10.7 3.5H12.5V12.5H10.7ZM3 3.5V12.5L9.8 8Z",
};

/**
 * What the bar asks of the map.
 *
 * @typedef {object} TimeApp
 * @property {import("./clock.js").Clock | null} [clock]
 * @property {{ type: ArrayLike<number>, types: Array<{ name: string, colour: string }> } | null} [events]
 * @property {Int32Array | null} [starts]
 * @property {{ passing: ArrayLike<number>, undatedHidden: number } | null} [filter]
 * @property {{ dates: Int32Array } | null} [control]
 * @property {(topic: string, listener: () => void) => void} on
 */

/** @typedef {"from" | "to"} Side */

/**
 * Build the time bar.
 *
 * @param {TimeApp} app
 * @returns {HTMLElement | null} null where there is no time to choose from
 */
export function timeBar(app) {
  const { clock } = app;
  if (!clock || !(clock.last > clock.first)) return null;
  return new TimeBar(app, clock).element;
}

class TimeBar {
  /**
   * @param {TimeApp} app
   * @param {import("./clock.js").Clock} clock
   */
  constructor(app, clock) {
    this.app = app;
    this.clock = clock;
    this.beginnings = [...new Set([clock.first, ...Array.from(clock.stops, beginAfter)])].sort((a, b) => a - b);
    this.waiting = false;
    this.hidden = 0;
    this.strip = new Strip(app, clock, { moved: () => this.schedule(), moveEnd: (side, n) => this.moveEnd(side, n) });
    const press = (/** @type {() => void} */ act) => () => {
      act();
      this.schedule();
    };
    this.back = iconButton("Step back", "back", press(() => this.step(-1)));
    this.toggle = iconButton("Play", "play", press(() => clock.toggle()));
    this.forward = iconButton("Step forward", "forward", press(() => this.step(1)));
    this.toggle.classList.add("ge-time-play");
    this.speed = this.speedChoice();
    this.all = element("button", { type: "button", class: "ge-time-all", title: "Show the whole period", onclick: press(() => this.showAll()) }, "All");
    this.words = element("p", { class: "ge-time-words", "aria-live": "polite", "aria-atomic": "true" });
    this.scale = element("span", { class: "ge-time-scale" });
    this.note = element("span", { class: "ge-time-note" });
    this.element = this.arranged();
    app.on("time", () => this.schedule());
    app.on("view", () => this.schedule());
    app.on("filter", () => this.strip.recount());
    app.on("theme", () => this.strip.recolour());
    this.show();
  }

  speedChoice() {
    const label = "Speed, in steps a second";
    const choices = SPEEDS.map((speed) => element("option", { value: `${speed}` }, `${speed}/s`));
    const speed = /** @type {HTMLSelectElement} */ (element("select", { class: "ge-time-speed", "aria-label": label, title: label }, ...choices));
    speed.addEventListener("change", () => {
      this.clock.speed = Number(speed.value);
    });
    return speed;
  }

  arranged() {
    const steps = element("div", { class: "ge-time-buttons" }, this.back, this.toggle, this.forward);
    steps.hidden = this.clock.stops.length < 2;
    this.speed.hidden = steps.hidden;
    const said = element("div", { class: "ge-time-said" }, this.words, this.note);
    const row = element("div", { class: "ge-time-row" }, steps, said, this.scale, this.speed, this.all);
    // Time runs from left to right, whatever the language of the page around the map.
    const bar = element("div", { class: "ge-timebar", role: "group", "aria-label": "Time", dir: "ltr" }, row, this.strip.element);
    bar.addEventListener("keydown", (event) => this.onKey(event));
    return bar;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || target.closest("button, select, input, a")) return;
    event.preventDefault();
    if (!event.repeat) this.clock.toggle();
  }

  /** @param {number} n */
  step(n) {
    this.clock.pause();
    this.clock.step(n);
  }

  showAll() {
    this.clock.pause();
    this.clock.showAll();
  }

  /** Show what is so now, once a frame however often it changes. */
  schedule() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.show();
    });
  }

  show() {
    const { clock, app } = this;
    const { playing } = clock;
    // A handle says its own value when the keys move it.
    const quiet = playing || this.strip.brush.dragging || this.strip.element.contains(document.activeElement);
    tell(this.words, "aria-live", quiet ? "off" : "polite");
    write(this.words, windowText(clock.from, clock.to, clock));
    const hidden = app.filter?.undatedHidden ?? 0;
    if (hidden !== this.hidden) write(this.note, hidden ? `${hidden.toLocaleString("en")} undated hidden` : "");
    this.hidden = hidden;
    tell(this.back, "aria-disabled", `${!clock.canReturn}`);
    tell(this.forward, "aria-disabled", `${!clock.canAdvance}`);
    tell(this.all, "aria-disabled", `${clock.isWhole}`);
    if (this.toggle.getAttribute("aria-label") !== (playing ? "Pause" : "Play")) {
      setIcon(this.toggle, playing ? "Pause" : "Play", playing ? "pause" : "play");
    }
    if (Number(this.speed.value) !== clock.speed) this.speed.value = `${clock.speed}`;
    this.strip.show();
    write(this.scale, this.strip.scaleText);
  }

  /**
   * Move one end of the window by so many stops; ±Infinity to where it can go no farther.
   *
   * @param {Side} side
   * @param {number} n
   */
  moveEnd(side, n) {
    const { clock } = this;
    clock.pause();
    if (side === "from") clock.set(this.beginningFrom(n), clock.to);
    else clock.set(clock.from, this.endFrom(n));
  }

  /** @param {number} n */
  beginningFrom(n) {
    const { beginnings, clock } = this;
    const at = lastUpTo(beginnings, clock.from);
    let most = lastUpTo(beginnings, clock.to);
    if (most > 0 && beginnings[most] === clock.to && this.strip.isMeeting(clock.to)) most--;
    const index = n < 0 && beginnings[at] < clock.from ? at + 1 + n : at + n;
    return beginnings[Math.max(0, Math.min(most, index))];
  }

  /** @param {number} n */
  endFrom(n) {
    const { clock } = this;
    const { stops, from, to, last } = clock;
    const at = clock.indexAt(to);
    let least = lastUpTo(stops, from);
    if (stops[least] !== from || this.strip.isMeeting(from)) least++;
    if (n === Infinity || least >= stops.length || (n > 0 && at >= stops.length - 1)) return last;
    const index = n < 0 && at >= 0 && stops[at] < to ? at + 1 + n : at + n;
    return stops[Math.max(least, Math.min(stops.length - 1, index))];
  }
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {string} label
 * @param {keyof typeof ICONS} icon
 * @param {() => void} onclick
 */
function iconButton(label, icon, onclick) {
  const node = element("button", { type: "button", onclick });
  setIcon(node, label, icon);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} label
 * @param {keyof typeof ICONS} icon
 */
function setIcon(node, label, icon) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of [["viewBox", "0 0 16 16"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  path.setAttribute("d", ICONS[icon]);
  svg.append(path);
  node.replaceChildren(svg);
  node.setAttribute("aria-label", label);
  node.setAttribute("title", label);
}
