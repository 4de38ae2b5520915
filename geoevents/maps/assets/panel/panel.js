// The side panel: tabs, collapsing, a sheet from below on a phone. And the title card.

import { areaText, countText, element, sentence } from "../text.js";
import { articleTab } from "./article.js";
import { groundTab, totalOf } from "./ground.js";
import { lineIcon } from "./icons.js";
import { legendTab } from "./legend.js";
import { listTab } from "./list.js";
import { besideText, extentOf, spanText } from "./words.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("./legend.js").Part} Part
 * @typedef {import("./legend.js").Topic} Topic
 * @typedef {"article"|"legend"|"events"|"ground"} TabName
 * @typedef {{element: HTMLElement, open: (tab?: TabName) => void, close: () => void, toggle: () => void,
 *   readonly isOpen: boolean, readonly tab: TabName, readonly width: number}} SidePanel
 */

/** @type {Topic[]} */
const TOPICS = ["time", "filter", "layers", "view", "rest", "select", "theme", "tiles"];

/**
 * Build the side panel; it stands closed until `open` is called.
 *
 * @param {App} app
 * @returns {SidePanel}
 */
export function sidePanel(app) {
  const tabs = tabsOf(app);
  const strip = element("div", { class: "ge-tabs", role: "tablist", "aria-label": "Panel", onkeydown: (/** @type {KeyboardEvent} */ event) => onKey(event) }, ...tabs.map((tab) => tab.button));
  const collapse = element("button", { type: "button", class: "ge-collapse", onclick: () => panel.toggle() }, lineIcon("M7.5 4L13.5 10L7.5 16"));
  const head = element("div", { class: "ge-panel-head" }, strip, collapse);
  const label = app.article ? "Article, legend and lists" : "Legend and lists";
  const node = element("section", { class: `ge-panel ge-closed ${app.article ? "ge-with-article" : ""}`, "aria-label": label }, head, ...tabs.map((tab) => tab.body));
  let [isOpen, current] = [false, tabs[0]];
  /** @type {Set<Topic>} What happened since parts were last told. */
  const news = new Set();

  const show = () => {
    node.classList.toggle("ge-closed", !isOpen);
    node.dataset.tab = current.name;
    collapse.dataset.tab = current.title;
    collapse.setAttribute("aria-label", isOpen ? "Close the panel" : "Open the panel");
    collapse.setAttribute("aria-expanded", `${isOpen}`);
    collapse.title = collapse.getAttribute("aria-label") ?? "";
    for (const tab of tabs) {
      const chosen = tab === current;
      tab.button.setAttribute("aria-selected", `${chosen && isOpen}`);
      tab.button.tabIndex = chosen ? 0 : -1;
      tab.body.hidden = !(chosen && isOpen);
    }
    if (isOpen) fresh(current, "open");
  };
  const fresh = (/** @type {Tab} */ tab, /** @type {Topic} */ topic) => {
    if (!tab.part) {
      tab.part = tab.make(app);
      tab.body.append(tab.part.element);
    }
    tab.part.update(topic);
  };
  const change = (/** @type {boolean} */ wanted, tab = current) => {
    const moved = wanted !== isOpen;
    [isOpen, current] = [wanted, tab];
    show();
    if (moved) app.resized();
    app.emit("tab");
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const at = tabs.indexOf(current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    change(true, next);
    next.button.focus();
  };
  const panel = {
    element: node,
    open: (/** @type {TabName} */ name = current.name) => change(true, tabs.find((tab) => tab.name === name) ?? current),
    close: () => change(false),
    toggle: () => change(!isOpen),
    get isOpen() {
      return isOpen;
    },
    get tab() {
      return current.name;
    },
    get width() {
      return isOpen && getComputedStyle(node).flexDirection === "column" && node.offsetWidth < app.map.getContainer().clientWidth ? node.offsetWidth : 0;
    },
  };
  // On a phone the name of the open tab closes the sheet again.
  for (const tab of tabs) tab.button.addEventListener("click", () => change(!(isOpen && tab === current && isSheet(node)), tab));
  const tell = () => {
    const those = [...news];
    news.clear();
    if (isOpen) for (const topic of those) fresh(current, topic);
  };
  for (const topic of TOPICS) {
    app.on(topic, () => {
      // After all who listen: filter and date have been brought up to date by then.
      if (!news.size) queueMicrotask(tell);
      news.add(topic);
    });
  }
  show();
  return panel;
}

/** @param {HTMLElement} node */
function isSheet(node) {
  return Boolean(node.parentElement) && node.offsetWidth >= (node.closest(".ge-map")?.clientWidth ?? Infinity);
}

/**
 * @typedef {{name: TabName, title: string, make: (app: App) => Part, part: Part|null, button: HTMLElement, body: HTMLElement}} Tab
 */

/**
 * @param {App} app
 * @returns {Tab[]}
 */
function tabsOf(app) {
  /** @type {Array<[TabName, string, (app: App) => Part, boolean]>} */
  const all = [
    ["article", "Article", articleTab, Boolean(app.article)],
    ["legend", "Legend", legendTab, true],
    ["events", "Events", listTab, Boolean(app.filter && app.events?.placed)],
    ["ground", "Ground", groundTab, Boolean(app.control?.dates.length || app.changes)],
  ];
  return all
    .filter(([, , , there]) => there)
    .map(([name, title, make]) => {
      const [tab, body] = [`${app.name}_tab_${name}`, `${app.name}_panel_${name}`];
      return {
        name,
        title,
        make,
        part: null,
        button: element("button", { type: "button", role: "tab", id: tab, "aria-controls": body, class: "ge-tab" }, title),
        body: element("div", { role: "tabpanel", id: body, "aria-labelledby": tab, class: `ge-panel-body ge-panel-${name}`, hidden: true }),
      };
    });
}

// --- the title card ---------------------------------------------------------------------------------

/**
 * Build the title card: title, subtitle, and what is shown in figures.
 *
 * @param {App} app
 * @returns {HTMLElement|null}
 */
export function titleCard(app) {
  const facts = element("p", { class: "ge-title-facts" });
  const [title, subtitle] = [app.title, app.subtitle].map((text) => (text ? String(text) : ""));
  const extent = extentOf(app.starts ?? null, app.ends ?? null);
  const whole = { to: extent?.to ?? null, text: extent && extentText(app, extent) };
  const update = () => fillFacts(app, facts, whole);
  update();
  if (!title && !subtitle && !facts.textContent) return null;
  for (const topic of ["time", "filter", "rest"]) app.on(topic, () => queueMicrotask(update));
  return element(
    "div",
    { class: "ge-title" },
    title ? element("h1", { dir: "auto" }, title) : null,
    subtitle ? element("p", { class: "ge-subtitle", dir: "auto" }, subtitle) : null,
    facts,
  );
}

/**
 * @param {App} app
 * @param {HTMLElement} facts
 * @param {{to: number|null, text: string|null}} whole  the period of all events
 */
function fillFacts(app, facts, whole) {
  const { control, changes } = app;
  const window = app.clock && !app.clock.isWhole ? app.clock : null;
  const parts = [eventsText(app), window ? spanText(window.from, window.to) : whole.text];
  if (changes && !control) parts.push(`${areaText(totalOf(changes.table(...changesWindow(app))).area)} changed hands`);
  const said = parts.filter((part) => part !== null);
  // Where the panel is closed, only this says which date the map shows.
  const date = control && app.controlIndex >= 0 ? control.dates[app.controlIndex] : null;
  const beside = window ? window.to : whole.to;
  const words = date === null ? "" : `control on ${besideText(date, said.length ? beside : null)}`;
  const before = `${said.join(" · ")}${said.length && words ? " · " : ""}`;
  const now = said.length ? words : sentence(words);
  if (facts.textContent === `${before}${now}`) return;
  facts.replaceChildren(before, ...(now ? [element("span", { class: "ge-shown-date" }, now)] : []));
  facts.hidden = `${before}${now}` === "";
}

/** @param {App} app @returns {[number, number]} */
function changesWindow(app) {
  const [from, to] = app.changesWindow();
  return [from, to];
}

/** @param {App} app */
function eventsText({ events, filter }) {
  // A map of one described place counts nothing.
  if (!events?.count || (events.count === 1 && events.types[0].name === "locality")) return null;
  const all = countText(events.count, "event");
  const shown = filter ? filter.rows.length : events.placed;
  return shown === events.placed ? all : `${shown.toLocaleString("en")} of ${all}`;
}

/**
 * The period of all events, no more exact than its ends are known.
 *
 * @param {App} app
 * @param {{from: number, to: number, first: number, last: number}} extent
 */
function extentText({ read }, { from, to, first, last }) {
  const exact = (/** @type {number} */ row) => {
    const word = read?.("date_precision", row);
    return word === "year" || word === "month" ? word : "day";
  };
  return spanText(from, to, exact(first), exact(last));
}
