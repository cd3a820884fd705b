"""Which customers are taken for one, which are not, and why: cases that shops meet."""

from collections.abc import Sequence

import pytest

from desktop.core.likeness import THRESHOLD, Frequencies, Likeness, likeness
from desktop.core.name_keys import name_keys
from desktop.core.person_keys import Person, address, person
from desktop.core.scripts import _PAIRS, simplified

PHONE = ("phone", "", "13800138421")


def compared(one: Person, other: Person, among: Sequence[Person] = (), customers: int = 5000) -> Likeness:
    """Two customers of a shop of 5,000."""
    known = Frequencies.of([one, other, *among])
    known.customers = customers
    return likeness(one, other, known)


def codes(found: Likeness) -> list[str]:
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        (("phone", "", "13800138421"), ("wechat", "", "13800138421"), "phone"),
        (("phone", "", "057188888888"), ("phone", "", "88888888"), "phone"),
        (("phone", "", "+447911123456"), ("phone", "", "07911123456"), "phone"),
        (("phone", "", "013800138421"), ("phone", "", "13800138421"), "phone"),
        (("qq", "", "2233445566"), ("email", "", "2233445566@qq.com"), "handle"),
        (("email", "", "emma.clark@example.com"), ("email", "", "emma.clark@example.org"), "handle"),
        (("account", "taobao", "lihua-tea88"), ("wechat", "", "lihua-tea88"), "handle"),
    ],
)
def test_one_contact_written_differently(
    mine: tuple[str, str, str], theirs: tuple[str, str, str], code: str
) -> None:
    found = compared(person(1, name="王丽华", points=[mine]), person(2, name="", points=[theirs]))
    assert found.score > 0.9
    assert codes(found)[0] == code


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("phone", "", "13800138421"), ("phone", "", "13900138421")),  # Two mobiles that end alike.
        (("phone", "", "13800138421-1234"), ("phone", "", "13800138421-5678")),  # Behind a virtual number.
        (("email", "", "info@example.com"), ("email", "", "info@example.org")),
        (("account", "taobao", "tea"), ("account", "jd", "tea")),
    ],
)
def test_what_only_looks_like_one_contact(mine: tuple[str, str, str], theirs: tuple[str, str, str]) -> None:
    one, other = person(1, name="王丽华", points=[mine]), person(2, name="陈静", points=[theirs])
    assert compared(one, other).score == 0


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("张偉", "張伟", "name-script"),
        ("歐陽麗華", "欧阳丽华", "name-script"),
        ("王丽华", "王丽华女士", "name-script"),
        ("王丽华", "王 丽 华", "name-script"),
        ("Emma Clark", "Clark, Emma", "name-script"),
        ("Müller Anna", "Anna Muller", "name-script"),
        ("Mr. John Smith", "john smith", "name-script"),
        ("杭州清茗茶业有限公司", "杭州清茗茶业", "name-script"),
        ("王晓丽", "王小丽", "name-sound"),
        ("杭州西湖茶叶公司", "杭州西湖茶业公司", "name-sound"),
        ("Maximilian Oberhuber", "Maximillian Oberhuber", "name-slip"),
        ("Emma Louise Clark", "Emma Clark", "name-part"),
        ("J. Smith", "John Smith", "name-part"),
    ],
)
def test_names_that_may_be_one(one: str, other: str, code: str) -> None:
    found = compared(person(1, name=one), person(2, name=other))
    assert codes(found)[0] == code
    assert found.reasons[0].bits > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("李娜", "李丽"), ("王伟", "李伟"), ("Joan Baker", "Ivan Baker"), ("Emma Clark", "Oliver Stone")],
)
def test_names_that_are_two(one: str, other: str) -> None:
    """Even at one address: a household is not a person."""
    house = [("address", "", "杭州市西湖区文三路199号2幢1203")]
    found = compared(person(1, name=one, points=house), person(2, name=other, points=house))
    assert "other-name" in codes(found)
    assert found.score < THRESHOLD


def test_joan_and_john_are_two_names_and_a_typo_is_one() -> None:
    others = [person(row, name=f"{first} {last}") for row, (first, last) in enumerate(
        [("Joan", "Clark"), ("John", "Clark"), ("Joan", "Miller"), ("John", "Miller")], 10)]  # fmt: skip
    common = compared(person(1, name="Joan Smithers"), person(2, name="John Smithers"), others)
    typo = compared(person(1, name="Johnn Smithers"), person(2, name="John Smithers"), others)
    assert common.reasons[0].bits < 3 < typo.reasons[0].bits


def test_a_common_name_counts_less() -> None:
    one, other = person(1, name="王伟", region="杭州"), person(2, name="王伟", region="杭州")
    rare = compared(one, other)
    crowd = [person(row, name="王伟", region="宁波") for row in range(10, 60)]
    common = compared(one, other, crowd)
    assert rare.score > THRESHOLD > common.score


def test_a_common_name_and_a_birthday_are_enough() -> None:
    crowd = [person(row, name="王伟") for row in range(10, 60)]
    one = person(1, name="王伟", birthday="1988-09-15", points=[PHONE])
    other = person(2, name="王伟", birthday="1988-09-15", points=[("phone", "", "13511112222")])
    found = compared(one, other, crowd)
    assert found.score > 0.9
    assert {"birthday", "name", "other-phone"} <= set(codes(found))


def test_an_address_is_the_same_however_much_of_it_is_written() -> None:
    whole = address("浙江省杭州市西湖区文三路１９９号３幢1203室 310012")
    short = address("文三路199号三幢1203")
    assert whole is not None
    assert short is not None
    assert whole.key == short.key
    one = person(1, name="王丽华", points=[("address", "", whole.text)])
    other = person(2, name="王丽华", points=[("address", "", short.text), PHONE])
    assert "address" in codes(compared(one, other))
    next_door = person(3, name="王丽华", points=[("address", "", "文三路199号三幢1204")])
    assert "other-address" in codes(compared(one, next_door))


def test_a_name_on_two_full_profiles_that_differ_is_two_people() -> None:
    one = person(
        1, name="陈静", gender="female", birthday="1990-02-03", region="杭州",
        points=[PHONE, ("wechat", "", "jing-tea"), ("address", "", "文三路199号2幢1203")],
    )  # fmt: skip
    other = person(
        2, name="陈静", gender="male", birthday="1971-11-30", region="宁波",
        points=[("phone", "", "13511112222"), ("wechat", "", "cj1971"), ("address", "", "中山路5号3幢402")],
    )  # fmt: skip
    found = compared(one, other)
    assert found.score < 0.05
    assert {"other-gender", "other-birthday", "other-region", "other-phone", "other-account"} <= set(
        codes(found)
    )


def test_a_digit_mistyped_beside_the_same_name() -> None:
    one = person(1, name="王丽华", points=[PHONE])
    other = person(2, name="王丽华", points=[("phone", "", "13800138431")])
    assert "phone-slip" in codes(compared(one, other))
    stranger = person(3, name="陈静", points=[("phone", "", "13800138431")])
    assert compared(one, stranger).score == 0


def test_a_new_years_birthday_and_nobody_tell_nothing() -> None:
    one, other = person(1, name="散客", birthday="1900-01-01"), person(2, name="散客", birthday="1900-01-01")
    assert compared(one, other).score == 0
    assert name_keys("13800138421").key == ""


def test_a_name_that_is_a_number_meets_the_number() -> None:
    one, other = person(1, name="138-0013-8421"), person(2, name="王丽华", points=[PHONE])
    assert compared(one, other).score > 0.9


def test_it_is_the_same_from_either_side() -> None:
    one = person(1, name="王晓丽", birthday="09-15", region="杭州", points=[PHONE])
    other = person(2, name="王小丽", birthday="1988-09-15", region="杭州市", points=[("qq", "", "12345")])
    assert compared(one, other) == compared(other, one)


def test_the_scripts_table_is_one_way() -> None:
    pairs = _PAIRS.split()
    traditional = [pair[0] for pair in pairs]
    assert len(traditional) == len(set(traditional))
    assert not set(traditional) & {pair[1] for pair in pairs}
    assert simplified("陳麗華 Clark") == "陈丽华 Clark"
