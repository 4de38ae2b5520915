// Lines and polygons in Web Mercator, the whole world from 0 to 1, traced on a canvas.

export function mercatorX(longitude) {
  return longitude / 360 + 0.5;
}

export function mercatorY(latitude) {
  const bounded = Math.max(-85.0511, Math.min(85.0511, latitude));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI);
}

/** Project columns of quantised degrees. */
export function project(xs, ys, scale) {
  const x = new Float64Array(xs.length);
  const y = new Float64Array(ys.length);
  for (let i = 0; i < x.length; i++) {
    x[i] = mercatorX(xs[i] / scale);
    y[i] = mercatorY(ys[i] / scale);
  }
  return { x, y };
}

export class Shapes {
  constructor(columns) {
    const { x, y } = project(columns.x, columns.y, columns.scale);
    this.x = x;
    this.y = y;
    this.closed = columns.closed;
    this.pathStart = starts(columns.paths);
    this.featureStart = starts(columns.features);
    this.count = columns.features.length;
    this.boxes = new Float64Array(this.count * 4);
    for (let f = 0; f < this.count; f++) this.boxes.set(this.measure(f), f * 4);
  }

  measure(feature) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const from = this.pathStart[this.featureStart[feature]];
    const to = this.pathStart[this.featureStart[feature + 1]];
    for (let i = from; i < to; i++) {
      west = Math.min(west, this.x[i]);
      east = Math.max(east, this.x[i]);
      north = Math.min(north, this.y[i]);
      south = Math.max(south, this.y[i]);
    }
    return [west, north, east, south];
  }

  box(feature) {
    return this.boxes.subarray(feature * 4, feature * 4 + 4);
  }

  isVisible(feature, view, turn = 0) {
    const [west, north, east, south] = this.box(feature);
    return (
      west + turn <= view.east &&
      east + turn >= view.west &&
      north <= view.south &&
      south >= view.north
    );
  }

  /** Whether a polygon holds a point. */
  contains(feature, x, y) {
    const [west, north, east, south] = this.box(feature);
    if (x < west || x > east || y < north || y > south) return false;
    let inside = false;
    for (let p = this.featureStart[feature]; p < this.featureStart[feature + 1]; p++) {
      if (!this.closed[p]) continue;
      for (let i = this.pathStart[p] + 1; i < this.pathStart[p + 1]; i++) {
        const [y0, y1] = [this.y[i - 1], this.y[i]];
        if (y0 > y === y1 > y) continue;
        const crossing = this.x[i - 1] + ((y - y0) / (y1 - y0)) * (this.x[i] - this.x[i - 1]);
        if (x < crossing) inside = !inside;
      }
    }
    return inside;
  }

  /** Add a feature's outline to a path; points closer than a pixel to the last are skipped. */
  trace(path, feature, view, turn = 0, near = 0.6) {
    const { scale, x: left, y: top } = view;
    for (let p = this.featureStart[feature]; p < this.featureStart[feature + 1]; p++) {
      const end = this.pathStart[p + 1];
      let px = 0;
      let py = 0;
      for (let i = this.pathStart[p]; i < end; i++) {
        const x = (this.x[i] + turn) * scale - left;
        const y = this.y[i] * scale - top;
        if (i === this.pathStart[p]) path.moveTo(x, y);
        else if (i < end - 1 && Math.abs(x - px) < near && Math.abs(y - py) < near) continue;
        else path.lineTo(x, y);
        px = x;
        py = y;
      }
      if (this.closed[p]) path.closePath();
    }
  }

  /** A feature's outline as a path of its own. */
  path(feature, view) {
    const path = new Path2D();
    this.trace(path, feature, view);
    return path;
  }

  /** The screen coordinates of each path of a feature, for placing text along it. */
  paths(feature, view) {
    const lines = [];
    for (let p = this.featureStart[feature]; p < this.featureStart[feature + 1]; p++) {
      const line = [];
      for (let i = this.pathStart[p]; i < this.pathStart[p + 1]; i++) {
        line.push([this.x[i] * view.scale - view.x, this.y[i] * view.scale - view.y]);
      }
      lines.push(line);
    }
    return lines;
  }
}

function starts(lengths) {
  const result = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) result[i + 1] = result[i] + lengths[i];
  return result;
}
