// Diagonal lines: what is hatched is a guess.

const patterns = new Map();

/** A pattern of lines: how far apart and how wide in pixels, rising or falling, how opaque. */
export function hatching(context, colour, { falling = false, size = 9, width = 1.5, opacity = 0.6 } = {}) {
  const key = [colour, falling, size, width, opacity].join();
  if (!patterns.has(key)) {
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const tile = document.createElement("canvas");
    tile.width = tile.height = Math.round(size * ratio);
    const ctx = tile.getContext("2d");
    ctx.scale(tile.width / size, tile.width / size);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.globalAlpha = opacity;
    ctx.beginPath();
    for (const shift of [-size, 0, size]) {
      ctx.moveTo(shift - 1, falling ? -1 : size + 1);
      ctx.lineTo(shift + size + 1, falling ? size + 1 : -1);
    }
    ctx.stroke();
    const pattern = ctx.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(size / tile.width));
    patterns.set(key, pattern);
  }
  return patterns.get(key);
}
