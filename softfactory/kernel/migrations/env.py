"""Alembic's environment for all versions, the kernel's and the services'; driven by `kernel/migrate.py`."""

from alembic import context

attributes = context.config.attributes

context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("metadata"),
    version_table=attributes["version_table"],
    version_table_schema=attributes["schema"],
    include_schemas=True,
    include_name=attributes.get("include_name"),
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
