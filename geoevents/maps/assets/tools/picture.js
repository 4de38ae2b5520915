// The view as a picture: the map at twice its size in pixels, its title above, its key and sources below.

import { viewOf } from "../draw/surface.js";
import { currentTheme } from "../draw/theme.js";
import { dateText, element } from "../text.js";
import { valueAt } from "../data/columns.js";
import { drawKey, keyOf, layKey } from "./key.js";
import { directionOf, fontIn, wrapped, writeLine } from "./lines.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {CanvasRenderingContext2D} Context
 * @typedef {{ text: string, font: string, colour: string, height: number }} Line
 * @typedef {{ head: Line[], foot: Line[], key: import("./key.js").LaidKey, top: number, bottom: number, width: number, height: number }} Plan
 */

/** Pixels of the picture for each of the map. */
const RATIO = 2;
const MARGIN = 20;

/** So many sources are named. */
const MOST_SOURCES = 4;

/**
 * Draw what the map shows.
 * @param {App} app
 * @returns {Promise<Blob>} a PNG
 */
export async function pictureOf(app) {
  try {
    return await drawn(app, true);
  } catch (error) {
    // Tiles whose server does not allow it make a canvas that cannot be read.
    if (!(error instanceof DOMException && error.name === "SecurityError")) throw error;
    return drawn(app, false);
  }
}

/**
 * @param {App} app
 * @param {boolean} tiles whether online tiles are drawn
 * @returns {Promise<Blob>}
 */
async function drawn(app, tiles) {
  const canvas = element("canvas");
  const context = contextOf(canvas);
  const plan = planned(app, context);
  canvas.width = Math.round(plan.width * RATIO);
  canvas.height = Math.round((plan.top + plan.height + plan.bottom) * RATIO);
  context.scale(RATIO, RATIO);
  context.fillStyle = currentTheme().card;
  context.fillRect(0, 0, plan.width, plan.top + plan.height + plan.bottom);
  drawHead(context, plan);
  context.save();
  context.beginPath();
  context.rect(0, plan.top, plan.width, plan.height);
  context.clip();
  context.translate(0, plan.top);
  await drawMap(app, context, tiles);
  drawScale(app, context, plan.height);
  context.restore();
  drawFoot(context, plan);
  app.redraw();
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("the picture is too large"))), "image/png");
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Context}
 */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  return context;
}

// --- words -------------------------------------------------------------------------------------------

/**
 * What stands above and below the map, and how much room that takes.
 * @param {App} app
 * @param {Context} context
 * @returns {Plan}
 */
function planned(app, context) {
  const { x: width, y: height } = app.map.getSize();
  const { ink, soft } = currentTheme();
  const room = width - 2 * MARGIN;
  const lines = (/** @type {string} */ text, /** @type {string} */ font, /** @type {string} */ colour, /** @type {number} */ tall) =>
    wrapped(context, text, font, room).map((line) => ({ text: line, font, colour, height: tall }));
  const small = width < 640;
  const head = [
    ...lines(app.title ?? "", fontIn(app, 700, small ? 19 : 24), ink, small ? 24 : 30),
    ...lines(app.subtitle ?? "", fontIn(app, 400, 15), soft, 21),
    ...lines(factsOf(app), fontIn(app, 400, 14), soft, 20),
  ];
  const key = layKey(context, app, keyOf(app), room);
  const foot = creditsOf(app).flatMap((text) => lines(text, fontIn(app, 400, 11.5), soft, 16));
  const tall = (/** @type {Line[]} */ all) => all.reduce((sum, line) => sum + line.height, 0);
  return {
    head,
    foot,
    key,
    width,
    height,
    top: head.length ? tall(head) + 28 : 0,
    bottom: (key.height ? key.height + 18 : 0) + (foot.length ? tall(foot) + 18 : 0),
  };
}

/**
 * How many events, of when, and on what date control is: as the title card says it.
 * @param {App} app
 * @returns {string}
 */
function factsOf(app) {
  return app.map.getContainer().querySelector(".ge-title-facts")?.textContent ?? "";
}

/**
 * Where it is all from.
 * @param {App} app
 * @returns {string[]}
 */
function creditsOf(app) {
  const { control, controlIndex = -1, map } = app;
  const credits = [];
  if (control?.source && controlIndex >= 0) {
    const { source } = control;
    const named = new Set(control.rowsAt(controlIndex).map((row) => valueAt(source, row)).filter((text) => text !== null));
    const few = [...named].slice(0, MOST_SOURCES).join("; ");
    if (few) credits.push(`Control: ${few}${named.size > MOST_SOURCES ? "; and others" : ""}`);
  }
  const base = map.attributionControl?.getContainer()?.textContent?.replace(/^\s*Leaflet\s*(\|\s*)?/, "").trim();
  if (base) credits.push(`Base map: ${base}`);
  return credits;
}

/**
 * @param {Context} context
 * @param {Plan} plan
 */
function drawHead(context, { head, width }) {
  let y = 14;
  // All of it on the side on which the title begins.
  const align = head.length && directionOf(head[0].text) === "rtl" ? "right" : "left";
  for (const line of head) {
    writeLine(context, line.text, MARGIN, y + line.height / 2, { ...line, width: width - 2 * MARGIN, align });
    y += line.height;
  }
}

/**
 * @param {Context} context
 * @param {Plan} plan
 */
function drawFoot(context, { foot, key, top, height, width }) {
  let y = top + height + 12;
  if (key.height) {
    drawKey(context, key, MARGIN, y);
    y += key.height + 10;
  }
  for (const line of foot) {
    writeLine(context, line.text, MARGIN, y + line.height / 2, { ...line, width: width - 2 * MARGIN });
    y += line.height;
  }
}

// --- the map -----------------------------------------------------------------------------------------

/**
 * Everything on the map in the order of its panes, its corner at the origin.
 * @param {App} app
 * @param {Context} context
 * @param {boolean} tiles
 */
async function drawMap(app, context, tiles) {
  const { L, map, painting } = app;
  if (!painting) return;
  const outer = map.getContainer();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const size = map.getSize();
  const view = () => viewOf(map, L.bounds(corner, corner.add(size)));
  context.fillStyle = getComputedStyle(outer).backgroundColor;
  context.fillRect(0, 0, size.x, size.y);
  app.base?.draw(context, view());
  if (tiles) drawImages(context, outer, ".leaflet-tile-pane img.leaflet-tile");
  await drawVectors(context, outer, ".leaflet-overlay-pane");
  freshly(context, () => painting.paintAreas(context, view()));
  // Names keep clear of markers, and so come after them; markers lie on names.
  const above = element("canvas");
  above.width = size.x * RATIO;
  above.height = size.y * RATIO;
  const markers = contextOf(above);
  markers.scale(RATIO, RATIO);
  painting.paintEvents(markers, view());
  uncovered(painting, () => freshly(context, () => painting.paintNames(context, view())));
  context.drawImage(above, 0, 0, size.x, size.y);
  drawImages(context, outer, ".leaflet-marker-pane img");
  await drawVectors(context, outer, ".leaflet-ge-tools-pane");
  drawLabels(context, outer);
  drawComparison(app, context, size);
}

/**
 * Paint with a context that others have not changed, and leave it as it was.
 * @param {Context} context
 * @param {() => void} paint
 */
function freshly(context, paint) {
  context.save();
  paint();
  context.restore();
}

/**
 * Place names as if nothing lay over the map: nothing does in a picture.
 * @param {any} painting
 * @param {() => void} paint
 */
function uncovered(painting, paint) {
  painting.coveredBoxes = () => [];
  try {
    paint();
  } finally {
    // The method of its class shows again.
    delete painting.coveredBoxes;
  }
}

/**
 * Where an element is, in pixels of the map's container.
 * @param {Element} node
 * @param {HTMLElement} outer
 */
function placeIn(node, outer) {
  const box = node.getBoundingClientRect();
  const frame = outer.getBoundingClientRect();
  return { x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height };
}

/**
 * Images that the page may read back once they are drawn.
 * @param {Context} context
 * @param {HTMLElement} outer
 * @param {string} selector
 */
function drawImages(context, outer, selector) {
  for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (outer.querySelectorAll(selector))) {
    if (!image.complete || !image.naturalWidth || (image.crossOrigin === null && !/^(data|blob):/.test(image.src))) continue;
    const { x, y, width, height } = placeIn(image, outer);
    context.drawImage(image, x, y, width, height);
  }
}

const STYLES = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity"];

/**
 * Leaflet's own vectors: canvases as they are, SVG with the styles that it has from the page.
 * @param {Context} context
 * @param {HTMLElement} outer
 * @param {string} pane
 */
async function drawVectors(context, outer, pane) {
  for (const node of outer.querySelectorAll(`${pane} > canvas, ${pane} > svg`)) {
    const { x, y, width, height } = placeIn(node, outer);
    if (!width || !height) continue;
    if (node instanceof HTMLCanvasElement) context.drawImage(node, x, y, width, height);
    else if (node.querySelector("path, circle")) context.drawImage(await imageOf(/** @type {SVGSVGElement} */ (node), width, height), x, y, width, height);
  }
}

/**
 * @param {SVGSVGElement} drawing
 * @param {number} width
 * @param {number} height
 * @returns {Promise<HTMLImageElement>}
 */
async function imageOf(drawing, width, height) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const parts = drawing.querySelectorAll("path, circle");
  copy.querySelectorAll("path, circle").forEach((part, i) => {
    const style = getComputedStyle(parts[i]);
    for (const name of STYLES) part.setAttribute(name, style.getPropertyValue(name));
  });
  copy.removeAttribute("style");
  copy.setAttribute("width", `${width * RATIO}`);
  copy.setAttribute("height", `${height * RATIO}`);
  const image = element("img", { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}` });
  await image.decode();
  return image;
}

/**
 * What was measured, as it stands beside its line.
 * @param {Context} context
 * @param {HTMLElement} outer
 */
function drawLabels(context, outer) {
  for (const label of outer.querySelectorAll(".ge-drawn-label")) {
    const { x, y, width, height } = placeIn(label, outer);
    const style = getComputedStyle(label);
    context.fillStyle = style.backgroundColor;
    context.beginPath();
    context.roundRect(x, y, width, height, 3);
    context.fill();
    const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    writeLine(context, label.textContent ?? "", x, y + height / 2, { font, colour: style.color, width, align: "center" });
  }
}

/**
 * The line between two dates that are compared, and their dates.
 * @param {App} app
 * @param {Context} context
 * @param {{ y: number }} size
 */
function drawComparison(app, context, { y: height }) {
  const { compare, control, controlIndex = -1 } = app;
  if (!compare?.on || !control || controlIndex < 0) return;
  context.fillStyle = "#ffffff";
  context.fillRect(compare.x - 1.5, 0, 3, height);
  const { ink, labelHalo } = currentTheme();
  const dates = [compare.before, control.dates[controlIndex]].map((date) => dateText(date));
  dates.forEach((text, side) => {
    const at = compare.x + (side ? 10 : -10);
    context.font = fontIn(app, 700, 13);
    context.textAlign = side ? "left" : "right";
    context.textBaseline = "middle";
    haloed(context, text, at, height - 30, ink, labelHalo);
  });
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {string} halo
 */
function haloed(context, text, x, y, colour, halo) {
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/**
 * A scale bar for the middle of the map.
 * @param {App} app
 * @param {Context} context
 * @param {number} height
 */
function drawScale(app, context, height) {
  const { map } = app;
  const metres = (40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  const length = roundLength(metres * 140);
  const [x, y, width] = [16, height - 16, length / metres];
  const { ink, labelHalo } = currentTheme();
  for (const [colour, line] of /** @type {Array<[string, number]>} */ ([[labelHalo, 5], [ink, 1.6]])) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.beginPath();
    context.moveTo(x, y - 7);
    context.lineTo(x, y);
    context.lineTo(x + width, y);
    context.lineTo(x + width, y - 7);
    context.stroke();
  }
  context.font = fontIn(app, 600, 12);
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  haloed(context, length < 1000 ? `${length} m` : `${(length / 1000).toLocaleString("en")} km`, x + 6, y - 6, ink, labelHalo);
}

/**
 * The longest of 1, 2, 3, 5, 10, 20 and so on that is not longer.
 * @param {number} metres
 * @returns {number}
 */
export function roundLength(metres) {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 3, 2].find((step) => step * power <= metres) ?? 1) * power;
}
