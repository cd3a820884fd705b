"""Values held tightly are the values that went in."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.reading.packed_values import Masked, PackedValues
from desktop.exchange.reading.table import Cell

_CELLS = st.one_of(
    st.text(), st.floats(allow_nan=False), st.none(), st.datetimes(min_value=datetime(1900, 1, 1))
)


@given(st.lists(_CELLS, min_size=1, max_size=30), st.integers(1, 900), st.integers(1, 7))
def test_they_are_those_that_went_in(cells: list[Cell], times: int, parts: int) -> None:
    held = PackedValues()
    whole: list[Cell] = [None]
    for _ in range(parts):
        held.extend(cells * times)
        held.append("end")
        whole += [*cells * times, "end"]
    assert len(held) == len(whole)
    assert list(held) == whole
    assert held == whole
    assert held != [*whole[:-1], "other"]
    assert [held[at] for at in range(0, len(held), 97)] == whole[::97]
    assert held[-1] == "end"
    assert held[-3::-700] == whole[-3::-700]
    assert held[:5000] == whole[:5000]


def test_what_does_not_count_is_nothing() -> None:
    seen = Masked(["a", "b", "c"], b"\1\0\1")
    assert list(seen) == ["a", None, "c"] == seen[:] == [seen[at] for at in range(len(seen))]
