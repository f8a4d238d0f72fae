"""What do we propose? Nouns only: frozen, self-checking records, and the plan's fingerprint."""

from tripleaim.plan.plan import FORMAT, Heading, Plan, canonical, sort_rows
from tripleaim.plan.tables import TABLES, TableForm

__all__ = ["FORMAT", "TABLES", "Heading", "Plan", "TableForm", "canonical", "sort_rows"]
