// Dates and names as the panel writes them: shorter than in a sentence, no less exact.

import { MISSING_TIME } from "../data/columns.js";
import { dateText } from "../text.js";
import { whenText } from "./popup.js";

/** @typedef {import("../types.js").Reader} Reader */

const DAY = 1440;

/** What ground is called that nobody is said to hold. */
export const NOBODY = "Nobody (outside all areas)";

/**
 * A period in as few words as say it: "9 – 16 Sep 2017", "Aug – Sep 2017", "30 Sep – 2 Oct 2017".
 *
 * @param {number} from  minutes since 1970
 * @param {number} to
 * @param {string} [first]  precision of the first date: "day", "month" or "year"
 * @param {string} [last]
 * @param {string} [dash]  what stands between the dates
 * @returns {string}
 */
export function spanText(from, to, first = "day", last = first, dash = " – ") {
  const [start, end] = [wordsOf(from, first), wordsOf(to, last)];
  if (start.join(" ") === end.join(" ")) return end.join(" ");
  // What both dates end in is said once.
  let same = 0;
  while (same < Math.min(start.length, end.length) - 1 && start.at(-1 - same) === end.at(-1 - same)) same++;
  return `${start.slice(0, start.length - same).join(" ")}${dash}${end.join(" ")}`;
}

/**
 * @param {number} minutes
 * @param {string} precision
 * @returns {string[]}
 */
function wordsOf(minutes, precision) {
  return dateText(Math.floor(minutes / DAY) * DAY, precision).split(" ");
}

/**
 * A date without its year where another date beside it has the same.
 *
 * @param {number} minutes
 * @param {number|null} beside
 * @returns {string}
 */
export function besideText(minutes, beside) {
  const words = wordsOf(minutes, "day");
  return (beside !== null && wordsOf(beside, "day").at(-1) === words.at(-1) ? words.slice(0, -1) : words).join(" ");
}

/**
 * When an event was, in a row of a list.
 *
 * @param {Reader} read
 * @param {number} row
 * @returns {string}
 */
export function shortWhen(read, row) {
  const [start, end] = [read("start", row), read("end", row)];
  const precision = read("date_precision", row) ?? "day";
  const whole = typeof start === "number" && typeof end === "number" && end > start && start % DAY === 0 && end % DAY === 0;
  // Both ends of a period bound the week already.
  return whole && (precision === "day" || precision === "week") ? spanText(start, end) : whenText(read, row);
}

/**
 * The first and the last of some times, or null where there is none.
 *
 * @param {ArrayLike<number>|null} starts
 * @param {ArrayLike<number>|null} ends
 * @returns {{from: number, to: number, first: number, last: number}|null}  `first` and `last` are the rows they stand in
 */
export function extentOf(starts, ends) {
  if (!starts || !ends) return null;
  let [first, last] = [-1, -1];
  for (let i = 0; i < starts.length; i++) {
    if (starts[i] !== MISSING_TIME && (first < 0 || starts[i] < starts[first])) first = i;
    if (ends[i] !== MISSING_TIME && (last < 0 || ends[i] > ends[last])) last = i;
  }
  return first < 0 || last < 0 ? null : { from: starts[first], to: ends[last], first, last };
}
