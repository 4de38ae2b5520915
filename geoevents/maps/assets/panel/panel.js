// The panel: title, legend that switches layers, events without a place, list of events.

import { changesSection } from "../layers/changes.js";
import { controlDate, controlSection } from "../layers/control.js";
import { glyphScale, outline } from "../layers/events.js";
import { reader, whenText, whereText } from "./popup.js";
import { lineSwatch, row, section, svg, swatch } from "./rows.js";
import { CHOICES } from "../draw/tiles.js";
import { areaText, countText, dateText, element, sentence } from "../text.js";

const CHUNK = 100;

/** The marker of a type, as the map draws it. */
export function iconOf(style, size = 22) {
  const scale = glyphScale(style.shape, size);
  return svg(
    "svg",
    { viewBox: "-13 -13 26 26", width: size, height: size, class: "ge-icon", "aria-hidden": "true" },
    svg("path", {
      d: outline(style.shape, 22),
      fill: style.colour,
      stroke: style.ink === "#ffffff" ? "none" : "rgba(29,33,37,.55)",
      "stroke-width": "0.8",
    }),
    svg("path", {
      d: style.glyph,
      fill: style.ink,
      transform: `scale(${scale * (22 / size)}) translate(-12 -12)`,
    }),
  );
}

/** Build the title card. */
export function titleCard(state) {
  const { title, events, changes, control } = state;
  const parts = [];
  // A map of one described place counts nothing.
  const described = events?.count === 1 && events.types[0].name === "locality";
  if (events?.count && !described) parts.push(countText(events.count, "event"));
  const span = events ? periodOf(events) : null;
  if (span) parts.push(span);
  if (changes && changes.area.length) {
    const total = changes.area.reduce((sum, value) => sum + value, 0);
    parts.push(`${areaText(total)} changed hands`);
  }
  if (!title && !parts.length && !control) return null;
  // Where the legend is closed, only this says which date the map shows.
  const date = control ? element("span", { class: "ge-shown-date" }, parts.length ? cardDate(state) : sentence(cardDate(state))) : null;
  return element(
    "header",
    { class: "ge-title" },
    title ? element("h1", { dir: "auto" }, title) : null,
    parts.length || date ? element("p", {}, parts.join(" · "), parts.length && date ? " · " : null, date) : null,
  );
}

/** The date of the control shown, as the title card says it. */
export function cardDate({ control }) {
  return `control on ${controlDate(control)}`;
}

function periodOf(events) {
  const column = events.columns.find((c) => c.name === "start" && c.kind === "time");
  if (!column) return null;
  let [first, last] = [Infinity, -Infinity];
  const precision = events.columns.find((c) => c.name === "date_precision");
  const exact = new Map();
  for (let i = 0; i < column.values.length; i++) {
    const value = column.values[i];
    if (value === -(2 ** 31)) continue;
    if (value < first) exact.set("first", i);
    if (value > last) exact.set("last", i);
    first = Math.min(first, value);
    last = Math.max(last, value);
  }
  if (first === Infinity) return null;
  const how = (which) => {
    const i = exact.get(which);
    const word = precision ? (precision.codes ? precision.values[precision.codes[i]] : precision.values[i]) : "day";
    return word === "year" || word === "month" ? word : "day";
  };
  const from = dateText(dayOf(first), how("first"));
  const to = dateText(dayOf(last), how("last"));
  return from === to ? from : `${from} – ${to}`;
}

function dayOf(minutes) {
  return Math.floor(minutes / 1440) * 1440;
}

/** Build the legend. `act` holds what its switches do. */
export function legend(state, act) {
  const { events, regions, changes, control, places, visible } = state;
  const sections = [];
  if (control) sections.push(controlSection(state, act));
  if (changes && changes.actors.length) sections.push(changesSection(state, act));
  state.counts = [];
  if (events && events.types.length) {
    const counts = new Uint32Array(events.types.length);
    for (let i = 0; i < events.placed; i++) counts[events.type[i]] += 1;
    const rows = [...events.types.entries()].filter(([t]) => counts[t]).sort(([a], [b]) => counts[b] - counts[a]).map(([t, type]) =>
      row(true, iconOf(type), sentence(type.name), counts[t].toLocaleString("en"), (on) => {
        if (on) visible.types.add(t);
        else visible.types.delete(t);
        act.filter();
      }),
    );
    sections.push(section("Events", ...rows));
  }
  const areas = [];
  if (regions) {
    for (const [key, name] of [
      ["gain", "Territorial gains"],
      ["inferred", "Inferred regions"],
      ["given", "Areas named"],
    ]) {
      const members = regions.group.flatMap((g, i) => (g === key ? [i] : []));
      if (!members.length) continue;
      const guess = members.some((i) => regions.inferred[i]);
      // What is counted is what the switches of the types let through.
      const detail = () => {
        const shown = members.filter((i) => visible.types.has(events.type[regions.event[i]]));
        const total = shown.reduce((sum, i) => sum + (Number.isNaN(regions.area[i]) ? 0 : regions.area[i]), 0);
        return `${shown.length.toLocaleString("en")} · ${guess ? "≈ " : ""}${areaText(total)}`;
      };
      const colour = key === "gain" ? "#00745a" : "#5f6873";
      const icon = swatch(guess ? "inferred" : key === "gain" ? "given" : "named", colour, guess ? (key === "gain" ? "falling" : "rising") : null);
      const line = row(true, icon, name, detail(), (on) => {
        visible[key] = on;
        act.redraw();
      });
      state.counts.push(() => {
        line.querySelector(".ge-detail").textContent = detail();
      });
      areas.push(line);
    }
  }
  if (areas.length) sections.push(section("Areas", ...areas));
  if (places) {
    sections.push(
      section(
        "Places",
        row(true, lineSwatch("#2f7fb5"), "Named in the events", `${places.name.length}`, (on) => {
          visible.places = on;
          act.redraw();
        }),
      ),
    );
  }
  const key = readingKey(state);
  if (key) sections.push(key);
  if (events && events.count) sections.push(eventList(events, act));
  if (events && events.count > events.placed) sections.push(unplaced(events));
  if (act.tiles) sections.push(baseChoice(state, act));
  return sections;
}

function readingKey({ events, regions, changes, control, places }) {
  const notes = [];
  if (events && events.hollow.some((flag) => flag)) {
    notes.push(element("p", {}, element("span", { class: "ge-hollow", "aria-hidden": "true" }), "Hollow: denied, disputed, planned or refused"));
  }
  if (regions && regions.group.includes("given")) {
    notes.push(element("p", {}, swatch("named", "#5f6873"), "Dotted: somewhere inside this area"));
  }
  const guessed = (layer) => layer?.inferred.some((flag) => flag);
  if (guessed(regions) || guessed(control) || guessed(changes)) {
    const how = guessed(control) || guessed(changes) ? "inferred" : "inferred from words";
    notes.push(element("p", {}, swatch("inferred", "#5f6873"), `Hatched: ${how}, not surveyed`));
  }
  if (places && places.schematic.some((flag, i) => flag && places.kind[i] === "river")) {
    const dashed = lineSwatch("#2f7fb5");
    dashed.firstChild.setAttribute("stroke-dasharray", "5 3");
    notes.push(element("p", {}, dashed, "Dashed river: course sketched"));
  }
  return notes.length ? element("div", { class: "ge-key" }, ...notes) : null;
}

function eventList(events, act) {
  const read = reader(events);
  const list = element("ol", { class: "ge-list" });
  const more = element("button", { type: "button", class: "ge-more", hidden: true }, "Show more");
  let shown = 0;
  const extend = () => {
    const end = Math.min(shown + CHUNK, events.placed);
    for (; shown < end; shown++) {
      const item = shown;
      const name = events.types[events.type[item]].name;
      list.append(
        element(
          "li",
          {},
          element(
            "button",
            { type: "button", onclick: () => act.select(item) },
            iconOf(events.types[events.type[item]], 18),
            element(
              "span",
              {},
              element("b", {}, whenText(read, item) || sentence(name)),
              element("span", { dir: "auto" }, `${sentence(name)}${whereText(read, item) ? ` · ${whereText(read, item)}` : ""}`),
            ),
          ),
        ),
      );
    }
    const rest = events.placed - shown;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(rest, CHUNK)} more of ${rest.toLocaleString("en")}`;
  };
  more.addEventListener("click", extend);
  const details = element(
    "details",
    { class: "ge-section" },
    element("summary", {}, "List of events"),
    list,
    more,
  );
  // Filled when first opened: a hundred thousand events need not be written out to be ready.
  details.addEventListener("toggle", () => details.open && shown === 0 && extend());
  return details;
}

function unplaced(events) {
  const read = reader(events);
  const list = element("ul", { class: "ge-unplaced" });
  const total = events.count - events.placed;
  for (let i = events.placed; i < Math.min(events.count, events.placed + CHUNK); i++) {
    const why = events.problem[i - events.placed];
    list.append(
      element(
        "li",
        { dir: "auto" },
        `${whenText(read, i) ? `${whenText(read, i)}: ` : ""}${events.types[events.type[i]].name}${whereText(read, i) ? `, ${whereText(read, i)}` : ""}${why ? ` (${why})` : ""}`,
      ),
    );
  }
  if (total > CHUNK) list.append(element("li", {}, `and ${(total - CHUNK).toLocaleString("en")} more`));
  return element(
    "details",
    { class: "ge-section ge-warning" },
    element("summary", {}, `${countText(total, "event")} without a place`),
    list,
  );
}

function baseChoice(state, act) {
  const group = `${state.name}_base`;
  const rows = CHOICES.map((choice) =>
    element(
      "label",
      { class: "ge-row" },
      element("input", {
        type: "radio",
        name: group,
        checked: choice.key === act.tiles.key,
        onchange: () => act.tiles.choose(choice.key),
      }),
      element("span", { class: "ge-name" }, choice.name),
      element("span", { class: "ge-detail" }, choice.url ? "online" : "offline"),
    ),
  );
  return section("Base map", ...rows, element("p", { class: "ge-notice", role: "status" }));
}
