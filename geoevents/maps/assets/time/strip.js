// The strip of the time bar: histogram of the events, dates of control, axis, and the brush that holds the window.

import { MISSING_TIME } from "../data/columns.js";
import { contrast, currentTheme, lineColour } from "../draw/theme.js";
import { cssColour } from "../panel/popup.js";
import { countText, element, sentence } from "../text.js";
import { Brush } from "./brush.js";
import { axisTicks, binUnit, civil, edgesOf, focusOf, grainOf, startOf, unitAt, windowText } from "./calendar.js";
import { beginAfter, lastUpTo } from "./clock.js";
import { barsOf, countBins, stackOrder } from "./histogram.js";

/** @typedef {"from" | "to"} Side */

const DAY = 1440;

/** From the edge of the strip to where time begins, in pixels: half a handle fits. */
const PAD = 16;

/** How wide what lies long before all else is drawn: enough for a year and a bar. */
const STUB = 52;

/** Below this many events, thin bars look like stray lines. */
const FEW = 500;

export class Strip {
  /**
   * @param {import("./timebar.js").TimeApp} app
   * @param {import("./clock.js").Clock} clock
   * @param {object} bar  what the strip asks of the bar around it
   * @param {() => void} bar.moved  show soon what is so now
   * @param {(side: Side, n: number) => void} bar.moveEnd
   */
  constructor(app, clock, bar) {
    this.app = app;
    this.clock = clock;
    this.bar = bar;
    const { events, starts } = app;
    /** @type {{ starts: Int32Array, type: ArrayLike<number>, types: Array<{ name: string, colour: string }> } | null} */
    this.dated = events && starts ? { starts, type: events.type, types: events.types } : null;
    this.grain = grainOf(this.dated ? this.dated.starts : clock.stops, MISSING_TIME);
/** What has a mark: dates of control; without those or events, dates of change. */
    const dates = app.control?.dates ?? (this.dated ? new Int32Array() : clock.stops);
    this.dates = dates.filter((date) => date >= clock.first && date <= clock.last);
    this.canvas = /** @type {HTMLCanvasElement} */ (element("canvas", { class: "ge-time-canvas", "aria-hidden": "true" }));
    this.grip = element("div", { class: "ge-time-grip", "data-part": "grip" });
    this.handles = { from: this.handle("from", "Beginning of the period shown"), to: this.handle("to", "End of the period shown") };
    this.hint = element("div", { class: "ge-time-hint", "aria-hidden": "true" });
    this.hint.hidden = true;
    const { from, to } = this.handles;
    this.element = element("div", { class: "ge-time-strip" }, this.canvas, this.grip, from, to, this.hint);
    /** The bars as they are, drawn once for each choice of events. */
    this.picture = document.createElement("canvas");
    this.width = 0;
    this.height = 0;
    this.ratio = 1;
    this.colours = { ink: "", soft: "", line: "", accent: "", tint: "" };
    this.domain = [clock.first, clock.last];
    /** From here on the strip is to scale; what lies long before has a stub of so many pixels. */
    this.resumed = focusOf([this.dated ? this.dated.starts : clock.stops, this.dates], clock.first, clock.last);
    this.focus = this.resumed;
    this.stub = this.resumed > clock.first ? STUB : 0;
    /** Where the pointer catches: bounds of bins, or the stops where there are no events. */
    /** @type {{ edges: number[] | Float64Array, gap: number }} */
    this.grid = { edges: [0, 1], gap: 0 };
    /** @type {import("./histogram.js").Bins | null} */
    this.bins = null;
    /** How to read the height of the bars. */
    this.scaleText = "";
    /** @type {import("./calendar.js").Unit | null} */
    this.unit = null;
    /** @type {number[]} */
    this.order = [];
    /** @type {ReturnType<typeof axisTicks>} */
    this.ticks = [];
    this.stale = { size: true, counts: true, picture: true, colours: true };
    this.brush = new Brush(this);
    this.family = "sans-serif";
    new ResizeObserver(() => {
      this.stale.size = true;
      bar.moved();
    }).observe(this.canvas);
  }

  /**
   * @param {Side} side
   * @param {string} label
   */
  handle(side, label) {
    const { first, last } = this.clock;
    const node = element("div", {
      class: `ge-time-handle ge-time-${side}`,
      role: "slider",
      tabindex: "0",
      "aria-label": label,
      "aria-orientation": "horizontal",
      "aria-valuemin": `${first}`,
      "aria-valuemax": `${last}`,
      "data-part": side,
    });
    node.addEventListener("keydown", (event) => this.onKey(event, side));
    return node;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Side} side
   */
  onKey(event, side) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, number>} */
    const keys = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity };
    const n = keys[event.key];
    if (n === undefined) return;
    event.preventDefault();
    this.bar.moveEnd(side, n);
    this.bar.moved();
  }

  /**
   * Whether a stop ends one window and begins the next, as dates of control do.
   *
   * @param {number} stop
   */
  isMeeting(stop) {
    const { dates, dated, clock } = this;
    const meeting = dates.length > 1 ? dates : dated ? [] : clock.stops;
    return meeting[lastUpTo(meeting, stop)] === stop;
  }

  recount() {
    this.stale.counts = true;
    this.bar.moved();
  }

  recolour() {
    this.stale.colours = true;
    this.stale.picture = true;
    this.bar.moved();
  }

  // --- where things are ----------------------------------------------------------------------------

  /** Take the size of the strip; whether it has one. */
  measure() {
    if (!this.stale.size && this.ratio === ratioOf()) return true;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = ratioOf();
    if (width <= 2 * PAD || !height) return false;
    if (width === this.width && height === this.height && ratio === this.ratio) return true;
    Object.assign(this, { width, height, ratio });
    for (const canvas of [this.canvas, this.picture]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.layOut();
    return true;
  }

  /** Choose the bins, the axis and what the pointer catches at, for this width. */
  layOut() {
    this.family = getComputedStyle(this.element).fontFamily;
    const { clock, dated, grain } = this;
    const room = this.width - 2 * PAD - this.stub;
    this.stale.picture = true;
    if (dated) {
      const unit = binUnit(clock.last - this.resumed, room, grain, dated.starts.length < FEW ? 6 : 3);
      if (unit !== this.unit) {
        const edges = [...edgesOf(unit, this.resumed, clock.last)];
        this.focus = edges[0];
        if (this.stub) edges.unshift(startOf(unit, unitAt(unit, clock.first)));
        Object.assign(this, { unit, grid: { edges, gap: 1 }, domain: [edges[0], edges[edges.length - 1]] });
        this.stale.counts = true;
      }
    } else {
      this.grid = { edges: [...new Set([clock.first, ...clock.stops, clock.last])].sort((a, b) => a - b), gap: 0 };
    }
    const context = this.context(this.canvas);
    const measure = (/** @type {string} */ text, /** @type {boolean} */ major) => {
      context.font = this.font(major);
      return Math.ceil(context.measureText(text).width);
    };
    this.ticks = axisTicks(this.stub ? this.focus : this.domain[0], this.domain[1], room, { grain, measure, bars: dated !== null });
  }

  /** @param {number} minutes */
  x(minutes) {
    const { stub, focus } = this;
    const [first, last] = this.domain;
    if (stub && minutes < focus) return PAD + ((minutes - first) / (focus - first)) * stub;
    const begin = stub ? focus : first;
    return PAD + stub + ((minutes - begin) / (last - begin)) * (this.width - 2 * PAD - stub);
  }

  /** @param {number} x */
  minutesAt(x) {
    const { stub, focus } = this;
    const [first, last] = this.domain;
    if (stub && x < PAD + stub) return first + ((x - PAD) / stub) * (focus - first);
    const begin = stub ? focus : first;
    return begin + ((x - PAD - stub) / (this.width - 2 * PAD - stub)) * (last - begin);
  }

  /** Where the window begins and ends on the strip, in pixels. */
  bounds() {
    const { clock } = this;
    const [first, last] = this.domain;
    // The first minute of a day stands for all of it, where days have bars.
    const end = this.dated && clock.to % DAY === 0 ? clock.to + DAY : clock.to + this.grid.gap;
    const begin = this.grid.gap && (clock.from + 1) % DAY === 0 ? clock.from + 1 : clock.from;
    const left = clock.from <= clock.first ? first : begin;
    const right = clock.to >= clock.last ? last : Math.min(last, end);
    return [this.x(left), this.x(Math.max(left, right))];
  }

  /**
   * Where a date of control has its mark: in the middle of its day, where events have days only.
   *
   * @param {number} date
   */
  markAt(date) {
    return this.x(this.dated && this.grain.mean >= DAY ? Math.min(date + DAY / 2, this.domain[1]) : date);
  }

  // --- drawing ---------------------------------------------------------------------------------------

  show() {
    if (!this.measure()) return;
    if (this.stale.colours) this.readColours();
    if (this.stale.counts) this.count();
    if (this.stale.picture) this.drawBars();
    this.stale = { size: false, counts: false, picture: false, colours: false };
    this.draw();
    this.placeHandles();
  }

  readColours() {
    const style = getComputedStyle(this.element);
    const own = (/** @type {string} */ name, /** @type {string} */ otherwise) => style.getPropertyValue(name).trim() || otherwise;
    const { ink, soft, accent } = currentTheme();
    this.colours = {
      ink: own("--ink", ink),
      soft: own("--soft", soft),
      line: own("--line", soft),
      accent: own("--accent", accent),
      tint: own("--card-2", soft),
    };
  }

  count() {
    const { dated, app } = this;
    this.stale.picture = true;
    if (!dated) return;
    const edges = Float64Array.from(this.grid.edges);
    // The stack keeps its order, whatever the reader chooses to see.
    if (!this.order.length) this.order = stackOrder(countBins({ ...dated, passing: null }, dated.types.length, edges));
    this.bins = countBins({ ...dated, passing: app.filter?.passing ?? null }, dated.types.length, edges);
    this.scaleText = scaleOf(this.bins.most, this.unit?.name ?? "");
  }

  /** @param {HTMLCanvasElement} canvas */
  context(canvas) {
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** @param {boolean} major */
  font(major) {
    return `${major ? 600 : 400} ${this.isSlim ? 10 : 11}px ${this.family}`;
  }

  get isSlim() {
    return this.height < 50;
  }

  /** Where the bars stand, from the top. */
  get foot() {
    return this.height - (this.isSlim ? 13 : 17) - this.lane;
  }

  /** How much room the dates of control have between bars and axis; without bars they stand on the line. */
  get lane() {
    return this.dated && this.dates.length ? 6 : 0;
  }

  drawBars() {
    const { picture, bins, ratio } = this;
    const context = this.context(picture);
    context.clearRect(0, 0, picture.width, picture.height);
    if (!bins || !bins.most) return;
    const blocks = barsOf(bins, {
      x: (minutes) => this.x(minutes) * ratio,
      foot: Math.round(this.foot * ratio),
      height: Math.round((this.foot - 2) * ratio),
      widest: Math.round(14 * ratio),
      least: Math.round(2 * ratio),
      order: this.order,
    });
    const types = /** @type {Array<{ colour: string }>} */ (this.dated?.types);
    const colours = types.map((type) => lineColour(cssColour(type.colour)));
    // A pale block needs a rim to be seen.
    const pale = colours.map((colour) => contrast(colour, currentTheme().card) < 1.8);
    context.strokeStyle = this.colours.ink;
    for (const { type, left, top, width, height } of blocks) {
      context.fillStyle = colours[type];
      context.fillRect(left, top, width, height);
      if (!pale[type] || Math.min(width, height) < 5 * ratio) continue;
      context.globalAlpha = 0.4;
      context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
      context.globalAlpha = 1;
    }
  }

  draw() {
    const { canvas, picture, ratio, clock, colours } = this;
    const context = this.context(canvas);
    const [left, right] = this.bounds();
    const pixel = (/** @type {number} */ x) => Math.round(x * ratio);
    const foot = pixel(this.foot);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const [from, to] = [pixel(left), Math.max(pixel(right), pixel(left) + 1)];
    if (clock.isWhole) {
      context.drawImage(picture, 0, 0);
    } else {
      context.fillStyle = colours.tint;
      context.fillRect(from, 0, to - from, foot);
      context.globalAlpha = 0.3;
      context.drawImage(picture, 0, 0);
      context.globalAlpha = 1;
      context.fillRect(from, 0, to - from, foot);
      context.drawImage(picture, from, 0, to - from, foot, from, 0, to - from, foot);
    }
    const hair = Math.max(1, Math.round(ratio));
    context.fillStyle = colours.line;
    context.fillRect(pixel(PAD), foot, pixel(this.width - PAD) - pixel(PAD), hair);
    context.fillStyle = colours.accent;
    context.fillRect(from, foot - (clock.isWhole ? 0 : hair), to - from, hair * 2);
    if (!clock.isWhole) for (const x of [from, to - hair]) context.fillRect(x, 0, hair, foot);
    this.drawDates(context, this.dated ? foot + 2 * hair : foot, left, right);
    this.drawAxis(context);
  }

  /**
   * A mark for each date of control; the one shown now stands out.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} top
   * @param {number} left
   * @param {number} right
   */
  drawDates(context, top, left, right) {
    const { ratio, colours, clock, dates, dated } = this;
    if (!dates.length) return;
    const shown = lastUpTo(dates, clock.to % DAY === 0 ? clock.to + DAY - 1 : clock.to);
    const crowded = (this.width - 2 * PAD) / dates.length < 4;
    for (const [i, date] of dates.entries()) {
      const x = this.markAt(date);
      const wide = Math.round((i === shown ? 4 : crowded ? 1 : 2) * ratio);
      const tall = Math.round((i === shown ? 6 : 4) * (dated ? 1 : 2.5) * ratio);
      context.globalAlpha = i === shown || (x >= left - 0.5 && x <= right + 0.5) ? 1 : 0.45;
      context.fillStyle = i === shown ? colours.accent : colours.soft;
      context.fillRect(Math.round(x * ratio - wide / 2), dated ? top : top - tall, wide, tall);
    }
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context */
  drawAxis(context) {
    const { ratio, colours, height } = this;
    const foot = this.foot + this.lane;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "alphabetic";
    if (this.stub) this.drawBreak(context, foot);
    for (const tick of this.ticks) {
      context.fillStyle = colours.line;
      if (!tick.centred) context.fillRect(Math.round(this.x(tick.at) * ratio) / ratio, foot + 1, 1, height - foot - 4);
      context.fillStyle = tick.major ? colours.ink : colours.soft;
      context.font = this.font(tick.major);
      context.fillText(tick.text, PAD + this.stub + tick.x, height - 3);
    }
  }

  /**
   * Where the axis leaves out a long pause: two strokes across it, and the year before it.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} foot
   */
  drawBreak(context, foot) {
    const x = PAD + this.stub - 9;
    context.fillStyle = this.colours.ink;
    context.font = this.font(true);
    context.fillText(`${civil(Math.floor(this.clock.first / DAY)).year}`, PAD, this.height - 3);
    context.strokeStyle = this.colours.soft;
    context.lineWidth = 1.3;
    context.beginPath();
    for (const shift of [0, 4]) {
      context.moveTo(x + shift - 2, foot - this.lane + 5);
      context.lineTo(x + shift + 2, foot - this.lane - 5);
    }
    context.stroke();
  }

  /** Handles and grip never cover one another: where the window is narrow, they stand beside it. */
  placeHandles() {
    const { clock } = this;
    const [left, right] = this.bounds();
    const size = this.isSlim ? 32 : 24;
    const inner = Math.max(-size / 2, Math.min(size / 2, (right - left - size) / 2));
    // All three shift together at either end of the strip.
    const over = Math.max(0, PAD - size / 2 - (left + inner - size));
    const beyond = Math.max(0, right - inner + size - (this.width - PAD + size / 2));
    const shift = over - beyond;
    const from = left + inner - size + shift;
    const to = right - inner + shift;
    place(this.handles.from, from, size);
    place(this.handles.to, to, size);
    place(this.grip, from + size, to - from - size);
    this.handles.from.style.setProperty("--at", `${left - from}px`);
    this.handles.to.style.setProperty("--at", `${right - to}px`);
    this.grip.hidden = clock.isWhole;
    const begin = from < to ? beginAfter(clock.from) : clock.from;
    this.say("from", clock.from, windowText(begin, begin, { first: clock.first }));
    const day = Math.floor(clock.to / DAY) * DAY;
    const isDay = (clock.to + 1) % DAY === 0 || clock.to >= clock.last;
    this.say("to", clock.to, windowText(isDay ? day : clock.to, clock.to, { last: clock.last }));
  }

  /**
   * @param {Side} side
   * @param {number} value
   * @param {string} text
   */
  say(side, value, text) {
    tell(this.handles[side], "aria-valuenow", `${value}`);
    tell(this.handles[side], "aria-valuetext", text);
  }

  // --- what is under the pointer ---------------------------------------------------------------------

  /**
   * Say what a bar stands for, to those who have a mouse.
   *
   * @param {PointerEvent | null} event
   * @param {number} x
   */
  showHint(event, x) {
    const { bins, hint } = this;
    const shown = bins !== null && event?.pointerType === "mouse" && x >= PAD && x <= this.width - PAD;
    hint.hidden = !shown;
    if (!shown || !bins) return;
    const bin = this.brush.cellAt(x);
    if (hint.dataset.bin !== `${bin} ${bins.total}`) this.fillHint(bins, bin);
    hint.dataset.bin = `${bin} ${bins.total}`;
    const middle = (this.x(bins.edges[bin]) + this.x(bins.edges[bin + 1])) / 2;
    const half = hint.offsetWidth / 2;
    hint.style.left = `${Math.max(half, Math.min(this.width - half, middle))}px`;
  }

  /**
   * @param {import("./histogram.js").Bins} bins
   * @param {number} bin
   */
  fillHint(bins, bin) {
    const types = this.dated?.types ?? [];
    const counts = types.map((type, t) => ({ type, count: bins.counts[bin * bins.types + t] }));
    const found = counts.filter(({ count }) => count).sort((a, b) => b.count - a.count);
    const rows = found.slice(0, 4).map(({ type, count }) => {
      const colour = element("i");
      colour.style.backgroundColor = lineColour(cssColour(type.colour));
      return element("span", {}, colour, element("span", { dir: "auto" }, sentence(type.name)), element("b", {}, count.toLocaleString("en")));
    });
    const others = found.slice(4).reduce((sum, { count }) => sum + count, 0);
    if (others) rows.push(element("span", {}, element("i"), element("span", {}, "Others"), element("b", {}, others.toLocaleString("en"))));
    const when = windowText(bins.edges[bin], bins.edges[bin + 1] - 1);
    this.hint.replaceChildren(element("b", {}, when), element("span", {}, countText(bins.totals[bin], "event")), ...rows);
  }
}

/**
 * @param {number} most
 * @param {string} unit
 */
function scaleOf(most, unit) {
  if (!most) return "";
  const each = /^[a-z]/.test(unit) ? `${unit === "hour" ? "an" : "a"} ${unit}` : `in ${unit}`;
  return `up to ${most.toLocaleString("en")} ${each}`;
}

/** Pixels of the canvas for one of the page. */
function ratioOf() {
  return Math.min(window.devicePixelRatio || 1, 3);
}

/**
 * @param {HTMLElement} node
 * @param {number} left
 * @param {number} width
 */
function place(node, left, width) {
  node.style.transform = `translateX(${Math.round(left)}px)`;
  node.style.width = `${Math.round(width)}px`;
}

/**
 * Set an attribute, unless it is so already: assistive technology hears of every change.
 *
 * @param {HTMLElement} node
 * @param {string} name
 * @param {string} value
 */
export function tell(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
