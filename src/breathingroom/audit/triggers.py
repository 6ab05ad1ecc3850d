"""The database's own refusal to change or delete a line of the log, for each database we run on."""

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = {
    "audit_event_no_update": """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END""",
    "audit_event_no_delete": """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END""",
}
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'audit lines are never changed or deleted' USING ERRCODE = 'check_violation';
        END $$""",
    """CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
)
POSTGRESQL_OFF = (
    "DROP TRIGGER IF EXISTS audit_event_append_only ON audit_event",
    "DROP FUNCTION IF EXISTS audit_event_refuse()",
)


def put_on(connection: BaseDatabaseWrapper) -> None:
    """From now on the table takes new lines only."""
    _run(connection, tuple(SQLITE.values()) if connection.vendor == "sqlite" else POSTGRESQL)


def take_off(connection: BaseDatabaseWrapper) -> None:
    """Lift the refusal: for emptying a whole database, and for going back before the migration."""
    off = tuple(f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE)
    _run(connection, off if connection.vendor == "sqlite" else POSTGRESQL_OFF)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
