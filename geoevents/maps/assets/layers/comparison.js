// Before and after: control on two dates, either side of a line that the reader moves.

import { dateText, element } from "../text.js";

/** @typedef {import("../app.js").App} App */

const STEP = 0.02;

export class Comparison {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.on = false;
    /** Where the line stands: part of the map's free width. */
    this.share = 0.5;
    /** @type {number|null} Minutes; the start of the window where the reader chose none. */
    this.chosen = null;
    this.left = element("span", { class: "ge-swipe-date ge-swipe-left" });
    this.right = element("span", { class: "ge-swipe-date ge-swipe-right" });
    this.handle = element("button", {
      type: "button",
      class: "ge-swipe-handle",
      role: "slider",
      "aria-label": "Line between before and after",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
    });
    this.line = element("div", { class: "ge-swipe", hidden: true }, this.left, this.right, this.handle);
    // The map must not be dragged along.
    app.L.DomEvent.disableClickPropagation(this.handle);
    this.handle.addEventListener("pointerdown", (event) => this.onGrab(/** @type {PointerEvent} */ (event)));
    app.map.getContainer().append(this.line);
    for (const topic of ["time", "view"]) app.on(topic, () => this.update());
    // The line stands still while the map moves beneath it.
    app.map.on("move", () => this.on && app.areas?.refresh());
  }

  /** Whether there are two dates to compare. */
  get possible() {
    return (this.app.control?.dates.length ?? 0) > 1;
  }

  /** The date on the left, as minutes. */
  get before() {
    const { control, clock } = this.app;
    if (!control) return 0;
    if (this.chosen !== null) return this.chosen;
    return clock ? Math.max(clock.from, control.dates[0]) : control.dates[0];
  }

  toggle() {
    this.on = this.possible && !this.on;
    this.line.hidden = !this.on;
    this.update();
    this.app.emit("layers");
    if (this.on) this.app.say(`Before and after: ${this.left.textContent}, ${this.right.textContent}`);
  }

  /**
   * Compare with another date.
   *
   * @param {number|null} minutes
   */
  setBefore(minutes) {
    this.chosen = minutes;
    this.update();
    this.app.emit("layers");
  }

  /** Where the line stands, in pixels of the map's container. */
  get x() {
    const { left, right } = this.app.insets();
    const width = this.app.map.getSize().x;
    return left + this.share * (width - left - right);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -Infinity, End: Infinity });
    if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    this.moveTo(this.share + steps[event.key] * STEP);
  }

  /** @param {PointerEvent} event */
  onGrab(event) {
    this.handle.setPointerCapture(event.pointerId);
    const { left, right } = this.app.insets();
    const outer = this.app.map.getContainer().getBoundingClientRect();
    const drag = (/** @type {PointerEvent} */ moved) => this.moveTo((moved.clientX - outer.left - left) / (outer.width - left - right));
    const drop = () => {
      this.handle.removeEventListener("pointermove", /** @type {EventListener} */ (drag));
      this.handle.removeEventListener("pointerup", drop);
      this.handle.removeEventListener("pointercancel", drop);
    };
    this.handle.addEventListener("pointermove", /** @type {EventListener} */ (drag));
    this.handle.addEventListener("pointerup", drop);
    this.handle.addEventListener("pointercancel", drop);
  }

  /** @param {number} share */
  moveTo(share) {
    this.share = Math.max(0, Math.min(1, share));
    this.update();
    this.app.areas?.refresh();
    this.app.painting.names.refresh();
  }

  update() {
    const { control } = this.app;
    if (!this.on || !control) return;
    const text = (/** @type {number} */ index) => (index < 0 ? "nothing known yet" : dateText(control.dates[index]));
    this.left.textContent = text(control.indexAt(this.before));
    this.right.textContent = text(this.app.controlIndex);
    this.line.style.transform = `translateX(${this.x}px)`;
    this.handle.setAttribute("aria-valuenow", `${Math.round(this.share * 100)}`);
    this.handle.setAttribute("aria-valuetext", `${this.left.textContent} on ${Math.round(this.share * 100)} % of the map`);
  }
}
