"""Compressed bodies: whether one is whole, found out in bounded space."""

from __future__ import annotations

import zlib

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 20


def reaches_its_end(body: bytes, largest: int) -> bool:
    """Say whether a gzip *body* is whole; one that grows beyond *largest* bytes is somebody else's to refuse.

    >>> import gzip
    >>> reaches_its_end(gzip.compress(b"law"), 100), reaches_its_end(gzip.compress(b"law")[:-9], 100)
    (True, False)
    """
    decompressor, left, size = zlib.decompressobj(_GZIP), body, 0
    try:
        while not decompressor.eof and size <= largest:
            got = decompressor.decompress(left, _PIECE)
            left, size = decompressor.unconsumed_tail, size + len(got)
            if not got and not left:
                return decompressor.eof
    except zlib.error:
        return False
    return True
