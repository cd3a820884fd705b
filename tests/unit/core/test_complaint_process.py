"""The process of complaints as words and minutes: names of steps, what a severity allows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.complaint_process import (
    DEADLINES,
    ENDED,
    FIRST_WORD,
    MOVES,
    MOVING,
    OPEN,
    Allowed,
    allowed_minutes,
    next_status,
    step_name,
)
from desktop.core.words import COMPLAINT_STATUSES, SEVERITIES

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5000) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(stored=st.dictionaries(st.sampled_from([*SEVERITIES, "x"]), ANYTHING) | ANYTHING)
def test_whatever_is_kept_gives_minutes_that_make_sense(stored: object) -> None:
    found = allowed_minutes(stored)
    assert set(found) == set(SEVERITIES)
    assert all(0 < one.reply <= one.settle for one in found.values())


@given(reply=st.integers(1, 9999), more=st.integers(0, 9999))
def test_what_makes_sense_is_taken_and_the_rest_stays(reply: int, more: int) -> None:
    found = allowed_minutes({"high": [reply, reply + more]})
    assert found == {**DEADLINES, "high": Allowed(reply, reply + more)}


def test_every_status_has_its_place() -> None:
    assert set(OPEN) | set(ENDED) == set(MOVES) == set(COMPLAINT_STATUSES)
    assert FIRST_WORD < set(COMPLAINT_STATUSES) < MOVING
    for status in OPEN:
        following = next_status(status)
        assert following in MOVES[status]
    assert [next_status(status) for status in ENDED] == ["closed", None, None]


def test_steps_have_names() -> None:
    named = {kind: step_name(kind) for kind in MOVING}
    assert all(name != kind for kind, name in named.items())
    assert step_name("offer") == step_name("offered") == "Remedy offered"
    assert step_name("of a later version") == "of a later version"
