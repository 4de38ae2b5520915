// Search: one field that finds places of the base map, events, and positions typed in.

import { whenText, whereText } from "../panel/popup.js";
import { iconOf, lineIcon } from "../panel/icons.js";
import { mercatorX, mercatorY } from "../data/shapes.js";
import { element, sentence } from "../text.js";
import { positionText } from "./coordinates.js";
import { EventIndex, findPlaces, folded, parseCoordinates } from "./finding.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("./finding.js").Place} Place
 * @typedef {{ label: string, detail: string, icon: Node | null, choose: () => void }} Result
 */

export const SEARCH_ICON = "M8.5 3.2A5.3 5.3 0 1 1 8.5 13.8A5.3 5.3 0 1 1 8.5 3.2ZM12.4 12.4L17 17";

const PIN = "M10 17.5C6 12.5 4.6 10.3 4.6 7.9A5.4 5.4 0 0 1 15.4 7.9C15.4 10.3 14 12.5 10 17.5ZM10 6.3A1.8 1.8 0 1 1 10 9.9A1.8 1.8 0 1 1 10 6.3Z";
const RIVER = "M3 14C7 6 11 15 17 6";
const AREA = "M4 6L9 3.5L16 5.5L15 14L8 16.5L4.5 12.5Z";

/** Kinds of the base map's labels, in the order of their numbers. */
const KINDS = ["country", "province", "town"];

const MOST = 12;

/** How long, in milliseconds, typing pauses before the map is searched. */
const PAUSE = 60;

/** The column of the events that the filter does not search. */
const NOT_SEARCHED = "date_precision";

/** How long, in milliseconds, a ring marks what was found. */
const MARKED = 8000;

/**
 * Every place that has a name on the map, each once: those that events name first.
 * @param {App} app
 * @returns {Place[]}
 */
export function placesOf(app) {
  const { places, base } = app;
  /** @type {Map<string, Place>} */
  const found = new Map();
  /** @type {Set<string>} */
  const known = new Set();
  const add = (/** @type {string} */ id, /** @type {Place} */ place) => {
    if (!place.key || (id && known.has(id))) return;
    if (id) known.add(id);
    // Pieces of one river, and a country in both parts of the base map, are one place.
    const same = `${place.kind} ${place.key}${place.kind === "town" ? ` ${place.box.map((v) => v.toFixed(3))}` : ""}`;
    const other = found.get(same);
    if (!other) found.set(same, place);
    else if (place.kind === "river") other.box = joined(other.box, place.box);
  };
  places?.name.forEach((/** @type {string} */ name, /** @type {number} */ i) => {
    const point = [places.x[i], places.y[i], places.x[i], places.y[i]];
    const kind = kindText(places.kind[i]);
    const box = hasShape(places.shapes, i) ? places.shapes.box(i) : point;
    add(`${places.id[i]}`, { name, key: folded(name), kind, weight: 1e10, box: /** @type {Place["box"]} */ ([...box]), own: true });
  });
  for (const part of [...(base?.parts ?? [])].reverse()) {
    addLabels(part.labels, add);
    addRivers(part.rivers, add);
  }
  return [...found.values()];
}

/** @param {string} kind */
function kindText(kind) {
  return { admin1: "province", admin2: "district", "populated place": "town" }[kind] ?? kind;
}

/**
 * @param {any} shapes
 * @param {number} i
 */
function hasShape(shapes, i) {
  const [west, , east] = shapes.box(i);
  return east > west;
}

/**
 * @param {Place["box"]} a
 * @param {Place["box"]} b
 * @returns {Place["box"]}
 */
function joined(a, b) {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/**
 * @param {any} labels
 * @param {(id: string, place: Place) => void} add
 */
function addLabels(labels, add) {
  if (!labels) return;
  labels.name.forEach((/** @type {string} */ name, /** @type {number} */ i) => {
    const kind = KINDS[labels.kind[i]] ?? "place";
    // An area's label stands in the middle of the widest circle inside it.
    const reach = kind === "town" ? 0 : (2.2 * labels.room[i]) / 360;
    const [x, y] = [labels.x[i], labels.y[i]];
    const weight = kind === "country" ? 1e9 : kind === "province" ? 3e6 : labels.population[i];
    add(labels.id?.[i] ?? "", { name, key: folded(name), kind, weight, box: [x - reach, y - reach, x + reach, y + reach] });
  });
}

/**
 * @param {any} rivers
 * @param {(id: string, place: Place) => void} add
 */
function addRivers(rivers, add) {
  if (!rivers) return;
  rivers.name.forEach((/** @type {string} */ name, /** @type {number} */ i) => {
    const box = /** @type {Place["box"]} */ ([...rivers.shapes.box(i)]);
    add(rivers.id[i], { name, key: folded(name), kind: "river", weight: rivers.rank[i] * 2e5, box });
  });
}

/** The tool: a card with a field and a list. */
export class Search {
  /**
   * @param {App} app
   * @param {import("./cards.js").Cards} cards
   */
  constructor(app, cards) {
    this.app = app;
    this.cards = cards;
    /** @type {Place[] | null} read when first searched */
    this.places = null;
    /** @type {EventIndex | null} */
    this.index = null;
    /** @type {Result[]} */
    this.results = [];
    this.active = -1;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {import("leaflet").Layer | null} */
    this.mark = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.fading = undefined;
    const id = `${app.name}_search`;
    this.id = id;
    this.field = /** @type {HTMLInputElement} */ (
      element("input", {
        type: "text",
        class: "ge-search-field",
        role: "combobox",
        placeholder: app.events ? "Place, event or coordinates" : "Place or coordinates",
        "aria-label": app.events ? "Search places, events and coordinates" : "Search places and coordinates",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": id,
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        enterkeyhint: "search",
        dir: "auto",
        oninput: () => this.soon(),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
      })
    );
    this.list = element("div", { class: "ge-results", role: "listbox", id, "aria-label": "Results" });
    this.note = element("p", { class: "ge-hint", role: "status" });
  }

  /** @param {HTMLElement | null} opener */
  start(opener) {
    const line = element("div", { class: "ge-search-line" }, lineIcon(SEARCH_ICON), this.field);
    this.cards.show("search", "Search", [line, this.list, this.note], {
      opener,
      role: "search",
      bare: true,
      onclose: () => clearTimeout(this.timer),
    });
    this.field.focus({ preventScroll: true });
    this.field.select();
    this.run();
    // Folding a million texts takes its time: better now than between two letters.
    setTimeout(() => this.app.filter?.words.prepare(), PAUSE);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE);
  }

  run() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const text = this.field.value.trim();
    this.active = -1;
    this.results = [];
    this.list.replaceChildren();
    this.note.textContent = "";
    if (text) this.fill(text);
    this.note.hidden = !this.note.textContent;
    this.field.setAttribute("aria-expanded", `${this.results.length > 0}`);
    this.field.removeAttribute("aria-activedescendant");
    if (this.results.length) this.activate(0);
  }

  /** @param {string} text */
  fill(text) {
    const position = parseCoordinates(text);
    if (position) this.addGroup("Position", [this.positionResult(position)]);
    this.places ??= placesOf(this.app);
    const places = findPlaces(this.places, text, MOST);
    this.addGroup("Places", places.map((place) => this.placeResult(place)));
    const { events, filter } = this.app;
    if (events && filter && events.placed) {
      this.index ??= new EventIndex(events.placed, filter.words.prepare());
      const hits = this.index.find(text, filter.shown, MOST);
      this.addGroup("Events", hits.map((hit) => this.eventResult(hit)));
    }
    if (!this.results.length) this.note.textContent = folded(text) ? "Nothing found. Try fewer letters, or another spelling." : "";
  }

  /**
   * @param {string} name
   * @param {Result[]} results
   */
  addGroup(name, results) {
    if (!results.length) return;
    const heading = element("div", { class: "ge-results-heading", role: "presentation" }, name);
    const group = element("div", { role: "group", "aria-label": name }, heading);
    for (const result of results) {
      const at = this.results.length;
      this.results.push(result);
      const option = element(
        "div",
        { class: "ge-result", role: "option", id: `${this.id}_${at}`, "aria-selected": "false" },
        result.icon,
        element(
          "span",
          { class: "ge-result-text" },
          element("b", { dir: "auto" }, result.label),
          result.detail ? element("span", { dir: "auto" }, result.detail) : null,
        ),
      );
      // The field keeps the focus.
      option.addEventListener("mousedown", (/** @type {Event} */ event) => event.preventDefault());
      option.addEventListener("click", () => this.choose(at));
      option.addEventListener("pointermove", () => this.active !== at && this.activate(at, false));
      group.append(option);
    }
    this.list.append(group);
  }

  /**
   * @param {{ lat: number, lng: number }} position
   * @returns {Result}
   */
  positionResult({ lat, lng }) {
    const at = [mercatorX(lng), mercatorY(lat)];
    return {
      label: positionText(lat, lng, 5),
      detail: "go to this position",
      icon: lineIcon(PIN),
      choose: () => this.goTo({ name: "", key: "", kind: "position", weight: 0, box: [at[0], at[1], at[0], at[1]] }),
    };
  }

  /**
   * @param {Place} place
   * @returns {Result}
   */
  placeResult(place) {
    const people = place.kind === "town" && !place.own && place.weight > 0 ? `${place.weight.toLocaleString("en")} people` : "";
    const detail = [sentence(place.kind), people, place.own ? "named in the events" : ""].filter(Boolean).join(" · ");
    const icon = lineIcon(place.kind === "river" ? RIVER : place.box[2] > place.box[0] ? AREA : PIN);
    return { label: place.name, detail, icon, choose: () => this.goTo(place) };
  }

  /**
   * @param {import("./finding.js").EventHit} hit
   * @returns {Result}
   */
  eventResult({ row, found }) {
    const { events, filter, read } = this.app;
    if (!events || !read) throw new Error("no events");
    const type = events.types[events.type[row]];
    const where = whereText(read, row);
    const text = found < 0 ? null : read(searched(events)[found] ?? "", row);
    const told = typeof text === "string" && text !== where ? clipped(text, this.field.value) : "";
    const hidden = filter && !filter.shown[row] ? "not shown by the filter" : "";
    return {
      label: [sentence(type.name), whenText(read, row)].filter(Boolean).join(", "),
      detail: [where, told, hidden].filter(Boolean).join(" · "),
      icon: iconOf(type, 20, Boolean(events.hollow[row])),
      choose: () => this.app.select(row, true),
    };
  }

  /** @param {Place} place */
  goTo({ name, kind, box }) {
    const { app } = this;
    const [west, north, east, south] = box;
    const middle = app.latLngOf((west + east) / 2, (north + south) / 2);
    const size = app.map.getSize();
    const extent = Math.max((east - west) / (size.x * 0.5), (south - north) / (size.y * 0.5));
    const near = kind === "position" ? 12 : 10.5;
    const zoom = extent > 0 ? Math.min(near, Math.log2(1 / (256 * extent))) : Math.max(near, Math.min(app.map.getZoom(), 13));
    app.map.closePopup();
    app.flyTo(middle.lat, middle.lng, Math.max(app.map.getMinZoom(), Math.floor(zoom * 4) / 4));
    this.unmark();
    if (extent === 0) this.showMark(middle);
    app.say(name ? `${name}, ${kind}` : positionText(middle.lat, middle.lng, 5));
  }

  /**
   * A ring round what was found, for a while.
   * @param {import("leaflet").LatLng} latlng
   */
  showMark(latlng) {
    const { L, map } = this.app;
    const icon = L.divIcon({ className: "ge-found", html: false, iconSize: [44, 44] });
    this.mark = L.marker(latlng, { icon, interactive: false, keyboard: false }).addTo(map);
    map.once("click popupopen", () => this.unmark());
    this.fading = setTimeout(() => this.unmark(), MARKED);
  }

  unmark() {
    clearTimeout(this.fading);
    this.mark?.remove();
    this.mark = null;
  }

  /** @param {number} at */
  choose(at) {
    const result = this.results[at];
    if (!result) return;
    this.cards.close();
    result.choose();
  }

  /**
   * @param {number} at
   * @param {boolean} [scroll]
   */
  activate(at, scroll = true) {
    const option = (/** @type {number} */ i) => this.list.querySelector(`[id="${this.id}_${i}"]`);
    option(this.active)?.setAttribute("aria-selected", "false");
    this.active = at;
    const node = option(at);
    if (!node) return;
    node.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", node.id);
    if (scroll && at === 0) this.list.scrollTop = 0;
    else if (scroll) node.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const count = this.results.length;
    if (event.key === "Enter" && !event.isComposing) {
      // What was typed last may not have been looked for yet.
      if (this.timer) this.run();
      this.choose(Math.max(0, this.active));
    } else if (event.key === "ArrowDown" && count) this.activate((this.active + 1) % count);
    else if (event.key === "ArrowUp" && count) this.activate((this.active - 1 + count) % count);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * The names of the columns that the filter searches, in its order: first the type, which a result says anyway.
 * @param {import("../types.js").Events} events
 * @returns {string[]}
 */
function searched({ columns }) {
  return ["", ...columns.filter(({ name, kind }) => kind === "text" && name !== NOT_SEARCHED).map(({ name }) => name)];
}

/**
 * The part of a long text around what was looked for.
 * @param {string} text
 * @param {string} query
 * @returns {string}
 */
function clipped(text, query) {
  const letters = Array.from(text);
  if (letters.length <= 90) return text;
  const at = text.toLowerCase().indexOf(query.trim().toLowerCase());
  const start = at < 0 ? 0 : Math.max(0, Array.from(text.slice(0, at)).length - 25);
  return `${start ? "…" : ""}${letters.slice(start, start + 88).join("")}${start + 88 < letters.length ? "…" : ""}`;
}
