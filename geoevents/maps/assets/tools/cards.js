// The cards that tools open beside the bar, one at a time.

import { element } from "../text.js";

/** @typedef {{ name: string, node: HTMLElement, opener: HTMLElement | null, onclose: () => void }} Card */

/** Opens a card, closes the one before, and gives the focus back. */
export class Cards {
  /**
   * @param {import("../app.js").App} app
   * @param {HTMLElement} bar what the cards stand beside
   */
  constructor(app, bar) {
    this.app = app;
    this.bar = bar;
    /** @type {Card | null} */
    this.card = null;
    /** @type {(name: string | null) => void} */
    this.onchange = () => {};
    this.host = element("div", { class: "ge-cards" });
    app.L.DomEvent.disableClickPropagation(this.host);
    app.L.DomEvent.disableScrollPropagation(this.host);
    // A button that closes its card is no longer inside it when Leaflet asks what was clicked.
    this.host.addEventListener("click", (/** @type {Event} */ event) => event.stopPropagation());
    // Keys that work in a card would move the map as well.
    this.host.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key !== "Escape" && event.stopPropagation());
    const outer = app.map.getContainer();
    outer.append(this.host);
    outer.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.onKey(event));
    app.map.on("resize", () => this.place());
  }

  /** What is open: its name, or null. */
  get open() {
    return this.card?.name ?? null;
  }

  /**
   * Open a card in place of the one that is open.
   * @param {string} name
   * @param {string} label its heading, and its name for screen readers
   * @param {Node[]} content
   * @param {{ opener?: HTMLElement | null, onclose?: () => void, role?: string, bare?: boolean }} [options] `bare` shows no heading
   * @returns {HTMLElement}
   */
  show(name, label, content, { opener = null, onclose = () => {}, role = "dialog", bare = false } = {}) {
    this.close(false);
    const close = element(
      "button",
      { type: "button", class: "ge-card-close", title: "Close", "aria-label": `Close: ${label}`, onclick: () => this.close() },
      "×",
    );
    const head = bare ? close : element("header", {}, element("h2", {}, label), close);
    const node = element("section", { class: `ge-card ge-card-${name}`, role, "aria-label": label }, head, ...content);
    this.card = { name, node, opener, onclose };
    this.host.append(node);
    this.place();
    this.onchange(name);
    return node;
  }

  /**
   * Close what is open.
   * @param {boolean} [refocus] whether the focus, if it is inside, goes back to what opened the card
   */
  close(refocus = true) {
    const { card } = this;
    if (!card) return;
    this.card = null;
    const held = card.node.contains(document.activeElement);
    card.node.remove();
    card.onclose();
    this.onchange(null);
    if (!refocus || !held) return;
    if (card.opener?.isConnected && card.opener.offsetParent !== null) card.opener.focus({ preventScroll: true });
    else this.app.map.getContainer().focus({ preventScroll: true });
  }

  /** Beside the bar; on a small screen the style sheet says where. */
  place() {
    const outer = this.app.map.getContainer().getBoundingClientRect();
    const bar = this.bar.getBoundingClientRect();
    this.host.style.setProperty("--x", `${Math.round(bar.right - outer.left + 8)}px`);
    this.host.style.setProperty("--y", `${Math.round(Math.max(8, bar.top - outer.top))}px`);
    // Down to what is docked at the bottom.
    this.host.style.setProperty("--tall", `${Math.round(outer.height - this.app.insets().bottom)}px`);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key !== "Escape" || !this.card || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }
}
