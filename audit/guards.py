"""The database's own refusal to change or remove an entry of a log, on PostgreSQL and on SQLite.

No table can be forgotten: after every ``migrate`` each table of a subclass of :class:`~audit.models.Entry`
gets its triggers, a new one as well as one that SQLite rebuilt (a rebuilt table loses them). See
docs/decisions/0020-logs-are-closed-by-the-database.md.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.models import Entry

REFUSAL = "Nhật ký chỉ ghi thêm, không sửa, không xóa."

#: One function serves the triggers of every log.
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL} (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def logs(app: AppConfig | None = None) -> list[type[Entry]]:
    """Every log of the house, or of one room."""
    models = app.get_models() if app else apps.get_models()
    return [model for model in models if issubclass(model, Entry)]


def closing(vendor: str, table: str) -> list[str]:
    """Statements that close a table; they may be repeated. Nothing for another kind of database."""
    match vendor:
        case "postgresql":
            trigger = (
                f'CREATE OR REPLACE TRIGGER "{table}_closed" BEFORE UPDATE OR DELETE OR TRUNCATE '
                f'ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()'
            )
            return [POSTGRES_FUNCTION, trigger]
        case "sqlite":
            return [
                f'CREATE TRIGGER IF NOT EXISTS "{table}_closed_{step.lower()}" BEFORE {step} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                for step in ("UPDATE", "DELETE")
            ]
    return []


def opening(vendor: str, table: str) -> list[str]:
    """Statements that take the triggers off: for ``flush`` and for a migration that rewrites entries."""
    match vendor:
        case "postgresql":
            return [f'DROP TRIGGER IF EXISTS "{table}_closed" ON "{table}"']
        case "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{table}_closed_{step}"' for step in ("update", "delete")]
    return []


def close(connection: BaseDatabaseWrapper, models: list[type[Entry]]) -> None:
    """Put the triggers on those of the tables that there are."""
    _run(connection, models, closing)


def open_up(connection: BaseDatabaseWrapper, models: list[type[Entry]]) -> None:
    """Take the triggers off."""
    _run(connection, models, opening)


def _run(connection: BaseDatabaseWrapper, models: list[type[Entry]], statements: Any) -> None:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor)) if models else set()
        for model in models:
            table = model._meta.db_table  # noqa: SLF001  Django's own name for it
            if table not in there:
                continue
            for statement in statements(connection.vendor, table):
                cursor.execute(statement)


def close_logs(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After ``migrate``: the logs of the room are closed."""
    close(connections[using], logs(sender))
