// The article as Python packs it: paragraphs, and their words cut where the events they tell of change.

/**
 * @typedef {import("../types.js").Article} Article
 * @typedef {import("../types.js").Segment} Segment
 * @typedef {{row: number, start: number, end: number}} Range
 */

/**
 * Read the packed columns of an article.
 *
 * @param {import("../types.js").Columns|null|undefined} columns
 * @returns {Article|null}
 */
export function readArticle(columns) {
  if (!columns) return null;
  const { level, row, paragraph, start, end } = columns;
  const paragraphs = columns.paragraphs.map(visibleText);
  /** @type {Range[][]} */
  const ranges = paragraphs.map(() => []);
  for (let i = 0; i < row.length; i++) ranges[paragraph[i]].push({ row: row[i], start: start[i], end: end[i] });
  return {
    paragraphs: paragraphs.map((/** @type {string} */ text, /** @type {number} */ i) => ({ text, level: level[i], segments: segmentsOf(ranges[i]) })),
    rows: new Set(row),
  };
}

/**
 * Show the characters that turn the text after them around, which nobody would see: a mark for each, so that all positions stay.
 *
 * @param {string} text
 */
export function visibleText(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** Letters of scripts that run from right to left. */
const LEFTWARD =
  /(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/gu;

/**
 * Which way a paragraph runs: as most of its letters do, for a first word in another script (a name, a slogan) says nothing of the rest.
 *
 * @param {string} text
 * @returns {"ltr"|"rtl"}
 */
export function directionOf(text) {
  const leftward = text.match(LEFTWARD)?.length ?? 0;
  return leftward && leftward * 2 > (text.match(/\p{L}/gu)?.length ?? 0) ? "rtl" : "ltr";
}

/**
 * Cut ranges that overlap into segments that do not: each names all events whose range covers it.
 *
 * The event with the shortest range comes first: what is said of it alone is most likely meant.
 *
 * @param {Range[]} ranges
 * @returns {Segment[]}
 */
export function segmentsOf(ranges) {
  const opening = [...ranges].sort((a, b) => a.start - b.start);
  const cuts = [...new Set(ranges.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  /** @type {Segment[]} */
  const segments = [];
  /** @type {Range[]} */
  let open = [];
  let next = 0;
  for (const [i, start] of cuts.entries()) {
    open = open.filter((range) => range.end > start);
    let begins = false;
    for (; next < opening.length && opening[next].start <= start; next++) {
      if (opening[next].end <= start) continue;
      open.push(opening[next]);
      begins = true;
    }
    if (!open.length) continue;
    const narrow = [...open].sort((a, b) => a.end - a.start - (b.end - b.start) || a.row - b.row);
    segments.push({ start, end: cuts[i + 1], rows: [...new Set(narrow.map(({ row }) => row))], begins });
  }
  return segments;
}

/**
 * Which event a click on words picks: of several the one after that which is chosen or was picked here last.
 *
 * @param {number[]} rows  of the words, the one most likely meant first
 * @param {number|null} selected
 * @param {number|null} before  picked here the last time
 * @returns {number}
 */
export function pickOf(rows, selected, before) {
  const from = selected !== null && rows.includes(selected) ? selected : before;
  return from === null ? rows[0] : rows[(rows.indexOf(from) + 1) % rows.length];
}
