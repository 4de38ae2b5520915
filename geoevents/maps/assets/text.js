// Words and figures as readers expect them, and elements whose text is never markup.

// Made once: `toLocaleString` makes one each time.
const WHOLE = new Intl.NumberFormat("en");
const PRECISE = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * What an element gets: true is an attribute without a value, null, undefined and false are none, "on…" is a listener.
 *
 * @typedef {{[name: string]: string | number | boolean | null | undefined | ((event: any) => void)}} Attributes
 */

/**
 * Make an element. Children are nodes or text; a string is never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string | number | false | null | undefined)} children  false, null and undefined are left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    // Anything but a function would become an inline handler, which is code in text.
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "text") node.textContent = String(value);
    // The content security policy forbids style attributes, not styles set by scripts.
    else if (name === "style") node.style.cssText = String(value);
    else if (!name.startsWith("on")) node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child !== false && child !== null && child !== undefined) node.append(typeof child === "number" ? `${child}` : child);
  }
  return node;
}

/**
 * A date in UTC, no more exact than it is known.
 *
 * @param {number | null} minutes  since 1970
 * @param {string | number | null} [precision]  "year", "month", "week", "day" or "unknown"
 * @returns {string}
 */
export function dateText(minutes, precision = "day") {
  if (minutes === null || precision === "unknown") return "date unknown";
  const date = new Date(minutes * 60000);
  const month = MONTHS[date.getUTCMonth()];
  const year = date.getUTCFullYear();
  if (precision === "year") return `${year}`;
  if (precision === "month") return `${month} ${year}`;
  const day = `${date.getUTCDate()} ${month} ${year}`;
  if (precision === "week") return `week of ${day}`;
  const time = date.toISOString().slice(11, 16);
  return time === "00:00" ? day : `${day}, ${time} UTC`;
}

/**
 * A period: one date, or two joined by a dash.
 *
 * @param {number | null} start  minutes since 1970
 * @param {number | null} end
 * @param {string | number | null} [precision]
 * @returns {string}
 */
export function periodText(start, end, precision) {
  if (end === null || end === start) return dateText(start, precision);
  // Both ends of a period bound the week already.
  const exact = precision === "week" ? "day" : precision;
  const first = dateText(start, exact);
  const last = dateText(end, exact);
  return last === first ? first : `${first} – ${last}`;
}

/**
 * A figure with thousands separated, to as many digits as it deserves.
 *
 * @param {number} value
 * @param {number} [digits]  of a figure below 1000
 * @returns {string}
 */
export function figure(value, digits = 3) {
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  if (size >= 1000) return WHOLE.format(Math.round(value));
  return PRECISE.format(Number(value.toPrecision(digits)));
}

/**
 * An area with its unit.
 *
 * @param {number} value  square kilometres
 * @returns {string}
 */
export function areaText(value) {
  return `${figure(value)} km²`;
}

/**
 * The range of an area, or null where there is none or it is the area itself.
 *
 * @param {number} area  square kilometres
 * @param {number} low
 * @param {number} high
 * @returns {string | null}
 */
export function areaRange(area, low, high) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  const [least, most] = [figure(low), figure(high)];
  return least === most && least === figure(area) ? null : `${least} to ${most}`;
}

/**
 * A distance, as metres or kilometres.
 *
 * @param {number} metres
 * @returns {string}
 */
export function distanceText(metres) {
  return metres < 1000 ? `${figure(metres, 2)} m` : `${figure(metres / 1000, 2)} km`;
}

/**
 * So many things, thousands separated.
 *
 * @param {number} count
 * @param {string} one  what one of them is called
 * @param {string} [many]
 * @returns {string}
 */
export function countText(count, one, many = `${one}s`) {
  return `${WHOLE.format(count)} ${count === 1 ? one : many}`;
}

/**
 * The address of a link that is safe to follow, or null: only http and https are.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function webAddress(text) {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * A text whose first letter is in upper case.
 *
 * @param {string} text
 * @returns {string}
 */
export function sentence(text) {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}
