"""A customer's own fields in the JSON in which they are kept: SQL that only SQLite speaks."""

import json


def own_value_sql(name: str) -> str:
    """SQL that gives one own field of `customer AS c`, NULL where there is none; yes is 1, no 0."""
    return f"json_extract(c.custom, {_path(name)})"


def own_value_set_sql(name: str, value_sql: str, *, truth: bool = False) -> str:
    """SQL that gives all own fields of `customer AS c` with one set; `truth`: the value is yes or no."""
    value = f"json(iif({value_sql}, 'true', 'false'))" if truth else value_sql
    return f"json_set(c.custom, {_path(name)}, {value})"


def own_value_removed_sql(name: str) -> str:
    """SQL that gives all own fields of `customer AS c` but one."""
    return f"json_remove(c.custom, {_path(name)})"


def own_value_moved_sql(name: str, to: str) -> str:
    """SQL that gives all own fields of `customer AS c` with one under another name, as it is."""
    return f"json_set(json_remove(c.custom, {_path(name)}), {_path(to)}, json(c.custom -> {_path(name)}))"


def own_value_type_sql(name: str) -> str:
    """SQL that gives what JSON calls the type of one own field, NULL where there is none."""
    return f"json_type(c.custom, {_path(name)})"


def _path(name: str) -> str:
    # A label is compared as JSON has it, and written so.
    return "'$." + json.dumps(name, ensure_ascii=False).replace("'", "''") + "'"
