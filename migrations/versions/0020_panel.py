"""The panel: who assesses whom, and what each has come to."""

import sqlalchemy as sa
from alembic import op


revision = '0020_panel'
down_revision = '0019_quick'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('panel_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'draft', 'done', 'stepped_aside', name='reviewstate', native_enum=False, length=40), nullable=False),
    sa.Column('delivery', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_panel_review_candidate_id_candidate')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_panel_review_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_panel_review_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_review')),
    sa.UniqueConstraint('candidate_id', 'person_id', name=op.f('uq_panel_review_candidate_id_person_id'))
    )
    with op.batch_alter_table('panel_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_panel_review_person_id'), ['person_id'], unique=False)

    op.create_table('panel_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.CheckConstraint('level IS NULL OR level BETWEEN 0 AND 4', name=op.f('ck_panel_answer_level')),
    sa.ForeignKeyConstraint(['review_id'], ['panel_review.id'], name=op.f('fk_panel_answer_review_id_panel_review')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_answer')),
    sa.UniqueConstraint('review_id', 'code', name=op.f('uq_panel_answer_review_id_code'))
    )


def downgrade() -> None:
    op.drop_table('panel_answer')
    with op.batch_alter_table('panel_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_panel_review_person_id'))

    op.drop_table('panel_review')
