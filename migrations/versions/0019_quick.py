"""The quick check's answers."""

import sqlalchemy as sa
from alembic import op


revision = '0019_quick'
down_revision = '0018_assessments'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('quick_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.Enum('anchoring', 'law', 'technology', 'organisation', 'users', 'partners', 'finances', name='dimension', native_enum=False, length=40), nullable=False),
    sa.Column('answer', sa.Enum('yes', 'partly', 'no', name='quickanswer', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_quick_answer_candidate_id_candidate')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quick_answer_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quick_answer')),
    sa.UniqueConstraint('candidate_id', 'dimension', name=op.f('uq_quick_answer_candidate_id_dimension'))
    )


def downgrade() -> None:
    op.drop_table('quick_answer')
