"""The search index over customers: what a counter types, as typed, answered in milliseconds.

A contentless FTS5 table with prefix indexes over the tokens of `search_words`, filled from Python for the
customers that triggers marked. Its tokenizer only parts at blanks, so that what matches is said in one place.
"""

from collections.abc import Iterator

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.models.engine import BookDatabase

_BATCH = 5000


def refresh(db: BookDatabase, progress: Progress = SILENT) -> None:
    """Rewrites the index rows and sort names of the customers whose words changed."""
    done = 0
    while True:
        stale = [row for (row,) in db.execute_sql("SELECT customer_id FROM stale_text LIMIT ?", (_BATCH,))]
        if not stale:
            return
        low, high = min(stale), max(stale)
        db.many("DELETE FROM customer_search WHERE rowid = ?", ((row,) for row in stale))
        entries = list(_entries(db, low, high))
        db.many(
            "INSERT INTO customer_search (rowid, words, forms) VALUES (?, ?, ?)",
            (entry[:-1] for entry in entries),
        )
        db.many(
            "INSERT INTO customer_summary (customer_id, sort_name) VALUES (?, ?) "
            "ON CONFLICT (customer_id) DO UPDATE SET sort_name = excluded.sort_name",
            ((entry[0], entry[-1]) for entry in entries),
        )
        db.many("DELETE FROM stale_text WHERE customer_id = ?", ((row,) for row in stale))
        if len(stale) == _BATCH:
            done += _BATCH
            (left,) = db.execute_sql("SELECT count(*) FROM stale_text").fetchone()
            progress.report(done, done + left, tr("Learning how customers are looked for…"))


def _entries(db: BookDatabase, low: int, high: int) -> Iterator[tuple[int, str, str, str]]:
    """(id, words, forms, sort name) of each stale customer between two ids."""
    # Every start asks whether anything is stale, and hardly ever is it.
    from desktop.core.pinyin import sort_key
    from desktop.models.search_words import Point, entry

    points: dict[int, list[Point]] = {}
    for customer, kind, value, norm in db.execute_sql(
        "SELECT customer_id, kind, value, norm FROM contact_point "
        "WHERE customer_id BETWEEN ? AND ? AND customer_id IN (SELECT customer_id FROM stale_text) "
        "ORDER BY customer_id, id",
        (low, high),
    ):
        points.setdefault(customer, []).append((kind, value, norm))
    make = entry.__wrapped__
    for customer, name, region in db.execute_sql(
        "SELECT id, name, region FROM customer WHERE id BETWEEN ? AND ? "
        "AND id IN (SELECT customer_id FROM stale_text)",
        (low, high),
    ).fetchall():
        words, forms = make(name, region, tuple(points.get(customer, ())))
        yield customer, words, forms, sort_key(name)


def rebuild(db: BookDatabase) -> None:
    """Empties the index and marks every customer, for the next refresh to fill it."""
    db.execute_sql("DELETE FROM customer_search")
    db.execute_sql(
        "INSERT INTO stale_text SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM stale_text)"
    )


def matching_sql(param: str = ":match") -> str:
    """SQL for the ids of the customers that an expression of `queries/search_terms` finds, in no order."""
    return f"SELECT rowid FROM customer_search WHERE customer_search MATCH {param}"


def newest_matching_sql(param: str = ":match", limit: str = ":limit") -> str:
    """As `matching_sql`, only the customers entered last: cheap even for a word that a million share.

    FTS5 walks its lists backwards by row id, so nothing is ranked and nothing is read beyond the limit.
    """
    return f"{matching_sql(param)} ORDER BY rowid DESC LIMIT {limit}"
