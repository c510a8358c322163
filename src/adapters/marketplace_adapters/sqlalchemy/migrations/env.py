"""Alembic's entry into our schema: runs on the connection it is given."""

from alembic import context

from marketplace_adapters.sqlalchemy.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=False,
    transactional_ddl=False,
    include_object=lambda thing, name, kind, reflected, compare_to: (
        not (kind == "table" and str(name).startswith("search_fts"))
    ),
)
context.run_migrations()
