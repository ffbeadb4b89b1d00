"""Municipalities' support of stories."""

import sqlalchemy as sa
from alembic import op

revision = "0016_story_support"
down_revision = "0015_criteria"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "zone",
            sa.Enum(
                "public",
                "parties",
                "public_side",
                "core_team",
                "own",
                "internal",
                name="zone",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "behalf_channel",
            sa.Enum(
                "mail",
                "phone",
                "letter",
                "meeting",
                name="channel",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("behalf_received_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(behalf_channel IS NULL) = (behalf_received_on IS NULL)",
            name=op.f("ck_story_support_behalf_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_story_support_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_story_support_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_support_story_id_story")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_support")),
        sa.UniqueConstraint(
            "story_id",
            "organisation_id",
            name=op.f("uq_story_support_story_id_organisation_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("story_support")
