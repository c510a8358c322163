"""Alembic's entry into our schema: runs on the connection it is given."""

from alembic import context

from marketplace_adapters.sqlalchemy.tables import metadata

connection = context.config.attributes["connection"]
on_postgresql = connection.dialect.name == "postgresql"
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=False,
    transactional_ddl=on_postgresql,
    transaction_per_migration=on_postgresql,
    include_object=lambda thing, name, kind, reflected, compare_to: (
        not (kind == "table" and str(name).startswith("search_fts"))
    ),
)
if on_postgresql:
    with context.begin_transaction():
        context.run_migrations()
else:
    context.run_migrations()
