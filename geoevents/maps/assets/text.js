// Words and figures as readers expect them, and elements whose text is never markup.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Make an element. Children are nodes or strings; a string is always text. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A date in UTC from minutes since 1970, no more exact than it is known. */
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

/** A period: one date, or two joined by a dash. */
export function periodText(start, end, precision) {
  if (end === null || end === start) return dateText(start, precision);
  // Both ends of a period bound the week already.
  if (precision === "week") precision = "day";
  const first = dateText(start, precision);
  const last = dateText(end, precision);
  return last === first ? first : `${first} – ${last}`;
}

/** A figure with thousands separated, to as many digits as it deserves. */
export function figure(value, digits = 3) {
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en");
  return Number(value.toPrecision(digits)).toLocaleString("en", { maximumFractionDigits: 6 });
}

/** Square kilometres. */
export function areaText(value) {
  return `${figure(value)} km²`;
}

/** The range of an area in square kilometres, or null where there is none or it is the area itself. */
export function areaRange(area, low, high) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  const [least, most] = [figure(low), figure(high)];
  return least === most && least === figure(area) ? null : `${least} to ${most}`;
}

/** A distance in metres, as metres or kilometres. */
export function distanceText(metres) {
  return metres < 1000 ? `${figure(metres, 2)} m` : `${figure(metres / 1000, 2)} km`;
}

/** Whole numbers, thousands separated. */
export function countText(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The address of a link that is safe to follow, or null: only http and https are. */
export function webAddress(text) {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** First letter in upper case. */
export function sentence(text) {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}
