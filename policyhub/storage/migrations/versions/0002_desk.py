"""What the hotline desk and its administration remember: standard answers, gaps, flags, the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

APPROVED = sa.text("status = '已核准'")


def upgrade() -> None:
    _standard_answers()
    _gaps()
    _flags()
    _audit()


def _standard_answers() -> None:
    op.create_table(
        "standard_answer",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("target", sa.String(120), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("approver", sa.String(40)),
        sa.Column("review_by", sa.Date, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("approver IS NULL OR approver <> author", name="standard_answer_two_persons"),
        sa.CheckConstraint("status <> '已核准' OR approver IS NOT NULL", name="standard_answer_has_approver"),
        sa.CheckConstraint("length(answer) BETWEEN 1 AND 200", name="standard_answer_short"),
        sa.CheckConstraint("status IN ('草稿', '待审', '已核准', '已撤回')", name="standard_answer_status"),
    )
    op.create_index("ix_standard_answer_target", "standard_answer", ["target"])
    op.create_index(
        "standard_answer_one_approved",
        "standard_answer",
        ["id"],
        unique=True,
        sqlite_where=APPROVED,
        postgresql_where=APPROVED,
    )


def _gaps() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("query", sa.String(200), nullable=False, unique=True),
        sa.Column("unit", sa.String(60)),
        sa.Column("found", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.CheckConstraint("status IN ('未处理', '已派', '已解决')", name="gap_status"),
    )
    op.create_table(
        "gap_day",
        sa.Column("gap", sa.Integer, sa.ForeignKey("gap.id"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _flags() -> None:
    op.create_table(
        "flag",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("target", sa.String(120), nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("query", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("resolution", sa.String(200), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(40)),
        sa.CheckConstraint("status IN ('未处理', '已处理', '不成立')", name="flag_status"),
        sa.CheckConstraint(
            "status = '未处理' OR (resolution <> '' AND settled_by IS NOT NULL)", name="flag_resolution"
        ),
    )
    op.create_index("ix_flag_unit", "flag", ["unit"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("after", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_kept_{event.lower()} BEFORE {event} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        )
