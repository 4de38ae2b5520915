// The bar of tools. On a small screen it holds the few that are always wanted; the others are under "More".

import { lineIcon } from "../panel/icons.js";
import { element } from "../text.js";
import { BoxTool } from "./box.js";
import { Cards } from "./cards.js";
import { downloadCard, fileName, saveBlob } from "./download.js";
import { Measure } from "./measure.js";
import { pictureOf } from "./picture.js";
import { SEARCH_ICON, Search } from "./search.js";

/**
 * @typedef {object} Tool
 * @property {string} key
 * @property {string} label
 * @property {string} path its icon
 * @property {boolean} [always] shown on a small screen, too
 * @property {"pressed" | "expanded"} [state] what it tells of itself: a mode that is on, or a card that is open
 * @property {(opener: HTMLElement) => void} act
 */

const ICONS = {
  in: "M10 4V16M4 10H16",
  out: "M4 10H16",
  fit: "M3 7.5V3H7.5M12.5 3H17V7.5M17 12.5V17H12.5M7.5 17H3V12.5M8 8H12V12H8Z",
  measure: "M13.6 2.6L17.4 6.4L6.4 17.4L2.6 13.6ZM5.4 10.8L7.2 12.6M8.1 8.1L9.9 9.9M10.8 5.4L12.6 7.2",
  box: "M3 6.5V4.5H5M8.2 4.5H11.8M15 4.5H17V6.5M17 9V11M17 13.5V15.5H15M11.8 15.5H8.2M5 15.5H3V13.5M3 11V9",
  download: "M10 3V12.5M6 8.8L10 12.8L14 8.8M3.5 14V17H16.5V14",
  picture: "M2.8 6.2H6L7.4 4.2H12.6L14 6.2H17.2V16H2.8ZM10 8A2.9 2.9 0 1 1 10 13.8A2.9 2.9 0 1 1 10 8Z",
  full: "M8 12L3 17M3 12.5V17H7.5M12 8L17 3M12.5 3H17V7.5",
  theme: "M16.2 12.2A6.8 6.8 0 1 1 7.8 3.8A5.4 5.4 0 0 0 16.2 12.2Z",
  more: "M4.2 10H4.3M10 10H10.1M15.7 10H15.8",
};

/**
 * Build the bar; the cards that it opens stand beside it.
 * @param {import("../app.js").App} app
 * @returns {HTMLElement}
 */
export function toolbar(app) {
  const bar = element("div", { class: "ge-tools", role: "toolbar", "aria-label": "Map tools", "aria-orientation": "vertical" });
  const cards = new Cards(app, bar);
  const tools = toolsOf(app, cards);
  /** @type {Map<string, HTMLElement>} */
  const buttons = new Map(tools.map((tool) => [tool.key, buttonOf(tool)]));
  bar.append(...buttons.values());
  const tell = () => {
    for (const { key, state } of tools) {
      if (state) buttons.get(key)?.setAttribute(`aria-${state}`, `${isOn(app, cards, key)}`);
    }
  };
  cards.onchange = tell;
  app.on("theme", tell);
  document.addEventListener("fullscreenchange", tell);
  app.map.getContainer().addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    event.preventDefault();
    buttons.get("search")?.click();
  });
  tell();
  return bar;
}

/**
 * @param {import("../app.js").App} app
 * @param {Cards} cards
 * @param {string} key
 * @returns {boolean}
 */
function isOn(app, cards, key) {
  if (key === "theme") return app.theme.name === "dark";
  if (key === "full") return document.fullscreenElement === app.map.getContainer();
  return cards.open === key;
}

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof Element && target.matches("input, textarea, select");
}

/**
 * @param {Tool} tool
 * @returns {HTMLElement}
 */
function buttonOf({ key, label, path, always, act }) {
  const node = element(
    "button",
    { type: "button", title: label, "aria-label": label, class: `ge-tool ge-tool-${key}${always ? " ge-always" : ""}`, onclick: () => act(node) },
    lineIcon(path, 20),
  );
  return node;
}

/**
 * @param {import("../app.js").App} app
 * @param {Cards} cards
 * @returns {Tool[]}
 */
function toolsOf(app, cards) {
  const { map } = app;
  const search = new Search(app, cards);
  const measure = new Measure(app, cards);
  const box = new BoxTool(app, cards);
  // A second click on a tool puts it away.
  const toggled = (/** @type {string} */ key, /** @type {(opener: HTMLElement) => void} */ open) => (/** @type {HTMLElement} */ opener) => {
    if (cards.open === key) cards.close();
    else open(opener);
  };
  /** @type {Array<Tool | null>} */
  const tools = [
    { key: "in", label: "Zoom in", path: ICONS.in, act: () => map.zoomIn(1) },
    { key: "out", label: "Zoom out", path: ICONS.out, act: () => map.zoomOut(1) },
    app.options.bounds ? { key: "fit", label: "Show everything", path: ICONS.fit, always: true, act: () => app.fit() } : null,
    { key: "search", label: "Search (/)", path: SEARCH_ICON, always: true, state: "expanded", act: toggled("search", (opener) => search.start(opener)) },
    { key: "measure", label: "Measure distance and area", path: ICONS.measure, state: "pressed", act: toggled("measure", (opener) => measure.start(opener)) },
    { key: "box", label: "Draw a box: what is inside", path: ICONS.box, state: "pressed", act: toggled("box", (opener) => box.start(opener)) },
    {
      key: "download",
      label: "Save the data shown",
      path: ICONS.download,
      state: "expanded",
      act: toggled("download", (opener) => openDownloads(app, cards, opener)),
    },
    { key: "picture", label: "Save a picture", path: ICONS.picture, act: () => savePicture(app) },
    document.fullscreenEnabled ? { key: "full", label: "Full screen", path: ICONS.full, state: "pressed", act: () => app.toggleFullScreen() } : null,
    { key: "theme", label: "Dark colours", path: ICONS.theme, state: "pressed", act: () => app.setTheme(app.theme.name === "dark" ? "light" : "dark") },
  ];
  const all = tools.filter((tool) => tool !== null);
  const rest = all.filter(({ always }) => !always);
  const more = (/** @type {HTMLElement} */ opener) => {
    const card = cards.show("more", "More tools", [moreCard(app, cards, rest, opener)], { opener });
    focusFirst(card, ".ge-menu button");
  };
  return [...all, { key: "more", label: "More tools", path: ICONS.more, always: true, state: "expanded", act: toggled("more", more) }];
}

/**
 * The tools that a small screen has no room for, each with its name.
 * @param {import("../app.js").App} app
 * @param {Cards} cards
 * @param {Tool[]} tools
 * @param {HTMLElement} opener
 * @returns {HTMLElement}
 */
function moreCard(app, cards, tools, opener) {
  const items = tools.map(({ key, label, path, state, act }) => {
    // Zooming may be wanted again and again.
    const stays = key === "in" || key === "out";
    const onclick = () => {
      if (!stays) cards.close();
      act(opener);
    };
    const pressed = state === "pressed" ? `${isOn(app, cards, key)}` : null;
    return element("li", {}, element("button", { type: "button", "aria-pressed": pressed, onclick }, lineIcon(path, 20), element("span", {}, label)));
  });
  return element("ul", { class: "ge-menu" }, ...items);
}

/**
 * @param {import("../app.js").App} app
 * @param {Cards} cards
 * @param {HTMLElement} opener
 */
function openDownloads(app, cards, opener) {
  const card = cards.show("download", "Save the data shown", [downloadCard(app)], { opener });
  focusFirst(card, ".ge-actions button, .ge-card-close");
}

/**
 * @param {HTMLElement} card
 * @param {string} selector
 */
function focusFirst(card, selector) {
  const first = /** @type {HTMLElement | null} */ (card.querySelector(selector));
  first?.focus({ preventScroll: true });
}

/** @param {import("../app.js").App} app */
async function savePicture(app) {
  app.say("Drawing a picture of the map");
  try {
    const name = fileName(app.title ?? null, "", "png");
    saveBlob(await pictureOf(app), name);
    app.say(`Saved ${name}`);
  } catch (error) {
    console.error(error);
    app.say("The picture could not be drawn");
  }
}
