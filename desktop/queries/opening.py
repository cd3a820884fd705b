"""When the shop is open, by which the deadlines of its complaints count."""

from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book


def opening_hours(book: Book) -> OpeningHours:
    """The shop's week, its holidays, its special days and its clock, as the book has them."""
    return OpeningHours.from_settings(
        book.setting("shop.opening"),
        book.setting("shop.holidays"),
        book.setting("shop.special_days"),
        book.setting("shop.zone"),
    )
