// The view as a link: what follows # in the address, read with care, for anybody may have written it.

import { formatMoment, parseMoment } from "./time/clock.js";

/** @typedef {import("./app.js").App} App */

const LONGEST = 200;

/** Layers that the legend switches as a whole. */
const LAYERS = /** @type {const} */ (["gain", "inferred", "given", "places", "localities", "changes"]);

const TABS = /** @type {const} */ (["article", "legend", "events", "ground"]);

export class Link {
  /** @param {App} app */
  constructor(app) {
    const { clock } = app;
    this.app = app;
    this.written = "";
    /** The window with which the map opens: a link says another. @type {[number, number]|null} */
    this.opening = clock ? [clock.from, clock.to] : null;
    /** The tab with which the map opens, "none" for a closed panel. */
    this.tab = this.openTab();
    app.on("rest", () => this.write());
    app.on("tab", () => this.write());
    app.on("select", () => this.write());
    window.addEventListener("hashchange", () => {
      if (location.hash !== this.written) this.read();
    });
  }

  /** Show the view that the address asks for, all of it: what it does not say is as the map opens. */
  read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (!asked.size) return;
    this.readSwitches(asked);
    this.readFilter(asked);
    this.readTime(asked);
    this.readTab(asked);
    this.readPlace(asked);
    const event = Number(asked.get("e") ?? NaN);
    if (Number.isInteger(event) && event >= 0 && event < this.choosable()) this.app.select(event);
    else if (this.app.selected !== null) this.app.map.closePopup();
  }

  /** How many events can be chosen: those without a place have words to show at most. */
  choosable() {
    const { events, article } = this.app;
    return (article ? events?.count : events?.placed) ?? 0;
  }

  openTab() {
    const { panel } = this.app;
    return panel.isOpen ? panel.tab : "none";
  }

  /** @param {URLSearchParams} asked */
  readTab(asked) {
    const { panel } = this.app;
    const wanted = TABS.find((name) => name === (asked.get("tab") ?? this.tab));
    // The panel of other maps is left as the reader has it.
    if (!this.app.article || this.app.isStill || (wanted ?? "none") === this.openTab()) return;
    if (wanted) panel.open(wanted);
    else if (asked.get("tab") === "none" || !asked.has("tab")) panel.close();
  }

  /** @param {URLSearchParams} asked */
  readPlace(asked) {
    const [z, lat, lng] = ["z", "lat", "lng"].map((name) => (asked.has(name) ? Number(asked.get(name)) : NaN));
    const { map } = this.app;
    if (Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 720) {
      map.setView([lat, lng], Number.isFinite(z) ? clamp(z, 0, 19) : map.getZoom(), { animate: false });
    } else if (Number.isFinite(z)) map.setZoom(clamp(z, 0, 19), { animate: false });
  }

  /** @param {URLSearchParams} asked */
  readTime(asked) {
    const { clock, compare } = this.app;
    const moment = (/** @type {string} */ name) => {
      const text = asked.get(name);
      return text === null ? null : parseMoment(text);
    };
    const [from, to, before] = ["f", "t", "b"].map(moment);
    if (clock && (from !== null || to !== null)) clock.set(from ?? clock.first, to ?? clock.last);
    else if (clock && this.opening) clock.set(...this.opening);
    if (before !== null && compare.possible) compare.setBefore(before);
    if (compare.on !== (before !== null && compare.possible)) compare.toggle();
  }

  /** @param {URLSearchParams} asked */
  readFilter(asked) {
    const { filter, events } = this.app;
    if (!filter || !events) return;
    const off = new Set(asked.getAll("off"));
    for (const [t, type] of events.types.entries()) {
      if (off.has(type.name)) filter.types.delete(t);
      else filter.types.add(t);
    }
    filter.actors = chosenOf(asked.getAll("actor"), () => filter.actorNames);
    filter.statuses = chosenOf(asked.getAll("status"), () => filter.statusNames);
    filter.text = (asked.get("q") ?? "").slice(0, LONGEST);
    this.app.emit("filter");
  }

  /** @param {URLSearchParams} asked */
  readSwitches(asked) {
    const hidden = new Set(asked.getAll("hide"));
    for (const [name, set] of this.switches()) set(!hidden.has(name));
    this.app.emit("layers");
  }

  /**
   * Every switch of the legend but those of types: its name in a link, what turns it, and whether it is on.
   *
   * @returns {Array<[string, (on: boolean) => void, boolean]>}
   */
  switches() {
    const { visible, control, changes } = this.app;
    const layers = LAYERS.map((name) => /** @type {[string, (on: boolean) => void, boolean]} */ ([name, (on) => (visible[name] = on), visible[name]]));
    const held = (control?.actors ?? []).map(({ name }, actor) => switchOf(`held ${name}`, visible.control, actor));
    const gained = (changes?.gainers() ?? []).map((/** @type {string} */ name) => switchOf(`gained ${name}`, visible.gainers, name));
    return [...layers, ...held, ...gained];
  }

  /** Say in the address what is shown now. */
  write() {
    const { map, clock, filter, events, compare, selected } = this.app;
    const [from, to] = this.opening ?? [NaN, NaN];
    const said = new URLSearchParams();
    if (this.app.isStill) said.set("still", "");
    if (clock && (clock.from !== from || clock.to !== to)) {
      said.set("f", formatMoment(clock.from));
      said.set("t", formatMoment(clock.to));
    }
    if (compare.on) said.set("b", formatMoment(compare.before));
    const { lat, lng } = map.getCenter();
    said.set("z", `${Math.round(map.getZoom() * 100) / 100}`);
    said.set("lat", lat.toFixed(5));
    said.set("lng", lng.toFixed(5));
    if (filter?.text) said.set("q", filter.text);
    if (filter && events) for (const [t, type] of events.types.entries()) if (!filter.types.has(t)) said.append("off", type.name);
    for (const name of filter?.actors ?? []) said.append("actor", name);
    for (const name of filter?.statuses ?? []) said.append("status", name);
    for (const [name, , on] of this.switches()) if (!on) said.append("hide", name);
    if (this.app.article && this.openTab() !== this.tab) said.set("tab", this.openTab());
    if (selected !== null) said.set("e", `${selected}`);
    this.written = `#${said}`;
    try {
      history.replaceState(history.state, "", this.written);
    } catch {
      // A page inside a notebook has no address of its own.
    }
  }
}

/**
 * @template K
 * @param {string} name
 * @param {Set<K>} chosen
 * @param {K} key
 * @returns {[string, (on: boolean) => void, boolean]}
 */
function switchOf(name, chosen, key) {
  return [name, (on) => (on ? chosen.add(key) : chosen.delete(key)), chosen.has(key)];
}

/**
 * The names that there are, or null for all where none of them is.
 *
 * @param {string[]} asked
 * @param {() => Array<{name: string}>} named  dear to count: not before something is asked
 * @returns {Set<string>|null}
 */
function chosenOf(asked, named) {
  if (!asked.length) return null;
  const known = new Set(["", ...named().map(({ name }) => name)]);
  const chosen = asked.filter((name) => known.has(name));
  return chosen.length ? new Set(chosen) : null;
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
