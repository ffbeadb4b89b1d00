"""pilots"""

import sqlalchemy as sa
from alembic import op


revision = '0009_pilots'
down_revision = '0008_coreteam'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pilot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('group', sa.Text(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('planned', 'active', 'paused', 'completed', 'stopped', name='pilotstate', native_enum=False, length=40), nullable=False),
    sa.Column('course', sa.Enum('on_track', 'at_risk', 'off_track', 'unknown', name='course', native_enum=False, length=40), nullable=False),
    sa.Column('in_words', sa.Text(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('zone_before', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_pilot_author_id_person')),
    sa.ForeignKeyConstraint(['decision_id'], ['entry.id'], name=op.f('fk_pilot_decision_id_entry')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pilot_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_pilot_author_id_form_key'))
    )
    with op.batch_alter_table('pilot', schema=None) as batch_op:
        batch_op.create_index('ix_pilot_order', ['sort_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_pilot_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('pilot_story',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pilot_id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_story_pilot_id_pilot')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_pilot_story_story_id_story')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot_story')),
    sa.UniqueConstraint('pilot_id', 'story_id', name=op.f('uq_pilot_story_pilot_id_story_id'))
    )
    with op.batch_alter_table('pilot_story', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_story_story_id'), ['story_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('pilot_story', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pilot_story_story_id'))

    op.drop_table('pilot_story')
    with op.batch_alter_table('pilot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pilot_organisation_id'))
        batch_op.drop_index('ix_pilot_order')

    op.drop_table('pilot')
