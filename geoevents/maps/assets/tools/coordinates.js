// Where the pointer is, as latitude and longitude; on a touch screen, where the middle of the map is.

import { element } from "../text.js";

/**
 * A position in words: "35.34° N, 40.14° E".
 * @param {number} lat
 * @param {number} lng any turn of the world
 * @param {number} [digits]
 * @returns {string}
 */
export function positionText(lat, lng, digits = 4) {
  const turned = ((((lng + 180) % 360) + 360) % 360) - 180;
  const part = (/** @type {number} */ value, /** @type {string} */ letter) => `${Math.abs(value).toFixed(digits)}° ${letter}`;
  return `${part(lat, lat < 0 ? "S" : "N")}, ${part(turned, turned < 0 ? "W" : "E")}`;
}

/**
 * As many decimals as one pixel deserves.
 * @param {number} zoom
 * @returns {number}
 */
export function digitsAt(zoom) {
  return Math.max(1, Math.min(6, Math.ceil(Math.log10((256 * 2 ** zoom) / 360))));
}

/**
 * Put the readout on the map. Pointing at it shows the place clicked last; clicking copies what it shows.
 * @param {import("../app.js").App} app
 * @returns {HTMLElement}
 */
export function coordinates(app) {
  const { map, L } = app;
  // For eyes and pointers only: a screen reader has no pointer to ask for.
  const node = element("div", { class: "ge-coordinates", "aria-hidden": "true", title: "Copy the coordinates of the place clicked last" });
  const touch = matchMedia("(hover: none)");
  let text = "";
  /** @type {import("leaflet").LatLng | null} */
  let clicked = null;
  const show = (/** @type {import("leaflet").LatLng} */ { lat, lng }) => {
    text = positionText(lat, lng, digitsAt(map.getZoom()));
    if (!node.classList.contains("ge-copied")) node.textContent = text;
    node.classList.add("ge-known");
  };
  const middle = () => touch.matches && show(map.getCenter());
  map.on("mousemove", (/** @type {any} */ event) => {
    if (!touch.matches && !node.contains(event.originalEvent.target)) show(event.latlng);
  });
  map.on("move zoomend resize", middle);
  map.on("click contextmenu", (/** @type {any} */ event) => {
    clicked = event.latlng;
  });
  node.addEventListener("mouseenter", () => clicked && !touch.matches && show(clicked));
  node.addEventListener("click", () => copy(node, text));
  L.DomEvent.disableClickPropagation(node);
  const Holder = L.Control.extend({ onAdd: () => node });
  new Holder({ position: "bottomleft" }).addTo(map);
  middle();
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
async function copy(node, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not allowed to: select the text, so that the reader can.
    getSelection()?.selectAllChildren(node);
    return;
  }
  node.classList.add("ge-copied");
  node.textContent = "Copied";
  setTimeout(() => {
    node.classList.remove("ge-copied");
    node.textContent = text;
  }, 1200);
}
