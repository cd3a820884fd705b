"""Public holidays as their calendars have them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.usual_holidays import FIRST_YEAR, LAST_YEAR, REGIONS, usual_holidays


def day(region: str, year: int, name: str) -> date:
    return next(found.first for found in usual_holidays(region, year) if found.name == name)


@pytest.mark.parametrize(
    ("region", "name", "known"),
    [
        ("CN", "Spring Festival", ["2025-01-28", "2026-02-16", "2027-02-05"]),
        ("CN", "Qingming", ["2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05"]),
        ("CN", "Dragon Boat Festival", ["2025-05-31", "2026-06-19", "2027-06-09"]),
        ("CN", "Mid-Autumn Festival", ["2025-10-06", "2026-09-25", "2027-09-15"]),
        ("west", "Easter Sunday", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"]),
        ("west", "Thanksgiving (USA)", ["2025-11-27", "2026-11-26", "2027-11-25"]),
    ],
)
def test_days_that_move(region: str, name: str, known: list[str]) -> None:
    for text in known:
        expected = date.fromisoformat(text)
        assert day(region, expected.year, name) == expected


@pytest.mark.parametrize("region", REGIONS)
def test_every_year_has_them_in_order(region: str) -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        found = usual_holidays(region, year)
        assert [one.first for one in found] == sorted(one.first for one in found)
        assert {one.first.year for one in found} == {year}
        if region == "west":
            assert day(region, year, "Easter Sunday").weekday() == 6
