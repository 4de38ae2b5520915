// Ground that changed hands: saturated, with a white-cased rim, above control.

import { valueAt } from "../data/columns.js";
import { hatching } from "../draw/hatching.js";
import { cssColour, sourceLine } from "../panel/popup.js";
import { areaEntry } from "./regions.js";
import { row, section, swatch } from "../panel/rows.js";
import { Shapes, project } from "../data/shapes.js";
import { areaRange, areaText, countText, element, periodText } from "../text.js";

const DENSE = { falling: true, size: 7, width: 2, opacity: 0.75 };

export function readChanges(columns) {
  if (!columns) return null;
  const { x: wx, y: wy } = project(columns.x, columns.y, 100000);
  const { area } = columns;
  // Large ones are drawn first: small ones stay visible on them.
  const order = Array.from(area.keys()).sort((a, b) => area[b] - area[a]);
  return { ...columns, wx, wy, shapes: new Shapes(columns.shapes), order };
}

export function drawChanges(context, view, { changes, visible }) {
  const drawn = [];
  context.lineJoin = "round";
  for (const i of shownIn(changes, visible, view)) {
    const { colour } = changes.actors[changes.to[i]];
    const inferred = changes.inferred[i];
    const path = changes.shapes.path(i, view);
    context.globalAlpha = inferred ? 0.22 : 0.55;
    context.fillStyle = colour;
    context.fill(path, "evenodd");
    context.globalAlpha = 1;
    if (inferred) {
      context.fillStyle = hatching(context, colour, DENSE);
      context.fill(path, "evenodd");
    }
    context.strokeStyle = "rgba(255, 255, 255, 0.92)";
    context.lineWidth = 5;
    context.stroke(path);
    context.setLineDash(inferred ? [7, 4] : []);
    context.strokeStyle = colour;
    context.lineWidth = 2.2;
    context.stroke(path);
    context.setLineDash([]);
    drawn.push({ what: "change", index: i, path });
  }
  return drawn;
}

function shownIn(changes, visible, view) {
  return changes.order.filter((i) => visible.actors.has(changes.actors[changes.to[i]].name) && changes.shapes.isVisible(i, view));
}

/** Labels with the square kilometres that changed hands. */
export function changeNames(context, view, { changes, visible }) {
  return shownIn(changes, visible, view)
    .map((i) => areaEntry(context, view, changes.shapes.box(i), areaText(changes.area[i]), { centre: [changes.wx[i], changes.wy[i]] }))
    .filter((entry) => entry !== null);
}

/** The legend's section: what each actor gained. */
export function changesSection({ changes, visible }, act) {
  const gains = changes.actors.map((actor, a) => {
    const members = changes.order.filter((i) => changes.to[i] === a);
    const total = members.reduce((sum, i) => sum + changes.area[i], 0);
    return { ...actor, total, inferred: members.every((i) => changes.inferred[i]) };
  });
  gains.sort((a, b) => b.total - a.total);
  const rows = gains.map(({ name, colour, total, inferred }) => {
    const icon = swatch(inferred ? "change-inferred" : "change", cssColour(colour), inferred ? "falling" : null);
    return row(true, icon, name || "Nobody (outside all areas)", `+${areaText(total)}`, (on) => {
      if (on) visible.actors.add(name);
      else visible.actors.delete(name);
      act.redraw();
    });
  });
  return section("Ground gained by", ...rows);
}

/** The content of a popup about a change of control. */
export function describeChange(changes, i) {
  const { name, colour } = changes.actors[changes.to[i]];
  const before = changes.previous[changes.from[i]];
  const area = areaText(changes.area[i]);
  const range = areaRange(changes.area[i], changes.low[i], changes.high[i]);
  const value = (column) => (column ? valueAt(column, i) : null);
  // What nobody gained, somebody lost.
  const lost = !name && before;
  const title = lost ? before : name || "Nobody named";
  const what = `${lost ? "lost" : "gained"} ${area}`;
  const list = element("dl", { class: "ge-facts" });
  const fact = (label, text) => {
    if (text) list.append(element("dt", {}, label), element("dd", { dir: "auto" }, text));
  };
  if (!lost) fact("From", before || "nobody (outside all areas)");
  fact("To", lost ? "nobody (outside all areas)" : null);
  fact("Range", range ? `${range} km²` : null);
  fact("Set aside", changes.noise[i] > 0 ? `${areaText(changes.noise[i])} as noise` : null);
  fact("When", changePeriod(value(changes.start), value(changes.end)));
  fact("Pieces", changes.parts[i] > 1 ? countText(changes.parts[i], "piece") : null);
  fact("Basis", changes.inferred[i] ? "inferred, not surveyed" : null);
  const source = value(changes.source);
  return element(
    "article",
    { class: "ge-event", "aria-label": `${title} ${what}` },
    element(
      "header",
      { style: `--type: ${cssColour(colour)}` },
      element("h2", { dir: "auto" }, title),
      element("p", { class: "ge-when" }, what),
    ),
    list,
    sourceLine(source),
  );
}

/** When ground changed hands; dates that are other text stand as they are. */
function changePeriod(start, end) {
  if (typeof start === "number" && (typeof end === "number" || end === null)) return periodText(start, end);
  return [start, end].filter((date) => date !== null).map((date) => (typeof date === "number" ? periodText(date, null) : String(date))).join(" – ");
}
