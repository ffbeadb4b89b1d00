"""candidates"""

import sqlalchemy as sa
from alembic import op


revision = "0008_candidates"
down_revision = "0007_editorial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pilot_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'assessing', 'decided', 'closed', name='roundstate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('decision_on', sa.Date(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_html', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_pilot_round_author_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot_round')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_pilot_round_author_id_form_key'))
    )
    with op.batch_alter_table('pilot_round', schema=None) as batch_op:
        batch_op.create_index('uq_pilot_round_open', ['state'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('candidate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('invited', 'interested', 'applied', 'assessed', 'shortlisted', 'selected', 'reserve', 'declined', 'withdrawn', name='candidatestate', native_enum=False, length=40), nullable=False),
    sa.Column('own_state', sa.Enum('invited', 'interested', 'applied', 'assessed', 'shortlisted', 'selected', 'reserve', 'declined', 'withdrawn', name='candidatestate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('contact_name', sa.Text(), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('approved_by', sa.Text(), nullable=False),
    sa.Column('approved_role', sa.Text(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('own_reason', sa.Text(), nullable=False),
    sa.Column('public_reason', sa.Text(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('own_state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('behalf_channel', sa.Enum('mail', 'phone', 'letter', 'meeting', name='channel', native_enum=False, length=40), nullable=True),
    sa.Column('behalf_received_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_candidate_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_id'], ['pilot_round.id'], name=op.f('fk_candidate_round_id_pilot_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate')),
    sa.UniqueConstraint('round_id', 'organisation_id', name=op.f('uq_candidate_round_id_organisation_id'))
    )
    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.create_index('ix_candidate_counts', ['round_id', 'state'], unique=False)
        batch_op.create_index('ix_candidate_own', ['organisation_id', 'zone'], unique=False)

    op.create_table('partner_municipality',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('contact_name', sa.Text(), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_partner_municipality_author_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_partner_municipality_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_municipality')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_partner_municipality_author_id_form_key'))
    )
    with op.batch_alter_table('partner_municipality', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_municipality_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('candidate_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('before', sa.Enum('invited', 'interested', 'applied', 'assessed', 'shortlisted', 'selected', 'reserve', 'declined', 'withdrawn', name='candidatestate', native_enum=False, length=40), nullable=True),
    sa.Column('is_internal', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('public_reason', sa.Text(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('behalf_channel', sa.Enum('mail', 'phone', 'letter', 'meeting', name='channel', native_enum=False, length=40), nullable=True),
    sa.Column('behalf_received_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_candidate_step_candidate_id_candidate')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_candidate_step_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_candidate_step_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_step'))
    )
    with op.batch_alter_table('candidate_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_candidate_step_candidate_id'), ['candidate_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('candidate_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_candidate_step_candidate_id'))

    op.drop_table('candidate_step')
    with op.batch_alter_table('partner_municipality', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_municipality_organisation_id'))

    op.drop_table('partner_municipality')
    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.drop_index('ix_candidate_own')
        batch_op.drop_index('ix_candidate_counts')

    op.drop_table('candidate')
    with op.batch_alter_table('pilot_round', schema=None) as batch_op:
        batch_op.drop_index('uq_pilot_round_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table('pilot_round')