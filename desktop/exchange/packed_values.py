"""The different values of a column, held tightly: a file of a million phone numbers has a million of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from desktop.exchange.table import Cell

    _Block = list[Cell] | array[float] | tuple[str, array[int]]

_BITS = 12
_SIZE = 1 << _BITS


class PackedValues(Sequence["Cell"]):
    """A sequence that only grows; the first value is None, the empty one.

    Values are kept by the four thousand: texts as one text and the places where each ends, numbers as an
    array. A text of 19 characters takes 23 bytes so, where a Python string of its own takes 76.
    """

    __slots__ = ("_blocks", "_open")

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._open: list[Cell] = [None]

    def append(self, value: Cell) -> None:
        """Adds a value at the end."""
        self.extend((value,))

    def extend(self, values: Iterable[Cell]) -> None:
        """Adds values at the end."""
        self._open.extend(values)
        while len(self._open) >= _SIZE:
            self._blocks.append(_packed(self._open[:_SIZE]))
            del self._open[:_SIZE]

    def __len__(self) -> int:
        return len(self._blocks) * _SIZE + len(self._open)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return [self[at] for at in range(start, stop, step)]
        if index < 0:
            index += len(self)
        place = index >> _BITS
        if place < len(self._blocks):
            block = self._blocks[place]
            within = index & (_SIZE - 1)
            if isinstance(block, tuple):
                text, ends = block
                return text[ends[within] : ends[within + 1]]
            return block[within]
        return self._open[index - len(self._blocks) * _SIZE]

    def __iter__(self) -> Iterator[Cell]:
        for block in self._blocks:
            if isinstance(block, tuple):
                text, ends = block
                yield from (text[start:end] for start, end in pairwise(ends))
            else:
                yield from block
        yield from self._open


def _packed(values: list[Cell]) -> _Block:
    kinds = set(map(type, values))
    if kinds == {str}:
        texts: list[str] = values  # type: ignore[assignment]
        return "".join(texts), array("L", accumulate(map(len, texts), initial=0))
    if kinds == {float}:
        return array("d", values)  # type: ignore[arg-type]
    return values
