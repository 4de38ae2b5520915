import assert from "node:assert/strict";
import test from "node:test";

import {
  areaRange,
  areaText,
  dateText,
  distanceText,
  element,
  figure,
  periodText,
  webAddress,
} from "../../../geoevents/maps/assets/text.js";

const minutes = (iso) => Date.parse(`${iso}Z`) / 60000;

test("a date is no more exact than it is known", () => {
  const day = minutes("2017-09-16T00:00");
  assert.equal(dateText(day), "16 Sep 2017");
  assert.equal(dateText(day, "month"), "Sep 2017");
  assert.equal(dateText(day, "year"), "2017");
  assert.equal(dateText(day, "week"), "week of 16 Sep 2017");
  assert.equal(dateText(day, "unknown"), "date unknown");
  assert.equal(dateText(null), "date unknown");
  assert.equal(dateText(minutes("2017-09-16T04:30")), "16 Sep 2017, 04:30 UTC");
});

test("a period that starts and ends alike is one date", () => {
  const [a, b] = [minutes("2017-09-05T00:00"), minutes("2017-09-16T00:00")];
  assert.equal(periodText(a, null), "5 Sep 2017");
  assert.equal(periodText(a, b, "month"), "Sep 2017");
  assert.equal(periodText(a, b, "week"), "5 Sep 2017 – 16 Sep 2017");
  assert.equal(periodText(a, b), "5 Sep 2017 – 16 Sep 2017");
});

test("figures have as many digits as they deserve", () => {
  assert.equal(figure(300.0000123), "300");
  assert.equal(figure(87.53724), "87.5");
  assert.equal(areaText(26723.258), "26,723 km²");
  assert.equal(figure(NaN), "?");
  assert.equal(distanceText(5800), "5.8 km");
  assert.equal(distanceText(150), "150 m");
});

test("only web addresses are links", () => {
  assert.equal(webAddress("https://example.org/a?b=c"), "https://example.org/a?b=c");
  for (const text of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " https://example.org",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//example.org",
    "http://",
    "https://exa mple.org",
    "java\nscript:alert(1)",
    "TASS",
  ]) {
    assert.equal(webAddress(text), null, text);
  }
});

test("a range is said where it tells more than the area", () => {
  assert.equal(areaRange(300, 280, 320), "280 to 320");
  assert.equal(areaRange(300, 300, 320), "300 to 320");
  assert.equal(areaRange(300, 300, 300), null);
  assert.equal(areaRange(300, 299.99, 300.01), null);
  assert.equal(areaRange(300, NaN, NaN), null);
});

/** As much of a document as element() needs, that tells what was done to it. */
function withDocument(use) {
  globalThis.document = {
    createElement: (tag) => ({
      tag,
      attributes: {},
      listeners: {},
      children: [],
      style: {},
      setAttribute(name, value) {
        this.attributes[name] = value;
      },
      addEventListener(name, listener) {
        this.listeners[name] = listener;
      },
      append(child) {
        this.children.push(child);
      },
    }),
  };
  try {
    use();
  } finally {
    delete globalThis.document;
  }
}

test("an element has the attributes, listeners and children it is given", () => {
  withDocument(() => {
    const listener = () => {};
    const child = element("b");
    const node = element("p", { class: "x", hidden: true, title: null, lang: undefined, open: false, tabindex: 0, onclick: listener }, "<b>", 7, null, undefined, false, child);
    assert.deepEqual(node.attributes, { class: "x", hidden: "", tabindex: "0" });
    assert.deepEqual(node.listeners, { click: listener });
    assert.deepEqual(node.children, ["<b>", "7", child]);
  });
});

test("text never becomes a handler or a style attribute", () => {
  withDocument(() => {
    const node = element("p", { onclick: "alert(1)", style: "color: red" });
    assert.deepEqual([node.attributes, node.listeners], [{}, {}]);
    assert.equal(node.style.cssText, "color: red");
  });
});
