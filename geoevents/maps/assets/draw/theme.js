// The colours of everything drawn on canvas: by day, by night and on paper. Style sheets have theirs in styles/theme.css.

/** @typedef {import("../types.js").Theme} Theme */
/** @typedef {import("../types.js").ThemeName} ThemeName */

/** @type {Theme} */
const LIGHT = Object.freeze({
  name: "light",
  lineScale: 1,
  ink: "#1d2125",
  soft: "#5c646d",
  card: "#ffffff",
  accent: "#00558c",
  halo: "rgba(250, 248, 243, 0.92)",
  labelHalo: "rgba(255, 255, 255, 0.95)",
  sea: "#c9dae4",
  land: "#f5f2eb",
  coast: "#9db7c6",
  border: "#998f82",
  borderCasing: "rgba(143, 133, 120, 0.18)",
  province: "#c8bfb2",
  river: "#8db4cd",
  riverName: "#3d6d8b",
  lake: "#c9dae4",
  country: "#5f584e",
  provinceName: "#766d61",
  town: "#3a3f45",
  village: "#6a6f75",
  townDot: "#ffffff",
  place: "#1d2125",
  placeDot: "#ffffff",
  placeArea: "#6b6259",
  placeOutline: "rgba(70, 76, 84, 0.55)",
  placeRiver: "#2f7fb5",
  placeRiverName: "#1f6699",
  placeRiverCasing: "rgba(255, 255, 255, 0.8)",
  markerRim: "#ffffff",
  donut: "#ffffff",
  donutInk: "#1d2125",
  leader: "rgba(29, 33, 37, 0.55)",
  selection: "#1d2125",
  shadow: "rgba(20, 24, 28, 0.35)",
  changeCasing: "rgba(255, 255, 255, 0.92)",
  regionCasing: "rgba(255, 255, 255, 0.75)",
  vagueFill: "rgba(255, 255, 255, 0.75)",
  uncertaintyFill: "rgba(29, 33, 37, 0.06)",
  uncertaintyRim: "rgba(29, 33, 37, 0.6)",
});

/** @type {Theme} */
const DARK = Object.freeze({
  name: "dark",
  lineScale: 1,
  ink: "#e8ebee",
  soft: "#a9b3bd",
  card: "#1b2127",
  accent: "#7cc0f0",
  halo: "rgba(21, 27, 33, 0.9)",
  labelHalo: "rgba(16, 20, 25, 0.92)",
  sea: "#10161c",
  land: "#222a31",
  coast: "#40505d",
  border: "#69727b",
  borderCasing: "rgba(160, 170, 180, 0.13)",
  province: "#434c55",
  river: "#35566d",
  riverName: "#79a9c8",
  lake: "#10161c",
  country: "#a9a49b",
  provinceName: "#939596",
  town: "#d3d8dd",
  village: "#a4abb2",
  townDot: "#1b2127",
  place: "#f4f6f8",
  placeDot: "#1b2127",
  placeArea: "#b8b1a6",
  placeOutline: "rgba(200, 207, 214, 0.5)",
  placeRiver: "#5aa9dc",
  placeRiverName: "#8cc6ef",
  placeRiverCasing: "rgba(14, 18, 23, 0.75)",
  markerRim: "#e8ebee",
  donut: "#1b2127",
  donutInk: "#f4f6f8",
  leader: "rgba(232, 235, 238, 0.6)",
  selection: "#ffffff",
  shadow: "rgba(0, 0, 0, 0.6)",
  changeCasing: "rgba(14, 18, 23, 0.85)",
  regionCasing: "rgba(14, 18, 23, 0.65)",
  vagueFill: "rgba(34, 42, 49, 0.75)",
  uncertaintyFill: "rgba(232, 235, 238, 0.08)",
  uncertaintyRim: "rgba(232, 235, 238, 0.65)",
});

/** @type {Theme} */
const PRINT = Object.freeze({
  ...LIGHT,
  name: "print",
  lineScale: 0.7,
  soft: "#4a5058",
  halo: "rgba(255, 255, 255, 0.95)",
  sea: "#eef3f6",
  land: "#ffffff",
  coast: "#7f97a5",
  border: "#6f6a63",
  borderCasing: "rgba(0, 0, 0, 0)",
  province: "#bdb8b0",
  river: "#7fa6bf",
  riverName: "#3d6d8b",
  lake: "#eef3f6",
  country: "#5f584e",
  provinceName: "#766d61",
  town: "#1d2125",
  village: "#4a5058",
  shadow: "rgba(0, 0, 0, 0)",
});

/** Every theme by its name. @type {Readonly<Record<ThemeName, Theme>>} */
export const THEMES = Object.freeze({ light: LIGHT, dark: DARK, print: PRINT });

let current = LIGHT;

/** @returns {Theme} the colours that everything is drawn with now */
export function currentTheme() {
  return current;
}

/**
 * Draw with other colours from now on.
 *
 * @param {string} name  "light", "dark" or "print"; anything else is light
 * @returns {Theme} the theme chosen
 */
export function setTheme(name) {
  current = isTheme(name) ? THEMES[name] : LIGHT;
  return current;
}

/**
 * The theme that a choice means here: "auto" asks the reader's system, and on paper all choices mean "print".
 *
 * @param {string | null | undefined} choice
 * @returns {ThemeName}
 */
export function resolveTheme(choice) {
  const is = (/** @type {string} */ query) => globalThis.matchMedia?.(query).matches ?? false;
  if (is("print")) return "print";
  if (choice && isTheme(choice)) return choice;
  if (choice && choice !== "auto") return "light";
  return is("(prefers-color-scheme: dark)") ? "dark" : "light";
}

/**
 * @param {string} name
 * @returns {name is ThemeName}
 */
function isTheme(name) {
  return Object.hasOwn(THEMES, name);
}

/** Least contrast of lines and of names with what lies behind them: WCAG 2.2, 1.4.11 and 1.4.3. */
const LINE = 3;
const NAME = 4.5;

/** How far a colour too dark for dark ground is lightened beyond what is needed, for each step that it lacks. */
const SWING = 2;

/** @type {Map<string, string>} */
const shifted = new Map();

/**
 * A colour for lines or text on dark ground: lightened until it stands out there.
 *
 * Were all lightened to the same contrast, a dark brown and a brown would be one. The darker a colour is, the lighter it
 * becomes: those that differ by day differ by night.
 *
 * @param {string} colour  "#rrggbb"; anything else comes back as it is
 * @param {number} [ratio]  contrast with dark ground; 4.5 for names
 * @returns {string}
 */
export function onDark(colour, ratio = LINE) {
  if (!isHex(colour)) return colour;
  const lacking = Math.max(0, LINE - contrast(colour, DARK.land));
  return reaching(colour, Math.max(ratio, LINE + SWING * lacking), DARK.land, 255);
}

/**
 * A colour from data for lines on the current ground.
 *
 * @param {string} colour  "#rrggbb"
 * @returns {string}
 */
export function lineColour(colour) {
  return current === DARK ? onDark(colour) : colour;
}

/**
 * A colour from data for names on the current ground.
 *
 * @param {string} colour  "#rrggbb"
 * @returns {string}
 */
export function nameColour(colour) {
  if (current === DARK) return onDark(colour, NAME);
  return isHex(colour) ? reaching(colour, NAME, LIGHT.land, 0) : colour;
}

/**
 * @param {string} colour
 * @returns {boolean}
 */
function isHex(colour) {
  return /^#[0-9a-f]{6}$/i.test(colour);
}

/**
 * Mix a colour with black (0) or white (255) as little as reaches a contrast with the ground.
 *
 * @param {string} colour
 * @param {number} ratio
 * @param {string} ground
 * @param {number} towards
 * @returns {string}
 */
function reaching(colour, ratio, ground, towards) {
  const key = `${colour} ${ratio} ${ground}`;
  const known = shifted.get(key);
  if (known) return known;
  let mixed = colour;
  for (let part = 1; part <= 40 && contrast(mixed, ground) < ratio; part++) {
    mixed = toHex(channels(colour).map((value) => value + ((towards - value) * part) / 40));
  }
  shifted.set(key, mixed);
  return mixed;
}

/**
 * The contrast of two opaque colours as WCAG 2 defines it, from 1 to 21.
 *
 * @param {string} one  "#rrggbb"
 * @param {string} other  "#rrggbb"
 * @returns {number}
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * @param {string} colour
 * @returns {number}
 */
function luminance(colour) {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * @param {string} colour
 * @returns {number[]}
 */
function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/**
 * @param {number[]} values
 * @returns {string}
 */
function toHex(values) {
  return `#${values.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
