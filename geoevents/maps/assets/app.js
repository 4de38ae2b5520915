// Puts a packed map together: reads the columns, builds layers, panel, tools and time bar, keeps them in step.

import { BaseMap } from "./draw/basemap.js";
import { resolveTheme, setTheme } from "./draw/theme.js";
import { Tiles } from "./draw/tiles.js";
import { frame, insetsOf, isSmall, shareInsets } from "./frame.js";
import { Comparison } from "./layers/comparison.js";
import { EventMarkers } from "./layers/events.js";
import { Link } from "./link.js";
import { clockOf, readModel } from "./model.js";
import { unpack } from "./data/columns.js";
import { Painting } from "./painting.js";
import { sidePanel, titleCard } from "./panel/panel.js";
import { whenText } from "./panel/popup.js";
import { Pointing } from "./pointing.js";
import { element, sentence } from "./text.js";
import { timeBar } from "./time/timebar.js";
import { coordinates } from "./tools/coordinates.js";
import { stillKey } from "./tools/stillkey.js";
import { toolbar } from "./tools/toolbar.js";
import { Topics } from "./topics.js";

/**
 * @typedef {import("leaflet").Map} LeafletMap
 * @typedef {import("./types.js").Options} Options
 * @typedef {ReturnType<typeof readModel>} Model
 * @typedef {import("./types.js").Change} Change
 */

/** The last minute of a day, counted from its first. */
const DAY_END = 1439;

/** Only the first map of a page has the address to itself. */
let linked = false;

/**
 * Show the layer `name`, whose blocks stand in the page, on a Leaflet map.
 *
 * @param {LeafletMap} map
 * @param {string} name
 * @param {Options} options
 */
export function show(map, name, options) {
  const shown = new App(window.L, map, name, options);
  shown.ready = shown.start().catch((error) => {
    console.error(error);
    const text = "This map could not be read. It needs a browser from 2023 or later.";
    map.getContainer().append(element("p", { class: "ge-failure", role: "alert" }, text));
    return shown;
  });
  return shown;
}

export class App extends Topics {
  // Known once start() has read the blocks, before any part of the map is made.
  /** @type {Model["title"]} */ title;
  /** @type {Model["subtitle"]} */ subtitle;
  /** @type {Model["events"]} */ events;
  /** @type {Model["read"]} */ read;
  /** @type {Model["starts"]} */ starts;
  /** @type {Model["ends"]} */ ends;
  /** @type {Model["filter"]} */ filter;
  /** @type {Model["regions"]} */ regions;
  /** @type {Model["places"]} */ places;
  /** @type {Model["localities"]} */ localities;
  /** @type {Model["control"]} */ control;
  /** @type {Model["changes"]} */ changes;
  /** @type {Model["article"]} */ article;
  /** @type {BaseMap | null} */ base;
  /** @type {Map<number, number>} */ regionOf;
  /** @type {EventMarkers | null} */ markers;
  /** @type {number} */ controlIndex;
  /** @type {import("./types.js").Visible} */ visible;
  /** @type {import("./time/clock.js").Clock | null} */ window;
  /** @type {import("./time/clock.js").Clock | null} */ clock;
  /** @type {ReturnType<typeof frame>} */ slots;
  /** @type {HTMLElement} */ status;
  /** @type {Comparison} */ compare;
  /** @type {Painting} */ painting;
  /** @type {Pointing} */ pointing;
  /** @type {ReturnType<typeof sidePanel>} */ panel;

  /**
   * @param {typeof import("leaflet")} L
   * @param {LeafletMap} map
   * @param {string} name
   * @param {Options} options
   */
  constructor(L, map, name, options) {
    super();
    this.L = L;
    this.map = map;
    this.name = name;
    this.options = options;
    /** @type {Promise<App>} */
    this.ready = Promise.resolve(this);
    const container = map.getContainer();
    container.classList.add("ge-map");
    container.setAttribute("role", document.querySelector("main, [role=main]") ? "region" : "main");
    container.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom, N and P step through the events, slash searches.");
    /** For pictures: the map alone, with its title and its key. */
    this.isStill = new URLSearchParams(location.hash.slice(1)).has("still");
    container.classList.toggle("ge-still", this.isStill);
    this.themeChoice = options.theme ?? "auto";
    this.theme = this.applyTheme();
    /** @type {number|null} */
    this.selected = null;
    /** @type {number|null} The event under the pointer, on the map or in the article. */
    this.hovered = null;
    /** Whether the legend stands for the article while the page is printed. */
    this.turned = false;
    /** @type {import("./panel/article.js").ArticleView|null} */
    this.reading = null;
    /** @type {string|null} The tool that has the pointer: measuring, say. */
    this.mode = null;
    /** @type {{x: number, y: number, metres: number}|null} */
    this.circle = null;
    /** @type {import("leaflet").Popup|null} */
    this.popup = null;
    /** @type {Element|null} What had the focus before a popup took it. */
    this.opener = null;
    keepStill(L, map);
    if (options.bounds) this.fit({ animate: false });
  }

  /** @param {string} name */
  async block(name) {
    const node = document.getElementById(`${this.name}_${name}`);
    return node ? unpack(node.textContent ?? "") : null;
  }

  async start() {
    const [data, base, world] = await Promise.all(["data", "base", "world"].map((part) => this.block(part)));
    if (!data) throw new Error(`The page holds no data for ${this.name}.`);
    const model = readModel(data);
    this.title = model.title;
    this.subtitle = model.subtitle;
    this.events = model.events;
    this.read = model.read;
    this.starts = model.starts;
    this.ends = model.ends;
    this.filter = model.filter;
    this.regions = model.regions;
    this.places = model.places;
    this.localities = model.localities;
    this.control = model.control;
    this.changes = model.changes;
    this.article = model.article;
    this.base = base || world ? new BaseMap(base, world) : null;
    /** @type {Map<number, number>} */
    this.regionOf = new Map();
    this.regions?.event.forEach((/** @type {number} */ row, /** @type {number} */ i) => this.regionOf?.set(row, i));
    this.markers = this.events ? new EventMarkers(this.events) : null;
    if (this.regions) this.markers?.bind(this.regions, this.regionOf);
    /** @type {number|null} The date of control that the reader chose on a map without a clock. */
    this.chosenIndex = null;
    this.controlIndex = -1;
    this.visible = {
      gain: true,
      inferred: true,
      given: true,
      places: true,
      localities: true,
      changes: true,
      control: new Set(this.control ? this.control.actors.keys() : []),
      gainers: new Set(this.changes ? this.changes.gainers() : []),
    };
    this.startClock(model);
    this.mount();
    return this;
  }

  /** @param {ReturnType<typeof readModel>} model */
  startClock(model) {
    const asked = this.options.time ?? { on: true, from: null, to: null };
    const clock = clockOf(model);
    if (clock && (asked.from !== null || asked.to !== null)) clock.set(asked.from ?? clock.first, asked.to ?? clock.last);
    /** What the window is, whether or not the reader can move it. */
    this.window = clock;
    this.clock = asked.on === false ? null : clock;
    if (clock) clock.onchange = () => this.emit("time");
    this.follow();
  }

  /** Let filter, control and markers follow the window of time. */
  follow() {
    const { window, filter, control } = this;
    if (control) this.controlIndex = this.chosenIndex ?? (window ? indexUpTo(control, window.to) : control.dates.length - 1);
    if (!filter) return;
    filter.window = window && !window.isWhole ? { from: window.from, to: endOfDay(window.to) } : null;
    filter.update();
    this.markers?.show(filter);
  }

  mount() {
    const { L, map } = this;
    const container = map.getContainer();
    // The toolbar has them.
    map.zoomControl?.remove();
    this.slots = frame(L, container);
    this.status = element("p", { class: "ge-hidden", role: "status", "aria-live": "polite" });
    container.append(this.status);
    if (this.base) {
      map.attributionControl?.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
      map.attributionControl?.addAttribution(escapeText(this.base.sources.join(", ") || "Natural Earth"));
    }
    if (this.options.basemap) {
      this.tiles = new Tiles(L, map, () => this.onTiles());
      const first = this.options.basemap;
      if (first !== "auto" && first !== "embedded") this.tiles.choose(first);
    }
    // First of all listeners: what others show hangs on it.
    for (const topic of ["time", "filter"]) this.on(topic, () => this.follow());
    this.compare = new Comparison(this);
    this.panel = sidePanel(this);
    const card = titleCard(this);
    if (card) this.slots.topleft.append(card);
    this.slots.topleft.append(toolbar(this));
    const bar = this.clock ? timeBar(this) : null;
    if (bar) this.slots.bottom.append(bar);
    this.slots.right.append(this.panel.element);
    if (!isSmall(container) && !this.isStill) this.panel.open(this.article ? "article" : "legend");
    L.control.scale({ maxWidth: 140 }).addTo(map);
    coordinates(this);
    const key = this.isStill ? stillKey(this) : null;
    if (key) container.append(key);
    this.risen = this.insets().bottom;
    shareInsets(container);
    // Painted once, where the map is to stand.
    if (this.options.bounds) this.fit({ animate: false });
    else this.centre();
    if (this.options.bounds && this.markers) this.markers.leastZoom = map.getZoom() - 1.05;
    this.painting = new Painting(this);
    this.pointing = new Pointing(this);
    this.printed();
    this.listen();
    this.onTiles();
    this.limitZoom();
    if (linked) return;
    linked = true;
    this.link = new Link(this);
    this.link.read();
  }

  /** On paper the map has other colours and another size, and shows what was seen of it. */
  printed() {
    const { map } = this;
    /** @type {{seen: import("leaflet").LatLngBounds, centre: import("leaflet").LatLng, zoom: number}|null} */
    let before = null;
    this.on("rest", () => {
      if (!matchMedia("print").matches) this.seen = this.freeBounds();
    });
    matchMedia("print").addEventListener("change", (event) => {
      const { painting } = this;
      this.turn(event.matches);
      this.setTheme(this.themeChoice);
      if (event.matches) before = { seen: this.seen ?? map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
      map.invalidateSize({ animate: false, pan: false });
      shareInsets(map.getContainer());
      if (event.matches && before) this.fitTo(before.seen, { animate: false, paddingTopLeft: [10, 10] });
      else if (before) map.setView(before.centre, before.zoom, { animate: false });
      for (const layer of [painting.ground, painting.areas, painting.points, painting.names]) layer?.refreshNow();
    });
  }

  /**
   * On paper an article would end where the sheet does: the legend stands in its place, which the map needs more.
   *
   * @param {boolean} toPaper
   */
  turn(toPaper) {
    if (toPaper && this.panel.isOpen && this.panel.tab === "article") {
      this.panel.open("legend");
      this.turned = true;
    } else if (!toPaper && this.turned) {
      this.panel.open("article");
      this.turned = false;
    }
  }

  /** What is seen of the map beside all that is docked. */
  freeBounds() {
    const { left, top, right, bottom } = this.insets();
    const size = this.map.getSize();
    const corner = (/** @type {number} */ x, /** @type {number} */ y) => this.map.containerPointToLatLng([x, y]);
    return this.L.latLngBounds(corner(left, top), corner(size.x - right, size.y - bottom));
  }

  listen() {
    const { map } = this;
    this.on("time", () => {
      this.closeDated();
      this.painting.refreshMoving();
    });
    for (const topic of ["filter", "layers"]) this.on(topic, () => this.painting.refresh());
    this.on("rest", () => this.painting.rest());
    this.on("theme", () => this.painting.refreshAll());
    map.on("moveend zoomend", () => this.emit("view"));
    map.on("resize", () => this.onResize());
    map.on("popupclose", (event) => {
      if (event.popup !== this.popup) return;
      map.getContainer().classList.remove("ge-reading");
      this.popup = null;
      this.goBack();
      this.deselect();
    });
    map.getContainer().addEventListener("keydown", (event) => this.onEscape(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.themeChoice === "auto" && this.setTheme("auto"));
  }

  onResize() {
    shareInsets(this.map.getContainer());
    this.limitZoom();
    this.emit("view");
  }

  /** The panel was opened or closed, or something docked has another height. */
  resized() {
    const container = this.map.getContainer();
    const { bottom } = this.insets();
    // A sheet from below would cover what was looked at: it moves up into what is left.
    const risen = bottom - (this.risen ?? bottom);
    if (isSmall(container) && risen && this.painting) this.map.panBy([0, risen / 2], { animate: false });
    this.risen = bottom;
    shareInsets(container);
    this.painting?.names.refresh();
    this.emit("view");
  }

  // --- what others ask ---------------------------------------------------------------------------

  get areas() {
    return this.painting?.areas;
  }

  /** How much of each side of the map is hidden by what is docked there, in pixels. */
  insets() {
    return insetsOf(this.map.getContainer());
  }

  /** Changes of control within the window that are switched on. */
  shownChanges() {
    if (!this.changes || !this.visible.changes) return [];
    const [from, to] = this.changesWindow();
    return /** @type {Change[]} */ (this.changes.between(from, to, this.visible));
  }

  /** From when to when changes are looked at: minutes. */
  changesWindow() {
    const { window } = this;
    return window ? [window.from, window.to] : [-Infinity, Infinity];
  }

  /** Rows shown that lie in the visible part of the map. */
  viewRows() {
    const { map, filter, events } = this;
    if (!filter || !events) return [];
    const { left, top, right, bottom } = this.insets();
    const size = map.getSize();
    const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    const scale = 256 * 2 ** map.getZoom();
    const [west, east] = [(corner.x + left) / scale, (corner.x + size.x - right) / scale];
    const [north, south] = [(corner.y + top) / scale, (corner.y + size.y - bottom) / scale];
    const { wx, wy } = events;
    return filter.rows.filter((row) => wx[row] >= west && wx[row] <= east && wy[row] >= north && wy[row] <= south);
  }

  /** @param {number} row */
  placeOf(row) {
    if (!this.events) throw new Error("no events");
    return this.latLngOf(this.events.wx[row], this.events.wy[row]);
  }

  /**
   * @param {number} x Web Mercator, the world from 0 to 1.
   * @param {number} y
   */
  latLngOf(x, y) {
    const { L, map } = this;
    return /** @type {import("leaflet").CRS} */ (map.options.crs).pointToLatLng(L.point(x * 256, y * 256), 0);
  }

  /**
   * How far from its marker an event may have been, in metres; null where that is not known or a shape says it.
   *
   * @param {number} row
   */
  uncertaintyOf(row) {
    const metres = this.read?.("uncertainty_m", row);
    return typeof metres === "number" && !this.regionOf?.has(row) ? metres : null;
  }

  /** @param {string} text */
  say(text) {
    if (this.status) this.status.textContent = text;
  }

  redraw() {
    this.painting.refresh();
  }

  /** @param {number} index Which date of control is shown, on a map without a clock. */
  setControlDate(index) {
    this.chosenIndex = index;
    this.emit("time");
  }

  /** @param {string} choice light, dark or auto */
  setTheme(choice) {
    this.themeChoice = choice;
    this.theme = this.applyTheme();
    this.emit("theme");
  }

  applyTheme() {
    const name = resolveTheme(this.themeChoice);
    this.map.getContainer().dataset.theme = name;
    return setTheme(name);
  }

  // --- moving --------------------------------------------------------------------------------------

  /** @param {import("leaflet").FitBoundsOptions} [options] Show all the data, clear of what is docked. */
  fit(options = {}) {
    if (!this.options.bounds) return;
    const [west, south, east, north] = this.options.bounds;
    const [tall, wide] = [(north - south) * 0.1, (east - west) * 0.1];
    this.fitTo([[south - tall, west - wide], [north + tall, east + wide]], { maxZoom: 10, ...options });
  }

  /** Without data: what is in the middle of the map, in the middle of what is free of it. */
  centre() {
    const { left, top, right, bottom } = this.insets();
    this.map.panBy([(right - left) / 2, (bottom - top) / 2], { animate: false });
  }

  /**
   * @param {import("leaflet").LatLngBoundsExpression} bounds
   * @param {import("leaflet").FitBoundsOptions} options
   */
  fitTo(bounds, options) {
    const { right, bottom } = this.insets();
    const small = isSmall(this.map.getContainer());
    const title = this.isStill && !this.title ? 24 : small ? 96 : 84;
    this.map.fitBounds(bounds, {
      paddingTopLeft: [small || this.isStill ? 24 : 60, title],
      paddingBottomRight: [right + (small ? 24 : 30), bottom + (small ? 30 : 40)],
      ...options,
    });
  }

  /** @param {import("leaflet").LatLngBoundsExpression} bounds */
  flyToBounds(bounds) {
    const { right, bottom } = this.insets();
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map.flyToBounds(bounds, { paddingTopLeft: [90, 90], paddingBottomRight: [right + 90, bottom + 90], maxZoom: 15, duration: 0.5, animate });
  }

  /**
   * @param {number} lat
   * @param {number} lng
   * @param {number} [zoom]
   */
  flyTo(lat, lng, zoom = Math.max(this.map.getZoom(), 9)) {
    const { left, top, right, bottom } = this.insets();
    // The place comes to stand in the middle of what is free.
    const shift = this.L.point((right - left) / 2, (bottom - top) / 2);
    const centre = this.map.unproject(this.map.project([lat, lng], zoom).add(shift), zoom);
    this.map.setView(centre, zoom, { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  /** No farther out than the whole world once, no farther in than anything is drawn. */
  limitZoom() {
    if (!this.tiles) return;
    const world = Math.ceil(Math.log2(this.map.getSize().x / 256) * 4) / 4;
    this.map.setMinZoom(Math.max(0, Math.min(world, this.map.getZoom())));
  }

  onTiles() {
    this.map.setMaxZoom(!this.tiles || this.tiles.key !== "embedded" ? 19 : 16);
    this.painting?.ground?.refresh();
    this.painting?.names.refresh();
    this.emit("tiles");
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.map.getContainer().requestFullscreen();
  }

  // --- reading ---------------------------------------------------------------------------------------

  /**
   * Open the popup of an event; `among` are events at the same place to page through.
   *
   * @param {number} row
   * @param {boolean} [move]
   * @param {import("leaflet").LatLng|null} [at]
   * @param {number[]|null} [among]
   */
  select(row, move = false, at = null, among = null) {
    if (this.events && row >= this.events.placed) {
      this.selectUnplaced(row);
      return;
    }
    const content = this.pointing.content(row, among);
    const place = at ?? this.placeOf(row);
    if (move && !this.isFree(place)) this.flyTo(place.lat, place.lng, this.map.getZoom());
    this.open(content, place);
    this.selected = row;
    const metres = this.uncertaintyOf(row);
    const { wx, wy } = /** @type {import("./types.js").Events} */ (this.events);
    this.circle = metres === null ? null : { x: wx[row], y: wy[row], metres };
    this.say(content.getAttribute("aria-label") ?? "");
    this.pointing.hint(null);
    this.redraw();
    this.emit("select");
  }

  /**
   * Choose an event that is not on the map: the article says why.
   *
   * @param {number} row
   */
  selectUnplaced(row) {
    const { events, read } = this;
    if (!events || !read) return;
    if (this.popup) this.map.closePopup(this.popup);
    this.circle = null;
    this.selected = row;
    const what = [sentence(events.types[events.type[row]].name), whenText(read, row)].filter(Boolean).join(", ");
    this.say(`${what}. Not on the map: ${events.problem[row - events.placed] || "no place is given for it"}.`);
    this.pointing.hint(null);
    this.redraw();
    this.emit("select");
  }

  /** @param {number|null} row The event under the pointer. */
  hover(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    this.emit("hover");
  }

  deselect() {
    this.circle = null;
    if (this.selected !== null) {
      this.selected = null;
      this.emit("select");
    }
    this.redraw();
  }

  /** @param {import("leaflet").LatLng} place Whether it lies in the free part of the map, not at its edge. */
  isFree(place) {
    const { left, top, right, bottom } = this.insets();
    const size = this.map.getSize();
    const { x, y } = this.map.latLngToContainerPoint(place);
    return x > left + 40 && x < size.x - right - 40 && y > top + 40 && y < size.y - bottom - 40;
  }

  /**
   * @param {HTMLElement} content
   * @param {import("leaflet").LatLng} latlng
   */
  open(content, latlng) {
    const container = this.map.getContainer();
    const focused = document.activeElement;
    const inside = this.popup?.getElement()?.contains(focused) ?? false;
    if (!inside) this.opener = focused;
    this.openAt(content, latlng);
    // Who chose by keyboard reads on in the popup; keys on the map itself step through the events.
    if (!inside && (focused === container || !container.contains(focused) || !focused?.matches(":focus-visible"))) return;
    content.tabIndex = -1;
    content.focus({ preventScroll: true });
  }

  /** Give the focus back that was lost with a popup. */
  goBack() {
    const { opener, map } = this;
    if (document.activeElement !== document.body) return;
    const back = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : map.getContainer();
    back.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event Wherever the focus is: Leaflet hears keys on the map itself only. */
  onEscape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || (!this.popup && this.selected === null)) return;
    // A card has its own.
    if (/** @type {Element} */ (event.target).closest(".ge-card")) return;
    event.preventDefault();
    if (this.popup) this.map.closePopup(this.popup);
    else this.deselect();
  }

  /**
   * @param {HTMLElement} content
   * @param {import("leaflet").LatLng} latlng
   */
  openAt(content, latlng) {
    // Paging through events at one place turns the pages of one popup.
    if (this.popup?.isOpen() && this.popup.getLatLng()?.equals(latlng)) {
      this.popup.setContent(content);
      return;
    }
    const size = this.map.getSize();
    const container = this.map.getContainer();
    const small = isSmall(container);
    const { right, bottom } = this.insets();
    // Under the title; on a small screen the tools make way.
    const card = container.querySelector(".ge-title")?.getBoundingClientRect();
    const top = card ? card.bottom - container.getBoundingClientRect().top + 10 : 12;
    const width = Math.min(330, size.x - (small ? 24 : 90));
    const popup = this.L.popup({
      maxWidth: width,
      minWidth: width,
      maxHeight: Math.round(Math.max(140, Math.min(size.y * (small ? 0.5 : 0.6), size.y - top - bottom - 60))),
      offset: [0, -8],
      className: "ge-popup",
      autoPanPaddingTopLeft: [small ? 12 : 62, top],
      autoPanPaddingBottomRight: [(small ? 12 : 20) + right, 20 + bottom],
    });
    popup.setLatLng(latlng).setContent(content).openOn(this.map);
    this.popup = popup;
    container.classList.add("ge-reading");
  }

  /** What a popup says of one date does not hold on another. */
  closeDated() {
    if (this.popup?.getElement()?.querySelector(".ge-held, .ge-changed")) this.map.closePopup(this.popup);
  }
}

/**
 * Readers who ask for less motion see the map jump, not glide.
 *
 * @param {typeof import("leaflet")} L
 * @param {LeafletMap} map
 */
function keepStill(L, map) {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  // Leaflet reads the option once, when a map is made: this is what it made of it.
  Object.assign(map, { _zoomAnimated: false });
  Object.assign(map.options, { zoomAnimation: false, markerZoomAnimation: false, inertia: false });
  map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
}

/**
 * Through the whole day where a window ends with the day's first minute.
 *
 * @param {number} minutes
 */
function endOfDay(minutes) {
  return minutes % 1440 === 0 ? minutes + DAY_END : minutes;
}

/**
 * The state of control at a moment. A day stands for all of it, unless it has a state of its own: another may follow.
 *
 * @param {import("./layers/control.js").Control} control
 * @param {number} minutes
 */
function indexUpTo(control, minutes) {
  const index = control.indexAt(minutes);
  return index >= 0 && control.dates[index] === minutes ? index : control.indexAt(endOfDay(minutes));
}

/** @param {string} text */
function escapeText(text) {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
