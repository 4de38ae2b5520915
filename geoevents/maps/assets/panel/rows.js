// What the panel is made of: groups, rows with a switch, and small pictures of what is drawn.

import { element } from "../text.js";

const SVG = "http://www.w3.org/2000/svg";
/** So many rows of a group are shown at first; a button shows the others. */
const FEW = 12;

/**
 * Make an element of a picture.
 *
 * @param {string} tag
 * @param {Record<string, string|number>} attributes
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const node = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, `${value}`);
  node.append(...children);
  return node;
}

/**
 * An area as the map draws it.
 *
 * @param {string} kind  "inferred", "named", "given", "held", "held-inferred", "change" or "change-inferred"
 * @param {string} colour
 * @param {"rising"|"falling"|null} [hatch]
 * @returns {SVGElement}
 */
export function swatch(kind, colour, hatch = kind === "inferred" ? "rising" : null) {
  const shape = svg("rect", { x: 1.5, y: 1.5, width: 19, height: 13, rx: 2, class: `ge-swatch-${kind}` });
  shape.style.setProperty("--c", colour);
  const children = [shape];
  if (hatch) {
    const lines = svg("path", { d: "M3 14L14 2M9 14.5L20 3M2 8L8 1.5M15 14.5L20.5 9", class: "ge-hatch" });
    if (hatch === "falling") lines.setAttribute("transform", "matrix(-1 0 0 1 22 0)");
    lines.style.setProperty("--c", colour);
    children.push(lines);
  }
  return svg("svg", { viewBox: "0 0 22 16", width: 22, height: 16, class: "ge-icon", "aria-hidden": "true" }, ...children);
}

/**
 * A river as the map draws it.
 *
 * @param {string} colour
 * @param {boolean} [dashed]  its course is sketched
 * @returns {SVGElement}
 */
export function lineSwatch(colour, dashed = false) {
  const line = svg("path", { d: "M1 11C6 3 10 13 21 4", fill: "none", "stroke-width": 3 });
  if (dashed) line.setAttribute("stroke-dasharray", "5 3");
  line.style.stroke = colour;
  return svg("svg", { viewBox: "0 0 22 16", width: 22, height: 16, class: "ge-icon", "aria-hidden": "true" }, line);
}

/**
 * A row with a switch. A double click, Alt and a click, or Enter asks for this row alone.
 *
 * @param {boolean} checked
 * @param {Node|null} icon
 * @param {string} name
 * @param {string} detail
 * @param {(on: boolean) => void} onchange
 * @param {{key?: string, onsolo?: () => void}} [more]  `key` names the row where rows are made anew
 * @returns {HTMLElement}
 */
export function row(checked, icon, name, detail, onchange, { key, onsolo } = {}) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) }));
  const line = element(
    "label",
    { class: "ge-row", "data-key": key, title: onsolo ? "Double-click or press Enter: this alone" : null },
    box,
    icon,
    element("span", { class: "ge-name", dir: "auto" }, name),
    element("span", { class: "ge-detail" }, detail),
  );
  if (onsolo) addSolo(line, onsolo);
  return line;
}

/**
 * @param {HTMLElement} line
 * @param {() => void} onsolo
 */
function addSolo(line, onsolo) {
  line.addEventListener("click", (event) => {
    if (!event.altKey) return;
    event.preventDefault();
    onsolo();
  });
  line.addEventListener("dblclick", onsolo);
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    onsolo();
  });
}

/**
 * Say whether a row is on, and what stands at its end.
 *
 * @param {HTMLElement} line  what `row` returned
 * @param {boolean} on
 * @param {string|null} [detail]  null: as it is
 */
export function setRow(line, on, detail = null) {
  const box = /** @type {HTMLInputElement} */ (line.querySelector("input"));
  if (box.checked !== on) box.checked = on;
  const end = /** @type {HTMLElement} */ (line.querySelector(".ge-detail"));
  if (detail !== null && end.textContent !== detail) end.textContent = detail;
}

/**
 * A row of a choice of which one holds.
 *
 * @param {{choice: string, name: string, detail?: string, checked: boolean, onchoose: () => void}} how
 * @returns {HTMLElement}
 */
export function radio({ choice, name, detail, checked, onchoose }) {
  return element(
    "label",
    { class: "ge-row" },
    element("input", { type: "radio", name: choice, checked, onchange: onchoose }),
    element("span", { class: "ge-name" }, name),
    detail ? element("span", { class: "ge-detail" }, detail) : null,
  );
}

/**
 * A part of the panel under a heading.
 *
 * @param {string} heading
 * @param {...(Node|null)} rows
 * @returns {HTMLElement}
 */
export function section(heading, ...rows) {
  return element("div", { class: "ge-group", role: "group", "aria-label": heading }, element("h2", {}, heading), ...rows);
}

/**
 * A part of the panel whose heading and rows change.
 *
 * @param {string} heading
 * @param {{all?: () => void, none?: () => void, what?: string, body?: string}} [more]  buttons that switch everything; class of the body
 * @returns {{element: HTMLElement, body: HTMLElement, setHeading: (text: string, note?: string) => void}}
 */
export function group(heading, { all, none, what = heading, body: name = "" } = {}) {
  const title = element("h2", {}, heading);
  const note = element("span", { class: "ge-period" });
  const buttons =
    all && none
      ? element("span", { class: "ge-all", role: "group", "aria-label": `All or none: ${what}` }, small("All", all), small("None", none))
      : null;
  const body = element("div", { class: name });
  const node = element("div", { class: "ge-group", role: "group", "aria-label": heading }, element("div", { class: "ge-group-head" }, title, note, buttons), body);
  const setHeading = (/** @type {string} */ text, /** @type {string} */ beside = "") => {
    if (title.textContent !== text) title.textContent = text;
    if (note.textContent !== beside) note.textContent = beside;
    node.setAttribute("aria-label", [text, beside].filter(Boolean).join(", "));
  };
  return { element: node, body, setHeading };
}

/**
 * A button that is only text.
 *
 * @param {string} text
 * @param {() => void} onclick
 * @param {Record<string, any>} [attributes]
 * @returns {HTMLElement}
 */
export function small(text, onclick, attributes = {}) {
  return element("button", { type: "button", class: "ge-small", onclick, ...attributes }, text);
}

/**
 * The first rows of many, and a button for the others.
 *
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Node} make
 * @param {{all?: boolean}} state  remembers whether all are shown
 * @param {() => void} again  called when that changes
 * @returns {Node[]}
 */
export function limited(items, make, state, again) {
  // A button for one or two rows would take their place.
  if (items.length <= FEW + 2) return items.map(make);
  const shown = state.all ? items : items.slice(0, FEW);
  const text = state.all ? "Show fewer" : `Show ${(items.length - FEW).toLocaleString("en")} more`;
  const toggle = () => {
    state.all = !state.all;
    again();
  };
  return [...shown.map(make), small(text, toggle, { class: "ge-small ge-more", "data-key": "more", "aria-expanded": `${Boolean(state.all)}` })];
}

/**
 * Put other rows into a part of the panel; the focus stays on the row of the same key.
 *
 * @param {HTMLElement} body
 * @param {Node[]} nodes
 */
export function refill(body, nodes) {
  const focused = document.activeElement;
  const holder = body.contains(focused) ? /** @type {HTMLElement|null} */ (focused?.closest("[data-key]")) : null;
  const key = holder?.dataset.key;
  body.replaceChildren(...nodes);
  if (key === undefined) return;
  const found = /** @type {HTMLElement|null} */ (body.querySelector(`[data-key="${CSS.escape(key)}"]`));
  const target = /** @type {HTMLElement|null} */ (found?.querySelector("input") ?? found);
  target?.focus({ preventScroll: true });
}
