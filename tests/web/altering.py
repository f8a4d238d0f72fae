"""What an attacker who owns the database could do, for tests that show it is found out."""

from __future__ import annotations

from django.db import connection


def free_to_alter() -> None:
    """Lift PostgreSQL's refusal to alter what is written once, until the end of the test's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
