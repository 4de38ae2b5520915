// What the legend is made of: sections, rows with a switch, and small pictures of what is drawn.

import { element } from "../text.js";

const SVG = "http://www.w3.org/2000/svg";

/** Make an element of a picture. */
export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** An area as the map draws it; `hatch` is "rising", "falling" or nothing. */
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

/** A river as the map draws it. */
export function lineSwatch(colour) {
  const line = svg("path", { d: "M1 11C6 3 10 13 21 4", fill: "none", "stroke-width": 3 });
  line.style.stroke = colour;
  return svg("svg", { viewBox: "0 0 22 16", width: 22, height: 16, class: "ge-icon", "aria-hidden": "true" }, line);
}

/** A row with a switch. */
export function row(checked, icon, name, detail, onchange) {
  const box = element("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) });
  return element(
    "label",
    { class: "ge-row" },
    box,
    icon,
    element("span", { class: "ge-name", dir: "auto" }, name),
    element("span", { class: "ge-detail" }, detail),
  );
}

/** A part of the legend under a heading. */
export function section(heading, ...rows) {
  return element("div", { class: "ge-group", role: "group", "aria-label": heading }, element("h2", {}, heading), ...rows);
}
