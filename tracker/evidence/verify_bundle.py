"""Verify a bundle of evidence offline, with nothing but Python: this file is put into every bundle as ``verify.py``.

It knows none of the program that made the bundle. Hashing and proofs: RFC 6962 and RFC 9162, 2.1. Signature: Ed25519,
RFC 8032. Notes: c2sp.org/signed-note.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import zipfile
from typing import Iterator, Optional, Sequence, Tuple

Point = Tuple[int, int, int, int]

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def sha256(*parts: bytes) -> bytes:
    """Return the SHA-256 of the parts together."""
    return hashlib.sha256(b"".join(parts)).digest()


def is_included(entry: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether *proof* leads from *entry*, leaf *index* of *size*, to *root*."""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, sha256(b"\0", entry)
    for sibling in proof:
        if last == 0:
            return False
        if position % 2 or position == last:
            value = sha256(b"\1", sibling, value)
            while position and not position % 2:
                position, last = position >> 1, last >> 1
        else:
            value = sha256(b"\1", value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def recover_x(y: int, sign: int) -> Optional[int]:
    """Return the x of a point of the curve, or None (RFC 8032, 5.1.3)."""
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (not x and sign):
        return None
    return P - x if x & 1 != sign else x


def add(a: Point, b: Point) -> Point:
    """Return the sum of two points in extended coordinates."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n: int, point: Point) -> Point:
    """Return *point* taken *n* times."""
    total: Point = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, point)
        point, n = add(point, point), n >> 1
    return total


def point_of(raw: bytes) -> Optional[Point]:
    """Return the point that 32 bytes encode, or None."""
    value = int.from_bytes(raw, "little")
    y, sign = value & (2**255 - 1), value >> 255
    x = recover_x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def is_signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Return whether *signature* over *text* is of the key *public*."""
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if base is None or a is None or r is None or s >= Q or len(signature) != 64:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % Q
    left, right = times(s, base), add(r, times(h, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def open_checkpoint(note: str, key: str) -> Optional[Tuple[int, bytes]]:
    """Return (size, root) of a checkpoint that *key* signed, or None."""
    name, _, public = key.strip().split("+", 2)
    raw = base64.b64decode(public)
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[1] == name and is_signed(raw[1:], text.encode(), base64.b64decode(parts[2])[4:]):
            _, size, root = text.splitlines()[:3]
            return int(size), base64.b64decode(root)
    return None


def faults(bundle: zipfile.ZipFile) -> Iterator[str]:
    """Yield one line for each thing in the bundle that does not fit."""
    manifest = json.loads(bundle.read("manifest.json"))
    checkpoint = open_checkpoint(bundle.read("checkpoint").decode(), bundle.read("key.txt").decode())
    if checkpoint is None:
        yield "checkpoint: it is not signed by the key beside it"
        return
    size, root = checkpoint
    entries = {}
    for leaf in manifest["leaves"]:
        entry = leaf["entry"].encode()
        proof = [bytes.fromhex(step) for step in leaf["proof"]]
        if is_included(entry, leaf["index"], size, proof, root):
            fields = json.loads(entry)
            entries[fields["kind"], fields["subject"]] = fields
        else:
            yield f"leaf {leaf['index']}: it is not in the log that was signed"
    for file in manifest["files"]:
        fields = entries.get((file["kind"], file["subject"]))
        if fields is None:
            yield f"{file['name']}: no leaf of the log speaks of it"
        elif hashlib.sha256(bundle.read(file["name"])).hexdigest() != fields[file["field"]]:
            yield f"{file['name']}: these are not the bytes that were logged"
    for path, digest in manifest["sha256"].items():
        if hashlib.sha256(bundle.read(path)).hexdigest() != digest:
            yield f"{path}: these are not the bytes that were put in"
    for look in manifest.get("looks", []):
        fields = entries.get(("check", look["subject"]))
        if fields is None or fields["checked_at"] != look["at"] or fields["outcome"] != look["outcome"]:
            yield f"look of {look['at']}: no leaf of the log speaks of it"


def main(path: str) -> int:
    """Print what does not fit and return the exit status."""
    with zipfile.ZipFile(path) as bundle:
        lines = list(faults(bundle))
        statement = json.loads(bundle.read("manifest.json"))["statement"]
    print("\n".join(lines) or f"Everything fits.\n{statement}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else sys.argv[0]))
