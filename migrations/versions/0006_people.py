"""people"""

import sqlalchemy as sa
from alembic import op

from pilot.core.text import sort_key


revision = "0006_people"
down_revision = "0005_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('vendor_signup',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('firm', sa.Text(), nullable=False),
    sa.Column('firm_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('org_number', sa.String(length=20), nullable=True),
    sa.Column('declared_group', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vendor_signup')),
    sa.UniqueConstraint('address', 'firm_key', name=op.f('uq_vendor_signup_address_firm_key'))
    )
    with op.batch_alter_table('vendor_signup', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vendor_signup_created_at'), ['created_at'], unique=False)

    op.create_table('one_time_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('sign_in', 'password', 'invitation', 'signup', name='linkpurpose', native_enum=False, length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_one_time_link_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_link_token_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_one_time_link_person_id'), ['person_id'], unique=False)

    op.create_table('open_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('session_hash', sa.String(length=64), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_open_session_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_open_session')),
    sa.UniqueConstraint('session_hash', name=op.f('uq_open_session_session_hash'))
    )
    with op.batch_alter_table('open_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_open_session_person_id'), ['person_id'], unique=False)

    op.create_table('confirmation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role_title', sa.Text(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_confirmation_confirmed_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_confirmation_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation')),
    sa.UniqueConstraint('kind', 'subject_id', 'organisation_id', name=op.f('uq_confirmation_kind_subject_id_organisation_id'))
    )
    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('role', sa.Enum('lead', 'member', name='role', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('state', sa.Enum('sent', 'accepted', 'revoked', 'expired', name='invitationstate', native_enum=False, length=40), nullable=False),
    sa.Column('inviter_id', sa.Integer(), nullable=True),
    sa.Column('passed_from_id', sa.Integer(), nullable=True),
    sa.Column('hands', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_invitation_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['inviter_id'], ['person.id'], name=op.f('fk_invitation_inviter_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['passed_from_id'], ['invitation.id'], name=op.f('fk_invitation_passed_from_id_invitation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index('uq_invitation_open', ['organisation_id', 'address'], unique=True, sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))

    op.create_table('join_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role_title', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('state', sa.Enum('received', 'approved', 'refused', name='requeststate', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_join_request_decided_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_join_request_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_request'))
    )
    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.create_index('ix_join_request_state', ['state', 'created_at'], unique=False)
        batch_op.create_index('uq_join_request_open', ['organisation_id', 'address'], unique=True, sqlite_where=sa.text("state = 'received'"), postgresql_where=sa.text("state = 'received'"))

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('country', sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column('declared_group', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
        batch_op.create_index('uq_organisation_vendor_number', ['country', 'org_number'], unique=True, sqlite_where=sa.text("kind = 'vendor'"), postgresql_where=sa.text("kind = 'vendor'"))

    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.alter_column('person_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.add_column(sa.Column('is_weekly', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_unique_constraint(batch_op.f('uq_outbox_mail_event_uid_address'), ['event_uid', 'address'])

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default='', nullable=False))
        batch_op.add_column(sa.Column('mail_rhythm', sa.Enum('weekly', 'at_once', name='mailrhythm', native_enum=False, length=40), server_default='weekly', nullable=False))
        batch_op.create_index(batch_op.f('ix_person_sort_key'), ['sort_key'], unique=False)

    fill()


def fill() -> None:
    """People sort by their names; a vendor's number so far was a Norwegian one."""
    bind = op.get_bind()
    for person_id, name in bind.execute(sa.text('SELECT id, name FROM person')).all():
        values = {'key': sort_key(name), 'id': person_id}
        bind.execute(sa.text('UPDATE person SET sort_key = :key WHERE id = :id'), values)
    op.execute("UPDATE organisation SET country = 'NO' WHERE kind = 'vendor' AND org_number IS NOT NULL")


def downgrade() -> None:
    # Not in a batch: SQLite would rebuild a table that others refer to, and refuse.
    op.drop_index('ix_person_sort_key', table_name='person')
    op.execute('ALTER TABLE person DROP COLUMN mail_rhythm')
    op.execute('ALTER TABLE person DROP COLUMN sort_key')
    op.execute('DELETE FROM outbox_mail WHERE person_id IS NULL')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_outbox_mail_event_uid_address'), type_='unique')
        batch_op.drop_column('is_weekly')
        batch_op.alter_column('person_id',
               existing_type=sa.INTEGER(),
               nullable=False)

    op.drop_index('uq_organisation_vendor_number', table_name='organisation')
    for column in ('revision', 'declared_group', 'country'):
        op.execute(f'ALTER TABLE organisation DROP COLUMN {column}')

    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.drop_index('uq_join_request_open', sqlite_where=sa.text("state = 'received'"), postgresql_where=sa.text("state = 'received'"))
        batch_op.drop_index('ix_join_request_state')

    op.drop_table('join_request')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_invitation_open', sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))

    op.drop_table('invitation')
    op.drop_table('confirmation')
    with op.batch_alter_table('open_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_open_session_person_id'))

    op.drop_table('open_session')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_person_id'))
        batch_op.drop_index(batch_op.f('ix_one_time_link_expires_at'))

    op.drop_table('one_time_link')
    with op.batch_alter_table('vendor_signup', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vendor_signup_created_at'))

    op.drop_table('vendor_signup')
