// The tab "Article": what the events were read from, its words linked to the map and the map to them.

import { directionOf, pickOf } from "../data/article.js";
import { nameColour } from "../draw/theme.js";
import { MarkerItem } from "../layers/events.js";
import { countText, element, sentence } from "../text.js";
import { iconOf } from "./icons.js";
import { cssColour, whenText, whereText, whoText } from "./popup.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("./legend.js").Part} Part
 * @typedef {import("./legend.js").Topic} Topic
 * @typedef {import("../types.js").Article} Article
 * @typedef {import("../types.js").Paragraph} Paragraph
 * @typedef {{node: HTMLElement, rows: number[], picked: number|null, state: string}} Words
 */

/** Paragraph levels, as article.py numbers them. */
const TITLE = 1;
const HEADING = 2;

/**
 * @param {App} app
 * @returns {Part}
 */
export function articleTab(app) {
  const view = new ArticleView(app, /** @type {Article} */ (app.article));
  app.reading = view;
  return { element: view.element, update: (topic) => view.update(topic) };
}

export class ArticleView {
  /**
   * @param {App} app
   * @param {Article} article
   */
  constructor(app, article) {
    this.app = app;
    this.article = article;
    /** @type {Map<Element, Words>} In the order of the text. */
    this.words = new Map();
    /** @type {Map<number, Words[]>} */
    this.byRow = new Map();
    /** @type {Words|null} What was used last: an event without a place is explained there. */
    this.used = null;
    /** @type {HTMLElement|null} */
    this.note = null;
    const titled = article.paragraphs.some(({ level }) => level === TITLE);
    const body = article.paragraphs.map((paragraph) => this.paragraph(paragraph, titled));
    this.element = element("article", { class: "ge-article", tabindex: "0", "aria-label": "Article" }, this.intro(), ...body);
    this.element.addEventListener("click", (event) => this.onClick(event));
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    for (const name of ["pointerover", "focusin"]) this.element.addEventListener(name, (event) => this.point(this.at(event)));
    for (const name of ["pointerleave", "focusout"]) this.element.addEventListener(name, () => this.point(null));
    app.on("hover", () => this.highlight());
    this.colour();
  }

  /** @param {Topic} topic */
  update(topic) {
    if (topic === "theme" || topic === "open") this.colour();
    if (topic === "theme" || topic === "open" || topic === "select" || topic === "filter" || topic === "time") this.paint();
    if (topic === "select" || topic === "open") this.follow();
  }

  // --- what stands there -----------------------------------------------------------------------------

  intro() {
    const { events } = this.app;
    const rows = [...this.article.rows];
    if (!events || !rows.length) return element("p", { class: "ge-note" }, "No event is linked to words of this article.");
    const lost = rows.filter((row) => row >= events.placed).length;
    const said = `${countText(rows.length, "event")} in this article${lost ? `, ${lost.toLocaleString("en")} not on the map` : ""}.`;
    const claimed = rows.some((row) => this.isClaimed(row));
    const hollow = rows.some((row) => events.hollow[row]);
    const key = (/** @type {string} */ name, /** @type {string} */ text) => element("span", { class: `ge-words-key ge-${name}` }, text);
    return element(
      "p",
      { class: "ge-note" },
      said,
      ...(lost ? [" ", key("lost", "Not on the map")] : []),
      ...(claimed ? [" ", key("claimed", "Claimed by a party to it")] : []),
      ...(hollow ? [" ", key("hollow-words", "Denied, disputed, planned or refused")] : []),
    );
  }

  /**
   * @param {Paragraph} paragraph
   * @param {boolean} titled  whether the article has a title, below which headings stand
   */
  paragraph({ text, level, segments }, titled) {
    const tag = level === TITLE || (level === HEADING && !titled) ? "h2" : level === HEADING ? "h3" : "p";
    const node = element(tag, { dir: directionOf(text), class: level === TITLE ? "ge-headline" : tag === "p" ? "ge-text" : null });
    let at = 0;
    for (const [i, { start, end, rows, begins }] of segments.entries()) {
      const words = this.link(text.slice(start, end), rows, begins);
      const next = segments[i + 1];
      // What stands behind the words of an event stands there once, not at each cut.
      if (next?.start !== end || !next.rows.includes(rows[0])) words.dataset.ends = "";
      node.append(text.slice(at, start), words);
      at = end;
    }
    node.append(text.slice(at));
    return node;
  }

  /**
   * Words that answer. They wrap as text does, which buttons do not.
   *
   * @param {string} text
   * @param {number[]} rows
   * @param {boolean} begins  whether a range begins here: the Tab key stops once for each
   */
  link(text, rows, begins) {
    const node = element("mark", { class: "ge-words", role: "button", tabindex: begins ? "0" : "-1" }, text);
    const words = { node, rows, picked: null, state: "" };
    if (rows.length > 1) node.classList.add("ge-several");
    this.words.set(node, words);
    for (const row of rows) {
      const those = this.byRow.get(row);
      if (those) those.push(words);
      else this.byRow.set(row, [words]);
    }
    return node;
  }

  // --- how it looks ----------------------------------------------------------------------------------

  colour() {
    for (const [t, { colour }] of (this.app.events?.types ?? []).entries()) {
      this.element.style.setProperty(`--type-${t}`, cssColour(colour));
      this.element.style.setProperty(`--line-${t}`, nameColour(cssColour(colour)));
    }
  }

  /** Say of all words which event they show, how sure it is, and whether the map shows it now. */
  paint() {
    for (const words of this.words.values()) this.paintOne(words);
  }

  /** @param {Words} words */
  paintOne(words) {
    const { node, rows } = words;
    const { events, selected } = this.app;
    if (!events) return;
    const shown = rows.filter((row) => this.isShown(row));
    const chosen = selected !== null && rows.includes(selected);
    const top = chosen ? selected : (shown[0] ?? rows[0]);
    const state = [top, chosen, shown.length].join();
    if (state === words.state) return;
    words.state = state;
    const t = events.type[top];
    node.style.setProperty("--c", `var(--type-${t})`);
    node.style.setProperty("--edge", `var(--line-${t})`);
    node.classList.toggle("ge-off", !shown.length);
    node.classList.toggle("ge-hollow-words", Boolean(events.hollow[top]));
    node.classList.toggle("ge-claimed", this.isClaimed(top));
    node.classList.toggle("ge-lost", top >= events.placed);
    if (chosen) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
    node.title = this.titleOf(top, rows, shown.length > 0);
  }

  /**
   * @param {number} top
   * @param {number[]} rows
   * @param {boolean} isShown
   */
  titleOf(top, rows, isShown) {
    const several = rows.length > 1 ? ` (one of ${rows.length} events in these words: choose again for the next)` : "";
    const placed = this.app.events?.placed ?? 0;
    const missing = !isShown ? " · filtered out of the map" : top >= placed ? " · not on the map" : "";
    return `${this.nameOf(top)}${several}${missing}`;
  }

  /** @param {number} row */
  nameOf(row) {
    const { events, read } = this.app;
    if (!events || !read) return "";
    const status = read("status", row);
    const doubt = status !== null && (events.hollow[row] || this.isClaimed(row)) ? String(status) : "";
    return [sentence(events.types[events.type[row]].name), whenText(read, row), doubt].filter(Boolean).join(", ");
  }

  /** @param {number} row */
  isClaimed(row) {
    return String(this.app.read?.("status", row) ?? "").toLowerCase() === "claimed";
  }

  /** @param {number} row */
  isShown(row) {
    return Boolean(this.app.filter?.shows(row));
  }

  // --- what it does ----------------------------------------------------------------------------------

  /**
   * @param {Event} event
   * @returns {Words|null}
   */
  at(event) {
    const node = /** @type {Element} */ (event.target).closest(".ge-words");
    return node ? (this.words.get(node) ?? null) : null;
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const words = this.at(event);
    const marked = getSelection();
    // Who marks words to copy them does not ask for the event.
    if (words && !(marked && !marked.isCollapsed && marked.containsNode(words.node, true))) this.pick(words);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const words = this.at(event);
    if (words && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.pick(words);
    } else this.app.pointing.onKey(event);
  }

  /** @param {Words} words */
  pick(words) {
    const shown = words.rows.filter((row) => this.isShown(row));
    const row = pickOf(shown.length ? shown : words.rows, this.app.selected, words.picked);
    words.picked = row;
    this.used = words;
    this.app.select(row, true);
  }

  /** @param {Words|null} words */
  point(words) {
    const { app } = this;
    const row = words?.rows.find((one) => this.isShown(one)) ?? null;
    if (row === app.hovered) return;
    if (row === null || !app.events || row >= app.events.placed) {
      app.pointing.hint(null);
      app.hover(row);
    } else app.pointing.hint({ item: new MarkerItem(0, 0, 0, 0, 0, row, null) }, app.placeOf(row));
  }

  highlight() {
    for (const node of this.element.querySelectorAll(".ge-hover")) node.classList.remove("ge-hover");
    const { hovered } = this.app;
    if (hovered !== null) for (const { node } of this.byRow.get(hovered) ?? []) node.classList.add("ge-hover");
  }

  /** Bring the words of the chosen event into view, and say why it is not on the map if it is not. */
  follow() {
    const { selected, events } = this.app;
    this.note?.remove();
    this.note = null;
    const those = selected === null ? undefined : this.byRow.get(selected);
    if (selected === null || !those?.length) return;
    const words = this.used && those.includes(this.used) ? this.used : (those.find(({ node }) => this.isSeen(node)) ?? those[0]);
    if (events && selected >= events.placed) {
      this.note = this.explain(selected);
      words.node.parentElement?.after(this.note);
    }
    this.reveal(words.node);
  }

  /** @param {number} row */
  explain(row) {
    const { events, read } = this.app;
    if (!events || !read) throw new Error("no events");
    const type = events.types[events.type[row]];
    const why = events.problem[row - events.placed] || "no place is given for it";
    const about = [whoText(read, row), whereText(read, row)].filter((text) => text !== null).flatMap((text, n) => [n ? " · " : "", element("bdi", {}, text)]);
    return element(
      "div",
      { class: "ge-unmapped", role: "note" },
      iconOf(type, 22, Boolean(events.hollow[row])),
      element(
        "div",
        {},
        element("p", {}, element("b", { dir: "auto" }, this.nameOf(row))),
        about.length ? element("p", {}, ...about) : null,
        element("p", { dir: "auto" }, `Not on the map: ${why}.`),
      ),
    );
  }

  /** @param {HTMLElement} node */
  isSeen(node) {
    const [inner, outer] = [node.getBoundingClientRect(), this.element.getBoundingClientRect()];
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
  }

  /** @param {HTMLElement} node */
  reveal(node) {
    const outer = this.element.getBoundingClientRect();
    if (!outer.height) return;
    const last = this.note?.getBoundingClientRect() ?? node.getBoundingClientRect();
    const top = node.getBoundingClientRect().top;
    if (top >= outer.top && last.bottom <= outer.bottom) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    // A third of the way down: what was said before stands above it. The note below must fit, too.
    const third = Math.max(8, Math.min(outer.height / 3, outer.height - (last.bottom - top) - 8));
    this.element.scrollBy({ top: top - outer.top - third, behavior });
  }

  /**
   * Go to the words of an event.
   *
   * @param {number} row
   */
  goTo(row) {
    const words = this.byRow.get(row)?.[0];
    if (!words) return;
    this.used = words;
    this.reveal(words.node);
    words.node.focus({ preventScroll: true });
  }
}
