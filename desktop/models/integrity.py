"""Whether the file is whole and everything derived in it agrees with what it was derived from.

SQLite looks after its own pages, keys and full-text index; here the summaries and the search index are
computed a second time beside the ones kept, and compared.
"""

from desktop.models import search_index, summaries
from desktop.models.engine import BookDatabase


def broken_pages(db: BookDatabase) -> list[str]:
    """What SQLite's own examination finds wrong, in its words; empty when all is well."""
    return [said for (said,) in db.execute_sql("PRAGMA quick_check(100)").fetchall() if said != "ok"]


def dangling_keys(db: BookDatabase) -> int:
    """Rows that refer to rows which are not there."""
    return len(db.execute_sql("PRAGMA foreign_key_check").fetchall())


def wrong_summaries(db: BookDatabase) -> int:
    """Customers whose summary is not what their orders, ratings and complaints give; nothing is changed."""
    with db.trial():
        db.execute_sql("CREATE TEMP TABLE kept AS SELECT * FROM customer_summary")
        db.execute_sql("DELETE FROM stale")
        db.execute_sql("INSERT INTO stale SELECT id FROM customer")
        summaries.recompute(db)
        (wrong,) = db.execute_sql(
            "SELECT count(*) FROM ("
            "SELECT customer_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM customer_summary) "
            "UNION SELECT customer_id FROM (SELECT * FROM customer_summary EXCEPT SELECT * FROM kept))"
        ).fetchone()
    return int(wrong)


def wrong_search_words(db: BookDatabase) -> int:
    """Words that the search index holds for other customers than it should; nothing is changed."""
    with db.trial():
        db.execute_sql(
            "CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab('main', 'customer_search', 'col')"
        )
        db.execute_sql("CREATE TEMP TABLE kept_counts AS SELECT term, col, doc, cnt FROM kept_words")
        search_index.rebuild(db)
        search_index.refresh(db)
        (wrong,) = db.execute_sql(
            "SELECT count(*) FROM (SELECT term FROM (SELECT * FROM kept_counts EXCEPT "
            "SELECT term, col, doc, cnt FROM kept_words) UNION SELECT term FROM "
            "(SELECT term, col, doc, cnt FROM kept_words EXCEPT SELECT * FROM kept_counts))"
        ).fetchone()
    return int(wrong)
