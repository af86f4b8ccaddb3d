"""Pictures of pages as small PNG files: a page has few colours, so each pixel is an index into a table of them.

Chromium decodes its own screenshot (a canvas gives the pixels), so that no library for images is needed.
"""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

COLOURS = 128
READ_PIXELS = """
const [source, done] = [arguments[0], arguments[arguments.length - 1]];
const image = new Image();
image.onload = async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  const reader = new FileReader();
  reader.onload = () => done([image.width, image.height, reader.result.split(",")[1]]);
  reader.readAsDataURL(new Blob([pixels]));
};
image.src = "data:image/png;base64," + source;
"""


def shrink_picture(browser: Chrome, picture: str) -> bytes:
    """The PNG file in `picture` (base64) with at most COLOURS colours. Leaves the browser on an empty page."""
    browser.get("about:blank")
    width, height, encoded = browser.execute_async_script(READ_PIXELS, picture)
    pixels = np.frombuffer(base64.b64decode(encoded), np.uint8).reshape(height, width, 4)[:, :, :3]
    # colours to five bits a channel: those that stand there most, vivid ones before greys; the others take the nearest
    keys = (pixels.astype(np.uint32) >> 3) @ np.array([1024, 32, 1], np.uint32)
    _, indexes, counts = np.unique(keys, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(indexes.ravel(), pixels[:, :, n].ravel()) for n in range(3)], axis=1)
    means = sums / counts[:, None]
    vivid = means.max(axis=1) - means.min(axis=1)
    chosen = np.argsort(-counts * (1 + vivid))[:COLOURS]
    table = means[chosen]
    nearest = np.argmin(((means[:, None] - table[None]) ** 2).sum(axis=2), axis=1).astype(np.uint8)
    return _write_png(nearest[indexes].reshape(height, width), np.rint(table).astype(np.uint8))


def _write_png(
    indexes: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], table: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> bytes:
    """An indexed PNG of 8 bits a pixel, its rows unfiltered, which suits flat colours."""
    height, width = indexes.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), indexes], axis=1).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", table.tobytes()), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_write_chunk(kind, body) for kind, body in chunks)


def _write_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
