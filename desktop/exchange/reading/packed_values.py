"""The different values of a column, held tightly: a file of a million phone numbers has a million of them."""

from __future__ import annotations

import operator
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, cast, overload

if TYPE_CHECKING:
    from desktop.exchange.reading.table import Cell

    _Block = list[Cell] | array[float] | tuple[str, array[int], frozenset[int]]

_BITS = 12
_SIZE = 1 << _BITS


class PackedValues(Sequence["Cell"]):
    """A sequence that only grows.

    Values are kept by the four thousand: texts as one text and the places where each ends, numbers as an
    array. A text of 19 characters takes 23 bytes so, where a Python string of its own takes 76.
    """

    __slots__ = ("_blocks", "_open")

    def __init__(self, values: Iterable[Cell] = (None,)) -> None:
        """Begins with some values: with the empty one, as columns do, if nothing else is said."""
        self._blocks: list[_Block] = []
        self._open: list[Cell] = []
        self.extend(values)

    def append(self, value: Cell) -> None:
        """Adds a value at the end."""
        self.extend((value,))

    def extend(self, values: Iterable[Cell]) -> None:
        """Adds values at the end."""
        stream = iter(values)
        while more := list(islice(stream, _SIZE - len(self._open))):
            self._open += more
            if len(self._open) == _SIZE:
                self._blocks.append(_packed(self._open))
                self._open = []

    def __len__(self) -> int:
        return len(self._blocks) * _SIZE + len(self._open)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (PackedValues, list)):
            return NotImplemented
        return len(self) == len(other) and all(map(operator.eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # as of a list: it can grow

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        place = index >> _BITS
        if place < len(self._blocks):
            block = self._blocks[place]
            within = index & (_SIZE - 1)
            if isinstance(block, tuple):
                text, ends, empty = block
                return None if within in empty else text[ends[within] : ends[within + 1]]
            return block[within]
        return self._open[index - len(self._blocks) * _SIZE]

    def __iter__(self) -> Iterator[Cell]:
        for block in self._blocks:
            if isinstance(block, tuple):
                text, ends, empty = block
                texts: Iterator[Cell] = (text[start:end] for start, end in pairwise(ends))
                if empty:
                    texts = (None if at in empty else said for at, said in enumerate(texts))
                yield from texts
            else:
                yield from block
        yield from self._open


class Masked(Sequence["Cell"]):
    """The same values, but None for those that don't count; nothing is copied."""

    __slots__ = ("_counts", "_values")

    def __init__(self, values: Sequence[Cell], counts: bytes) -> None:
        """`counts` has a byte for each value, 0 for one that does not count."""
        self._values, self._counts = values, counts

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return self._values[index] if self._counts[index] else None

    def __iter__(self) -> Iterator[Cell]:
        for value, counts in zip(self._values, self._counts, strict=True):
            yield value if counts else None


def packed_texts(values: Iterable[str]) -> Sequence[str]:
    """Texts held tightly."""
    return cast("Sequence[str]", PackedValues(values))


def packed_said(values: Iterable[str | None]) -> Sequence[str | None]:
    """Texts held tightly, None where nothing is said."""
    return cast("Sequence[str | None]", PackedValues(values))


def _packed(values: list[Cell]) -> _Block:
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        texts = [value if isinstance(value, str) else "" for value in values]
        empty = frozenset(at for at, value in enumerate(values) if value is None)
        return "".join(texts), array("I", accumulate(map(len, texts), initial=0)), empty
    numbers = [value for value in values if isinstance(value, float)]
    return array("d", numbers) if len(numbers) == len(values) else values
