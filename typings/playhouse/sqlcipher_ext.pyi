"""Types of playhouse.sqlcipher_ext: peewee's SQLite database on sqlcipher3."""

from peewee import SqliteDatabase

__sqlcipher_version__: tuple[int, int, int]

class SqlCipherDatabase(SqliteDatabase):
    server_version: tuple[int, int, int]
    def set_passphrase(self, passphrase: str) -> None: ...
    def rekey(self, passphrase: str) -> bool: ...
