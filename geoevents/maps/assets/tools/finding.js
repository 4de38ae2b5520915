// Finds places, events and positions by what the reader types. Knows nothing of the page.

import { fold } from "../filters.js";

/**
 * @typedef {object} Place
 * @property {string} name
 * @property {string} key its name, folded
 * @property {string} kind
 * @property {number} weight how important it is: about as many as live there
 * @property {[number, number, number, number]} box west, north, east, south in Web Mercator
 * @property {boolean} [own] whether the events name it
 *
 * @typedef {object} EventHit
 * @property {number} row
 * @property {number} grade
 * @property {number} found the haystack in which the query stands; -1 where its words stand in several
 */

/** Grades of a match, best first; -1 is none. */
const EXACT = 0;
const PREFIX = 1;
const WORD = 2;
const INSIDE = 3;
const WORDS = 4;
const NONE = -1;

/**
 * Text as it is compared: as the filter folds it, and without punctuation.
 * @param {string} text
 * @returns {string}
 */
export function folded(text) {
  const bare = fold(text);
  return bare.replace(/^[\x20-\x7e]*$/.test(bare) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * How well a folded text matches a folded query.
 * @param {string} key
 * @param {string} query
 * @param {string[]} words the query's
 * @returns {number} a grade, or -1
 */
export function gradeOf(key, query, words) {
  const at = key.indexOf(query);
  if (at === 0) return key.length === query.length ? EXACT : PREFIX;
  if (at > 0) return key.charCodeAt(at - 1) === 32 || key.includes(` ${query}`) ? WORD : INSIDE;
  if (words.length < 2) return NONE;
  return words.every((word) => key.includes(word)) ? WORDS : NONE;
}

/**
 * The best places for a query.
 * @param {Place[]} places
 * @param {string} text
 * @param {number} most
 * @returns {Place[]}
 */
export function findPlaces(places, text, most = 12) {
  const query = folded(text);
  if (!query) return [];
  const words = query.split(" ");
  /** @type {Array<{ place: Place, grade: number }>} */
  const found = [];
  for (const place of places) {
    const grade = gradeOf(place.key, query, words);
    if (grade !== NONE) found.push({ place, grade });
  }
  found.sort((a, b) => a.grade - b.grade || b.place.weight - a.place.weight || a.place.key.length - b.place.key.length);
  return found.slice(0, most).map(({ place }) => place);
}

/**
 * The folded texts of a column, joined: what the filter searches, too.
 * @typedef {object} Haystack
 * @property {number} size how many values there are
 * @property {import("../types.js").Numbers} [codes] which value a row has; without it that of its own number
 * @property {Array<{ first: number, text: string, starts: Uint32Array }>} chunks values from `first` on, each where it starts
 *
 * @typedef {{ at: number, codes: import("../types.js").Numbers | undefined, grades: Uint8Array, masks: Int32Array | null, best: number }} Match
 */

/** Says what a value's grade is before any is known. */
const UNKNOWN = 99;

/** Finds events by their texts. */
export class EventIndex {
  /**
   * @param {number} placed so many rows have a place
   * @param {Haystack[]} haystacks
   */
  constructor(placed, haystacks) {
    this.placed = placed;
    this.haystacks = haystacks;
  }

  /**
   * The best events for a query: the best match first, shown before hidden, new before old.
   * @param {string} text
   * @param {ArrayLike<number> | null} shown for each row whether the map shows it
   * @param {number} [most]
   * @returns {EventHit[]}
   */
  find(text, shown, most = 12) {
    const query = folded(text);
    if (!query) return [];
    // More words than bits are not looked at.
    const words = query.split(" ").slice(0, 30);
    const matches = this.haystacks.map((haystack, at) => matchOf(haystack, at, query, words)).filter((match) => match !== null);
    if (!matches.length) return [];
    // Once there are enough of the best that any value offers, no row can do better.
    const best = Math.min(WORDS, ...matches.map((match) => match.best));
    /** @type {EventHit[][]} */
    const buckets = Array.from({ length: 2 * (WORDS + 1) }, () => []);
    for (let row = this.placed - 1; row >= 0 && buckets[2 * best].length < most; row--) {
      const grade = gradeOfRow(row, matches, words.length);
      if (grade === NONE) continue;
      const bucket = buckets[2 * grade + (shown !== null && !shown[row] ? 1 : 0)];
      if (bucket.length < most) bucket.push({ row, grade, found: foundIn(row, matches, grade) });
    }
    return buckets.flat().slice(0, most);
  }
}

/**
 * How well a row matches.
 * @param {number} row
 * @param {Match[]} matches
 * @param {number} count of words
 * @returns {number} a grade, or -1
 */
function gradeOfRow(row, matches, count) {
  let grade = UNKNOWN;
  let bits = 0;
  for (let m = 0; m < matches.length; m++) {
    const { codes, grades, masks } = matches[m];
    const value = codes ? codes[row] : row;
    if (masks) bits |= masks[value];
    if (grades[value] < grade) grade = grades[value];
  }
  if (grade !== UNKNOWN) return grade;
  return count > 1 && bits === 2 ** count - 1 ? WORDS : NONE;
}

/**
 * @param {number} row
 * @param {Match[]} matches
 * @param {number} grade
 * @returns {number} the haystack in which the row has this grade; -1 for none
 */
function foundIn(row, matches, grade) {
  return matches.find(({ codes, grades }) => grades[codes ? codes[row] : row] === grade)?.at ?? -1;
}

/**
 * Grade the values of a column.
 * @param {Haystack} haystack
 * @param {number} at its position
 * @param {string} query
 * @param {string[]} words
 * @returns {Match | null} null where no word occurs
 */
function matchOf({ size, codes, chunks }, at, query, words) {
  const grades = new Uint8Array(size).fill(UNKNOWN);
  const masks = words.length > 1 ? new Int32Array(size) : null;
  let best = UNKNOWN;
  let any = false;
  for (const chunk of chunks) {
    best = Math.min(best, gradeChunk(chunk, query, grades));
    if (masks) for (const [bit, word] of words.entries()) any = markChunk(chunk, word, 1 << bit, masks) || any;
  }
  return any || best < UNKNOWN ? { at, codes, grades, masks, best } : null;
}

/**
 * @param {Haystack["chunks"][number]} chunk
 * @param {string} query
 * @param {Uint8Array} grades
 * @returns {number} the best of its grades
 */
function gradeChunk({ first, text, starts }, query, grades) {
  const last = starts.length - 1;
  let i = 0;
  let best = UNKNOWN;
  let at = text.indexOf(query);
  while (at >= 0) {
    while (starts[i + 1] <= at) i += 1;
    const grade = gradeAt(text, at, starts[i], starts[i + 1] - 1, query.length);
    if (grade < grades[first + i]) grades[first + i] = grade;
    if (grade < best) best = grade;
    // Nothing better follows in this value, or perhaps it does.
    const next = grade <= WORD ? i + 1 : i;
    if (next === last) break;
    at = text.indexOf(query, next === i ? at + 1 : starts[next]);
  }
  return best;
}

/**
 * @param {string} text
 * @param {number} at where the query stands in it
 * @param {number} start of the value
 * @param {number} end of the value
 * @param {number} length of the query
 * @returns {number}
 */
function gradeAt(text, at, start, end, length) {
  if (at === start) return at + length === end ? EXACT : PREFIX;
  return /[\p{L}\p{N}]/u.test(text[at - 1]) ? INSIDE : WORD;
}

/**
 * @param {Haystack["chunks"][number]} chunk
 * @param {string} word
 * @param {number} bit
 * @param {Int32Array} masks
 * @returns {boolean} whether it occurs
 */
function markChunk({ first, text, starts }, word, bit, masks) {
  const last = starts.length - 1;
  let i = 0;
  let at = text.indexOf(word);
  const any = at >= 0;
  while (at >= 0) {
    while (starts[i + 1] <= at) i += 1;
    masks[first + i] |= bit;
    i += 1;
    if (i === last) break;
    at = text.indexOf(word, starts[i]);
  }
  return any;
}

/** Degrees, perhaps minutes and seconds, perhaps a hemisphere before or after. */
const ANGLE = /([NSEW])?\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*(?:(\d+(?:\.\d+)?)\s*['′](?:\s*(\d+(?:\.\d+)?)\s*(?:"|″|''|′′))?)?\s*([NSEW])?/giy;

/**
 * Read a position: "35.34, 40.14", "35°20'N 40°8'E", "40.14E 35.34N", "-35,34; 40,14".
 * Without letters latitude comes first, unless it could be none.
 * @param {string} text
 * @returns {{ lat: number, lng: number } | null}
 */
export function parseCoordinates(text) {
  const plain = tidied(text);
  const angles = anglesIn(plain);
  if (!angles || angles.length !== 2) return null;
  const [first, second] = angles;
  const turned = first.axis === "lng" || second.axis === "lat";
  if (turned && (first.axis === "lat" || second.axis === "lng")) return null;
  if (first.axis && first.axis === second.axis) return null;
  let [lat, lng] = turned ? [second.value, first.value] : [first.value, second.value];
  if (!first.axis && !second.axis && Math.abs(lat) > 90) [lat, lng] = [lng, lat];
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
}

/**
 * Signs and digits of other scripts and fonts as ASCII, and a decimal comma as a point.
 * @param {string} text
 * @returns {string}
 */
function tidied(text) {
  const ascii = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => `${digit.charCodeAt(0) - 0x660}`)
    .replace(/[۰-۹]/g, (digit) => `${digit.charCodeAt(0) - 0x6f0}`)
    .replace(/[−–]/g, "-")
    .replace(/[٫]/g, ".")
    .replace(/[،]/g, ",")
    .replace(/[’‘´`]/g, "'")
    .replace(/[”“]/g, '"')
    .replace(/[º˚]/g, "°");
  const comma = /^([NSEW]?\s*[-+]?\d+),(\d+)(°?\s*[NSEW]?)\s*[;,\s]\s*([NSEW]?\s*[-+]?\d+),(\d+)(°?\s*[NSEW]?)$/i.exec(ascii);
  return comma ? `${comma[1]}.${comma[2]}${comma[3]} ${comma[4]}.${comma[5]}${comma[6]}` : ascii;
}

/**
 * @param {string} text
 * @returns {Array<{ value: number, axis: "lat" | "lng" | null }> | null} null where anything else stands in the text
 */
function anglesIn(text) {
  const angles = [];
  let at = 0;
  while (at < text.length && angles.length < 3) {
    ANGLE.lastIndex = at;
    const match = ANGLE.exec(text);
    // A letter between two numbers belongs to the first, unless that has one before it.
    if (!match) return null;
    const letter = (match[1] ?? match[5])?.toUpperCase();
    let { length } = match[0];
    if (match[1] && match[5]) length = match[0].lastIndexOf(match[5]);
    const [minutes, seconds] = [Number(match[3] ?? 0), Number(match[4] ?? 0)];
    if (minutes >= 60 || seconds >= 60) return null;
    const degrees = Number(match[2]);
    const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
    const south = letter === "S" || letter === "W";
    const value = (match[2].startsWith("-") ? -size : size) * (south ? -1 : 1);
    angles.push({ value, axis: letter ? (/[NS]/.test(letter) ? /** @type {const} */ ("lat") : /** @type {const} */ ("lng")) : null });
    at += length;
    at += /^\s*[,;/]?\s*/.exec(text.slice(at))?.[0].length ?? 0;
  }
  return angles;
}
