"""Places in an answer: filled where something is known, left and found where not, in either language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.answer_book import BUILT_IN, kept_title
from desktop.core.answers import MEANINGS, PLACEHOLDERS, fill, kept, places, shown
from desktop.core.translation import set_language, tr
from desktop.core.words import ANSWER_PLACES, MOODS, SUBJECTS

PIECES = st.lists(
    st.sampled_from(
        (
            "{name}",
            "{ due }",
            "{姓名}",
            "｛订单号｝",
            "{Shop}",
            "{other}",
            "{}",
            "{a b}",
            "tea",
            " ",
            "}",
            "\n",
        )
    )
)
MEANT = {"{name}": "name", "{ due }": "due", "{姓名}": "name", "｛订单号｝": "order", "{Shop}": "shop"}


@given(PIECES, st.dictionaries(st.sampled_from(list(PLACEHOLDERS)), st.sampled_from(("", "Wáng", "{due}"))))
def test_what_is_known_is_filled_and_the_rest_stays(pieces: list[str], values: dict[str, str]) -> None:
    text = "".join(pieces)
    # Piece by piece: a filled-in value is never read again, whatever it looks like.
    assert fill(text, values) == "".join(values.get(MEANT.get(one, ""), "") or one for one in pieces)
    assert len(places(text)) == sum(one in MEANT or one == "{other}" for one in pieces)
    assert kept(kept(text)) == kept(text)
    assert kept(shown(kept(text))) == kept(text)
    assert fill(kept(text), values) == fill(kept(shown(text)), values)


def test_places_are_read_in_the_users_language_and_kept_in_english() -> None:
    set_language("zh_CN")
    written = shown("{name}: {order}, {other}")
    assert written == "{" + tr("name") + "}: {" + tr("order") + "}, {other}"
    assert kept(written) == "{name}: {order}, {other}"
    set_language("en")
    assert kept(written) == "{name}: {order}, {other}"
    assert shown("{name}") == "{name}"


def test_the_built_in_answers_are_whole() -> None:
    assert set(MEANINGS) == set(PLACEHOLDERS)
    assert len({one.title for one in BUILT_IN}) == len(BUILT_IN) >= 16
    for one in BUILT_IN:
        assert one.place in ANSWER_PLACES
        assert not one.subject or one.subject in SUBJECTS
        assert one.mood in MOODS
        assert fill(one.text, dict.fromkeys(PLACEHOLDERS, "x")).count("{") == 0
        for language in ("zh_CN", "en"):
            set_language(language)
            assert kept_title(f" {tr(one.title)} ") == one.title
    # A mood and every subject that leads to most complaints have words of their own.
    assert {one.mood for one in BUILT_IN} == set(MOODS)
    assert {one.subject for one in BUILT_IN} >= {"quality", "contract", "delivery", "attitude", "service"}
    assert {one.place for one in BUILT_IN} == {"complaint", "pre-sale", "in-sale", "after-sale"}
