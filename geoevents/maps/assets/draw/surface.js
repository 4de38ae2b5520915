// A canvas the size of the map that follows it, drawn anew when the map comes to rest.

/**
 * Make a Leaflet layer that draws on one canvas.
 *
 * `draw(context, view)` paints; `view` says how: `x * view.scale - view.x` takes Web Mercator
 * (the world from 0 to 1) to pixels of the canvas.
 */
export function surface(L, pane, draw) {
  const Surface = L.Renderer.extend({
    options: { pane, padding: 0.25 },

    _initContainer() {
      this._container = L.DomUtil.create("canvas", "ge-canvas");
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer() {
      cancelAnimationFrame(this._frame);
      this._container.remove();
      delete this._container;
    },

    _onZoomEnd() {},
    _updatePaths() {},

    _update() {
      const map = this._map;
      if (map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.paint();
    },

    paint() {
      const map = this._map;
      const canvas = this._container;
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 3);
      L.DomUtil.setPosition(canvas, this._bounds.min);
      if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
        canvas.width = Math.round(size.x * ratio);
        canvas.height = Math.round(size.y * ratio);
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.x, size.y);
      draw(context, viewOf(map, this._bounds));
    },

    /** Draw again soon, once however often it is asked. */
    refresh() {
      if (!this._map || this._waiting) return;
      this._waiting = true;
      this._frame = requestAnimationFrame(() => {
        this._waiting = false;
        if (this._map && !this._map._animatingZoom) this._update();
      });
    },
  });
  return new Surface();
}

/** How Web Mercator maps to pixels of a canvas that covers these layer points. */
export function viewOf(map, bounds) {
  const scale = 256 * 2 ** map.getZoom();
  const origin = map.getPixelOrigin().add(bounds.min);
  const size = bounds.getSize();
  const seen = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]).subtract(bounds.min);
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
    offset: bounds.min,
  };
}
