// A mode: while it is on, points of the map are picked instead of opening what lies there.

import { element } from "../text.js";

/**
 * @typedef {object} Picking
 * @property {string} name
 * @property {(latlng: import("../types.js").LatLng, byKey: boolean) => void} onPoint a point was clicked, or Enter pressed
 * @property {(latlng: import("../types.js").LatLng | null) => void} [onMove] the pointer, or the map under the cross hair, moved;
 *   null where the pointer is no longer on the map
 * @property {() => void} [onBack] Backspace
 */

/**
 * Switch a mode on. `app.mode` is its name until the function that is returned ends it.
 * @param {import("../app.js").App} app
 * @param {Picking} picking
 * @returns {() => void}
 */
export function pickPoints(app, { name, onPoint, onMove = () => {}, onBack = () => {} }) {
  const { map } = app;
  const outer = map.getContainer();
  const cross = element("div", { class: "ge-crosshair", "aria-hidden": "true" });
  const clicked = (/** @type {{ latlng: import("../types.js").LatLng }} */ event) => onPoint(event.latlng, false);
  const moved = (/** @type {import("leaflet").LeafletMouseEvent} */ event) =>
    onMove(isOnMap(event.originalEvent.target, outer) ? event.latlng : null);
  const panned = () => {
    if (outer.classList.contains("ge-by-key")) onMove(map.getCenter());
  };
  const pointed = () => outer.classList.remove("ge-by-key");
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    // Buttons and fields keep their own keys.
    if (event.target !== outer || event.ctrlKey || event.metaKey || event.altKey) return;
    outer.classList.add("ge-by-key");
    if (event.key === "Enter") onPoint(map.getCenter(), true);
    else if (event.key === "Backspace") onBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  app.mode = name;
  app.map.closePopup();
  outer.classList.add("ge-picking");
  outer.append(cross);
  outer.addEventListener("keydown", pressed, true);
  outer.addEventListener("pointermove", pointed);
  map.on("click", clicked);
  map.on("mousemove", moved);
  map.on("move", panned);
  const zoomed = map.doubleClickZoom?.enabled();
  if (zoomed) map.doubleClickZoom.disable();
  outer.focus({ preventScroll: true });
  // Who came here by keyboard goes on by keyboard.
  outer.classList.toggle("ge-by-key", outer.matches(":focus-visible"));
  return () => {
    if (app.mode === name) app.mode = null;
    outer.classList.remove("ge-picking", "ge-by-key");
    cross.remove();
    outer.removeEventListener("keydown", pressed, true);
    outer.removeEventListener("pointermove", pointed);
    map.off("click", clicked);
    map.off("mousemove", moved);
    map.off("move", panned);
    if (zoomed) map.doubleClickZoom.enable();
  };
}

/**
 * Whether something in the page is the map itself, not a panel, a popup or a control upon it.
 * @param {EventTarget | null} target
 * @param {HTMLElement} outer the map's container
 * @returns {boolean}
 */
export function isOnMap(target, outer) {
  if (target === outer) return true;
  return target instanceof Element && target.closest(".leaflet-map-pane") !== null && target.closest(".leaflet-popup") === null;
}

/**
 * The pane and the renderer that tools draw with, above the events.
 * @param {import("../app.js").App} app
 * @returns {{ pane: string, renderer: import("leaflet").Renderer, interactive: false }}
 */
export function drawing(app) {
  const name = "ge-tools";
  if (!app.map.getPane(name)) {
    const pane = app.map.createPane(name);
    pane.style.zIndex = "640";
    pane.style.pointerEvents = "none";
  }
  return { pane: name, renderer: app.L.svg({ pane: name, padding: 0.5 }), interactive: false };
}
