import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import {
  THEMES,
  contrast,
  currentTheme,
  lineColour,
  nameColour,
  onDark,
  resolveTheme,
  setTheme,
} from "../../../geoevents/maps/assets/draw/theme.js";

const ASSETS = new URL("../../../geoevents/maps/assets/", import.meta.url);
const SHEETS = new URL("styles/", ASSETS);
const sheet = (name) => readFileSync(new URL(name, SHEETS), "utf8").replace(/\/\*.*?\*\//gs, "");

/** WCAG 2.2: relative luminance and contrast ratio, written anew so that theme.js is not its own judge. */
function ratio(one, other) {
  const luminance = (colour) => {
    const value = parseInt(colour.slice(1), 16);
    const linear = [value >> 16, (value >> 8) & 255, value & 255].map((c) =>
      c <= 0.03928 * 255 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The custom properties that a selector sets in theme.css, on top of those of the light theme. */
function properties(selector) {
  const rules = [...sheet("theme.css").matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, which, body]) => [which.trim(), body]);
  const found = {};
  for (const wanted of [".ge-map", selector]) {
    for (const [, body] of rules.filter(([name]) => name === wanted)) {
      for (const [, name, value] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) found[name] = value.trim();
    }
  }
  return found;
}

const STYLES = {
  light: properties(".ge-map"),
  dark: properties('.ge-map[data-theme="dark"]'),
  print: properties('.ge-map[data-theme="print"]'),
  paper: properties(".ge-map, .ge-map[data-theme]"),
};

// Text needs 4.5:1 (1.4.3), edges of controls and what shows the focus 3:1 (1.4.11).
const PAIRS = [
  ["ink", "card", 7],
  ["ink", "card-2", 7],
  ["soft", "card", 4.5],
  ["soft", "card-2", 4.5],
  ["accent", "card", 4.5],
  ["accent", "card-2", 4.5],
  ["card", "accent", 4.5],
  ["warn", "card", 4.5],
  ["warn", "card-2", 4.5],
  ["focus", "card", 3],
  ["focus", "card-2", 3],
  ["focus", "sea", 3],
  ["soft", "sea", 3],
];

for (const [name, style] of Object.entries(STYLES)) {
  test(`text and controls stand out: ${name}`, () => {
    for (const [front, ground, least] of PAIRS) {
      const found = ratio(style[front], style[ground]);
      assert.ok(found >= least, `${front} on ${ground}: ${found.toFixed(2)} < ${least}`);
    }
  });
}

test("every theme sets every property that a sheet asks for", () => {
  // What modules set where it is used: the colour of a row, how much of the map is hidden.
  const modules = readdirSync(ASSETS, { recursive: true }).filter((file) => file.endsWith(".js") && !file.startsWith("vendor"));
  const scripts = modules.map((file) => readFileSync(new URL(file, ASSETS), "utf8")).join("\n");
  for (const file of readdirSync(SHEETS)) {
    for (const [, name] of sheet(file).matchAll(/var\((--[\w-]+)/g)) {
      if (scripts.includes(name)) continue;
      for (const [theme, style] of Object.entries(STYLES)) {
        assert.ok(name.slice(2) in style, `${file}: ${name} is not set (${theme})`);
      }
    }
  }
});

test("sheets apply below .ge-map only, and have their colours from theme.css", () => {
  for (const file of readdirSync(SHEETS)) {
    const text = sheet(file);
    const outside = [...text.matchAll(/(?:^|[{}])\s*([^{}@]+?)\s*\{/g)]
      .flatMap(([, list]) => list.split(/,(?![^(]*\))/).map((selector) => selector.trim()))
      .filter((selector) => !/^(?:from|to|[\d.]+%|\.ge-map(?![\w-]).*)$/s.test(selector));
    assert.deepEqual(outside, [], file);
    if (file === "theme.css") continue;
    assert.deepEqual(text.match(/#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?)\(/gi) ?? [], [], file);
  }
});

test("names can be read on the ground", () => {
  const names = ["ink", "country", "provinceName", "riverName", "town", "village", "place", "placeArea", "placeRiverName"];
  for (const theme of [THEMES.dark, THEMES.print]) {
    for (const name of names) {
      assert.ok(ratio(theme[name], theme.land) >= 4.5, `${theme.name} ${name}: ${ratio(theme[name], theme.land)}`);
    }
  }
  for (const name of ["ink", "town", "village", "place", "placeArea", "placeRiverName"]) {
    assert.ok(ratio(THEMES.light[name], THEMES.light.land) >= 4.5, `light ${name}`);
  }
  assert.ok(ratio(THEMES.dark.donutInk, THEMES.dark.donut) >= 7);
});

test("themes have the same names and cannot be changed", () => {
  const names = Object.keys(THEMES.light).sort();
  for (const [key, theme] of Object.entries(THEMES)) {
    assert.deepEqual(Object.keys(theme).sort(), names);
    assert.equal(theme.name, key);
    assert.ok(Object.isFrozen(theme));
  }
});

const colours = JSON.parse(
  execFileSync(process.env.PYTHON ?? "python3", [
    "-c",
    `
import json
from geoevents.maps.style import ACTOR_COLOURS, EVENT_STYLES, NOBODY_COLOUR
print(json.dumps({
    "actors": [*ACTOR_COLOURS, NOBODY_COLOUR],
    "events": [style.colour for style in EVENT_STYLES.values()],
}))`,
  ]).toString(),
);

test("lines and names in the colours of actors and events stand out on dark ground", () => {
  for (const colour of [...colours.actors, ...colours.events, "#000000", "#0000ff"]) {
    assert.ok(ratio(onDark(colour), THEMES.dark.land) >= 3, colour);
    assert.ok(ratio(onDark(colour, 4.5), THEMES.dark.land) >= 4.5, colour);
  }
});

test("a colour that stands out already stays as it is, and so does one that is not a colour", () => {
  assert.equal(onDark("#f0e442"), "#f0e442");
  assert.equal(onDark(onDark("#0072b2")), onDark("#0072b2"));
  assert.equal(onDark("rgb(1, 2, 3)"), "rgb(1, 2, 3)");
  assert.equal(onDark("red;x"), "red;x");
});

test("colours of actors stay apart on dark ground", () => {
  const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const distance = (a, b) => Math.hypot(...parts(a).map((value, i) => value - parts(b)[i]));
  // Events have glyphs besides; actors have nothing but their colour and, where there is room, their name.
  for (const [group, least] of [[colours.actors, 30], [colours.events, 12]]) {
    const shown = group.map((colour) => onDark(colour));
    shown.forEach((a, i) =>
      shown.slice(0, i).forEach((b, j) => {
        assert.ok(distance(a, b) >= Math.min(least, distance(group[i], group[j]) * 0.66), `${group[i]} ${group[j]}: ${distance(a, b)}`);
      }),
    );
  }
});

test("colours follow the theme", () => {
  assert.equal(currentTheme(), THEMES.light);
  assert.equal(lineColour("#20242a"), "#20242a");
  assert.ok(ratio(nameColour("#f0e442"), THEMES.light.land) >= 4.5);
  assert.equal(setTheme("dark"), THEMES.dark);
  assert.equal(currentTheme().name, "dark");
  assert.equal(lineColour("#20242a"), onDark("#20242a"));
  assert.equal(nameColour("#20242a"), onDark("#20242a", 4.5));
  assert.equal(setTheme("constructor"), THEMES.light);
});

test("auto asks the reader's system", () => {
  assert.equal(resolveTheme("auto"), "light");
  assert.equal(resolveTheme("dark"), "dark");
  assert.equal(resolveTheme("print"), "print");
  assert.equal(resolveTheme("__proto__"), "light");
  assert.equal(resolveTheme(null), "light");
  globalThis.matchMedia = (query) => ({ matches: query === "(prefers-color-scheme: dark)" });
  assert.equal(resolveTheme("auto"), "dark");
  assert.equal(resolveTheme(undefined), "dark");
  assert.equal(resolveTheme("light"), "light");
  globalThis.matchMedia = (query) => ({ matches: query === "print" });
  assert.equal(resolveTheme("dark"), "print");
  delete globalThis.matchMedia;
});

test("contrast is what WCAG says it is", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.ok(Math.abs(contrast("#777777", "#ffffff") - 4.48) < 0.005);
  assert.equal(contrast("#123456", "#123456"), 1);
});
