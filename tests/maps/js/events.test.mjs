import assert from "node:assert/strict";
import test from "node:test";

import { setTheme } from "../../../geoevents/maps/assets/draw/theme.js";
import { Filter } from "../../../geoevents/maps/assets/filters.js";
import { EventMarkers, drawUncertainty, glyphScale, outline } from "../../../geoevents/maps/assets/layers/events.js";

/** A context that writes down what is asked of it, and what it was set to then. */
function recorder() {
  const calls = [];
  const state = { globalAlpha: 1 };
  const context = new Proxy(state, {
    get: (target, name) =>
      name === "calls" ? calls : name in target ? target[name] : (...values) => calls.push({ name, values, ...target }),
  });
  return context;
}

const painted = [];
globalThis.window = { devicePixelRatio: 1 };
globalThis.document = {
  createElement: () => {
    const context = recorder();
    const canvas = { getContext: () => context };
    painted.push(canvas);
    return canvas;
  },
};
globalThis.Path2D = class {};

const TYPES = [
  { name: "air strike", colour: "#c2410c", ink: "#ffffff", shape: "circle", glyph: "M0 0" },
  { name: "shelling", colour: "#e69f00", ink: "#1d2125", shape: "diamond", glyph: "M0 0" },
];

/** Markers of events at these pixels of the canvas at zoom level 8. */
function markersAt(places, { type = () => 0, hollow = () => 0, starts = null } = {}) {
  const count = places.length;
  const scale = 256 * 2 ** 8;
  const events = {
    count,
    placed: count,
    wx: Float64Array.from(places, ([x]) => 0.5 + x / scale),
    wy: Float64Array.from(places, ([, y]) => 0.4 + y / scale),
    type: Uint8Array.from(places, (_, i) => type(i)),
    types: TYPES,
    hollow: Uint8Array.from(places, (_, i) => hollow(i)),
    columns: [],
  };
  const filter = new Filter(events, { starts, ends: starts });
  const markers = new EventMarkers(events);
  markers.show(filter);
  return { markers, filter, events };
}

function viewAt(zoom, x = 0, y = 0, width = 1000, height = 700) {
  const scale = 256 * 2 ** zoom;
  const [left, top] = [0.5 * scale + x, 0.4 * scale + y];
  return {
    zoom,
    scale,
    x: left,
    y: top,
    width,
    height,
    west: left / scale,
    north: top / scale,
    east: (left + width) / scale,
    south: (top + height) / scale,
    seen: [200, 150, 800, 550],
  };
}

function rowsOf(markers) {
  return markers.drawn.map((item) => Array.from(item.rows));
}

test("each event has a marker where there is room", () => {
  const { markers } = markersAt([[100, 100], [300, 200]]);
  markers.draw(recorder(), viewAt(8), null);
  assert.deepEqual(rowsOf(markers).sort(), [[0], [1]]);
  const item = markers.at(101, 99);
  assert.deepEqual([item.count, item.row, item.rows.length, Math.round(item.x)], [1, 0, 1, 100]);
  assert.equal(markers.at(150, 150), null);
  assert.equal(markers.boxes().length, 2);
});

test("events of one place stand around it, each with a line to it", () => {
  const { markers } = markersAt(Array.from({ length: 5 }, () => [500, 300]));
  const context = recorder();
  markers.draw(context, viewAt(8), null);
  assert.equal(markers.drawn.length, 5);
  for (const { ax, ay } of markers.drawn) assert.deepEqual([Math.round(ax), Math.round(ay)], [500, 300]);
  assert.equal(context.calls.filter(({ name }) => name === "lineTo").length, 5);
});

test("a crowd is a ring with its count and an arc for each type", () => {
  const { markers } = markersAt(Array.from({ length: 40 }, () => [500, 300]), { type: (i) => Number(i % 4 === 0) });
  const context = recorder();
  markers.draw(context, viewAt(8), null);
  assert.equal(markers.drawn.length, 1);
  const [item] = markers.drawn;
  assert.equal(item.count, 40);
  assert.deepEqual(Array.from(item.rows), Array.from({ length: 40 }, (_, i) => i));
  // The commonest type is in the picture; ten of forty are the other: a quarter, after the three quarters before it.
  const [arc, ...others] = context.calls.filter(({ name }) => name === "arc");
  assert.equal(others.length, 0);
  assert.ok(Math.abs(arc.values[3] - Math.PI) < 1e-9 && Math.abs(arc.values[4] - 1.5 * Math.PI) < 1e-9);
  assert.equal(context.calls.find(({ name }) => name === "stroke").strokeStyle, "#e69f00");
  const disc = painted.at(-1).getContext();
  assert.equal(disc.calls.find(({ name }) => name === "stroke").strokeStyle, "#c2410c");
  assert.deepEqual(context.calls.filter(({ name }) => name === "fillText").map(({ values }) => values[0]), ["40"]);
});

test("markers follow the filter", () => {
  const { markers, filter } = markersAt([[100, 100], [300, 200]], { type: (i) => i });
  filter.types.delete(0);
  filter.update();
  markers.draw(recorder(), viewAt(8), null);
  assert.deepEqual(rowsOf(markers), [[1]]);
  assert.deepEqual(Array.from(markers.rows), [1]);
  markers.show(null);
  markers.draw(recorder(), viewAt(8), null);
  assert.deepEqual(Array.from(markers.rows), [0, 1]);
  assert.equal(markers.drawn.length, 2);
});

test("old events are faint, hollow ones stay hollow, the chosen one is never faint", () => {
  const places = [[100, 100], [300, 200], [500, 300]];
  const { markers, filter } = markersAt(places, { starts: Int32Array.from([0, 50, 100]), hollow: (i) => Number(i === 0) });
  filter.window = { from: 0, to: 100 };
  filter.update();
  const shades = (selected) => {
    const context = recorder();
    markers.draw(context, viewAt(8), selected);
    assert.equal(context.globalAlpha, 1);
    return context.calls.filter(({ name }) => name === "drawImage").map(({ values, globalAlpha }) => [Math.round(values[1] + values[3] / 2), globalAlpha, values[0]]);
  };
  const byPlace = new Map(shades(null).map(([x, alpha, image]) => [x, { alpha, image }]));
  assert.ok(Math.abs(byPlace.get(100).alpha - 0.35) < 1e-9);
  assert.ok(byPlace.get(300).alpha > 0.6 && byPlace.get(300).alpha < 0.75);
  assert.equal(byPlace.get(500).alpha, 1);
  assert.notEqual(byPlace.get(100).image, byPlace.get(500).image);
  assert.equal(new Map(shades(0).map(([x, alpha]) => [x, alpha])).get(100), 1);
});

test("what is beyond the map's edge can be left out", () => {
  const { markers } = markersAt([[50, 100], [500, 300]]);
  markers.draw(recorder(), viewAt(8), null, true);
  assert.deepEqual(rowsOf(markers), [[1]]);
  markers.draw(recorder(), viewAt(8), null);
  assert.equal(markers.drawn.length, 2);
});

test("panning moves what is drawn and nothing else", () => {
  const random = ((state) => () => (state = (state * 16807) % 2147483647) / 2147483647)(3);
  const { markers } = markersAt(Array.from({ length: 80_000 }, () => [random() * 20_000, random() * 20_000]));
  const standing = (x) => {
    markers.draw(recorder(), viewAt(8, 5000 + x, 5000), null);
    return new Map(markers.drawn.filter((item) => item.x + x > 400 && item.x + x < 900).map((item) => [`${Math.round(item.x + x)} ${Math.round(item.y)}`, item.count]));
  };
  const before = standing(0);
  assert.ok(before.size > 30);
  for (const x of [1, 120, 380]) assert.deepEqual(standing(x), before);
});

test("thousands of single events are dots, hollow ones rings", () => {
  const places = Array.from({ length: 6400 }, (_, i) => [30 + 110 * (i % 80), 30 + 110 * Math.floor(i / 80)]);
  const { markers } = markersAt(places, { hollow: (i) => Number(i === 0) });
  const context = recorder();
  markers.draw(context, viewAt(8, 0, 0, 9000, 9000), 5);
  const sides = new Set(context.calls.filter(({ name }) => name === "drawImage").map(({ values }) => values[3]));
  assert.equal(markers.drawn.length, 6400);
  assert.deepEqual([...sides], [10]);
  assert.equal(new Set(context.calls.filter(({ name }) => name === "drawImage").map(({ values }) => values[0])).size, 2);
  assert.equal(markers.at(30, 30).row, 0);
  assert.equal(markers.at(30, 42), null);
});

test("another theme draws other pictures", () => {
  const { markers } = markersAt([[100, 100]]);
  const image = () => {
    const context = recorder();
    markers.draw(context, viewAt(8), null);
    return context.calls.find(({ name }) => name === "drawImage").values[0];
  };
  const light = image();
  assert.equal(image(), light);
  setTheme("dark");
  assert.notEqual(image(), light);
  setTheme("light");
});

test("a marker stays in its event's area, others keep out of what is hatched", () => {
  const { markers, events } = markersAt([[500, 300], [500, 300], [500, 300]]);
  const scale = 256 * 2 ** 8;
  const middle = 0.5 + 500 / scale;
  // The area of row 0 is all that lies east of the place.
  const regions = {
    event: [0],
    inferred: [1],
    isArea: () => true,
    isWhole: () => false,
    shapes: { box: () => [middle, 0, 1, 1], contains: (_, x) => x >= middle },
  };
  markers.bind(regions, new Map([[0, 0]]));
  markers.draw(recorder(), viewAt(8), null);
  const at = new Map(markers.drawn.map((item) => [item.row, item.x]));
  assert.ok(at.get(0) >= 499.9);
  assert.ok(at.get(1) < 500 && at.get(2) < 500);
  assert.equal(markers.isVague(0), false);
  markers.bind({ ...regions, inferred: [0], isWhole: () => true }, new Map([[0, 0]]));
  assert.equal(markers.isVague(0), true);
  assert.equal(markers.isVague(1), false);
  assert.equal(events.wx.length, 3);
});

test("far out, events of one place become a count sooner", () => {
  const { markers } = markersAt(Array.from({ length: 5 }, () => [500, 300]));
  markers.leastZoom = 9;
  markers.draw(recorder(), viewAt(8), null);
  assert.deepEqual(markers.drawn.map((item) => item.count), [5]);
  markers.leastZoom = 8;
  markers.draw(recorder(), viewAt(8), null);
  assert.equal(markers.drawn.length, 5);
});

test("events are projected once", () => {
  const events = { count: 1, placed: 1, x: Int32Array.from([18_500_000]), y: Int32Array.from([0]), type: [0], types: TYPES, hollow: [0], columns: [] };
  const markers = new EventMarkers(events);
  assert.ok(events.wx[0] > 1 && Math.abs(events.wy[0] - 0.5) < 1e-12);
  assert.deepEqual(markers.groupsAt(3, 2048).map((group) => group.row), [0]);
});

test("no events, nothing to draw", () => {
  const { markers } = markersAt([]);
  markers.draw(recorder(), viewAt(8), null);
  assert.deepEqual([markers.drawn, markers.boxes(), markers.at(1, 1)], [[], [], null]);
});

test("a circle of uncertainty is as wide as Web Mercator makes it", () => {
  const view = viewAt(12);
  const context = recorder();
  // At 60 degrees north a metre is drawn twice as long as on the equator.
  const y = 0.5 - Math.log(Math.tan(Math.PI / 4 + Math.PI / 6)) / (2 * Math.PI);
  drawUncertainty(context, view, { x: 0.5, y, metres: 1000 });
  const [arc] = context.calls.filter(({ name }) => name === "arc");
  assert.ok(Math.abs(arc.values[2] - (2 * 1000 * view.scale) / 40075016.7) < 1e-6);
  const small = recorder();
  drawUncertainty(small, view, { x: 0.5, y, metres: 1 });
  drawUncertainty(small, view, { x: 0.5, y, metres: NaN });
  assert.deepEqual(small.calls, []);
});

test("outlines of every shape are closed paths", () => {
  for (const shape of ["circle", "diamond", "square"]) {
    assert.match(outline(shape, 22), /^M.*Z$/);
    assert.ok(glyphScale(shape, 24) > 0);
  }
});
