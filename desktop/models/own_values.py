"""A customer's own fields out of the JSON in which they are kept: SQL that only SQLite speaks."""


def own_value_sql(name: str) -> str:
    """SQL that gives one own field of `customer AS c`, NULL where there is none; yes is 1, no 0."""
    path = '$."' + name.replace("'", "''") + '"'
    return f"json_extract(c.custom, '{path}')"
