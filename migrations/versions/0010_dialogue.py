"""dialogue"""

import sqlalchemy as sa
from alembic import op


revision = "0010_dialogue"
down_revision = "0009_priorities"
branch_labels = None
depends_on = None

#: Triggers, as dialogue/models.py declares them; the drift test compares both databases.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER dialogue_registration_room_new BEFORE INSERT ON dialogue_registration WHEN NEW.state = 'confirmed' AND (SELECT count(*) FROM dialogue_registration WHERE session_id = NEW.session_id AND state = 'confirmed') >= (SELECT capacity FROM dialogue_session WHERE id = NEW.session_id) BEGIN SELECT RAISE(ABORT, 'dialogue_session is full'); END",
        "CREATE TRIGGER dialogue_registration_room BEFORE UPDATE ON dialogue_registration WHEN NEW.state = 'confirmed' AND (OLD.state <> 'confirmed' OR OLD.session_id <> NEW.session_id) AND (SELECT count(*) FROM dialogue_registration WHERE session_id = NEW.session_id AND state = 'confirmed') >= (SELECT capacity FROM dialogue_session WHERE id = NEW.session_id) BEGIN SELECT RAISE(ABORT, 'dialogue_session is full'); END",
        "CREATE TRIGGER dialogue_session_room BEFORE UPDATE OF capacity ON dialogue_session WHEN NEW.capacity < (SELECT count(*) FROM dialogue_registration WHERE session_id = NEW.id AND state = 'confirmed') BEGIN SELECT RAISE(ABORT, 'dialogue_session is full'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION dialogue_registration_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM dialogue_session WHERE id = NEW.session_id FOR UPDATE; IF (SELECT count(*) FROM dialogue_registration WHERE session_id = NEW.session_id AND state = 'confirmed') >= (SELECT capacity FROM dialogue_session WHERE id = NEW.session_id) THEN RAISE EXCEPTION 'dialogue_session is full'; END IF; RETURN NEW; END $$",
        "CREATE OR REPLACE FUNCTION dialogue_session_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.capacity < (SELECT count(*) FROM dialogue_registration WHERE session_id = NEW.id AND state = 'confirmed') THEN RAISE EXCEPTION 'dialogue_session is full'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER dialogue_registration_room_new BEFORE INSERT ON dialogue_registration FOR EACH ROW WHEN (NEW.state = 'confirmed') EXECUTE FUNCTION dialogue_registration_room()",
        "CREATE TRIGGER dialogue_registration_room BEFORE UPDATE ON dialogue_registration FOR EACH ROW WHEN (NEW.state = 'confirmed' AND (OLD.state <> 'confirmed' OR OLD.session_id <> NEW.session_id)) EXECUTE FUNCTION dialogue_registration_room()",
        'CREATE TRIGGER dialogue_session_room BEFORE UPDATE OF capacity ON dialogue_session FOR EACH ROW EXECUTE FUNCTION dialogue_session_room()',
    ],
}
FUNCTIONS = ['dialogue_registration_room', 'dialogue_session_room']


def upgrade() -> None:
    op.create_table('dialogue_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'cancelled', 'held', name='sessionstate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_html', sa.Text(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('registers_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('join_url', sa.Text(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('quota', sa.Integer(), nullable=True),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.CheckConstraint('capacity BETWEEN 1 AND 2000', name=op.f('ck_dialogue_session_capacity')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_dialogue_session_times')),
    sa.CheckConstraint('quota IS NULL OR quota >= 1', name=op.f('ck_dialogue_session_quota')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_dialogue_session_author_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dialogue_session_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_session')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_dialogue_session_author_id_form_key'))
    )
    with op.batch_alter_table('dialogue_session', schema=None) as batch_op:
        batch_op.create_index('ix_dialogue_session_when', ['ends_at', 'zone'], unique=False)

    op.create_table('dialogue_registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('state', sa.Enum('confirmed', 'waitlisted', 'cancelled', name='registrationstate', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('attended', sa.Boolean(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('calendar_uid', sa.String(length=32), nullable=False),
    sa.Column('calendar_sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('behalf_channel', sa.Enum('mail', 'phone', 'letter', 'meeting', name='channel', native_enum=False, length=40), nullable=True),
    sa.Column('behalf_received_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dialogue_registration_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_dialogue_registration_person_id_person')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_dialogue_registration_registered_by_id_person')),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_dialogue_registration_session_id_dialogue_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_registration')),
    sa.UniqueConstraint('calendar_uid', name=op.f('uq_dialogue_registration_calendar_uid')),
    sa.UniqueConstraint('session_id', 'number', name=op.f('uq_dialogue_registration_session_id_number'))
    )
    with op.batch_alter_table('dialogue_registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dialogue_registration_address'), ['address'], unique=False)
        batch_op.create_index('ix_dialogue_registration_line', ['session_id', 'state', 'number'], unique=False)
        batch_op.create_index('ix_dialogue_registration_own', ['organisation_id', 'session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dialogue_registration_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_dialogue_registration_address', ['session_id', 'organisation_id', 'address'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
        batch_op.create_index('uq_dialogue_registration_person', ['session_id', 'person_id'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))

    op.add_column('outbox_mail', sa.Column('calendar', sa.JSON(none_as_null=True), nullable=True))
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))



def downgrade() -> None:
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_column('calendar')

    on_table = ' ON dialogue_session' if op.get_bind().dialect.name == 'postgresql' else ''
    op.execute(f"DROP TRIGGER dialogue_session_room{on_table}")  # it reads the other table

    with op.batch_alter_table('dialogue_registration', schema=None) as batch_op:
        batch_op.drop_index('uq_dialogue_registration_person', sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
        batch_op.drop_index('uq_dialogue_registration_address', sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))
        batch_op.drop_index(batch_op.f('ix_dialogue_registration_person_id'))
        batch_op.drop_index('ix_dialogue_registration_own')
        batch_op.drop_index('ix_dialogue_registration_line')
        batch_op.drop_index(batch_op.f('ix_dialogue_registration_address'))

    op.drop_table('dialogue_registration')
    with op.batch_alter_table('dialogue_session', schema=None) as batch_op:
        batch_op.drop_index('ix_dialogue_session_when')

    op.drop_table('dialogue_session')
    if op.get_bind().dialect.name == 'postgresql':
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
