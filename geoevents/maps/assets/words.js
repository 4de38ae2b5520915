// Texts of events as readers search them: without case, marks and ways of writing a letter.

/**
 * @typedef {import("./types.js").Events} Events
 * @typedef {import("./types.js").Numbers} Numbers
 */

/** Says how exact a date is: "day" in it is not a word that anybody looks for. */
const NOT_SEARCHED = "date_precision";

/** Values folded and searched as one string: few calls, and a text outside Latin-1 widens few others. */
const CHUNK = 4096;

/** Words whose rows are remembered, so that typing the second does not look for the first again. */
const REMEMBERED = 8;

/** The rows that hold words in any of their texts. */
export class Words {
  /** @param {Events} events */
  constructor(events) {
    this.events = events;
    /** @type {Haystack[]|null} */
    this.haystacks = null;
    /** @type {Map<string, Uint8Array>} */
    this.known = new Map();
  }

  /**
   * Clear the rows in which not all words of a text occur.
   *
   * @param {Uint8Array} rows
   * @param {string} text
   */
  keep(rows, text) {
    for (const word of new Set(fold(text).split(/\s+/))) {
      if (word === "") continue;
      const having = this.rowsWith(word);
      for (let row = 0; row < rows.length; row++) rows[row] &= having[row];
    }
  }

  /** Fold the texts, if that is still to do: not before somebody is about to search. */
  prepare() {
    return (this.haystacks ??= haystacksOf(this.events));
  }

  /** @param {string} word */
  rowsWith(word) {
    const haystacks = this.prepare();
    const rows = this.known.get(word) ?? new Uint8Array(this.events.count);
    if (!this.known.has(word)) for (const haystack of haystacks) haystack.mark(rows, word);
    this.known.delete(word);
    this.known.set(word, rows);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(oldest);
    }
    return rows;
  }
}

/** @param {Events} events */
function haystacksOf({ columns, type, types }) {
  const haystacks = [new Haystack(types.map((t) => t.name), type)];
  for (const column of columns) {
    if (column.kind === "text" && column.name !== NOT_SEARCHED) haystacks.push(new Haystack(column.values, column.codes));
  }
  return haystacks;
}

/** The distinct texts of a column, folded and joined, so that the browser's own search runs over all of them. */
class Haystack {
  /**
   * @param {string[]} values
   * @param {Numbers} [codes]  which value a row has; without it the value of its own number
   */
  constructor(values, codes) {
    this.size = values.length;
    this.codes = codes;
    this.chunks = [];
    for (let first = 0; first < values.length; first += CHUNK) {
      const part = values.slice(first, first + CHUNK);
      // No text holds the separator: columns are split at it.
      const text = fold(part.join("\0"));
      const starts = new Uint32Array(part.length + 1);
      for (let i = 1; i < part.length; i++) starts[i] = text.indexOf("\0", starts[i - 1]) + 1;
      starts[part.length] = text.length + 1;
      this.chunks.push({ first, text, starts });
    }
  }

  /**
   * Mark the rows that hold a word.
   *
   * @param {Uint8Array} rows
   * @param {string} word
   */
  mark(rows, word) {
    const { codes } = this;
    const hits = codes ? new Uint8Array(this.size) : rows;
    let any = false;
    for (const { first, text, starts } of this.chunks) {
      let i = 0;
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[i])) {
        while (starts[i + 1] <= at) i += 1;
        hits[first + i] = 1;
        any = true;
        i += 1;
        if (i === starts.length - 1) break;
      }
    }
    if (any && codes) for (let row = 0; row < rows.length; row++) rows[row] |= hits[codes[row]];
  }
}

/** Letters that are written in several ways and do not come apart into a letter and a mark. */
const LETTERS = new Map(
  Object.entries({
    ...{ ı: "i", ł: "l", đ: "d", ð: "d", ø: "o", æ: "ae", œ: "oe", ß: "ss", ς: "σ" },
    ...{ ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه" },
  }),
);
const VARIANTS = new RegExp(`[${[...LETTERS.keys()].join("")}٠-٩۰-۹]`, "g");
// Marks on letters, invisible signs of direction and joining, the stretched stroke of Arabic, apostrophes.
const IGNORED = /[\p{Mn}\p{Cf}\u0640'`\u2018\u2019\u02bb\u02bc\u02be\u02bf\u2032]/gu;
const HYPHENS = /\p{Pd}/gu;

/**
 * A text as it is compared: without case, marks, apostrophes and hyphens, and with one form of each letter.
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase().replace(/['`]/g, "").replaceAll("-", " ");
  return text
    .normalize("NFKD")
    .replace(IGNORED, "")
    .toLowerCase()
    .replace(HYPHENS, " ")
    .replace(VARIANTS, (letter) => LETTERS.get(letter) ?? String(letter.charCodeAt(0) & 15));
}
