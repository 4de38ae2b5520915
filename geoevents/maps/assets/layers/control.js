// Who holds what ground: control on one date at a time, pale, beneath everything else.

import { fontOf, write } from "../draw/basemap.js";
import { MISSING_TIME, valueAt } from "../data/columns.js";
import { hatching } from "../draw/hatching.js";
import { cssColour, sourceLine } from "../panel/popup.js";
import { row, section, swatch } from "../panel/rows.js";
import { Shapes, project } from "../data/shapes.js";
import { areaRange, areaText, dateText, distanceText, element } from "../text.js";

const WIDE = { size: 13, width: 1.1, opacity: 0.45 };

/** Read the control columns; the map opens on the last date. */
export function readControl(columns) {
  if (!columns) return null;
  const rows = Array.from(columns.dates, () => []);
  const most = columns.actors.map(() => 0);
  columns.date.forEach((date, i) => {
    rows[date].push(i);
    most[columns.actor[i]] = Math.max(most[columns.actor[i]], columns.area[i]);
  });
  // The same order on all dates: rows of the legend keep their places.
  const order = [...most.keys()].sort((a, b) => most[b] - most[a]);
  const { x: wx, y: wy } = project(columns.x, columns.y, 100000);
  return { ...columns, wx, wy, shapes: new Shapes(columns.shapes), rows, order, at: rows.length - 1 };
}

/** What is drawn: the rows of the chosen date whose actors are switched on. */
function shownRows(control, visible) {
  return control.rows[control.at].filter((i) => visible.control.has(control.actor[i]));
}

export function controlDate(control) {
  return dateText(control.dates[control.at]);
}

export function drawControl(context, view, { control, visible }) {
  context.lineJoin = "round";
  context.lineCap = "butt";
  for (const i of shownRows(control, visible)) {
    const shape = control.shape[i];
    if (!control.shapes.isVisible(shape, view)) continue;
    const { colour } = control.actors[control.actor[i]];
    const inferred = control.inferred[i];
    const path = control.shapes.path(shape, view);
    context.save();
    // Each rim lies on its own side of a shared border, so that both can be read.
    context.clip(path, "evenodd");
    context.globalAlpha = inferred ? 0.09 : 0.2;
    context.fillStyle = colour;
    context.fill(path, "evenodd");
    context.globalAlpha = 1;
    if (inferred) {
      context.fillStyle = hatching(context, colour, WIDE);
      context.fill(path, "evenodd");
    }
    context.globalAlpha = 0.75;
    context.setLineDash(inferred ? [7, 5] : []);
    context.strokeStyle = colour;
    context.lineWidth = 2.6;
    context.stroke(path);
    context.restore();
  }
}

/** The row that holds a point of the world on the chosen date, or null. */
export function controlAt(control, visible, x, y) {
  return shownRows(control, visible).find((i) => control.shapes.contains(control.shape[i], x, y)) ?? null;
}

/** Names of actors on their ground: nobody has to tell them apart by colour alone. */
export function controlNames(context, view, { control, visible }) {
  const entries = [];
  for (const i of shownRows(control, visible)) {
    const actor = control.actors[control.actor[i]];
    const shape = control.shape[i];
    if (!actor.name || !control.shapes.isVisible(shape, view)) continue;
    const font = fontOf(700, 13.5);
    context.font = font;
    const width = context.measureText(actor.name).width + 8;
    const x = control.wx[shape] * view.scale - view.x;
    const y = control.wy[shape] * view.scale - view.y;
    const holds = (dx, dy) => control.shapes.contains(shape, (x + dx + view.x) / view.scale, (y + dy + view.y) / view.scale);
    const shifts = [0, -22, 22, -44, 44, -66, 66].flatMap((dy) => [0, -40, 40, -80, 80].map((dx) => [dx, dy]));
    // A name that runs into the neighbour's ground would claim it.
    const places = shifts.filter(([dx, dy]) => [-width / 2, 0, width / 2].every((end) => holds(dx + end, dy)));
    entries.push({
      weight: 160,
      choices: places.map(([dx, dy]) => [[x + dx - width / 2, y + dy - 10, x + dx + width / 2, y + dy + 10]]),
      draw(ctx, choice) {
        const [dx, dy] = places[choice];
        ctx.font = font;
        write(ctx, actor.name, x + dx, y + dy, darker(cssColour(actor.colour)));
      },
    });
  }
  return entries;
}

function darker(colour) {
  const part = (at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.62);
  return `rgb(${part(1)}, ${part(3)}, ${part(5)})`;
}

/** The legend's section: a date to choose, and what each actor holds on it. */
export function controlSection({ control, visible }, act) {
  const body = element("div", { class: "ge-holders" });
  const heading = () => `Control on ${controlDate(control)}`;
  const node = section(heading());
  const fill = () => {
    node.setAttribute("aria-label", heading());
    node.querySelector("h2").textContent = heading();
    body.replaceChildren(...holders(control, visible, act));
  };
  fill();
  if (control.dates.length > 1) {
    node.append(
      dateChooser(control, () => {
        fill();
        act.dated();
      }),
    );
  }
  if (control.total > control.dates.length) {
    const count = `${control.dates.length} of ${control.total.toLocaleString("en")} dates`;
    node.append(element("p", { class: "ge-note" }, `${count}, spread evenly`));
  }
  node.append(body);
  return node;
}

function dateChooser(control, onchange) {
  const last = control.dates.length - 1;
  const select = element(
    "select",
    { "aria-label": "Date of control", onchange: () => choose(Number(select.value)) },
    ...Array.from(control.dates, (date, i) => element("option", { value: `${i}` }, dateText(date))),
  );
  const step = (label, sign, by) =>
    element("button", { type: "button", title: label, "aria-label": label, onclick: () => choose(control.at + by) }, sign);
  const previous = step("Previous date", "‹", -1);
  const next = step("Next date", "›", 1);
  const show = () => {
    select.value = `${control.at}`;
    // Not `disabled`: the focus would be lost at either end.
    previous.setAttribute("aria-disabled", `${control.at === 0}`);
    next.setAttribute("aria-disabled", `${control.at === last}`);
  };
  const choose = (at) => {
    if (at < 0 || at > last || at === control.at) return;
    control.at = at;
    show();
    onchange();
  };
  show();
  return element("div", { class: "ge-dates" }, previous, select, next);
}

function holders(control, visible, act) {
  const held = new Map(control.rows[control.at].map((i) => [control.actor[i], i]));
  const present = control.order.filter((actor) => held.has(actor));
  const rows = present.map((actor) => {
    const i = held.get(actor);
    const { name, colour } = control.actors[actor];
    const inferred = control.inferred[i];
    const range = areaRange(control.area[i], control.low[i], control.high[i]);
    const icon = swatch(inferred ? "held-inferred" : "held", cssColour(colour), inferred ? "rising" : null);
    const line = row(visible.control.has(actor), icon, name || "Nobody named", areaText(control.area[i]), (on) => {
      if (on) visible.control.add(actor);
      else visible.control.delete(actor);
      act.redraw();
    });
    if (range) line.querySelector(".ge-detail").append(element("span", { class: "ge-range" }, range));
    if (inferred) {
      const source = sourceOf(control, i);
      line.append(
        element("span", { class: "ge-basis" }, element("b", {}, "inferred, not surveyed"), source ? element("span", { dir: "auto" }, source) : null),
      );
    }
    return line;
  });
  const absent = control.order.filter((actor) => !held.has(actor) && control.actors[actor].name);
  if (!present.length) rows.push(element("p", { class: "ge-note" }, "Nobody is said to hold ground on this date."));
  else if (absent.length) {
    const names = absent.flatMap((actor, n) => [n ? ", " : "", element("bdi", {}, control.actors[actor].name)]);
    rows.push(element("p", { class: "ge-note" }, "No ground on this date: ", ...names));
  }
  return rows;
}

function sourceOf(control, i) {
  const source = control.source ? valueAt(control.source, i) : null;
  return source === null ? null : String(source);
}

/** The content of a popup about the ground that somebody holds. */
export function describeControl(control, i) {
  const { name, colour } = control.actors[control.actor[i]];
  const date = control.date[i];
  const range = areaRange(control.area[i], control.low[i], control.high[i]);
  const next = control.following[date];
  const metres = control.uncertainty[i];
  const facts = [
    ["Area", `${areaText(control.area[i])}${range ? ` (${range})` : ""}`],
    ["Basis", control.inferred[i] ? "inferred, not surveyed" : "as its source drew it"],
    ["Outline", Number.isNaN(metres) ? null : `within ${distanceText(metres)}`],
    ["Next state", next === MISSING_TIME ? null : dateText(next)],
  ].filter(([, value]) => value !== null);
  const when = `holds this ground as of ${dateText(control.dates[date])}`;
  return element(
    "article",
    { class: "ge-event ge-held", "aria-label": `${name || "Nobody named"} ${when}` },
    element(
      "header",
      { style: `--type: ${cssColour(colour)}` },
      element("h2", { dir: "auto" }, name || "Nobody named"),
      element("p", { class: "ge-when" }, when),
    ),
    element("dl", { class: "ge-facts" }, ...facts.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)])),
    sourceLine(sourceOf(control, i)),
  );
}
