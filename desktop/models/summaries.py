"""Customer summaries, kept in step with all that hangs on customers: orders, complaints, points, promises …

Triggers mark a customer as stale; every transaction of the book ends by recomputing the stale ones here. A
summary holds the days on which the customer starts to drift, to alarm and to be lost, rather than a state, so
that states are right on any day without a nightly job and a state filter is an index range.

The shop's own rhythm (METRICS.md) is calibrated whenever a thousandth of the orders has changed, not at each
order: the median of a million customers does not move for one sale, and recomputing it would.
"""

from collections.abc import Sequence
from typing import NamedTuple

from desktop.models.engine import BookDatabase

# Until a shop has repeat purchases of its own: a quarter, and twice that before a one-time buyer is given up.
UNKNOWN_GAP = 90.0


class ShopRhythm(NamedTuple):
    """Days: the median customer's mean gap; how long second purchases took, median and 90th percentile."""

    median_gap: float = UNKNOWN_GAP
    second_median: float = UNKNOWN_GAP
    second_late: float = 2 * UNKNOWN_GAP


def state_sql(today: str = ":today", table: str = "customer_summary") -> str:
    """SQL that gives a summary's purchase state on a day: none, new, one-time, regular, drifting or lost."""
    return (
        f"CASE WHEN {table}.occasions = 0 THEN 'none' WHEN {today} > {table}.lost_day THEN 'lost' "
        f"WHEN {today} > {table}.drift_day THEN iif({table}.occasions > 1, 'drifting', 'one-time') "
        f"ELSE iif({table}.occasions > 1, 'regular', 'new') END"
    )


def refresh(db: BookDatabase, factors: tuple[float, float, float]) -> None:
    """Recomputes what is stale; `factors` are the owner's multipliers for drifting, alarming and lost."""
    (stale,) = db.execute_sql("SELECT count(*) FROM stale").fetchone()
    known = db.execute_sql("SELECT orders, changed, drifting, alarming, lost FROM shop_rhythm").fetchone()
    if not stale and known and tuple(known[2:]) == factors:
        return
    changed = stale + (known[1] if known else 0)
    if known is None or tuple(known[2:]) != factors or changed > known[0] // 1000:
        moved = _calibrate(db, factors)
        if moved:
            db.execute_sql("DELETE FROM stale")
            db.execute_sql("INSERT INTO stale SELECT id FROM customer")
    else:
        db.execute_sql("UPDATE shop_rhythm SET changed = ?", (changed,))
    recompute(db)
    db.execute_sql("DELETE FROM stale")


def shop_rhythm(db: BookDatabase) -> ShopRhythm:
    """The calibrated rhythm, or the defaults of a shop without repeat purchases."""
    found = db.execute_sql("SELECT median_gap, second_median, second_late FROM shop_rhythm").fetchone()
    return ShopRhythm(*found) if found else ShopRhythm()


def _calibrate(db: BookDatabase, factors: tuple[float, float, float]) -> bool:
    """Measures the shop's rhythm anew; whether it (or a factor) moved, so that every summary must follow."""
    before = db.execute_sql(
        "SELECT median_gap, second_median, second_late, drifting, alarming, lost FROM shop_rhythm"
    ).fetchone()
    occasion = (
        "WITH occasion AS (SELECT customer_id, day FROM orders "
        "WHERE purchase = 1 AND customer_id IS NOT NULL GROUP BY customer_id, day) "
    )
    # The median customer's mean gap, not the median gap: frequent buyers have the most gaps and would make
    # everybody else seem late. It is also what METRICS.md's published figures come from.
    paces = db.execute_sql(
        occasion + "SELECT pace, count(*) FROM (SELECT (max(day) - min(day)) * 1.0 / (count(*) - 1) AS pace "
        "FROM occasion GROUP BY customer_id HAVING count(*) > 1) GROUP BY pace ORDER BY pace"
    ).fetchall()
    seconds = db.execute_sql(
        occasion + "SELECT days, count(*) FROM (SELECT day - lag(day) OVER nth AS days, row_number() "
        "OVER nth AS nth FROM occasion WINDOW nth AS (PARTITION BY customer_id ORDER BY day)) "
        "WHERE nth = 2 GROUP BY days ORDER BY days"
    ).fetchall()
    rhythm = ShopRhythm()
    if paces:
        rhythm = ShopRhythm(_quantile(paces, 0.5), _quantile(seconds, 0.5), _quantile(seconds, 0.9))
    now = (rhythm.median_gap, rhythm.second_median, rhythm.second_late, *factors)
    (orders,) = db.execute_sql("SELECT count(*) FROM orders").fetchone()
    db.execute_sql(
        "INSERT OR REPLACE INTO shop_rhythm (one, median_gap, second_median, second_late, drifting, "
        "alarming, lost, orders, changed) VALUES (1, ?, ?, ?, ?, ?, ?, ?, 0)",
        (*now, orders),
    )
    return tuple(before or ()) != now


def _quantile(histogram: Sequence[tuple[float, int]], q: float) -> float:
    """The linearly interpolated quantile of a sorted (value, count) histogram, as numpy.quantile gives."""
    at = q * (sum(n for _, n in histogram) - 1)
    low, high = int(at), int(at) + (at > int(at))
    values: list[float] = []
    seen = 0
    for value, n in histogram:
        seen += n
        while len(values) < 2 and seen > (low, high)[len(values)]:
            values.append(value)
        if len(values) == 2:
            break
    return values[0] + (values[-1] - values[0]) * (at - low)


def recompute(db: BookDatabase) -> None:
    """Writes the summaries of the stale customers in one statement, from the orders' covering index."""
    db.execute_sql(
        """
        INSERT INTO customer_summary (customer_id, orders, occasions, spend, first_day, last_day, rhythm,
            drift_day, alarm_day, lost_day, rating, ratings, complaints, open_complaints, next_day, points,
            last_contact, contacts, cases, open_cases, brought, promises)
        WITH bought AS (
            SELECT customer_id, sum(purchase) AS orders,
                count(DISTINCT iif(purchase, day, NULL)) AS occasions, sum(net) AS spend,
                min(iif(purchase, day, NULL)) AS first_day, max(iif(purchase, day, NULL)) AS last_day
            FROM orders WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), rated AS (
            SELECT customer_id, avg(perceived) AS rating, count(perceived) AS ratings
            FROM rating WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), complained AS (
            SELECT customer_id, count(*) AS complaints, sum(open) AS open_complaints
            FROM complaint WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), spoken AS (
            SELECT customer_id, count(*) AS contacts,
                CAST(julianday(substr(max(happened_at), 1, 10)) - 1721424.5 AS INTEGER) AS last_contact
            FROM interaction WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), earned AS (
            SELECT customer_id, sum(points) AS points
            FROM points_entry WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), served AS (
            SELECT customer_id, count(*) AS cases, sum(status IN ('open', 'waiting')) AS open_cases
            FROM service_case WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), promised AS (
            SELECT customer_id, sum(outcome = '') AS promises
            FROM promise WHERE customer_id IN (SELECT customer_id FROM stale) GROUP BY customer_id
        ), told AS (
            SELECT referred_by AS customer_id, count(*) AS brought
            FROM customer WHERE referred_by IN (SELECT customer_id FROM stale) GROUP BY referred_by
        ), paced AS (
            SELECT customer.id AS customer_id, coalesce(bought.orders, 0) AS orders,
                coalesce(occasions, 0) AS occasions, coalesce(spend, 0) AS spend, first_day, last_day,
                (last_day - first_day + 2 * median_gap) / (occasions + 1) AS pace
            FROM stale CROSS JOIN customer ON customer.id = stale.customer_id CROSS JOIN shop_rhythm
            LEFT JOIN bought ON bought.customer_id = customer.id
        )
        SELECT customer_id, paced.orders, occasions, spend, first_day, last_day,
            iif(occasions > 1, pace, NULL),
            last_day + CAST(iif(occasions > 1, drifting * pace, second_median) AS INTEGER),
            last_day + CAST(iif(occasions > 1, alarming * pace, second_late) AS INTEGER),
            last_day + CAST(iif(occasions > 1, lost * pace, second_late) AS INTEGER),
            rating, coalesce(ratings, 0), coalesce(complaints, 0), coalesce(open_complaints, 0),
            iif(occasions > 1, last_day + CAST(round(pace) AS INTEGER), NULL), coalesce(points, 0),
            last_contact, coalesce(contacts, 0), coalesce(cases, 0), coalesce(open_cases, 0),
            coalesce(brought, 0), coalesce(promises, 0)
        FROM paced CROSS JOIN shop_rhythm LEFT JOIN rated USING (customer_id)
            LEFT JOIN complained USING (customer_id) LEFT JOIN spoken USING (customer_id)
            LEFT JOIN earned USING (customer_id) LEFT JOIN served USING (customer_id)
            LEFT JOIN told USING (customer_id) LEFT JOIN promised USING (customer_id)
        WHERE true
        ON CONFLICT (customer_id) DO UPDATE SET orders = excluded.orders, occasions = excluded.occasions,
            spend = excluded.spend, first_day = excluded.first_day, last_day = excluded.last_day,
            rhythm = excluded.rhythm, drift_day = excluded.drift_day, alarm_day = excluded.alarm_day,
            lost_day = excluded.lost_day, rating = excluded.rating, ratings = excluded.ratings,
            complaints = excluded.complaints, open_complaints = excluded.open_complaints,
            next_day = excluded.next_day, points = excluded.points, last_contact = excluded.last_contact,
            contacts = excluded.contacts, cases = excluded.cases, open_cases = excluded.open_cases,
            brought = excluded.brought, promises = excluded.promises
        """
    )
