// What answers when the reader points, clicks or presses a key on the map.

import { describe, describeLocality, whenText, whereText } from "./panel/popup.js";
import { areaText, countText, element, sentence } from "./text.js";

/**
 * @typedef {import("./app.js").App} App
 * @typedef {import("./types.js").AreaPath} AreaPath
 * @typedef {import("./types.js").MarkerItem} MarkerItem
 * @typedef {{item: MarkerItem, area?: undefined}|{area: AreaPath, item?: undefined}} Found
 */

/** Half the width of a line that answers, in pixels. */
const REACH = 4.5;

export class Pointing {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    const { L, map } = app;
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -14], className: "ge-tooltip" });
    /** @type {import("leaflet").Circle|null} */
    this.around = null;
    this.probe = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    map.on("click", (event) => !app.mode && this.onClick(event));
    map.on("mousemove", (event) => this.onMove(event));
    map.on("mouseout movestart zoomstart", () => this.hint(null));
    map.getContainer().addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { app } = this;
    if (!app.filter || app.mode || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/** @type {Element} */ (event.target).matches("input, textarea, select")) return;
    const step = /** @type {Record<string, number>} */ ({ n: 1, p: -1 })[event.key.toLowerCase()];
    const { rows } = app.filter;
    if (!step || !rows.length) return;
    event.preventDefault();
    const at = app.selected === null ? -1 : rows.indexOf(app.selected);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length;
    app.select(rows[next], true);
  }

  /**
   * What lies under a point of the map: markers first, then the smallest area.
   *
   * @param {import("leaflet").Point} containerPoint
   * @returns {Found|null}
   */
  find(containerPoint) {
    const { map, markers, painting, L } = this.app;
    const point = map.containerPointToLayerPoint(containerPoint);
    if (painting.pointView && markers) {
      const { offset } = painting.pointView;
      const item = markers.at(point.x - offset.x, point.y - offset.y, L.Browser.mobile ? 6 : 0);
      if (item) return { item };
    }
    if (!painting.areaView) return null;
    const { offset } = painting.areaView;
    const [x, y] = [point.x - offset.x, point.y - offset.y];
    this.probe.lineWidth = 2 * REACH;
    const hits = painting.areaPaths.filter(({ path, rim }) =>
      rim ? this.probe.isPointInStroke(path, x, y) : this.probe.isPointInPath(path, x, y, "evenodd"),
    );
    const area = hits.sort((a, b) => this.sizeOf(a) - this.sizeOf(b))[0];
    return area ? { area } : null;
  }

  /** @param {AreaPath} area */
  sizeOf(area) {
    if (area.what === "change") return area.size ?? 0;
    const { localities, regions } = this.app;
    const shapes = area.what === "locality" ? localities?.shapes : regions?.shapes;
    const [west, north, east, south] = shapes?.box(area.index) ?? [0, 0, 0, 0];
    return (east - west) * (south - north);
  }

  /** @param {import("leaflet").LeafletMouseEvent} event */
  onMove(event) {
    const over = /** @type {Element|null} */ (event.originalEvent.target)?.closest?.(".ge-frame .ge-slot > *");
    if (over) {
      // What lies beneath the panel is not pointed at; words of the article say themselves what is.
      if (!over.querySelector(".ge-article:hover")) this.hint(null);
      return;
    }
    const found = this.app.mode ? null : this.find(event.containerPoint);
    this.app.map.getContainer().classList.toggle("ge-pointing", found !== null);
    this.hint(found, event.latlng);
  }

  /**
   * Say in a few words what is under the pointer, and how far off it may be.
   *
   * @param {Found|null} found
   * @param {import("leaflet").LatLng} [latlng]
   */
  hint(found, latlng) {
    const row = rowOf(found);
    this.app.hover(row);
    this.surround(row);
    const text = found && latlng ? this.hintText(found, row) : null;
    if (!text || !latlng) {
      this.tooltip.remove();
      return;
    }
    this.tooltip.setLatLng(latlng).setContent(element("span", { dir: "auto" }, text));
    if (!this.app.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.app.map);
    this.keepInside(latlng);
  }

  /**
   * Let a hint near the edge stand beside the pointer, where above it a part would be cut off.
   *
   * @param {import("leaflet").LatLng} latlng
   */
  keepInside(latlng) {
    const { map } = this.app;
    const { tooltip } = this;
    const half = (tooltip.getElement()?.offsetWidth ?? 0) / 2;
    const { x } = map.latLngToContainerPoint(latlng);
    const direction = x + half > map.getSize().x ? "left" : x < half ? "right" : "top";
    if (direction === tooltip.options.direction) return;
    tooltip.options.direction = direction;
    tooltip.options.offset = direction === "top" ? [0, -14] : [direction === "left" ? -14 : 14, 0];
    tooltip.setLatLng(latlng);
  }

  /**
   * @param {Found} found
   * @param {number|null} row
   */
  hintText(found, row) {
    const { app } = this;
    if (found.item && row === null) return countText(found.item.count, "event");
    if (found.area?.what === "change") {
      const { change } = found.area;
      return `${change.toName || "nobody"}: ${areaText(change.area)} from ${change.fromName || "nobody"}`;
    }
    if (found.area?.what === "locality") return app.localities?.name[found.area.index];
    if (row === null || row === app.selected || !app.events || !app.read) return null;
    const where = whereText(app.read, row);
    const what = [sentence(app.events.types[app.events.type[row]].name), whenText(app.read, row)].filter(Boolean).join(", ");
    const status = app.events.hollow[row] ? ` (${app.read("status", row)})` : "";
    const vague = app.markers?.isVague(row) ? " (somewhere in this area)" : "";
    return `${what}${where ? ` · ${where}` : ""}${status}${vague}`;
  }

  /**
   * Draw how far from its marker an event may have been while the pointer is on it.
   *
   * @param {number|null} row
   */
  surround(row) {
    this.around?.remove();
    this.around = null;
    if (row === null || row === this.app.selected) return;
    const metres = this.app.uncertaintyOf(row);
    if (metres === null) return;
    this.around = this.app.L.circle(this.app.placeOf(row), { radius: metres, interactive: false, className: "ge-uncertainty" }).addTo(this.app.map);
  }

  /** @param {{containerPoint: import("leaflet").Point, latlng: import("leaflet").LatLng}} event */
  onClick(event) {
    const { app } = this;
    const found = this.find(event.containerPoint);
    const area = found?.area;
    if (!found) this.openControl(event);
    else if (area?.what === "change") app.open(area.change.describe(), event.latlng);
    else if (area?.what === "locality" && app.localities) app.open(describeLocality(app.localities, area.index), event.latlng);
    else if (area?.what === "region") app.select(area.row, false, event.latlng);
    else if (found.item && found.item.count === 1) app.select(found.item.rows[0]);
    else if (found.item) this.openGroup(found.item);
  }

  /**
   * Say who holds the ground at a point where nothing else answers.
   *
   * @param {{containerPoint: import("leaflet").Point, latlng: import("leaflet").LatLng}} event
   */
  openControl({ containerPoint, latlng }) {
    const { app } = this;
    const view = app.painting.areaView;
    if (!app.control || !view) return;
    const before = app.compare.on && containerPoint.x < app.compare.x;
    const index = before ? app.control.indexAt(app.compare.before) : app.controlIndex;
    if (index < 0) return;
    const point = app.map.containerPointToLayerPoint(containerPoint);
    const [x, y] = [(point.x - view.offset.x + view.x) / view.scale, (point.y - view.offset.y + view.y) / view.scale];
    const row = app.control.rowAt(x, y, { index, visible: app.visible });
    if (row !== null) app.open(app.control.describe(row), latlng);
  }

  /**
   * Zoom to a group, or page through its events where zooming would not part them.
   *
   * @param {MarkerItem} item
   */
  openGroup(item) {
    const { app } = this;
    if (!app.events) return;
    const { wx, wy } = app.events;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const row of item.rows) {
      west = Math.min(west, wx[row]);
      east = Math.max(east, wx[row]);
      north = Math.min(north, wy[row]);
      south = Math.max(south, wy[row]);
    }
    const extent = Math.max(east - west, south - north) * 256 * 2 ** 15;
    if (extent > 60 && app.map.getZoom() < 15) {
      const corner = (/** @type {number} */ x, /** @type {number} */ y) => app.latLngOf(x, y);
      app.flyToBounds(app.L.latLngBounds(corner(west, south), corner(east, north)));
      return;
    }
    app.select(item.rows[0], false, null, Array.from(item.rows));
  }

  /**
   * The popup of an event; `among` are events at the same place to page through.
   *
   * @param {number} row
   * @param {number[]|null} among
   */
  content(row, among) {
    const { events, regions, regionOf } = this.app;
    const index = regionOf.get(row);
    const region = index === undefined || !regions ? null : { area: regions.area[index], inferred: regions.inferred[index] };
    const content = describe(/** @type {import("./types.js").Events} */ (events), row, region);
    if (this.app.article?.rows.has(row)) content.querySelector("header")?.append(this.reader(row));
    if (among && among.length > 1) content.append(this.pager(row, among));
    return content;
  }

  /**
   * What leads from a popup to the words it was read from.
   *
   * @param {number} row
   */
  reader(row) {
    const { app } = this;
    const go = (/** @type {Event} */ event) => {
      event.stopPropagation();
      const risen = app.insets().bottom;
      app.panel.open("article");
      // The sheet of a phone has covered the popup: another is made, to fit what is left.
      if (app.insets().bottom !== risen) {
        app.map.closePopup();
        app.select(row, true);
      }
      app.reading?.goTo(row);
    };
    return element("p", { class: "ge-read" }, element("button", { type: "button", class: "ge-small", onclick: go }, "Read in the article"));
  }

  /**
   * @param {number} row
   * @param {number[]} among
   */
  pager(row, among) {
    const { app } = this;
    const at = among.indexOf(row);
    const go = (/** @type {number} */ step) => (/** @type {Event} */ event) => {
      // The button leaves the page here; Leaflet would take its click for one on the map.
      event.stopPropagation();
      const next = among[(at + step + among.length) % among.length];
      app.select(next, false, app.popup?.getLatLng() ?? null, among);
      const button = app.popup?.getElement()?.querySelector(step > 0 ? ".ge-next" : ".ge-previous");
      /** @type {HTMLElement|null|undefined} */ (button)?.focus();
    };
    return element(
      "nav",
      { class: "ge-pager", "aria-label": "Events at this place" },
      element("button", { type: "button", class: "ge-previous", "aria-label": "Previous event here", onclick: go(-1) }, "‹"),
      element("span", {}, `${(at + 1).toLocaleString("en")} of ${among.length.toLocaleString("en")} here`),
      element("button", { type: "button", class: "ge-next", "aria-label": "Next event here", onclick: go(1) }, "›"),
    );
  }
}

/**
 * The one event that was found, if it is one.
 *
 * @param {Found|null} found
 * @returns {number|null}
 */
function rowOf(found) {
  if (!found) return null;
  if (found.item) return found.item.count === 1 ? found.item.rows[0] : null;
  return found.area.what === "region" ? found.area.row : null;
}
