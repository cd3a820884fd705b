"""Types of playhouse.migrations: numbered scripts, applied in order and remembered."""

import datetime
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from peewee import Database, Model
from playhouse.migrate import SchemaMigrator

class MigrationError(Exception): ...

class Migration(NamedTuple):
    idx: int
    name: str
    path: str | None
    applied: datetime.datetime | None
    @classmethod
    def load_directory(cls, directory: str | Path) -> list[Migration]: ...
    def load(self) -> ModuleType: ...

class Runner:
    database: Database
    directory: str | Path
    schema: str | None
    migrator: SchemaMigrator
    History: type[Model]
    def __init__(
        self,
        database: Database,
        directory: str | Path = ...,
        table_name: str = ...,
        schema: str | None = ...,
    ) -> None: ...
    def migrations(self) -> list[Migration]: ...
    def applied(self) -> dict[str, datetime.datetime]: ...
    def status(self) -> list[Migration]: ...
    def up(self, target: str | None = ..., fake: bool = ...) -> list[str]: ...
    def down(self, target: str | None = ...) -> list[str]: ...
    def fake(self, target: str | None = ...) -> list[str]: ...

def run(database: Database, directory: str | Path = ..., **kwargs: object) -> list[str]: ...
