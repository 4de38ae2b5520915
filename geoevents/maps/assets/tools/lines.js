// Lines of text on a canvas: broken to a width, each in its own direction.

/** Scripts written from right to left, and a letter of any other. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;

/**
 * The direction of a text: that of its first letter, as `dir="auto"` finds it.
 * @param {string} text
 * @returns {"rtl" | "ltr"}
 */
export function directionOf(text) {
  const first = LETTER.exec(text);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}

/**
 * The page's own font.
 * @param {import("../app.js").App} app
 * @param {number} weight
 * @param {number} size in pixels
 * @returns {string}
 */
export function fontIn(app, weight, size) {
  return `${weight} ${size}px ${getComputedStyle(app.map.getContainer()).fontFamily}`;
}

/**
 * Break a text into lines, between words or, where a word is longer than a line, inside it.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {string} font
 * @param {number} width
 * @returns {string[]} none for a text without letters
 */
export function wrapped(context, text, font, width) {
  context.font = font;
  const fits = (/** @type {string} */ line) => context.measureText(line).width <= width;
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.trim().split(/\s+/u)) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of word) {
      if (line && !fits(line + letter)) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}

/**
 * Write a line; one that runs from right to left begins at the right end of its room.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y its middle
 * @param {{ font: string, colour: string, width: number, align?: "start" | "center" | "left" | "right" }} style
 */
export function writeLine(context, text, x, y, { font, colour, width, align = "start" }) {
  const direction = directionOf(text);
  context.font = font;
  context.fillStyle = colour;
  context.direction = direction;
  context.textAlign = align;
  context.textBaseline = "middle";
  const right = align === "right" || (align === "start" && direction === "rtl");
  const at = align === "center" ? x + width / 2 : right ? x + width : x;
  context.fillText(text, at, y);
  context.direction = "ltr";
}
