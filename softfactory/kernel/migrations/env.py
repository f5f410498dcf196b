"""Alembic's environment for the kernel's and every service's versions; `softfactory.kernel.migrate` drives it."""

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
