"""Types of borax.calendars.lunardate, as far as it is used."""

from datetime import date

class InvalidLunarDateError(ValueError): ...

class LunarDate:
    year: int
    month: int
    day: int
    leap: int
    def __init__(self, year: int, month: int, day: int, leap: int = 0) -> None: ...
    @classmethod
    def from_solar(cls, date_obj: date) -> LunarDate: ...
    def to_solar_date(self) -> date: ...
