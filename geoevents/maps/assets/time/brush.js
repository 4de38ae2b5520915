// The pointer on the strip of the time bar: moves an end of the window, or all of it, or draws another.

import { nearest } from "./calendar.js";
import { lastUpTo } from "./clock.js";

/** Pixels that a pointer may move and still be clicking, and within which a second click belongs to the first. */
const STILL = 3;
const SAME_PLACE = 12;
const TWICE = 400;

/**
 * What the pointer has hold of: a handle, the grip between them, or the empty strip. The window then lay from edge `a` to edge `b`.
 *
 * @typedef {{ id: number, part: string, x: number, moved: boolean, a: number, b: number }} Drag
 */

export class Brush {
  /** @param {import("./strip.js").Strip} strip */
  constructor(strip) {
    this.strip = strip;
    this.clock = strip.clock;
    this.dragging = false;
    /** @type {Drag | null} */
    this.drag = null;
    this.tapped = { at: -Infinity, x: 0 };
    const node = strip.element;
    node.addEventListener("pointerdown", (event) => this.press(event));
    node.addEventListener("pointermove", (event) => this.move(event));
    node.addEventListener("pointerup", (event) => this.release(event));
    node.addEventListener("pointercancel", (event) => this.release(event));
    node.addEventListener("pointerleave", () => strip.showHint(null, 0));
  }

  /** @param {PointerEvent} event */
  xOf(event) {
    return event.clientX - this.strip.canvas.getBoundingClientRect().left;
  }

  /** @param {PointerEvent} event */
  press(event) {
    const { strip } = this;
    if (this.drag || !strip.width || (event.pointerType === "mouse" && event.button !== 0)) return;
    const part = /** @type {HTMLElement} */ (event.target).dataset.part ?? "strip";
    const [a, b] = this.cells();
    this.drag = { id: event.pointerId, part, x: this.xOf(event), moved: false, a, b };
    strip.element.setPointerCapture(event.pointerId);
    strip.showHint(null, 0);
    // The keys go on from where the pointer was; text is not selected.
    strip.handles[part === "from" ? "from" : "to"].focus({ preventScroll: true });
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drag, strip } = this;
    const x = this.xOf(event);
    if (!drag) strip.showHint(event, x);
    if (!drag || drag.id !== event.pointerId || (!drag.moved && Math.abs(x - drag.x) < STILL)) return;
    if (!drag.moved) this.begin(drag);
    this.pull(drag, x);
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { drag } = this;
    if (!drag || drag.id !== event.pointerId) return;
    this.drag = null;
    this.finish();
    if (drag.moved || event.type === "pointercancel") return;
    const again = event.timeStamp - this.tapped.at < TWICE && Math.abs(drag.x - this.tapped.x) < SAME_PLACE;
    this.tapped = { at: again ? -Infinity : event.timeStamp, x: drag.x };
    if (again) {
      this.clock.pause();
      this.clock.showAll();
    } else if (drag.part === "strip") {
      this.choose(drag.x);
    }
  }

  /** @param {Drag} drag */
  begin(drag) {
    drag.moved = true;
    this.clock.pause();
    this.dragging = true;
    this.strip.element.classList.add("ge-time-dragging");
    this.strip.element.dataset.drag = drag.part;
  }

  finish() {
    this.dragging = false;
    this.strip.element.classList.remove("ge-time-dragging");
    delete this.strip.element.dataset.drag;
    this.strip.bar.moved();
  }

  /** The edges of the grid between which the window lies. */
  cells() {
    const { clock, strip } = this;
    const { edges } = strip.grid;
    const [left, right] = strip.bounds();
    const a = clock.from <= clock.first ? 0 : nearest(edges, strip.minutesAt(left));
    const b = clock.to >= clock.last ? edges.length - 1 : nearest(edges, strip.minutesAt(right));
    return [a, b];
  }

  /** @param {number} a edge at which a window begins */
  momentFrom(a) {
    return a <= 0 ? this.clock.first : this.strip.grid.edges[a];
  }

  /** @param {number} b edge at which a window ends */
  momentTo(b) {
    const { edges, gap } = this.strip.grid;
    return b >= edges.length - 1 ? this.clock.last : edges[b] - gap;
  }

  /**
   * @param {Drag} drag
   * @param {number} x
   */
  pull({ part, x: start, a, b }, x) {
    const { clock, strip } = this;
    const { edges } = strip.grid;
    const most = edges.length - 1;
    const at = strip.minutesAt(x);
    if (part === "from") {
      clock.set(this.momentFrom(Math.min(nearest(edges, at), Math.max(0, b - 1))), clock.to);
    } else if (part === "to") {
      clock.set(clock.from, this.momentTo(Math.max(nearest(edges, at), Math.min(most, a + 1))));
    } else if (part === "grip") {
      const wanted = nearest(edges, edges[a] + at - strip.minutesAt(start));
      const end = Math.max(b - a, Math.min(most, wanted + b - a));
      clock.set(this.momentFrom(end - (b - a)), this.momentTo(end));
    } else {
      this.choose(start, x);
    }
  }

  /**
   * Show the bins under a stretch of the strip.
   *
   * @param {number} from  pixels
   * @param {number} [to]
   */
  choose(from, to = from) {
    const [one, other] = [this.cellAt(from), this.cellAt(to)];
    this.clock.pause();
    this.clock.set(this.momentFrom(Math.min(one, other)), this.momentTo(Math.max(one, other) + 1));
  }

  /** @param {number} x */
  cellAt(x) {
    const { edges } = this.strip.grid;
    return Math.max(0, Math.min(edges.length - 2, lastUpTo(edges, this.strip.minutesAt(x))));
  }
}
