"""Publications: when a library was first served."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("digest", sa.String(128), primary_key=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    )
