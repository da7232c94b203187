"""What Alembic runs; `app.ops.schema` calls it with an open connection, in the transaction that the migration is."""

from __future__ import annotations

from alembic import context

from app.ops.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
