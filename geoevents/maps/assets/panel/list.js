// The tab "Events": filters, and a list of which only the visible rows exist, however many there are.

import { isSmall } from "../frame.js";
import { countText, element, sentence } from "../text.js";
import { iconOf, lineIcon } from "./icons.js";
import { whereText, whoText } from "./popup.js";
import { refill, small } from "./rows.js";
import { shortWhen } from "./words.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("./legend.js").Part} Part
 * @typedef {import("./legend.js").Topic} Topic
 * @typedef {{count: number, view: number}} Extent  rows in the list, height of what is seen of it in pixels
 */

/** Height of a row in pixels. */
export const ROW = 52;
/** No browser draws an element higher than this; Firefox ends at 17.9 million pixels. */
export const TALLEST = 15_600_000;
const BEYOND = 6;
const DELAY = 120;
const MOST_CHOICES = 200;

// --- where rows stand, without a page ---------------------------------------------------------------

/**
 * How high the element is that is scrolled.
 *
 * @param {number} count
 * @returns {number}
 */
export function heightOf(count) {
  return Math.min(count * ROW, TALLEST);
}

/**
 * How far down the list the view begins, in pixels of the whole list, for a position of the scroll bar.
 *
 * @param {number} top  scrollTop
 * @param {Extent} extent
 * @returns {number}
 */
export function offsetAt(top, { count, view }) {
  const [whole, drawn] = [count * ROW - view, heightOf(count) - view];
  if (drawn <= 0) return 0;
  return Math.max(0, Math.min(whole, top * (whole / drawn)));
}

/**
 * The position of the scroll bar at which the view begins so far down the list.
 *
 * @param {number} offset
 * @param {Extent} extent
 * @returns {number}
 */
export function topAt(offset, { count, view }) {
  const [whole, drawn] = [count * ROW - view, heightOf(count) - view];
  return whole <= 0 ? 0 : (offset * drawn) / whole;
}

/**
 * Which rows exist: those in view and a few beyond, the first and the one after the last.
 *
 * @param {number} offset
 * @param {Extent} extent
 * @returns {[number, number]}
 */
export function rowsAt(offset, { count, view }) {
  const first = Math.max(0, Math.floor(offset / ROW) - BEYOND);
  return [first, Math.min(count, Math.ceil((offset + view) / ROW) + BEYOND)];
}

/**
 * The nearest place down the list at which a row is seen whole.
 *
 * @param {number} offset
 * @param {number} index
 * @param {Extent} extent
 * @returns {number}
 */
export function revealing(offset, index, { view }) {
  if (index * ROW < offset) return index * ROW;
  return Math.max(offset, (index + 1) * ROW - view);
}

/**
 * Where a key leads from a row, or null where it leads nowhere.
 *
 * @param {string} key
 * @param {number} at  -1: nowhere yet
 * @param {Extent} extent
 * @returns {number|null}
 */
export function rowAfter(key, at, { count, view }) {
  const page = Math.max(1, Math.floor(view / ROW) - 1);
  const moves = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity });
  if (!(key in moves) || !count) return null;
  return Math.max(0, Math.min(count - 1, at < 0 && moves[key] > 0 && moves[key] !== Infinity ? moves[key] - 1 : at + moves[key]));
}

/**
 * Where a row stands among ascending rows, or where it would.
 *
 * @param {ArrayLike<number>} rows
 * @param {number} row
 * @returns {number}
 */
export function positionOf(rows, row) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Names that hold all words looked for, whatever their case and accents; not more than `most`.
 *
 * @template {{name: string}} T
 * @param {T[]} options
 * @param {string} text
 * @param {number} [most]
 * @returns {T[]}
 */
export function matching(options, text, most = MOST_CHOICES) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const found = [];
  for (const option of options) {
    if (found.length === most) break;
    const name = plain(option.name);
    if (words.every((word) => name.includes(word))) found.push(option);
  }
  return found;
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");
}

/**
 * A choice after one key of it was ticked or not; null is all, and so is nothing left.
 *
 * @template K
 * @param {Set<K>|null} chosen
 * @param {K} key
 * @param {boolean} on
 * @returns {Set<K>|null}
 */
export function chosenAfter(chosen, key, on) {
  const next = new Set(chosen ?? []);
  if (on) next.add(key);
  else next.delete(key);
  return next.size ? next : null;
}

// --- the list ---------------------------------------------------------------------------------------

export class RowList {
  /**
   * @param {{label: string, id: string, draw: (row: number) => Node[], onopen: (row: number) => void}} how
   */
  constructor({ label, id, draw, onopen }) {
    this.draw = draw;
    this.onopen = onopen;
    this.id = id;
    /** @type {ArrayLike<number>} Ascending. */
    this.rows = [];
    this.active = -1;
    /** @type {number|null} */
    this.selected = null;
    this.offset = 0;
    this.own = 0;
    /** @type {Map<number, HTMLElement>} What exists, by its place in the list. */
    this.drawn = new Map();
    this.space = element("div", { class: "ge-list-space", role: "none" });
    this.element = element("div", { class: "ge-list", role: "listbox", tabindex: "0", "aria-label": label, id }, this.space);
    this.element.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.element.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("click", (event) => this.onClick(event));
    new ResizeObserver(() => this.render()).observe(this.element);
  }

  /** @returns {Extent} */
  get extent() {
    return { count: this.rows.length, view: this.element.clientHeight };
  }

  /**
   * Show other rows; the view stays at the row that stands at its top, or near where that was.
   *
   * @param {ArrayLike<number>} rows  ascending
   */
  setRows(rows) {
    const top = this.rows[Math.floor(this.offset / ROW)];
    const active = this.active < 0 ? -1 : this.rows[this.active];
    const within = this.offset % ROW;
    this.rows = rows;
    for (const node of this.drawn.values()) node.remove();
    this.drawn.clear();
    this.space.style.height = `${heightOf(rows.length)}px`;
    // A list without options is none.
    this.element.hidden = rows.length === 0;
    const at = active < 0 ? -1 : positionOf(rows, active);
    this.active = at >= 0 && rows[at] === active ? at : -1;
    this.moveTo(top === undefined || this.offset === 0 ? 0 : positionOf(rows, top) * ROW + within);
  }

  /**
   * Mark a row, and bring it into view.
   *
   * @param {number|null} row
   */
  select(row) {
    this.selected = row;
    if (row !== null) {
      const at = positionOf(this.rows, row);
      if (this.rows[at] === row) {
        this.active = at;
        this.offset = this.clamp(revealing(this.offset, at, this.extent));
      }
    }
    this.moveTo(this.offset);
  }

  /** @param {number} offset */
  clamp(offset) {
    const { count, view } = this.extent;
    return Math.max(0, Math.min(count * ROW - view, offset));
  }

  /** @param {number} offset  pixels of the whole list */
  moveTo(offset) {
    this.offset = this.clamp(offset);
    this.element.scrollTop = topAt(this.offset, this.extent);
    this.own = this.element.scrollTop;
    this.render();
  }

  get isScaled() {
    return this.rows.length * ROW > TALLEST;
  }

  onScroll() {
    const { scrollTop } = this.element;
    // The scroll bar of a very long list is too coarse to say where one stands: only readers move it.
    if (Math.abs(scrollTop - this.own) < 1 && this.isScaled) return;
    this.own = scrollTop;
    this.offset = offsetAt(scrollTop, this.extent);
    this.render();
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    if (!this.isScaled || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? ROW / 2 : event.deltaMode === 2 ? this.extent.view : 1;
    this.moveTo(this.offset + event.deltaY * unit);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && this.active >= 0) {
      event.preventDefault();
      this.onopen(this.rows[this.active]);
      return;
    }
    const next = rowAfter(event.key, this.active, this.extent);
    if (next === null) return;
    event.preventDefault();
    this.active = next;
    this.moveTo(revealing(this.offset, next, this.extent));
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const node = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[aria-posinset]"));
    if (!node) return;
    this.active = Number(node.getAttribute("aria-posinset")) - 1;
    this.render();
    this.onopen(this.rows[this.active]);
  }

  /** Make the rows that are in view, and let go of the others. */
  render() {
    const { extent } = this;
    if (!extent.view) return;
    const [first, end] = rowsAt(this.offset, extent);
    for (const [index, node] of this.drawn) {
      if (index >= first && index < end) continue;
      node.remove();
      this.drawn.delete(index);
    }
    const shift = this.isScaled ? Math.round(this.element.scrollTop - this.offset) : 0;
    for (let index = first; index < end; index++) this.place(index, shift);
    const active = this.drawn.get(this.active);
    if (active) this.element.setAttribute("aria-activedescendant", active.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {number} index
   * @param {number} shift
   */
  place(index, shift) {
    const row = this.rows[index];
    let node = this.drawn.get(index);
    if (!node) {
      node = element(
        "div",
        { class: "ge-item", role: "option", id: `${this.id}_${index}`, "aria-posinset": `${index + 1}`, "aria-setsize": `${this.rows.length}` },
        ...this.draw(row),
      );
      this.drawn.set(index, node);
      // Screen readers read them in the order of the page.
      const after = this.drawn.get(index + 1);
      this.space.insertBefore(node, after ?? null);
    }
    node.style.transform = `translateY(${index * ROW + shift}px)`;
    node.setAttribute("aria-selected", `${row === this.selected}`);
    node.classList.toggle("ge-active", index === this.active);
  }
}

// --- the tab ----------------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part}
 */
export function listTab(app) {
  const { filter } = app;
  const events = /** @type {import("../types.js").Events} */ (app.events);
  const read = /** @type {import("../types.js").Reader} */ (app.read);
  if (!filter) throw new Error("no events to list");
  const search = searchField(app);
  const choices = choosers(app);
  // On a phone the list itself hides half the map, often the half with the events.
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", checked: !isSmall(app.map.getContainer()), onchange: () => measure() }));
  const count = element("p", { class: "ge-count", role: "status" });
  const clear = small("Clear filters", () => clearFilter(app));
  const why = element("span");
  const showAll = small("Show them all the same", () => {
    box.checked = false;
    measure();
    list.element.focus();
  });
  const empty = element("p", { class: "ge-note ge-empty", hidden: true }, why, " ", showAll);
  const list = new RowList({
    label: "Events",
    id: `${app.name}_list`,
    draw: (row) => itemOf(events, read, row),
    onopen: (row) => app.select(row, true),
  });
  const measure = () => {
    const inView = box.checked;
    const rows = inView ? app.viewRows() : filter.rows;
    count.textContent = countLine(inView ? rows.length : null, filter.rows.length, events.count);
    empty.hidden = rows.length > 0;
    why.textContent = emptyText(filter.rows.length, inView, filter.undatedHidden);
    showAll.hidden = !inView || !filter.rows.length;
    list.selected = app.selected;
    list.setRows(rows);
  };
  const update = (/** @type {Topic} */ topic) => {
    if (topic === "select") list.select(app.selected);
    if (topic === "rest" || topic === "open") measure();
    if (topic === "filter" || topic === "open") {
      search.update();
      choices.update();
      clear.hidden = !isFiltered(app);
    }
  };
  const only = element("label", { class: "ge-row ge-only" }, box, element("span", { class: "ge-name" }, "Only what is in view"));
  const node = element(
    "div",
    { class: "ge-events" },
    element("div", { class: "ge-filters" }, search.element, choices.element, count, element("div", { class: "ge-counted" }, only, clear)),
    empty,
    list.element,
  );
  return { element: node, update };
}

/**
 * "123 in view of 456 shown, 789 in all".
 *
 * @param {number|null} seen  null: where they are does not matter
 * @param {number} shown
 * @param {number} all
 * @returns {string}
 */
export function countLine(seen, shown, all) {
  const [a, b, c] = [seen ?? 0, shown, all].map((value) => value.toLocaleString("en"));
  return seen === null ? `${b} shown, ${c} in all` : `${a} in view of ${b} shown, ${c} in all`;
}

/**
 * @param {number} shown
 * @param {boolean} inView
 * @param {number} undated
 */
function emptyText(shown, inView, undated) {
  if (shown && inView) return "None of the events shown lies in this part of the map.";
  const why = undated ? ` ${countText(undated, "event")} without a date ${undated === 1 ? "is" : "are"} shown when the whole period is.` : "";
  return `No event passes the filters and the period.${why}`;
}

/**
 * @param {import("../types.js").Events} events
 * @param {import("../types.js").Reader} read
 * @param {number} row
 * @returns {Node[]}
 */
function itemOf(events, read, row) {
  const type = events.types[events.type[row]];
  const hollow = Boolean(events.hollow[row]);
  const [when, where, who] = [shortWhen(read, row), whereText(read, row), whoText(read, row)];
  const beneath = [where, who].filter((text) => text !== null).flatMap((text, n) => [n ? " · " : "", element("bdi", {}, text)]);
  const status = hollow ? read("status", row) : null;
  return [
    iconOf(type, 22, hollow),
    element(
      "span",
      { class: "ge-item-text" },
      element(
        "span",
        { class: "ge-item-head" },
        element("b", { dir: "auto" }, sentence(type.name)),
        status === null ? null : element("span", { class: "ge-item-doubt", dir: "auto" }, status),
        element("span", { class: "ge-item-when" }, when),
      ),
      element("span", { class: "ge-item-where", title: [where, who].filter(Boolean).join(" · ") || null }, ...beneath),
    ),
  ];
}

/** @param {App} app */
function searchField(app) {
  const filter = /** @type {import("../filters.js").Filter} */ (app.filter);
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let pause;
  const apply = () => {
    clearTimeout(pause);
    if (field.value === filter.text) return;
    filter.text = field.value;
    app.emit("filter");
  };
  const field = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "search",
      class: "ge-field",
      placeholder: "Search words",
      "aria-label": "Search the events",
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
      oninput: () => {
        clearTimeout(pause);
        pause = setTimeout(apply, DELAY);
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && apply(),
    })
  );
  const update = () => {
    if (document.activeElement !== field && field.value !== filter.text) field.value = filter.text;
  };
  return { element: field, update };
}

// --- choices ----------------------------------------------------------------------------------------

/**
 * @typedef {{key: string|number, name: string, count: number, icon?: () => Node}} Option
 * @typedef {{what: string, options: () => Option[], chosen: () => Set<any>|null, choose: (chosen: Set<any>|null) => void}} Choice
 */

/**
 * What can be chosen: types, actors, states. Ticking narrows; nothing ticked is everything.
 *
 * @param {App} app
 * @returns {Choice[]}
 */
function choicesOf(app) {
  const filter = /** @type {import("../filters.js").Filter} */ (app.filter);
  const { types } = /** @type {import("../types.js").Events} */ (app.events);
  const named = (/** @type {Array<{name: string, count: number}>} */ names, /** @type {number} */ unnamed, /** @type {string} */ nameless) => [
    ...names.map(({ name, count }) => ({ key: name, name, count })),
    ...(unnamed ? [{ key: "", name: nameless, count: unnamed }] : []),
  ];
  const used = [...types.keys()].filter((t) => filter.types.has(t) || filter.typeCounts[t]).length;
  return [
    {
      what: "Type",
      options: () =>
        [...types.entries()]
          .map(([key, type]) => ({ key, name: sentence(type.name), count: filter.typeCounts[key], icon: () => iconOf(type, 18) }))
          .sort((a, b) => b.count - a.count),
      chosen: () => (filter.types.size === types.length ? null : filter.types),
      choose: (/** @type {Set<any>|null} */ chosen) => {
        const wanted = chosen === null ? [...types.keys()] : [...chosen];
        filter.types.clear();
        for (const t of wanted) filter.types.add(t);
      },
      few: used < 2,
    },
    {
      what: "Actor",
      options: () => named(filter.actorNames, filter.unnamed.actors, "(nobody named)"),
      chosen: () => filter.actors,
      choose: (/** @type {Set<any>|null} */ chosen) => (filter.actors = chosen),
      few: filter.actorNames.length + Math.sign(filter.unnamed.actors) < 2,
    },
    {
      what: "Status",
      options: () => named(filter.statusNames, filter.unnamed.statuses, "(not stated)"),
      chosen: () => filter.statuses,
      choose: (/** @type {Set<any>|null} */ chosen) => (filter.statuses = chosen),
      few: filter.statusNames.length + Math.sign(filter.unnamed.statuses) < 2,
    },
  ].filter(({ few }) => !few);
}

/**
 * Buttons that each open a list of boxes to tick; one list at a time.
 *
 * @param {App} app
 */
function choosers(app) {
  const made = choicesOf(app).map((choice) => chooser(app, choice, () => made.forEach((other) => other.what !== choice.what && other.close())));
  const node = element(
    "div",
    { class: "ge-choices", hidden: made.length === 0 },
    element("div", { class: "ge-choice-buttons" }, ...made.map(({ button }) => button)),
    ...made.map(({ body }) => body),
  );
  return { element: node, update: () => made.forEach(({ update }) => update()) };
}

/**
 * @param {App} app
 * @param {Choice} choice
 * @param {() => void} closeOthers
 */
function chooser(app, { what, options, chosen, choose }, closeOthers) {
  const id = `${app.name}_${what.toLowerCase()}`;
  const value = element("span", { class: "ge-choice-value", dir: "auto" });
  const button = element(
    "button",
    { type: "button", class: "ge-choice", "aria-expanded": "false", "aria-controls": id, onclick: () => open(Boolean(body.hidden)) },
    element("span", { class: "ge-choice-what" }, what),
    value,
    lineIcon("M5 8L10 13L15 8", 14),
  );
  const list = element("div", { class: "ge-ticks", role: "group", "aria-label": what });
  const field = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", class: "ge-field", placeholder: `Find ${what.toLowerCase()}`, "aria-label": `Find ${what.toLowerCase()}`, dir: "auto", oninput: () => fill() })
  );
  field.hidden = options().length <= 12;
  const body = element("div", { class: "ge-choice-body", id, hidden: true }, field, list);
  const set = (/** @type {Set<any>|null} */ next) => {
    choose(next);
    app.emit("filter");
  };
  const fill = () => {
    const now = chosen();
    const all = options();
    const found = matching(all, field.value);
    // What is ticked can be unticked, however many come before it.
    const ticked = now ? all.filter(({ key }) => now.has(key) && !found.some((option) => option.key === key)) : [];
    const lines = [...ticked, ...found].map((option) => tick(option, now?.has(option.key) ?? false, (on) => set(chosenAfter(chosen(), option.key, on))));
    const rest = matching(all, field.value, Infinity).length - found.length;
    if (!lines.length) lines.push(element("p", { class: "ge-note" }, "No such name."));
    if (rest > 0) lines.push(element("p", { class: "ge-note" }, `and ${rest.toLocaleString("en")} more: type a part of the name`));
    refill(list, lines);
  };
  const open = (/** @type {boolean} */ wanted) => {
    body.hidden = !wanted;
    button.setAttribute("aria-expanded", `${wanted}`);
    if (!wanted) return;
    closeOthers();
    fill();
  };
  const update = () => {
    const now = chosen();
    value.textContent = now === null ? "all" : chosenText(options(), now);
    button.title = `${what}: ${value.textContent}`;
    button.classList.toggle("ge-chosen", now !== null);
    if (!body.hidden) fill();
  };
  return { what, button, body, update, close: () => open(false) };
}

/**
 * @param {Option} option
 * @param {boolean} checked
 * @param {(on: boolean) => void} onchange
 * @returns {HTMLElement}
 */
function tick({ key, name, count, icon }, checked, onchange) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) }));
  return element(
    "label",
    { class: "ge-row", "data-key": `${key}` },
    box,
    icon ? icon() : null,
    element("span", { class: "ge-name", dir: "auto" }, name),
    element("span", { class: "ge-detail" }, count.toLocaleString("en")),
  );
}

/**
 * @param {Option[]} options
 * @param {Set<any>} chosen
 */
function chosenText(options, chosen) {
  if (chosen.size === 1) return options.find(({ key }) => chosen.has(key))?.name ?? "1";
  return chosen.size ? `${chosen.size} of ${options.length}` : "none";
}

/** @param {App} app */
function isFiltered({ filter, events }) {
  if (!filter || !events) return false;
  return Boolean(filter.text) || filter.types.size < events.types.length || filter.actors !== null || filter.statuses !== null;
}

/** @param {App} app */
function clearFilter(app) {
  const { filter, events } = app;
  if (!filter || !events) return;
  filter.text = "";
  filter.actors = null;
  filter.statuses = null;
  for (const t of events.types.keys()) filter.types.add(t);
  app.emit("filter");
}
