"""A sweep for duplicates over a book, against reading every name and contact point of it once."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.books import sample_book
from bench.results import Options, Result
from desktop.models.book import Book
from desktop.operations.duplicates import sweep_duplicates
from desktop.queries.pairs import pair_count

CUSTOMERS = 100_000
MOST_SECONDS = 60.0


def measure(options: Options) -> Iterator[Result]:
    """Seconds of a sweep of 100,000 customers (10,000 when it has to be quick)."""
    count = CUSTOMERS // 10 if options.quick else CUSTOMERS
    with Book.open(sample_book(options.folder, count)) as book:
        begun = time.perf_counter()
        book.rows("SELECT id, name, gender, birthday, region FROM customer")
        book.rows("SELECT customer_id, kind, channel, norm FROM contact_point")
        floor = time.perf_counter() - begun
        begun = time.perf_counter()
        sweep_duplicates(book)
        taken = time.perf_counter() - begun
        pairs = pair_count(book)
    yield Result(f"a sweep of {count:,} customers ({pairs:,} pairs)", taken, "s", MOST_SECONDS)
    yield Result("  over reading their names and contacts", taken, "s", floor=floor)
