"""Who works here: clerks, and the changes that bear their names."""

from desktop.models.book import Book
from desktop.operations.customers import add_customer
from desktop.operations.staff import add_clerk


def test_every_step_bears_the_name_of_who_works_here(book: Book) -> None:
    assert add_clerk(book, name="林小满")
    assert not add_clerk(book, name="林小满")
    book.clerk = "林小满"
    add_customer(book, values={"name": "王丽华"})
    book.undo()
    assert book.rows("SELECT kind, staff_id FROM step ORDER BY id") == [("do", None), ("do", 1), ("undo", 1)]


def test_a_clerk_whom_this_book_has_not_is_nobody(book: Book) -> None:
    book.clerk = "周一诺"
    add_customer(book, values={"name": "王丽华"})
    assert book.clerk_id() is None
    assert book.rows("SELECT staff_id FROM step") == [(None,)]
