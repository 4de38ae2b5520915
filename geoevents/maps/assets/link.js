// The view as a link: what follows # in the address, read with care, for anybody may have written it.

import { formatMoment, parseMoment } from "./time/clock.js";

/** @typedef {import("./app.js").App} App */

const LONGEST = 200;

export class Link {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.written = "";
    app.on("rest", () => this.write());
    app.on("select", () => this.write());
    window.addEventListener("hashchange", () => {
      if (location.hash !== this.written) this.read();
    });
  }

  /** Show the view that the address asks for; whether it asked for a place. */
  read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    this.readSwitches(asked);
    this.readTime(asked);
    const placed = this.readPlace(asked);
    const text = asked.get("q");
    if (text !== null && this.app.filter) {
      this.app.filter.text = text.slice(0, LONGEST);
      this.app.emit("filter");
    }
    const event = Number(asked.get("e") ?? NaN);
    if (Number.isInteger(event) && event >= 0 && event < (this.app.events?.placed ?? 0)) this.app.select(event);
    return placed;
  }

  /** @param {URLSearchParams} asked */
  readPlace(asked) {
    const [z, lat, lng] = ["z", "lat", "lng"].map((name) => (asked.has(name) ? Number(asked.get(name)) : NaN));
    const { map } = this.app;
    if (Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 720) {
      map.setView([lat, lng], Number.isFinite(z) ? clamp(z, 0, 19) : map.getZoom(), { animate: false });
      return true;
    }
    if (Number.isFinite(z)) map.setZoom(clamp(z, 0, 19), { animate: false });
    return Number.isFinite(z);
  }

  /** @param {URLSearchParams} asked */
  readTime(asked) {
    const { clock } = this.app;
    const moment = (/** @type {string} */ name) => {
      const text = asked.get(name);
      return text === null ? null : parseMoment(text);
    };
    const [from, to, before] = ["f", "t", "b"].map(moment);
    if (clock && (from !== null || to !== null)) clock.set(from ?? clock.first, to ?? clock.last);
    if (before !== null && this.app.compare.possible) {
      this.app.compare.setBefore(before);
      if (!this.app.compare.on) this.app.compare.toggle();
    }
  }

  /** @param {URLSearchParams} asked */
  readSwitches(asked) {
    const { filter, events } = this.app;
    const off = new Set(asked.getAll("off"));
    if (!filter || !events || !off.size) return;
    for (const [t, type] of events.types.entries()) if (off.has(type.name)) filter.types.delete(t);
    this.app.emit("filter");
  }

  /** Say in the address what is shown now. */
  write() {
    const { map, clock, filter, events, compare, selected } = this.app;
    const said = new URLSearchParams();
    if (this.app.isStill) said.set("still", "");
    if (clock && !clock.isWhole) {
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
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
