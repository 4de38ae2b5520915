// The tab "Legend": what is drawn, how much of it, and a switch for each. It is the layer control.

import { valueAt } from "../data/columns.js";
import { CHOICES } from "../draw/tiles.js";
import { areaRange, areaText, countText, dateText, element, sentence } from "../text.js";
import { iconOf } from "./icons.js";
import { cssColour, whenText, whereText } from "./popup.js";
import { group, limited, lineSwatch, radio, refill, row, section, setRow, swatch } from "./rows.js";
import { NOBODY, spanText } from "./words.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {"time"|"filter"|"layers"|"view"|"rest"|"select"|"theme"|"tiles"|"open"} Topic
 * @typedef {{element: HTMLElement, update: (topic: Topic) => void}} Part
 * @typedef {{set: (key: number, on: boolean) => void, solo: (key: number) => void}} Act
 */

const SOFT = "var(--soft)";
const RIVER = "#2f7fb5";
const MANY = 3;
const CHUNK = 100;

/** @type {Array<["gain"|"inferred"|"given", string]>} */
const AREAS = [
  ["gain", "Territorial gains"],
  ["inferred", "Inferred regions"],
  ["given", "Areas named"],
];

/**
 * The legend: parts that each know when to say something else.
 *
 * @param {App} app
 * @returns {Part}
 */
export function legendTab(app) {
  const makers = [typesPart, areasPart, controlPart, gainersPart, placesPart, keyPart, unplacedPart, unreadPart, basePart, themePart];
  const parts = /** @type {Part[]} */ (makers.map((make) => make(app)).filter((part) => part !== null));
  return {
    element: element("div", { class: "ge-legend" }, ...parts.map((part) => part.element)),
    update: (topic) => parts.forEach((part) => part.update(topic)),
  };
}

/**
 * A part that never changes.
 *
 * @param {HTMLElement} node
 * @returns {Part}
 */
function still(node) {
  return { element: node, update: () => {} };
}

/**
 * Switches of a set, one for each key.
 *
 * @template K
 * @param {() => Set<K>} chosen
 * @param {() => K[]} keys
 * @param {() => void} changed
 */
function switches(chosen, keys, changed) {
  const fill = (/** @type {K[]} */ wanted) => {
    const set = chosen();
    set.clear();
    for (const key of wanted) set.add(key);
    changed();
  };
  return {
    /** @param {K} key @param {boolean} on */
    set(key, on) {
      if (on) chosen().add(key);
      else chosen().delete(key);
      changed();
    },
    /** This one alone, or all again. @param {K} key */
    solo(key) {
      const alone = keys().every((other) => chosen().has(other) === (other === key));
      fill(alone ? keys() : [key]);
    },
    all: () => fill(keys()),
    none: () => fill([]),
  };
}

// --- events -----------------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function typesPart(app) {
  const { events, filter } = app;
  if (!events || !filter || !events.placed) return null;
  const totals = new Uint32Array(events.types.length);
  for (let i = 0; i < events.placed; i++) totals[events.type[i]] += 1;
  // The same order whatever is shown: rows keep their places.
  const types = [...events.types.keys()].filter((t) => totals[t]).sort((a, b) => totals[b] - totals[a]);
  const act = switches(() => filter.types, () => types, () => app.emit("filter"));
  const made = group("Events", { ...(types.length > MANY ? act : {}), what: "types of events" });
  /** @type {Map<number, HTMLElement>} */
  const lines = new Map();
  const make = (/** @type {number} */ t) => {
    const known = lines.get(t);
    if (known) return known;
    const { name } = events.types[t];
    const more = { key: `type ${t}`, onsolo: types.length > 1 ? () => act.solo(t) : undefined };
    const line = row(filter.types.has(t), iconOf(events.types[t]), sentence(name), "", (on) => act.set(t, on), more);
    lines.set(t, line);
    return line;
  };
  const state = {};
  const update = () => {
    for (const [t, line] of lines) setRow(line, filter.types.has(t), filter.typeCounts[t].toLocaleString("en"));
  };
  const fill = () => {
    refill(made.body, limited(types, make, state, fill));
    update();
  };
  fill();
  return { element: made.element, update };
}

// --- areas ------------------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function areasPart(app) {
  const lines = [...AREAS.map(([key, name]) => regionRow(app, key, name)), localitiesRow(app)].filter((line) => line !== null);
  if (!lines.length) return null;
  const update = () => lines.forEach((line) => line.update());
  update();
  return { element: section("Areas", ...lines.map((line) => line.element)), update };
}

/**
 * @param {App} app
 * @param {"gain"|"inferred"|"given"} key
 * @param {string} name
 */
function regionRow(app, key, name) {
  const { regions, events, filter } = app;
  if (!regions || !events || !filter) return null;
  const members = regions.group.flatMap((/** @type {string} */ g, /** @type {number} */ i) => (g === key ? [i] : []));
  if (!members.length) return null;
  const guess = members.some((/** @type {number} */ i) => regions.inferred[i]);
  // What is counted is what the filter lets through.
  const detail = () => {
    const shown = members.filter((/** @type {number} */ i) => filter.shown[regions.event[i]]);
    const count = shown.length.toLocaleString("en");
    const measured = shown.filter((/** @type {number} */ i) => regions.isMeasured(i));
    if (shown.length && !measured.length) return count;
    const total = measured.reduce((/** @type {number} */ sum, /** @type {number} */ i) => sum + (regions.area[i] || 0), 0);
    return `${count} · ${measured.length < shown.length ? "> " : guess ? "≈ " : ""}${areaText(total)}`;
  };
  const colour = key === "gain" ? cssColour(events.types[events.type[regions.event[members[0]]]].colour) : SOFT;
  const kind = guess ? "inferred" : key === "gain" ? "given" : "named";
  const icon = swatch(kind, colour, guess ? (key === "gain" ? "falling" : "rising") : null);
  const line = row(app.visible[key], icon, name, "", (on) => {
    app.visible[key] = on;
    app.emit("layers");
  });
  return { element: line, update: () => setRow(line, app.visible[key], detail()) };
}

/** @param {App} app */
function localitiesRow(app) {
  const count = app.localities?.name.length ?? 0;
  if (!count) return null;
  const line = row(app.visible.localities, swatch("inferred", SOFT), "Localities", count.toLocaleString("en"), (on) => {
    app.visible.localities = on;
    app.emit("layers");
  });
  return { element: line, update: () => setRow(line, app.visible.localities) };
}

// --- control ----------------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function controlPart(app) {
  const { control } = app;
  if (!control || !control.dates.length) return null;
  const { control: chosen } = app.visible;
  const act = switches(() => chosen, () => [...control.actors.keys()], () => app.emit("layers"));
  const made = group("Control", { ...(control.actors.length > MANY ? act : {}), what: "actors", body: "ge-holders" });
  const state = {};
  /** @type {Map<number, HTMLElement>} */
  const lines = new Map();
  let index = NaN;
  const fill = () => {
    lines.clear();
    made.setHeading(index < 0 ? "Control" : `Control on ${dateText(control.dates[index])}`);
    refill(made.body, holders(app, index, { act, state, lines, again: fill }));
  };
  const update = () => {
    if (index !== app.controlIndex) {
      index = app.controlIndex;
      fill();
    }
    // Rows stay where they are when a switch is used: a second click of two must find the same one.
    for (const [actor, line] of lines) setRow(line, chosen.has(actor));
  };
  update();
  return { element: made.element, update };
}

/**
 * A row for each actor that holds ground on a date.
 *
 * @param {App} app
 * @param {number} index  of the date; -1: before the first
 * @param {{act: Act, state: {all?: boolean}, lines: Map<number, HTMLElement>, again: () => void}} how
 * @returns {Node[]}
 */
function holders(app, index, { act, state, lines, again }) {
  const control = /** @type {import("../types.js").Control} */ (app.control);
  if (index < 0) return [note(`Nothing is known before ${dateText(control.dates[0])}.`)];
  const held = new Map(control.rowsAt(index).map((i) => [control.actor[i], i]));
  const present = control.order.filter((actor) => held.has(actor));
  if (!present.length) return [note("Nobody is said to hold ground on this date.")];
  const make = (/** @type {number} */ actor) => {
    const line = holderRow(app, actor, /** @type {number} */ (held.get(actor)), act);
    lines.set(actor, line);
    return line;
  };
  const absent = absentNote(control, held);
  return [...limited(present, make, state, again), ...(absent ? [absent] : [])];
}

/**
 * @param {App} app
 * @param {number} actor
 * @param {number} i  row of control
 * @param {Act} act
 */
function holderRow(app, actor, i, act) {
  const control = /** @type {import("../types.js").Control} */ (app.control);
  const { name, colour } = control.actors[actor];
  const inferred = Boolean(control.inferred[i]);
  const icon = swatch(inferred ? "held-inferred" : "held", cssColour(colour), inferred ? "rising" : null);
  const more = { key: `actor ${actor}`, onsolo: () => act.solo(actor) };
  const line = row(app.visible.control.has(actor), icon, name || "Nobody named", areaText(control.area[i]), (on) => act.set(actor, on), more);
  addRange(line, areaRange(control.area[i], control.low[i], control.high[i]));
  if (!inferred) return line;
  const source = control.source ? valueAt(control.source, i) : null;
  const basis = element("span", { class: "ge-basis" }, element("b", {}, "inferred, not surveyed"));
  if (source !== null) basis.append(element("span", { dir: "auto" }, String(source)));
  line.append(basis);
  return line;
}

/**
 * Who holds nothing on a date that shows others, or null.
 *
 * @param {import("../types.js").Control} control
 * @param {Map<number, number>} held  row by actor
 * @returns {HTMLElement|null}
 */
export function absentNote(control, held) {
  const absent = control.order.filter((actor) => !held.has(actor) && control.actors[actor].name);
  if (!absent.length) return null;
  const few = absent.slice(0, absent.length > 10 ? 8 : 10);
  const names = few.flatMap((actor, n) => [n ? ", " : "", element("bdi", {}, control.actors[actor].name)]);
  const rest = absent.length - few.length;
  return element("p", { class: "ge-note" }, "No ground on this date: ", ...names, rest ? ` and ${rest} more` : null);
}

/**
 * @param {HTMLElement} line
 * @param {string|null} range
 */
function addRange(line, range) {
  if (range) line.querySelector(".ge-detail")?.append(element("span", { class: "ge-range" }, range));
}

/** @param {string} text */
function note(text) {
  return element("p", { class: "ge-note" }, text);
}

// --- changes ----------------------------------------------------------------------------------------

/**
 * @typedef {{name: string, area: number, low: number, high: number, inferred: boolean}} Gain
 */

/**
 * What each actor gained, most first.
 *
 * @param {import("../types.js").Transition[]} table
 * @returns {Gain[]}
 */
export function gainsOf(table) {
  /** @type {Map<string, Gain>} */
  const gains = new Map();
  for (const { toName, area, low, high, inferred } of table) {
    const sum = gains.get(toName) ?? { name: toName, area: 0, low: 0, high: 0, inferred: true };
    sum.area += area;
    sum.low += low;
    sum.high += high;
    sum.inferred &&= Boolean(inferred);
    gains.set(toName, sum);
  }
  return [...gains.values()].sort((a, b) => b.area - a.area);
}

/**
 * The colour of an actor, wherever it is told; null where it is not.
 *
 * @param {App} app
 * @param {string} name
 * @returns {string|null}
 */
export function actorColour(app, name) {
  const given = /** @type {any} */ (app.changes)?.columns?.actors;
  const actors = /** @type {import("../types.js").Actor[]} */ ([...(app.control?.actors ?? []), ...(given ?? [])]);
  const found = actors.find((actor) => actor.name === name);
  return found ? cssColour(found.colour) : null;
}

/**
 * @param {App} app
 * @returns {Part|null}
 */
function gainersPart(app) {
  const { changes, visible } = app;
  if (!changes) return null;
  /** @type {Gain[]} */
  let gains = [];
  const changed = () => {
    visible.changes ||= visible.gainers.size > 0;
    app.emit("layers");
  };
  const everybody = () => [...new Set([...changes.gainers(), ...gains.map(({ name }) => name)])];
  const act = switches(() => visible.gainers, everybody, changed);
  const made = group("Changed hands", { ...(everybody().length > MANY ? act : {}), what: "who gained ground", body: "ge-gainers" });
  const state = {};
  /** @type {Map<string, HTMLElement>} */
  const lines = new Map();
  const isOn = (/** @type {string} */ name) => visible.changes && visible.gainers.has(name);
  const make = (/** @type {Gain} */ gain) => {
    const { name, area, low, high, inferred } = gain;
    const icon = swatch(inferred ? "change-inferred" : "change", actorColour(app, name) ?? SOFT, inferred ? "falling" : null);
    const more = { key: `gainer ${name}`, onsolo: () => act.solo(name) };
    const line = row(isOn(name), icon, name || NOBODY, `+${areaText(area)}`, (on) => act.set(name, on), more);
    addRange(line, areaRange(area, low, high));
    lines.set(name, line);
    return line;
  };
  const fill = () => {
    lines.clear();
    refill(made.body, gains.length ? limited(gains, make, state, fill) : [note("Nothing changed hands in this period.")]);
  };
  let told = "";
  const measure = () => {
    const [from, to] = app.changesWindow();
    const period = changes.period(from, to);
    made.setHeading("Changed hands", period ? spanText(period.before, period.after) : "");
    gains = gainsOf(changes.table(from, to));
    const now = JSON.stringify(gains);
    if (now !== told) fill();
    told = now;
  };
  measure();
  const update = (/** @type {Topic} */ topic) => {
    // Areas between two dates are dear to measure: not while the window moves.
    if (topic === "rest" || topic === "open") measure();
    for (const [name, line] of lines) setRow(line, isOn(name));
  };
  return { element: made.element, update };
}

// --- places and the key -----------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function placesPart(app) {
  const { places, visible } = app;
  if (!places || !places.name.length) return null;
  const line = row(visible.places, lineSwatch(RIVER), "Named in the events", places.name.length.toLocaleString("en"), (on) => {
    visible.places = on;
    app.emit("layers");
  });
  return { element: section("Places", line), update: () => setRow(line, visible.places) };
}

/**
 * How to read what is drawn: only what this map has.
 *
 * @param {App} app
 * @returns {Part|null}
 */
function keyPart(app) {
  const { events, regions, control, places, localities } = app;
  const some = (/** @type {any} */ layer) => Boolean(layer?.inferred && Array.prototype.some.call(layer.inferred, Boolean));
  const ground = some(control) || some(/** @type {any} */ (app.changes)?.columns);
  /** @type {HTMLElement[]} */
  const notes = [];
  const add = (/** @type {Node} */ icon, /** @type {string} */ text) => notes.push(element("p", {}, icon, text));
  if (events?.hollow.some(Boolean)) add(element("span", { class: "ge-hollow", "aria-hidden": "true" }), "Hollow: denied, disputed, planned or refused");
  if (regions?.group.includes("given")) add(swatch("named", SOFT), "Dotted: somewhere inside this area");
  if (some(regions) || some(localities) || ground) {
    add(swatch("inferred", SOFT), `Hatched: ${ground ? "inferred" : "inferred from words"}, not surveyed`);
  }
  const sketched = places?.schematic && Array.from(places.schematic).some((flag, i) => flag && places.kind[i] === "river");
  if (sketched) add(lineSwatch(RIVER, true), "Dashed river: course sketched");
  return notes.length ? still(element("div", { class: "ge-group ge-key", role: "group", "aria-label": "How to read the map" }, ...notes)) : null;
}

// --- what is not on the map -------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function unplacedPart(app) {
  const { events, read } = app;
  if (!events || !read || events.count === events.placed) return null;
  const line = (/** @type {number} */ n) => {
    const i = events.placed + n;
    const [when, where, why] = [whenText(read, i), whereText(read, i), events.problem[n]];
    return `${when ? `${when}: ` : ""}${events.types[events.type[i]].name}${where ? `, ${where}` : ""}${why ? ` (${why})` : ""}`;
  };
  const count = events.count - events.placed;
  return still(missing(`${countText(count, "event")} without a place`, count, line));
}

/**
 * Described places that could not be read.
 *
 * @param {App} app
 * @returns {Part|null}
 */
function unreadPart(app) {
  const localities = /** @type {import("../types.js").Columns|null|undefined} */ (app.localities);
  const texts = localities?.missing;
  if (!localities || !texts?.length) return null;
  const line = (/** @type {number} */ n) => `${texts[n]}${localities.problems?.[n] ? ` (${localities.problems[n]})` : ""}`;
  return still(missing(`${countText(texts.length, "locality", "localities")} not on the map`, texts.length, line));
}

/**
 * A list that is filled when it is first opened, so many lines at a time.
 *
 * @param {string} heading
 * @param {number} count
 * @param {(n: number) => string} line
 * @returns {HTMLElement}
 */
function missing(heading, count, line) {
  const list = element("ul", { class: "ge-unplaced" });
  let written = 0;
  const more = element("button", { type: "button", class: "ge-small ge-more", hidden: true, onclick: () => extend() });
  const extend = () => {
    const end = Math.min(count, written + CHUNK);
    for (; written < end; written++) list.append(element("li", { dir: "auto" }, line(written)));
    more.hidden = written === count;
    more.textContent = `Show more of ${(count - written).toLocaleString("en")}`;
  };
  const details = /** @type {HTMLDetailsElement} */ (
    element("details", { class: "ge-group ge-section ge-warning" }, element("summary", {}, heading), list, more)
  );
  details.addEventListener("toggle", () => details.open && written === 0 && extend());
  return details;
}

// --- base map and colours ---------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function basePart(app) {
  const { tiles } = app;
  if (!tiles) return null;
  const choices = CHOICES.map(({ key, name, url }) =>
    radio({
      choice: `${app.name}_base`,
      name,
      detail: url ? "online" : "offline",
      checked: key === tiles.key,
      onchoose: () => tiles.choose(key),
    }),
  );
  const notice = element("p", { class: "ge-notice", role: "status" }, tiles.notice);
  const node = section("Base map", ...choices, notice);
  const update = () => {
    if (notice.textContent !== tiles.notice) notice.textContent = tiles.notice;
    const at = CHOICES.findIndex((choice) => choice.key === tiles.key);
    const box = choices[at]?.querySelector("input");
    if (box && !box.checked) box.checked = true;
  };
  return { element: node, update };
}

/**
 * @param {App} app
 * @returns {Part}
 */
function themePart(app) {
  const choices = ["auto", "light", "dark"].map((key) => {
    const name = key === "auto" ? "Automatic" : sentence(key);
    const box = element("input", { type: "radio", name: `${app.name}_theme`, value: key, onchange: () => app.setTheme(key) });
    return element("label", {}, box, element("span", {}, name));
  });
  const node = section("Colours", element("div", { class: "ge-segments" }, ...choices));
  const update = () => {
    for (const choice of choices) {
      const box = /** @type {HTMLInputElement} */ (choice.querySelector("input"));
      box.checked = box.value === app.themeChoice;
    }
  };
  update();
  return { element: node, update };
}
