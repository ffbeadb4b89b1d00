"""core team"""

import sqlalchemy as sa
from alembic import op


revision = "0012_coreteam"
down_revision = "0011_decisions"
branch_labels = None
depends_on = None

#: Triggers, as the models declare them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER core_appointment_alone_insert AFTER INSERT ON core_appointment WHEN EXISTS (SELECT 1 FROM core_appointment WHERE seat_id = NEW.seat_id AND is_deputy = NEW.is_deputy AND id <> NEW.id AND starts_on <= COALESCE(NEW.ends_on, '9999-12-31') AND COALESCE(ends_on, '9999-12-31') >= NEW.starts_on) BEGIN SELECT RAISE(ABORT, 'core_appointment: the seat is taken'); END",
        "CREATE TRIGGER core_appointment_alone_update AFTER UPDATE ON core_appointment WHEN EXISTS (SELECT 1 FROM core_appointment WHERE seat_id = NEW.seat_id AND is_deputy = NEW.is_deputy AND id <> NEW.id AND starts_on <= COALESCE(NEW.ends_on, '9999-12-31') AND COALESCE(ends_on, '9999-12-31') >= NEW.starts_on) BEGIN SELECT RAISE(ABORT, 'core_appointment: the seat is taken'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION core_appointment_alone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM core_seat WHERE id = NEW.seat_id FOR UPDATE; IF EXISTS (SELECT 1 FROM core_appointment WHERE seat_id = NEW.seat_id AND is_deputy = NEW.is_deputy AND id <> NEW.id AND starts_on <= COALESCE(NEW.ends_on, CAST('infinity' AS date)) AND COALESCE(ends_on, CAST('infinity' AS date)) >= NEW.starts_on) THEN RAISE EXCEPTION 'core_appointment: the seat is taken' USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER core_appointment_alone BEFORE INSERT OR UPDATE ON core_appointment FOR EACH ROW EXECUTE FUNCTION core_appointment_alone()',
    ],
}
FUNCTIONS = ('core_appointment_alone',)


def upgrade() -> None:
    op.create_table('core_seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('municipalities', 'ks', 'national_provider', 'vendors', 'hospital_trusts', 'others', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('responsibility', sa.Text(), nullable=False),
    sa.Column('share', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('behalf_channel', sa.Enum('mail', 'phone', 'letter', 'meeting', name='channel', native_enum=False, length=40), nullable=True),
    sa.Column('behalf_received_on', sa.Date(), nullable=True),
    sa.CheckConstraint('share IS NULL OR (share >= 0 AND share <= 100)', name=op.f('ck_core_seat_share')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_core_seat_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_core_seat_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_seat')),
    sa.UniqueConstraint('recorded_by_id', 'form_key', name=op.f('uq_core_seat_recorded_by_id_form_key'))
    )
    with op.batch_alter_table('core_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_core_seat_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('core_appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('is_deputy', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_core_appointment_period')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_core_appointment_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_core_appointment_person_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_core_appointment_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['seat_id'], ['core_seat.id'], name=op.f('fk_core_appointment_seat_id_core_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_appointment'))
    )
    with op.batch_alter_table('core_appointment', schema=None) as batch_op:
        batch_op.create_index('ix_core_appointment_period', ['seat_id', 'is_deputy', 'starts_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_core_appointment_person_id'), ['person_id'], unique=False)
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    with op.batch_alter_table('core_appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_core_appointment_person_id'))
        batch_op.drop_index('ix_core_appointment_period')

    op.drop_table('core_appointment')
    with op.batch_alter_table('core_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_core_seat_organisation_id'))

    op.drop_table('core_seat')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
