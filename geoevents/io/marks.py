"""
Icons for points, small pictures made here: a program for maps then asks nothing of the network.

They are white with a dark rim; the program colours them, which leaves the rim dark.
"""

import struct
import zlib

import numpy as np

_SIDE = 64
_FINER = 4  # samples to a pixel and axis
_RIM = 0.14
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def mark(shape: str, *, hollow: bool = False) -> bytes:
    """
    Draw an icon.

    Parameters
    ----------
    shape : {"circle", "diamond", "square"}
        Its outline.
    hollow : bool, default False
        Whether only the outline is drawn, which is white then.

    Returns
    -------
    bytes
        A PNG file of 64 by 64 pixels.

    Examples
    --------
    >>> mark("circle")[1:4]
    b'PNG'
    """
    across = (np.arange(_SIDE * _FINER) + 0.5) / (_SIDE * _FINER) * 2.2 - 1.1
    x, y = np.abs(across)[None, :], np.abs(across)[:, None]
    if shape == "circle":
        distance = np.hypot(x, y)
    elif shape == "diamond":
        distance = x + y
    else:
        distance = np.maximum(x, y) / 0.86
    inside = distance <= 1
    core = distance <= 1 - _RIM * (2 if hollow else 1)
    opaque = _coarse(inside & ~core if hollow else inside)
    white = _coarse(inside & ~core if hollow else core)
    grey = np.round(255 * white / np.maximum(opaque, 1e-9)).clip(0, 255)
    return _png(np.dstack([grey, grey, grey, np.round(255 * opaque)]).astype(np.uint8))


def _coarse(samples: np.ndarray) -> np.ndarray:
    """Share of each pixel that is covered."""
    blocks = samples.reshape(_SIDE, _FINER, _SIDE, _FINER)
    return np.asarray(blocks.mean(axis=(1, 3)))


def _png(pixels: np.ndarray) -> bytes:
    """Encode pixels of red, green, blue and opacity."""
    height, width, _ = pixels.shape
    header = struct.pack(">2I5B", width, height, 8, 6, 0, 0, 0)
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
