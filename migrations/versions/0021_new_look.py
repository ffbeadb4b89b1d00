"""A new look at a panel's result."""

import sqlalchemy as sa
from alembic import op


revision = '0021_new_look'
down_revision = '0020_panel'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('new_look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_new_look_answered_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_new_look_person_id_person')),
    sa.ForeignKeyConstraint(['submission_id'], ['assessment_submission.id'], name=op.f('fk_new_look_submission_id_assessment_submission')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_new_look')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_new_look_submission_id'))
    )


def downgrade() -> None:
    op.drop_table('new_look')
