"""Everything durable, in SQL through SQLAlchemy Core: SQLite as the embedded default."""
