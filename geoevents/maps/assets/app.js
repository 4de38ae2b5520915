// Puts a packed map together: reads the columns, builds layers and panel, answers the reader.

import { BaseMap } from "./draw/basemap.js";
import { changeNames, describeChange, drawChanges, readChanges } from "./layers/changes.js";
import { unpack } from "./data/columns.js";
import { controlAt, controlNames, describeControl, drawControl, readControl } from "./layers/control.js";
import { EventMarkers } from "./layers/events.js";
import { Occupancy, placeLabels } from "./draw/labels.js";
import { cardDate, legend, titleCard } from "./panel/panel.js";
import { describe, reader, whenText, whereText } from "./panel/popup.js";
import { drawPlaceDots, drawPlaces, drawRegions, gainNames, placeNames, readPlaces, readRegions } from "./layers/regions.js";
import { surface } from "./draw/surface.js";
import { element, sentence } from "./text.js";
import { Tiles } from "./draw/tiles.js";

/** Show the layer `name`, whose blocks stand in the page, on a Leaflet map. */
export function show(map, name, options) {
  const L = window.L;
  const shown = new App(L, map, name, options);
  shown.ready = shown.start().catch((error) => {
    console.error(error);
    map.getContainer().append(element("p", { class: "ge-failure", role: "alert" }, "This map could not be read. It needs a browser from 2023 or later."));
  });
  return shown;
}

class App {
  constructor(L, map, name, options) {
    Object.assign(this, { L, map, name, options });
    map.getContainer().classList.add("ge-map");
    map.getContainer().setAttribute("role", "region");
    map.getContainer().setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom, N and P step through the events.");
    for (const [pane, z] of [["base", 150], ["areas", 410], ["names", 450], ["events", 590]]) {
      const node = map.getPane(`ge-${pane}`) ?? map.createPane(`ge-${pane}`);
      node.style.zIndex = z;
      node.style.pointerEvents = "none";
    }
    this.selected = null;
    if (options.bounds) this.fit({ animate: false });
  }

  async block(name) {
    const node = document.getElementById(`${this.name}_${name}`);
    return node ? unpack(node.textContent) : null;
  }

  async start() {
    const [data, base, world] = await Promise.all(["data", "base", "world"].map((n) => this.block(n)));
    this.title = data.title;
    this.events = data.events ?? null;
    this.markers = this.events && new EventMarkers(this.events);
    this.read = this.events && reader(this.events);
    this.regions = this.events && readRegions(data.regions, this.events);
    if (this.regions && !this.regions.group.length) this.regions = null;
    this.regionOf = new Map();
    if (this.regions) this.regions.event.forEach((row, i) => this.regionOf.set(row, i));
    if (this.regions) this.markers.bind(this.regions, this.regionOf);
    this.changes = readChanges(data.changes);
    this.control = readControl(data.control);
    this.places = readPlaces(data.places);
    this.base = base || world ? new BaseMap(base, world) : null;
    this.visible = {
      types: new Set(this.events ? this.events.types.keys() : []),
      actors: new Set(this.changes ? this.changes.actors.map((actor) => actor.name) : []),
      control: new Set(this.control ? this.control.actors.keys() : []),
      gain: true,
      inferred: true,
      given: true,
      places: true,
    };
    this.addSurfaces();
    this.addControls();
    this.listen();
    return this;
  }

  addSurfaces() {
    const { L, map } = this;
    if (this.base) {
      this.ground = surface(L, "ge-base", (context, view) => this.base.draw(context, view)).addTo(map);
      const sources = this.base.sources.join(", ");
      map.attributionControl?.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
      map.attributionControl?.addAttribution(escapeText(sources || "Natural Earth"));
    }
    this.areas = surface(L, "ge-areas", (context, view) => this.drawAreas(context, view)).addTo(map);
    this.points = surface(L, "ge-events", (context, view) => {
      if (this.markers) this.markers.draw(context, view, this.selected);
      this.pointView = view;
    }).addTo(map);
    // Names come last: they keep clear of everything else.
    this.names = surface(L, "ge-names", (context, view) => this.drawNames(context, view)).addTo(map);
  }

  drawAreas(context, view) {
    if (this.control) drawControl(context, view, this);
    if (this.places && this.visible.places) drawPlaces(context, view, this.places);
    this.areaView = view;
    this.areaPaths = this.changes ? drawChanges(context, view, this) : [];
    if (this.regions) this.areaPaths.push(...drawRegions(context, view, this));
    if (this.circle) this.drawUncertainty(context, view);
  }

  /** How far from its marker the selected event may have been. */
  drawUncertainty(context, view) {
    const { row, metres } = this.circle;
    const y = this.events.wy[row];
    const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
    const radius = (metres / (40075016.7 * Math.cos(latitude))) * view.scale;
    if (radius < 4) return;
    context.beginPath();
    context.arc(this.events.wx[row] * view.scale - view.x, y * view.scale - view.y, radius, 0, 2 * Math.PI);
    context.fillStyle = "rgba(29, 33, 37, 0.06)";
    context.fill();
    context.setLineDash([4, 4]);
    context.strokeStyle = "rgba(29, 33, 37, 0.6)";
    context.lineWidth = 1.3;
    context.stroke();
    context.setLineDash([]);
  }

  drawNames(context, view) {
    const occupied = new Occupancy();
    const covered = this.coveredBoxes(view);
    for (const box of covered) occupied.take(box);
    view.isCovered = (x, y) =>
      covered.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
    if (this.markers) for (const box of this.markers.boxes()) occupied.take(box);
    const own = this.regions ? gainNames(context, view, this) : [];
    if (this.changes) own.push(...changeNames(context, view, this));
    if (this.control) own.push(...controlNames(context, view, this));
    if (this.places && this.visible.places) {
      drawPlaceDots(context, view, this.places);
      own.push(...placeNames(context, view, this.places, this.regions));
    }
    own.sort((a, b) => b.weight - a.weight);
    for (const [candidate, choice] of placeLabels(own, occupied)) candidate.draw(context, choice);
    if (this.base && !this.tiles?.covers) {
      const known = new Set(this.places && this.visible.places ? this.places.id : []);
      this.base.drawLabels(context, view, occupied, known);
    }
  }

  /** What the title, the tools and the legend hide, in pixels of the canvas. */
  coveredBoxes(view) {
    const map = this.map.getContainer();
    const outer = map.getBoundingClientRect();
    const corner = this.map.containerPointToLayerPoint([0, 0]).subtract(view.offset);
    return Array.from(map.querySelectorAll(".leaflet-control"), (node) => {
      const box = node.getBoundingClientRect();
      const left = box.left - outer.left + corner.x;
      const top = box.top - outer.top + corner.y;
      return [left, top, left + box.width, top + box.height];
    });
  }

  redraw() {
    for (const layer of [this.areas, this.points, this.names]) layer.refresh();
  }

  addControls() {
    const { L, map } = this;
    if (this.options.basemap) {
      this.tiles = new Tiles(L, map, () => this.onTiles());
      const first = this.options.basemap;
      if (first !== "auto" && first !== "embedded") this.tiles.choose(first);
    }
    const control = (position, node) => {
      if (!node) return;
      const Holder = L.Control.extend({ onAdd: () => node });
      L.DomEvent.disableClickPropagation(node);
      L.DomEvent.disableScrollPropagation(node);
      new Holder({ position }).addTo(map);
    };
    control("topleft", titleCard(this));
    control("topleft", this.toolbar());
    L.control.scale({ maxWidth: 140 }).addTo(map);
    const sections = legend(this, {
      filter: () => {
        this.markers.show(this.visible.types);
        for (const update of this.counts) update();
        this.redraw();
      },
      redraw: () => this.redraw(),
      dated: () => this.onDate(),
      select: (row) => this.select(row, true),
      tiles: this.tiles,
    });
    if (sections.length) this.addLegend(control, sections);
    this.onTiles();
    if (this.options.bounds) this.fit({ animate: false });
    if (this.options.bounds && this.markers) this.markers.leastZoom = map.getZoom() - 1.05;
    this.limitZoom();
    map.on("resize", () => this.limitZoom());
  }

  addLegend(control, sections) {
    const { map } = this;
    const body = element("div", { class: "ge-legend-body" }, ...sections);
    const panel = element("details", { class: "ge-legend" }, element("summary", {}, "Legend"), body);
    panel.open = map.getSize().x >= 640;
    this.panel = panel;
    control("topright", panel);
    this.status = element("p", { class: "ge-hidden", role: "status", "aria-live": "polite" });
    map.getContainer().append(this.status);
  }

  /** No farther out than the whole world once, no farther in than anything is drawn. */
  limitZoom() {
    if (!this.tiles) return;
    const world = Math.ceil(Math.log2(this.map.getSize().x / 256) * 4) / 4;
    this.map.setMinZoom(Math.max(0, Math.min(world, this.map.getZoom())));
  }

  toolbar() {
    const { map } = this;
    const button = (label, path, onclick) => {
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      icon.setAttribute("viewBox", "0 0 20 20");
      icon.setAttribute("aria-hidden", "true");
      const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      line.setAttribute("d", path);
      icon.append(line);
      return element("button", { type: "button", title: label, "aria-label": label, onclick }, icon);
    };
    const bar = element(
      "div",
      { class: "ge-tools", role: "toolbar", "aria-label": "Map" },
      button("Zoom in", "M10 4V16M4 10H16", () => map.zoomIn(1)),
      button("Zoom out", "M4 10H16", () => map.zoomOut(1)),
      this.options.bounds
        ? button("Show everything", "M3 7.5V3H7.5M12.5 3H17V7.5M17 12.5V17H12.5M7.5 17H3V12.5M8 8H12V12H8Z", () => this.fit())
        : null,
      document.fullscreenEnabled
        ? button("Full screen", "M8 12L3 17M3 12.5V17H7.5M12 8L17 3M12.5 3H17V7.5", () => this.toggleFullScreen())
        : null,
    );
    return bar;
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.map.getContainer().requestFullscreen();
  }

  /** Show all the data, clear of the panels. */
  fit(options = {}) {
    const [west, south, east, north] = this.options.bounds;
    const size = this.map.getSize();
    const wide = size.x >= 640;
    const beside = wide && this.panel?.open ? this.panel.offsetWidth + 24 : 24;
    const margin = [(north - south) * 0.1, (east - west) * 0.1];
    this.map.fitBounds(
      [
        [south - margin[0], west - margin[1]],
        [north + margin[0], east + margin[1]],
      ],
      { paddingTopLeft: [wide ? 60 : 24, wide ? 80 : 110], paddingBottomRight: [beside + 20, 50], maxZoom: 10, ...options },
    );
  }

  onTiles() {
    this.map.setMaxZoom(!this.tiles || this.tiles.key !== "embedded" ? 19 : 16);
    this.ground?.refresh();
    this.names?.refresh();
    const notice = this.panel?.querySelector(".ge-notice");
    if (notice) notice.textContent = this.tiles?.notice ?? "";
  }

  /** Another date of control was chosen. */
  onDate() {
    const date = cardDate(this);
    const shown = this.map.getContainer().querySelector(".ge-shown-date");
    if (shown) shown.textContent = date;
    if (this.status) this.status.textContent = sentence(date);
    // What it says holds on another date.
    if (this.popup?.getElement()?.querySelector(".ge-held")) this.map.closePopup(this.popup);
    this.redraw();
  }

  listen() {
    const { map, L } = this;
    map.on("click", (event) => this.onClick(event));
    map.on("mousemove", (event) => this.onMove(event));
    map.on("mouseout movestart zoomstart", () => this.hint(null));
    map.on("popupclose", (event) => {
      if (event.popup !== this.popup) return;
      this.map.getContainer().classList.remove("ge-reading");
      this.selected = null;
      this.circle = null;
      this.redraw();
    });
    map.getContainer().addEventListener("keydown", (event) => this.onKey(event));
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -14], className: "ge-tooltip" });
  }

  onKey(event) {
    if (!this.events || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (!step || !this.markers.rows.length) return;
    event.preventDefault();
    const { rows } = this.markers;
    const at = this.selected === null ? -1 : rows.indexOf(this.selected);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length;
    this.select(rows[next], true);
  }

  /** What lies under a point of the map: markers first, then the smallest area. */
  find(containerPoint) {
    const point = this.map.containerPointToLayerPoint(containerPoint);
    if (this.pointView && this.markers) {
      const { offset } = this.pointView;
      const item = this.markers.at(point.x - offset.x, point.y - offset.y, this.L.Browser.mobile ? 6 : 0);
      if (item) return { item };
    }
    if (!this.areaView || !this.areaPaths) return null;
    const { offset } = this.areaView;
    this.probe ??= document.createElement("canvas").getContext("2d");
    const x = point.x - offset.x;
    const y = point.y - offset.y;
    this.probe.lineWidth = 9;
    const hits = this.areaPaths.filter(({ path, rim }) =>
      rim ? this.probe.isPointInStroke(path, x, y) : this.probe.isPointInPath(path, x, y, "evenodd"),
    );
    const size = ({ what, index }) => {
      const { shapes } = what === "change" ? this.changes : this.regions;
      const [west, north, east, south] = shapes.box(index);
      return (east - west) * (south - north);
    };
    return hits.sort((a, b) => size(a) - size(b))[0] ?? null;
  }

  onMove(event) {
    const found = this.find(event.containerPoint);
    this.map.getContainer().classList.toggle("ge-pointing", found !== null);
    this.hint(found, event.latlng);
  }

  hint(found, latlng) {
    const row = found ? (found.item ? (found.item.rows.length === 1 ? found.item.rows[0] : null) : found.row) : null;
    if (row === null || row === undefined || row === this.selected) {
      this.tooltip?.remove();
      return;
    }
    const where = whereText(this.read, row);
    const text = [sentence(this.events.types[this.events.type[row]].name), whenText(this.read, row)].filter(Boolean).join(", ");
    const vague = this.markers.isVague(row) ? " (somewhere in this area)" : "";
    this.tooltip
      .setLatLng(latlng)
      .setContent(element("span", { dir: "auto" }, `${where ? `${text} · ${where}` : text}${vague}`));
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  }

  onClick(event) {
    const found = this.find(event.containerPoint);
    if (!found) {
      this.openControl(event);
    } else if (found.what === "change") {
      this.open(describeChange(this.changes, found.index), event.latlng);
    } else if (found.what === "region") {
      this.select(found.row, false, event.latlng);
    } else if (found.item.rows.length === 1) {
      this.select(found.item.rows[0]);
    } else {
      this.openGroup(found.item);
    }
  }

  /** Say who holds the ground at a point where nothing else answers. */
  openControl({ containerPoint, latlng }) {
    if (!this.control || !this.areaView) return;
    const { offset, x, y, scale } = this.areaView;
    const point = this.map.containerPointToLayerPoint(containerPoint);
    const row = controlAt(this.control, this.visible, (point.x - offset.x + x) / scale, (point.y - offset.y + y) / scale);
    if (row !== null) this.open(describeControl(this.control, row), latlng);
  }

  /** Zoom to a group, or page through its events where zooming would not part them. */
  openGroup(item) {
    const { wx, wy } = this.events;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const row of item.rows) {
      west = Math.min(west, wx[row]);
      east = Math.max(east, wx[row]);
      north = Math.min(north, wy[row]);
      south = Math.max(south, wy[row]);
    }
    const extent = Math.max(east - west, south - north) * 256 * 2 ** 15;
    if (extent > 60 && this.map.getZoom() < 15) {
      const scale = 256;
      const corner = (x, y) => this.map.options.crs.pointToLatLng(this.L.point(x * scale, y * scale), 0);
      this.map.flyToBounds([corner(west, south), corner(east, north)], { padding: [90, 90], maxZoom: 15, duration: 0.5 });
      return;
    }
    this.select(item.rows[0], false, null, item.rows);
  }

  placeOf(row) {
    return this.map.options.crs.pointToLatLng(this.L.point(this.events.wx[row] * 256, this.events.wy[row] * 256), 0);
  }

  /** Open the popup of an event; `among` are events at the same place to page through. */
  select(row, move = false, at = null, among = null) {
    const index = this.regionOf.get(row);
    const region = index === undefined ? null : { area: this.regions.area[index], inferred: this.regions.inferred[index] };
    const content = describe(this.events, row, region);
    if (among && among.length > 1) content.append(this.pager(row, among));
    const place = at ?? this.placeOf(row);
    if (move && !this.map.getBounds().pad(-0.1).contains(place)) this.map.setView(place, this.map.getZoom(), { animate: false });
    this.open(content, place);
    this.selected = row;
    const metres = this.read("uncertainty_m", row);
    this.circle = typeof metres === "number" && index === undefined ? { row, metres } : null;
    if (this.status) this.status.textContent = content.getAttribute("aria-label");
    this.tooltip?.remove();
    this.redraw();
  }

  pager(row, among) {
    const at = among.indexOf(row);
    const go = (step) => (event) => {
      // The button leaves the page here; Leaflet would take its click for one on the map.
      event.stopPropagation();
      const next = among[(at + step + among.length) % among.length];
      const place = this.popup.getLatLng();
      this.select(next, false, place, among);
      this.popup.getElement()?.querySelector(step > 0 ? ".ge-next" : ".ge-previous")?.focus();
    };
    return element(
      "nav",
      { class: "ge-pager", "aria-label": "Events at this place" },
      element("button", { type: "button", class: "ge-previous", "aria-label": "Previous event here", onclick: go(-1) }, "‹"),
      element("span", {}, `${at + 1} of ${among.length.toLocaleString("en")} here`),
      element("button", { type: "button", class: "ge-next", "aria-label": "Next event here", onclick: go(1) }, "›"),
    );
  }

  open(content, latlng) {
    // Paging through events at one place turns the pages of one popup.
    if (this.popup?.isOpen() && this.popup.getLatLng().equals(latlng)) {
      this.popup.setContent(content);
      return;
    }
    const size = this.map.getSize();
    const small = size.x < 640;
    const outer = this.map.getContainer();
    // Under the title; on a small screen the tools make way.
    const card = outer.querySelector(".ge-title")?.getBoundingClientRect();
    const top = card ? card.bottom - outer.getBoundingClientRect().top + 10 : 12;
    const width = Math.min(330, size.x - (small ? 24 : 90));
    this.popup = this.L.popup({
      maxWidth: width,
      minWidth: width,
      maxHeight: Math.round(Math.min(size.y * (small ? 0.5 : 0.6), size.y - top - 60)),
      offset: [0, -8],
      className: "ge-popup",
      autoPanPaddingTopLeft: [small ? 12 : 62, top],
      autoPanPaddingBottomRight: [small ? 12 : this.panel?.open ? this.panel.offsetWidth + 20 : 20, 20],
    })
      .setLatLng(latlng)
      .setContent(content)
      .openOn(this.map);
    outer.classList.add("ge-reading");
  }
}

function escapeText(text) {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
