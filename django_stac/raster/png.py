"""Pixels as PNG bytes."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray


def png(picture: NDArray[np.uint8]) -> bytes:
    """Encode red, green, blue, alpha (4, rows, columns) as PNG; alpha is left out when all is opaque."""
    channels = 3 if (picture[3] == 255).all() else 4
    rows, columns = picture.shape[1:]
    pixels = np.ascontiguousarray(picture[:channels].transpose(1, 2, 0)).reshape(rows, columns * channels)
    # Legends are smallest as they are (filter 0), pictures as differences from the row above (filter 2).
    above = np.vstack([np.zeros((1, pixels.shape[1]), dtype=np.uint8), pixels[:-1]])
    data = min(_deflated(0, pixels), _deflated(2, pixels - above), key=len)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2 if channels == 3 else 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _deflated(kind: int, rows: NDArray[np.uint8]) -> bytes:
    return zlib.compress(np.pad(rows, ((0, 0), (1, 0)), constant_values=((0, 0), (kind, 0))).tobytes(), 9)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
