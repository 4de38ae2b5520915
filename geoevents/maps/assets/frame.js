// The frame round the map: where title, tools, panel and time bar stand, and what they hide.

import { element } from "./text.js";

const SMALL = 640;

/**
 * Put the slots of the frame into a map's container.
 *
 * @param {typeof import("leaflet")} L
 * @param {HTMLElement} container
 */
export function frame(L, container) {
  const slot = (/** @type {string} */ name) => {
    const node = element("div", { class: `ge-slot ge-slot-${name}` });
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    // Keys that work here would move the map as well; Escape and the slash mean the same everywhere.
    node.addEventListener("keydown", (event) => event.key !== "Escape" && event.key !== "/" && event.stopPropagation());
    return node;
  };
  const slots = { topleft: slot("topleft"), right: slot("right"), bottom: slot("bottom") };
  const left = element("div", { class: "ge-left" }, slots.topleft, slots.bottom);
  container.append(element("div", { class: "ge-frame" }, left, slots.right));
  return slots;
}

/**
 * Whether the map is as narrow as a phone.
 *
 * @param {HTMLElement} container
 */
export function isSmall(container) {
  return container.clientWidth < SMALL;
}

/**
 * What lies over the map, in pixels of its container: left, top, right, bottom of each.
 *
 * @param {HTMLElement} container
 * @returns {Array<[number, number, number, number]>}
 */
export function besides(container) {
  const outer = container.getBoundingClientRect();
  const over = container.querySelectorAll(".leaflet-control, .ge-title, .ge-tools, .ge-timebar, .ge-panel, .ge-card, .ge-still-key");
  return Array.from(over, (node) => node.getBoundingClientRect())
    .filter((box) => box.width > 0 && box.height > 0)
    .map((box) => [box.left - outer.left, box.top - outer.top, box.right - outer.left, box.bottom - outer.top]);
}

/**
 * How much of each side of the map is hidden by what is docked there.
 *
 * @param {HTMLElement} container
 */
export function insetsOf(container) {
  const outer = container.getBoundingClientRect();
  const insets = { left: 0, top: 0, right: 0, bottom: 0 };
  const box = (/** @type {string} */ selector) => {
    const found = container.querySelector(selector)?.getBoundingClientRect();
    return found && found.height > 0 ? found : null;
  };
  const key = box(".ge-still-key");
  if (key && isSmall(container)) insets.bottom = outer.bottom - key.top;
  else if (key) insets.right = outer.right - key.left;
  const panel = box(".ge-panel");
  const bar = box(".ge-timebar");
  if (bar) insets.bottom = outer.bottom - bar.top;
  if (!panel) return insets;
  if (isSmall(container)) insets.bottom = Math.max(insets.bottom, outer.bottom - panel.top);
  else if (!container.querySelector(".ge-panel.ge-closed")) insets.right = outer.right - panel.left;
  return insets;
}

/**
 * Tell the style sheets how much is hidden, so that Leaflet's own corners keep clear of it.
 *
 * @param {HTMLElement} container
 */
export function shareInsets(container) {
  const { right, bottom } = insetsOf(container);
  container.style.setProperty("--ge-right", `${Math.round(right)}px`);
  container.style.setProperty("--ge-bottom", `${Math.round(bottom)}px`);
}
