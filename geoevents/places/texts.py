"""A long list of texts in one block of bytes, read in place."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.damage import DamagedGazetteer

#: Where each so many texts begin is kept; between, newlines are counted.
BLOCK: Final = 32
_NEWLINE: Final = 10
_FEW: Final = 4096
#: Look-ups, one by one, from which on it pays to read where all blocks begin.
_MANY: Final = 1000
#: Where a text begins is a number of 32 bits.
_MOST: Final = (1 << 32) - 1


class Texts:
    """A long list of texts in one block of bytes, one a line."""

    def __init__(
        self,
        blob: NDArray[np.uint8],
        blocks: NDArray[np.uint32],
        count: int,
        path: object = None,
    ) -> None:
        self._path = path  # the file they are in, for messages
        self._blob = blob
        self._bytes = memoryview(blob)
        self._blocks = blocks
        self._count = count
        self._looked_up = 0

    @staticmethod
    def pack(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        """Return the bytes of the texts, which hold no newlines, and where every 32nd begins."""
        blob = np.frombuffer("\n".join([*texts, ""]).encode(), np.uint8)
        if len(blob) > _MOST:
            raise GeoeventsError(
                f"the texts of a gazetteer are {len(blob) >> 20:,} MB, and may be "
                f"{_MOST >> 20:,}: split it, and layer the parts with +"
            )
        starts = np.append(0, np.flatnonzero(blob == _NEWLINE) + 1)
        return blob, np.append(starts[:-1:BLOCK], starts[-1]).astype(np.uint32)

    def __len__(self) -> int:
        return self._count

    def _block(self, block: int) -> bytes:
        return bytes(self._bytes[int(self._blocks[block]) : int(self._blocks[block + 1])])

    def __getitem__(self, index: int) -> str:
        try:
            return self._block(index // BLOCK).split(b"\n")[index % BLOCK].decode()
        except (IndexError, UnicodeDecodeError) as error:
            if self._path is None or not 0 <= index < self._count:
                raise
            raise DamagedGazetteer(self._path, error) from error

    @cached_property
    def ends(self) -> NDArray[np.uint32]:
        """Where each text ends in `blob`."""
        parts = []
        step = 1 << 22
        for start in range(0, len(self._blob), step):
            hits = np.flatnonzero(self._blob[start : start + step] == _NEWLINE)
            parts.append((hits + start).astype(np.uint32))
        ends = np.concatenate(parts) if parts else np.empty(0, np.uint32)
        if self._path is not None and len(ends) != self._count:
            raise DamagedGazetteer(self._path, f"{len(ends):,} texts instead of {self._count:,}")
        return ends

    @cached_property
    def starts(self) -> NDArray[np.uint32]:
        """Where each text starts in `blob`."""
        return np.concatenate([np.zeros(1, np.uint32), self.ends[:-1] + np.uint32(1)])

    @property
    def blob(self) -> NDArray[np.uint8]:
        """All the bytes."""
        return self._blob

    def take(self, indices: Iterable[int]) -> list[str]:
        """Return the texts at these indices."""
        wanted = np.asarray(indices, np.intp)
        if len(wanted) < BLOCK:
            return [self[i] for i in wanted.tolist()]
        data = self._bytes
        try:
            starts, ends = self.starts[wanted].tolist(), self.ends[wanted].tolist()
            return [str(data[a:b], "utf-8") for a, b in zip(starts, ends, strict=True)]
        except (IndexError, UnicodeDecodeError) as error:
            if self._path is None:
                raise
            raise DamagedGazetteer(self._path, error) from error

    def find(self, text: str) -> int:
        """Return the index of a text among sorted texts, or -1."""
        line = text.encode()
        low, high = 0, len(self._blocks) - 1
        if not self._count or not line:
            return -1
        self._looked_up += 1
        if self._looked_up > _MANY or "_firsts" in self.__dict__:  # takes long to make, once
            block = bisect_right(self._firsts, line) - 1
            return self._within(block, line) if block >= 0 else -1
        data, blocks, size = self._bytes, self._blocks, len(line)
        while high - low > 1:
            middle = (low + high) // 2
            start = int(blocks[middle])
            # One byte more than the text: the newline sorts before any byte of a longer key.
            if bytes(data[start : start + size + 1]) <= line + b"\n":
                low = middle
            else:
                high = middle
        return self._within(low, line)

    def find_all(self, texts: Sequence[str]) -> NDArray[np.intp]:
        """Return the index of each text among sorted texts, or -1."""
        if self._count <= _FEW:
            numbers = self._numbers
            return np.array([numbers.get(text, -1) for text in texts], np.intp)
        firsts, data, blocks = self._firsts, self._bytes, self._blocks.tolist()
        found = []
        for text in texts:
            line = text.encode()
            block = bisect_right(firsts, line) - 1
            number = -1
            if block >= 0 and line:
                lines = b"\n" + bytes(data[blocks[block] : blocks[block + 1]])
                at = lines.find(b"\n%b\n" % line)
                if at >= 0:
                    number = block * BLOCK + lines.count(b"\n", 0, at)
            found.append(number)
        return np.array(found, np.intp)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {text: i for i, text in enumerate(self.take(range(self._count)))}

    @cached_property
    def _firsts(self) -> list[bytes]:
        data = self._bytes
        out = []
        for start in self._blocks[:-1].tolist():
            head = bytes(data[start : start + 64])
            cut = head.find(b"\n")
            out.append(head[:cut] if cut >= 0 else self._line(start))
        return out

    def _line(self, start: int) -> bytes:
        rest = bytes(self._bytes[start : start + 4096])
        return rest[: rest.find(b"\n")]

    def _within(self, block: int, line: bytes) -> int:
        text = b"\n" + self._block(block)
        at = text.find(b"\n" + line + b"\n")
        return -1 if at < 0 else block * BLOCK + text.count(b"\n", 0, at)
