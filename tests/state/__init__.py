"""The store, on SQLite and PostgreSQL: what is kept, moved, purged, forgotten."""
