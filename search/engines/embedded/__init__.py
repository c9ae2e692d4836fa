"""The engine inside: SQLite's FTS5, in Django's own file or in one beside it."""
