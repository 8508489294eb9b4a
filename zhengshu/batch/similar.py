"""Near duplicates: MinHash signatures of texts (rensa), and the buckets that similar ones share.

A. Broder, On the resemblance and containment of documents (1997); banding after Leskovec, Rajaraman, Ullman,
Mining of Massive Datasets, section 3.4: 8 bands of 8 rows find a pair of resemblance 0.9 with probability 0.99.
"""

import re
import struct
from collections.abc import Iterator
from hashlib import blake2b

PERMUTATIONS = 64
LEAST = 0.8
"""Texts of this resemblance are the same release."""

_BANDS = 8
_SHINGLE = 5
_FEWEST = 8
_SEED = 20260101
_BESIDE = re.compile(r"[\W_]+")
_WHOLE = struct.Struct(f"<{PERMUTATIONS}I")


def signature(text: str) -> bytes | None:
    """Give the signature of a text; None of one that is too short to be a release.

    It is of the runs of 5 characters, without spaces and marks, that begin with every fourth character of Unicode: a
    sample that is the same wherever a passage stands.
    """
    from rensa import RMinHash  # noqa: PLC0415

    letters = _BESIDE.sub("", text)
    runs = {letters[i : i + _SHINGLE] for i, letter in enumerate(letters) if not ord(letter) & 3}
    if len(runs) < _FEWEST:
        return None
    hashed = RMinHash(PERMUTATIONS, _SEED)
    hashed.update(runs)
    return _WHOLE.pack(*hashed.digest())


def buckets(signed: bytes) -> Iterator[int]:
    """Give the buckets of a signature, one a band, as signed 64-bit integers: similar texts share one."""
    width = len(signed) // _BANDS
    for band in range(_BANDS):
        piece = signed[band * width : (band + 1) * width]
        yield int.from_bytes(blake2b(bytes([band]) + piece, digest_size=8).digest(), "little", signed=True)


def resemblance(one: bytes, other: bytes) -> float:
    """Estimate the share of runs that two texts have in common: 0 to 1, standard error 0.06 at most."""
    pairs = zip(_WHOLE.unpack(one), _WHOLE.unpack(other), strict=True)
    return sum(1 for a, b in pairs if a == b) / PERMUTATIONS
