// Online maps a reader may choose. They lie above the embedded one, which stays where they fail.

/**
 * @typedef {object} Choice
 * @property {string} key
 * @property {string} name
 * @property {string} [url]  none: the embedded map
 * @property {string} [subdomains]
 * @property {number} [maxNativeZoom]
 * @property {string} [attribution]
 */

const BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const OSM = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
const CARTO = `${OSM} &copy; <a href="https://carto.com/attributions">CARTO</a>`;

/** @type {Choice[]} */
export const CHOICES = [
  { key: "embedded", name: "Embedded map" },
  {
    key: "osm",
    name: "OpenStreetMap",
    url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    maxNativeZoom: 19,
    attribution: OSM,
  },
  {
    key: "light",
    name: "CARTO light",
    url: "https://{s}.basemaps.cartocdn.com/light_all/{z}/{x}/{y}{r}.png",
    subdomains: "abcd",
    maxNativeZoom: 20,
    attribution: CARTO,
  },
  {
    key: "dark",
    name: "CARTO dark",
    url: "https://{s}.basemaps.cartocdn.com/dark_all/{z}/{x}/{y}{r}.png",
    subdomains: "abcd",
    maxNativeZoom: 20,
    attribution: CARTO,
  },
];

/** Switches between the online maps and says whether the chosen one is there. */
export class Tiles {
  /**
   * @param {import("../types.js").L} L
   * @param {import("../types.js").LeafletMap} map
   * @param {() => void} onChange  called when another map is chosen, and when it is known whether it can be reached
   */
  constructor(L, map, onChange) {
    this.L = L;
    this.map = map;
    this.onChange = onChange;
    /** @type {import("leaflet").TileLayer | null} */
    this.layer = null;
    this.key = "embedded";
    this.loaded = 0;
    this.failed = 0;
  }

  /** @param {string} key  of one of CHOICES */
  choose(key) {
    this.layer?.remove();
    this.layer = null;
    this.key = key;
    this.loaded = 0;
    this.failed = 0;
    this.map.options.zoomSnap = 0.25;
    const choice = CHOICES.find((c) => c.key === key);
    if (choice?.url) {
      // Tiles are drawn for whole zoom levels; between them their lettering blurs.
      this.map.options.zoomSnap = 1;
      this.map.setZoom(Math.round(this.map.getZoom()), { animate: false });
      this.layer = this.layerOf(choice.url, choice).addTo(this.map);
    }
    this.onChange();
  }

  /**
   * @param {string} url
   * @param {Choice} choice
   * @returns {import("leaflet").TileLayer}
   */
  layerOf(url, { subdomains = "abc", maxNativeZoom, attribution }) {
    const layer = this.L.tileLayer(url, {
      subdomains,
      maxNativeZoom,
      attribution,
      errorTileUrl: BLANK,
      maxZoom: 22,
      // Without it no picture could be saved of a canvas that tiles were drawn on.
      crossOrigin: true,
    });
    layer.on("tileload", (event) => {
      // The blank image that stands in for a failed tile loads too.
      if (layer !== this.layer || event.tile.src === BLANK) return;
      this.loaded += 1;
      if (this.loaded === 1) this.onChange();
    });
    layer.on("tileerror", () => {
      if (layer !== this.layer) return;
      this.failed += 1;
      if (this.failed === 1) this.onChange();
    });
    return layer;
  }

  /** Whether tiles with names of their own cover the embedded map. */
  get covers() {
    return this.layer !== null && this.loaded > 0;
  }

  /** What to tell the reader, or the empty string. */
  get notice() {
    if (this.layer === null || this.loaded > 0 || this.failed === 0) return "";
    return "The online map cannot be reached; the embedded map is shown.";
  }
}
