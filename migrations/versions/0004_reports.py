"""Status reports."""

import sqlalchemy as sa
from alembic import op

revision = "0004_reports"
down_revision = "0003_assessed_for"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=True),
        sa.Column(
            "state", sa.Enum("draft", "sent", name="reportstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_html", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_status_report_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_report")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_status_report_author_id_form_key")),
    )
    op.create_index(op.f("ix_status_report_sent_at"), "status_report", ["sent_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_status_report_sent_at"), table_name="status_report")
    op.drop_table("status_report")
