// Pictures of markers: shapes, glyphs, rings, dots.

import { currentTheme, lineColour } from "../draw/theme.js";

/**
 * @typedef {import("../types.js").Context} Context
 * @typedef {import("../types.js").EventStyle} EventStyle
 */

/** Signs of this colour stand on dark markers. */
const WHITE = "#ffffff";
/** Around pale markers, whose rim is as light as they are. */
const PALE_RIM = "rgba(29, 33, 37, 0.55)";
/** How wide a dot is that stands for an event among thousands. */
export const DOT = 8;

/**
 * Outline of a marker around the origin.
 *
 * @param {string} shape
 * @param {number} size
 * @returns {string} a path as in SVG
 */
export function outline(shape, size) {
  const half = size / 2;
  if (shape === "square") {
    const side = half * 0.9;
    const flat = side - 3;
    const [east, west] = [`Q${side} ${-side} ${side} ${-flat}V${flat}`, `Q${-side} ${side} ${-side} ${flat}V${-flat}`];
    const [south, north] = [`Q${side} ${side} ${flat} ${side}H${-flat}`, `Q${-side} ${-side} ${-flat} ${-side}`];
    return `M${-flat} ${-side}H${flat}${east}${south}${west}${north}Z`;
  }
  if (shape === "diamond") {
    const reach = half * 1.12;
    return `M0 ${-reach}L${reach} 0L0 ${reach}L${-reach} 0Z`;
  }
  return `M0 ${-half}A${half} ${half} 0 1 1 0 ${half}A${half} ${half} 0 1 1 0 ${-half}Z`;
}

/**
 * How large the glyph is within each shape.
 *
 * @param {string} shape
 * @param {number} size
 * @returns {number}
 */
export function glyphScale(shape, size) {
  return (size / 24) * (shape === "diamond" ? 0.5 : 0.6);
}

/**
 * The marker of a type around the origin.
 *
 * @param {Context} context
 * @param {EventStyle} style
 * @param {number} size
 * @param {number} hollow
 */
export function drawIcon(context, style, size, hollow) {
  const theme = currentTheme();
  const path = new Path2D(outline(style.shape, size - 4));
  context.lineJoin = "round";
  context.shadowColor = theme.shadow;
  context.shadowBlur = 3;
  context.lineWidth = 4;
  context.strokeStyle = theme.markerRim;
  context.stroke(path);
  context.shadowBlur = 0;
  context.fillStyle = hollow ? theme.markerRim : style.colour;
  context.fill(path);
  if (hollow) {
    context.strokeStyle = inkOnRim(style);
    context.lineWidth = 2;
    context.setLineDash([3.2, 2.2]);
    context.stroke(path);
    context.setLineDash([]);
  } else if (isPale(style)) {
    context.strokeStyle = PALE_RIM;
    context.lineWidth = 0.8;
    context.stroke(path);
  }
  const scale = glyphScale(style.shape, size);
  context.scale(scale, scale);
  context.translate(-12, -12);
  context.fillStyle = hollow && !isPale(style) ? style.colour : style.ink;
  context.fill(new Path2D(style.glyph));
}

/**
 * A dot around the origin, or a ring for a hollow event.
 *
 * @param {Context} context
 * @param {EventStyle} style
 * @param {number} hollow
 */
export function drawDot(context, style, hollow) {
  const { markerRim } = currentTheme();
  context.beginPath();
  context.arc(0, 0, DOT / 2, 0, 2 * Math.PI);
  context.fillStyle = markerRim;
  context.fill();
  context.beginPath();
  context.arc(0, 0, hollow ? DOT / 2 - 1.5 : DOT / 2 - 0.8, 0, 2 * Math.PI);
  context.fillStyle = style.colour;
  context.strokeStyle = hollow ? inkOnRim(style) : PALE_RIM;
  context.lineWidth = hollow ? 1.4 : 0.6;
  if (!hollow) context.fill();
  if (hollow || isPale(style)) context.stroke();
}

/**
 * Whether a colour is too pale to show its own edge: dark signs stand on it.
 *
 * @param {EventStyle} style
 */
function isPale({ ink }) {
  return ink !== WHITE;
}

/** @param {EventStyle} style */
function inkOnRim(style) {
  return isPale(style) ? style.ink : style.colour;
}

/**
 * A ring around the chosen event.
 *
 * @param {Context} context
 * @param {{x: number, y: number}} place
 * @param {number} radius
 */
export function drawSelection(context, { x, y }, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = currentTheme().selection;
  context.lineWidth = 2;
  context.stroke();
}

/**
 * Dots around a marker that only stands for a whole area, like those around the area.
 *
 * @param {Context} context
 * @param {{x: number, y: number}} place
 * @param {number} radius
 * @param {EventStyle} style
 */
export function drawVagueRing(context, { x, y }, radius, style) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = currentTheme().vagueFill;
  context.fill();
  context.lineCap = "round";
  context.setLineDash([0.1, 4.5]);
  context.strokeStyle = lineColour(style.colour);
  context.lineWidth = 2.2;
  context.stroke();
  context.setLineDash([]);
  context.lineCap = "butt";
}

/**
 * A ring around the origin, all in one colour, on the disc that its figure stands on.
 *
 * @param {Context} context
 * @param {number} radius
 * @param {number} width  of the band
 * @param {string} colour
 */
export function drawDisc(context, radius, width, colour) {
  const theme = currentTheme();
  context.beginPath();
  context.arc(0, 0, radius + 1.5, 0, 2 * Math.PI);
  context.fillStyle = theme.donut;
  context.shadowColor = theme.shadow;
  context.shadowBlur = 4;
  context.fill();
  context.shadowBlur = 0;
  context.beginPath();
  context.arc(0, 0, radius - width / 2, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
