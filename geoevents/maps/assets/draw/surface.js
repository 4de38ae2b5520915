// A canvas the size of the map that follows it, drawn anew when the map comes to rest.

/** @typedef {import("../types.js").View} View */
/** @typedef {import("../types.js").Context} Context */
/** @typedef {import("../types.js").LeafletMap} LeafletMap */

/**
 * What `surface` returns: a Leaflet layer, and what Leaflet's own declarations keep to themselves.
 *
 * @typedef {import("leaflet").Renderer & {
 *   refresh: () => void,
 *   refreshNow: () => void,
 *   _map: LeafletMap & {_animatingZoom?: boolean},
 *   _bounds: import("leaflet").Bounds,
 *   _container: HTMLCanvasElement,
 *   _frame: number,
 *   _waiting: boolean,
 *   _center: import("leaflet").LatLng,
 *   _zoom: number,
 *   _painted: string,
 *   _stale: boolean,
 *   _update: () => void,
 *   _updateTransform: (center: import("leaflet").LatLng, zoom: number) => void,
 *   paint: () => void,
 * }} Surface
 */

/**
 * Make a Leaflet layer that draws on one canvas.
 *
 * @param {import("../types.js").L} L
 * @param {string} pane
 * @param {(context: Context, view: View) => void} draw
 * @returns {Surface}
 */
export function surface(L, pane, draw) {
  const { _update: placeContainer } = /** @type {any} */ (L.Renderer.prototype);
  const Surface = L.Renderer.extend({
    ...LIFE,
    options: { pane, padding: 0.25 },

    /** @this {Surface} */
    _initContainer() {
      this._container = L.DomUtil.create("canvas", "ge-canvas");
      this._container.setAttribute("aria-hidden", "true");
    },

    /** @this {Surface} */
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      // The canvas is larger than the map: it moves with the map, as it is, until an edge would show.
      if (!this._stale && this._painted === groundOf(this._map) && holds(this._bounds, this._map)) return;
      placeContainer.call(this);
      this.paint();
    },

    /** @this {Surface} */
    paint() {
      this._stale = false;
      this._painted = groundOf(this._map);
      L.DomUtil.setPosition(this._container, this._bounds.getTopLeft());
      const context = clearedContext(this._container, this._bounds.getSize());
      draw(context, viewOf(this._map, this._bounds));
    },
  });
  return /** @type {any} */ (new Surface());
}

/** What does not depend on what is drawn. */
const LIFE = {
  /** @this {Surface} */
  _destroyContainer() {
    cancelAnimationFrame(this._frame);
    this._waiting = false;
    this._container.remove();
    delete (/** @type {Partial<Surface>} */ (this)._container);
  },

  /** @this {Surface} */
  _reset() {
    this._update();
    this._updateTransform(this._center, this._zoom);
  },

  // Leaflet would scale the canvas and draw vectors; here `_update` alone draws.
  _onZoomEnd() {},
  _updatePaths() {},

  /**
   * Draw again soon, once however often it is asked.
   *
   * @this {Surface}
   */
  refresh() {
    if (!this._map || this._waiting) return;
    this._waiting = true;
    this._frame = requestAnimationFrame(() => {
      this._waiting = false;
      this.refreshNow();
    });
  },

  /**
   * Draw again before returning. What was asked for already is done with that.
   *
   * @this {Surface}
   */
  refreshNow() {
    if (this._waiting) cancelAnimationFrame(this._frame);
    this._waiting = false;
    this._stale = true;
    if (this._map && !this._map._animatingZoom) this._update();
  },
};

/**
 * What fixes the pixels of the ground: while it is the same, the map has only been moved.
 *
 * @param {LeafletMap} map
 * @returns {string}
 */
function groundOf(map) {
  const { x, y } = map.getPixelOrigin();
  const size = map.getSize();
  return `${map.getZoom()} ${x},${y} ${size.x},${size.y}`;
}

/**
 * Whether a canvas that covers these layer points covers all that is seen of the map.
 *
 * @param {import("leaflet").Bounds} bounds
 * @param {LeafletMap} map
 */
function holds(bounds, map) {
  const [least, most] = [bounds.getTopLeft(), bounds.getBottomRight()];
  const first = map.containerPointToLayerPoint([0, 0]);
  const last = first.add(map.getSize());
  return least.x <= first.x && least.y <= first.y && most.x >= last.x && most.y >= last.y;
}

/**
 * The empty context of a canvas that covers so many pixels of the page.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {import("../types.js").Point} size
 * @returns {Context}
 */
function clearedContext(canvas, size) {
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
  // Setting either side, even to what it is, makes a new canvas.
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
  }
  const context = /** @type {Context} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.x, size.y);
  return context;
}

/**
 * How Web Mercator maps to pixels of a canvas that covers these layer points.
 *
 * @param {LeafletMap} map
 * @param {import("leaflet").Bounds} bounds
 * @returns {View}
 */
export function viewOf(map, bounds) {
  const scale = 256 * 2 ** map.getZoom();
  const offset = bounds.getTopLeft();
  const origin = map.getPixelOrigin().add(offset);
  const size = bounds.getSize();
  const seen = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]).subtract(offset);
  return {
    // What the reader sees of the canvas, which is larger than the map.
    seen: [corner.x, corner.y, corner.x + seen.x, corner.y + seen.y],
    zoom: map.getZoom(),
    scale,
    x: origin.x,
    y: origin.y,
    width: size.x,
    height: size.y,
    west: origin.x / scale,
    north: origin.y / scale,
    east: (origin.x + size.x) / scale,
    south: (origin.y + size.y) / scale,
    offset,
    isCovered: () => false,
  };
}
