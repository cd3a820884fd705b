"""The search index over customers: what a counter types, as typed, answered in milliseconds.

A contentless FTS5 table with prefix indexes. Every Chinese character is a token of its own, so one character
of a name finds it; pinyin, initials and reversed phone numbers are columns, so "wlh" and the last four digits
are prefix searches too. Filled from Python (pinyin is ours), for the customers that triggers marked.
"""

from collections.abc import Iterator

from desktop.core.folding import fold, is_hanzi
from desktop.models.engine import BookDatabase

_COLUMNS = "name, pinyin, initials, phone, phone_end, account, address"
_BATCH = 5000


def refresh(db: BookDatabase) -> None:
    """Rewrites the index rows and sort names of the customers whose words changed."""
    while True:
        stale = [row for (row,) in db.execute_sql("SELECT customer_id FROM stale_text LIMIT ?", (_BATCH,))]
        if not stale:
            return
        low, high = min(stale), max(stale)
        db.many("DELETE FROM customer_search WHERE rowid = ?", ((row,) for row in stale))
        entries = list(_entries(db, low, high))
        db.many(
            f"INSERT INTO customer_search (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (entry[:-1] for entry in entries),
        )
        db.many(
            "INSERT INTO customer_summary (customer_id, sort_name) VALUES (?, ?) "
            "ON CONFLICT (customer_id) DO UPDATE SET sort_name = excluded.sort_name",
            ((entry[0], entry[-1]) for entry in entries),
        )
        db.many("DELETE FROM stale_text WHERE customer_id = ?", ((row,) for row in stale))


def _entries(db: BookDatabase, low: int, high: int) -> Iterator[tuple[int | str, ...]]:
    """(id, the seven indexed texts, sort name) of each stale customer between two ids."""
    # Every start asks whether anything is stale, and hardly ever is it.
    from desktop.core.pinyin import name_readings, sort_key

    points: dict[int, list[tuple[str, str, str]]] = {}
    for customer, kind, value, norm in db.execute_sql(
        "SELECT customer_id, kind, value, norm FROM contact_point "
        "WHERE customer_id BETWEEN ? AND ? AND customer_id IN (SELECT customer_id FROM stale_text)",
        (low, high),
    ):
        points.setdefault(customer, []).append((kind, value, norm))
    for customer, name, region in db.execute_sql(
        "SELECT id, name, region FROM customer WHERE id BETWEEN ? AND ? "
        "AND id IN (SELECT customer_id FROM stale_text)",
        (low, high),
    ).fetchall():
        readings = name_readings(name)
        phones = [norm.lstrip("+") for kind, _, norm in points.get(customer, ()) if kind == "phone"]
        accounts = [
            f"{value} {norm}"
            for kind, value, norm in points.get(customer, ())
            if kind not in ("phone", "address")
        ]
        addresses = [value for kind, value, _ in points.get(customer, ()) if kind == "address"]
        yield (
            customer,
            spaced(name),
            " ".join(readings.full + readings.given),
            " ".join(readings.initials),
            " ".join(phones),
            " ".join(phone[::-1] for phone in phones),
            spaced(" ".join(accounts)),
            spaced(" ".join([region, *addresses])),
            sort_key(name),
        )


def spaced(text: str) -> str:
    """Folded text with a space around every Chinese character, so that each is a token."""
    return " ".join("".join(f" {c} " if is_hanzi(c) else c for c in fold(text)).split())


def match_expression(text: str) -> str:
    """The FTS5 query for what was typed: every word a prefix, in any column, all of them wanted.

    Digits are looked for at both ends of a phone number. Nothing typed is read as query syntax. An empty
    string comes back when nothing typed could be found by words.
    """
    parts = []
    for word in _words(text):
        quoted = f'"{word}"*'
        if word.isdigit():
            # Reversed numbers are no words of their own: 1248 must not find the number that ends in 8421.
            parts.append(f'(- phone_end : {quoted} OR phone_end : "{word[::-1]}"*)')
        else:
            parts.append(quoted)
    return " AND ".join(parts)


def _words(text: str) -> list[str]:
    """The typed text as the tokens that the index holds: letters and digits only."""
    return "".join(c if c.isalnum() else " " for c in spaced(text)).split()


def rebuild(db: BookDatabase) -> None:
    """Empties the index and marks every customer, for the next refresh to fill it."""
    db.execute_sql("DELETE FROM customer_search")
    db.execute_sql(
        "INSERT INTO stale_text SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM stale_text)"
    )


def matching_sql(param: str = ":match") -> str:
    """SQL for the ids of the customers that an expression of `match_expression` finds, in no order."""
    return f"SELECT rowid FROM customer_search WHERE customer_search MATCH {param}"


def newest_matching_sql(param: str = ":match", limit: str = ":limit") -> str:
    """As `matching_sql`, only the customers entered last: cheap even for a word that a million share.

    FTS5 walks its lists backwards by row id, so nothing is ranked and nothing is read beyond the limit.
    """
    return f"{matching_sql(param)} ORDER BY rowid DESC LIMIT {limit}"
