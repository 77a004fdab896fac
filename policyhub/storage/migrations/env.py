"""Runs the revisions on the connection that ``policyhub.storage.engine.upgrade`` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
