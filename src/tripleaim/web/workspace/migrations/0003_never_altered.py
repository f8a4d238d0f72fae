"""PostgreSQL itself refuses to alter or remove what is written once: events of the audit, plans, versions."""

from typing import Any

from django.db import migrations

TABLES = ("workspace_auditevent", "workspace_content", "workspace_version")

FUNCTION = """
CREATE FUNCTION workspace_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once and never altered', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""
TRIGGER = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION workspace_written_once()
"""


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTION, params=None)  # its % is for PostgreSQL itself
    for table in TABLES:
        schema_editor.execute(TRIGGER.format(table=table))


def allow(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER written_once ON {table}")
    schema_editor.execute("DROP FUNCTION workspace_written_once()")


class Migration(migrations.Migration):
    dependencies = [("workspace", "0002_published_confidence")]

    operations = [migrations.RunPython(refuse, allow)]
