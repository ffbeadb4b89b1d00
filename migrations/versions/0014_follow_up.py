"""Things that follow up the recommendations of foundation documents."""

import sqlalchemy as sa
from alembic import op

revision = "0014_follow_up"
down_revision = "0013_pilots"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("thing_kind", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_follow_up_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint(
            "recommendation_id",
            "thing_kind",
            "thing_id",
            name=op.f("uq_follow_up_recommendation_id_thing_kind_thing_id"),
        ),
    )
    op.create_index("ix_follow_up_thing", "follow_up", ["thing_kind", "thing_id"])


def downgrade() -> None:
    op.drop_index("ix_follow_up_thing", table_name="follow_up")
    op.drop_table("follow_up")
