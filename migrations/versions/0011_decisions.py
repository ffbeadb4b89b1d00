"""decisions"""

import sqlalchemy as sa
from alembic import op


revision = "0011_decisions"
down_revision = "0010_dialogue"
branch_labels = None
depends_on = None

#: Triggers, as the models declare them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "INSERT INTO entry_counter (id, kind, last) VALUES (1, 'decision', 0)",
        "INSERT INTO entry_counter (id, kind, last) VALUES (2, 'action', 0)",
        "CREATE TRIGGER entry_event_no_update BEFORE UPDATE ON entry_event BEGIN SELECT RAISE(ABORT, 'entry_event is append-only'); END",
        "CREATE TRIGGER entry_event_no_delete BEFORE DELETE ON entry_event BEGIN SELECT RAISE(ABORT, 'entry_event is append-only'); END",
        "CREATE TRIGGER entry_event_no_replace BEFORE INSERT ON entry_event WHEN EXISTS (SELECT 1 FROM entry_event WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'entry_event is append-only'); END",
        "CREATE TRIGGER condition_event_no_update BEFORE UPDATE ON condition_event BEGIN SELECT RAISE(ABORT, 'condition_event is append-only'); END",
        "CREATE TRIGGER condition_event_no_delete BEFORE DELETE ON condition_event BEGIN SELECT RAISE(ABORT, 'condition_event is append-only'); END",
        "CREATE TRIGGER condition_event_no_replace BEFORE INSERT ON condition_event WHEN EXISTS (SELECT 1 FROM condition_event WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'condition_event is append-only'); END",
    ],
    'postgresql': [
        "INSERT INTO entry_counter (id, kind, last) VALUES (1, 'decision', 0)",
        "INSERT INTO entry_counter (id, kind, last) VALUES (2, 'action', 0)",
        "CREATE OR REPLACE FUNCTION entry_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'entry_event is append-only'; END $$",
        'CREATE TRIGGER entry_event_no_change BEFORE UPDATE OR DELETE ON entry_event FOR EACH ROW EXECUTE FUNCTION entry_event_refuse()',
        'CREATE TRIGGER entry_event_no_truncate BEFORE TRUNCATE ON entry_event FOR EACH STATEMENT EXECUTE FUNCTION entry_event_refuse()',
        "CREATE OR REPLACE FUNCTION condition_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'condition_event is append-only'; END $$",
        'CREATE TRIGGER condition_event_no_change BEFORE UPDATE OR DELETE ON condition_event FOR EACH ROW EXECUTE FUNCTION condition_event_refuse()',
        'CREATE TRIGGER condition_event_no_truncate BEFORE TRUNCATE ON condition_event FOR EACH STATEMENT EXECUTE FUNCTION condition_event_refuse()',
    ],
}
FUNCTIONS = ('entry_event_refuse', 'condition_event_refuse')


def upgrade() -> None:
    op.create_table('condition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('state', sa.Enum('unresolved', 'partly', 'resolved', name='conditionstate', native_enum=False, length=40), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('settled_by', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_condition')),
    sa.UniqueConstraint('key', name=op.f('uq_condition_key'))
    )
    op.create_table('entry_counter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('decision', 'action', name='entrykind', native_enum=False, length=40), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_counter')),
    sa.UniqueConstraint('kind', name=op.f('uq_entry_counter_kind'))
    )
    op.create_table('condition_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('condition_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.Enum('unresolved', 'partly', 'resolved', name='conditionstate', native_enum=False, length=40), nullable=False),
    sa.Column('after', sa.Enum('unresolved', 'partly', 'resolved', name='conditionstate', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['condition_id'], ['condition.id'], name=op.f('fk_condition_event_condition_id_condition')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_condition_event_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_condition_event_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_condition_event'))
    )
    with op.batch_alter_table('condition_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_condition_event_condition_id'), ['condition_id'], unique=False)

    op.create_table('entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('decision', 'action', name='entrykind', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('for_steering', sa.Boolean(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('decided', 'superseded', 'open', 'in_progress', 'done', 'cancelled', name='entrystate', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('superseded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_for_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_entry_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_entry_owner_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_entry_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['recorded_for_id'], ['organisation.id'], name=op.f('fk_entry_recorded_for_id_organisation')),
    sa.ForeignKeyConstraint(['superseded_by_id'], ['entry.id'], name=op.f('fk_entry_superseded_by_id_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry')),
    sa.UniqueConstraint('kind', 'number', name=op.f('uq_entry_kind_number')),
    sa.UniqueConstraint('recorded_by_id', 'form_key', name=op.f('uq_entry_recorded_by_id_form_key'))
    )
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.create_index('ix_entry_changed', ['changed_at'], unique=False)
        batch_op.create_index('ix_entry_due', ['state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_owner_id'), ['owner_id'], unique=False)

    op.create_table('entry_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_event_entry_id_entry')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_entry_event_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_entry_event_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_event'))
    )
    with op.batch_alter_table('entry_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_event_entry_id'), ['entry_id'], unique=False)

    op.create_table('entry_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('thing_kind', sa.String(length=40), nullable=False),
    sa.Column('thing_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_link_entry_id_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_link')),
    sa.UniqueConstraint('entry_id', 'thing_kind', 'thing_id', name=op.f('uq_entry_link_entry_id_thing_kind_thing_id'))
    )
    with op.batch_alter_table('entry_link', schema=None) as batch_op:
        batch_op.create_index('ix_entry_link_thing', ['thing_kind', 'thing_id'], unique=False)
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    with op.batch_alter_table('entry_link', schema=None) as batch_op:
        batch_op.drop_index('ix_entry_link_thing')

    op.drop_table('entry_link')
    with op.batch_alter_table('entry_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_event_entry_id'))

    op.drop_table('entry_event')
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_owner_id'))
        batch_op.drop_index(batch_op.f('ix_entry_organisation_id'))
        batch_op.drop_index('ix_entry_due')
        batch_op.drop_index('ix_entry_changed')

    op.drop_table('entry')
    with op.batch_alter_table('condition_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_condition_event_condition_id'))

    op.drop_table('condition_event')
    op.drop_table('entry_counter')
    op.drop_table('condition')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
