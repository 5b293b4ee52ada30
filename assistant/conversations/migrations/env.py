"""Run by Alembic: the migrations on the connection, and in the transaction, that `opening` made."""

from alembic import context

from assistant.conversations.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,
)
context.run_migrations()
