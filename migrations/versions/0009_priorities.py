"""priorities"""

import sqlalchemy as sa
from alembic import op


revision = "0009_priorities"
down_revision = "0008_candidates"
branch_labels = None
depends_on = None

#: Triggers, as core/db.py declares them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER priority_version_no_update BEFORE UPDATE ON priority_version BEGIN SELECT RAISE(ABORT, 'priority_version is append-only'); END",
        "CREATE TRIGGER priority_version_no_delete BEFORE DELETE ON priority_version BEGIN SELECT RAISE(ABORT, 'priority_version is append-only'); END",
        "CREATE TRIGGER priority_version_no_replace BEFORE INSERT ON priority_version WHEN EXISTS (SELECT 1 FROM priority_version WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM priority_version WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM priority_version WHERE list_id = NEW.list_id) BEGIN SELECT RAISE(ABORT, 'priority_version is append-only'); END",
        "CREATE TRIGGER priority_version_item_no_update BEFORE UPDATE ON priority_version_item BEGIN SELECT RAISE(ABORT, 'priority_version_item is append-only'); END",
        "CREATE TRIGGER priority_version_item_no_delete BEFORE DELETE ON priority_version_item BEGIN SELECT RAISE(ABORT, 'priority_version_item is append-only'); END",
        "CREATE TRIGGER priority_version_item_no_replace BEFORE INSERT ON priority_version_item WHEN EXISTS (SELECT 1 FROM priority_version_item WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM priority_version_item WHERE version_id = NEW.version_id AND place = NEW.place) OR EXISTS (SELECT 1 FROM priority_version_item WHERE version_id = NEW.version_id AND story_id = NEW.story_id) BEGIN SELECT RAISE(ABORT, 'priority_version_item is append-only'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION priority_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'priority_version is append-only'; END $$",
        'CREATE TRIGGER priority_version_no_change BEFORE UPDATE OR DELETE ON priority_version FOR EACH ROW EXECUTE FUNCTION priority_version_refuse()',
        'CREATE TRIGGER priority_version_no_truncate BEFORE TRUNCATE ON priority_version FOR EACH STATEMENT EXECUTE FUNCTION priority_version_refuse()',
        "CREATE OR REPLACE FUNCTION priority_version_item_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'priority_version_item is append-only'; END $$",
        'CREATE TRIGGER priority_version_item_no_change BEFORE UPDATE OR DELETE ON priority_version_item FOR EACH ROW EXECUTE FUNCTION priority_version_item_refuse()',
        'CREATE TRIGGER priority_version_item_no_truncate BEFORE TRUNCATE ON priority_version_item FOR EACH STATEMENT EXECUTE FUNCTION priority_version_item_refuse()',
    ],
}
FUNCTIONS = ['priority_version_refuse', 'priority_version_item_refuse']


def upgrade() -> None:
    op.create_table('priority_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'before_steering_group', 'returned', 'decided', 'released', name='liststate', native_enum=False, length=40), nullable=False),
    sa.Column('is_in_work', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_list'))
    )
    with op.batch_alter_table('priority_list', schema=None) as batch_op:
        batch_op.create_index('uq_priority_list_in_work', ['is_in_work'], unique=True, sqlite_where=sa.text('is_in_work'), postgresql_where=sa.text('is_in_work'))

    op.create_table('priority_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.Enum('started', 'put', 'taken_back', 'approved', 'returned', 'released', name='verb', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('attendance', sa.Text(), nullable=False),
    sa.Column('impartiality', sa.Text(), nullable=False),
    sa.Column('dissent', sa.Text(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['priority_list.id'], name=op.f('fk_priority_step_list_id_priority_list')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_priority_step_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_step'))
    )
    with op.batch_alter_table('priority_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_priority_step_list_id'), ['list_id'], unique=False)

    op.create_table('priority_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['priority_list.id'], name=op.f('fk_priority_version_list_id_priority_list')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_version')),
    sa.UniqueConstraint('list_id', name=op.f('uq_priority_version_list_id')),
    sa.UniqueConstraint('number', name=op.f('uq_priority_version_number'))
    )
    op.create_table('priority_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['priority_list.id'], name=op.f('fk_priority_item_list_id_priority_list')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_priority_item_story_id_story')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_item')),
    sa.UniqueConstraint('list_id', 'story_id', name=op.f('uq_priority_item_list_id_story_id'))
    )
    op.create_table('priority_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('added', 'moved', 'removed', name='movekind', native_enum=False, length=40), nullable=False),
    sa.Column('was', sa.Integer(), nullable=True),
    sa.Column('now', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['priority_list.id'], name=op.f('fk_priority_move_list_id_priority_list')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_priority_move_person_id_person')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_priority_move_story_id_story')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_move'))
    )
    with op.batch_alter_table('priority_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_priority_move_list_id'), ['list_id'], unique=False)

    op.create_table('priority_version_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('story_version', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_priority_version_item_story_id_story')),
    sa.ForeignKeyConstraint(['version_id'], ['priority_version.id'], name=op.f('fk_priority_version_item_version_id_priority_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_version_item')),
    sa.UniqueConstraint('version_id', 'place', name=op.f('uq_priority_version_item_version_id_place')),
    sa.UniqueConstraint('version_id', 'story_id', name=op.f('uq_priority_version_item_version_id_story_id'))
    )
    with op.batch_alter_table('priority_version_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_priority_version_item_story_id'), ['story_id'], unique=False)

    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    with op.batch_alter_table('priority_version_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_priority_version_item_story_id'))

    op.drop_table('priority_version_item')
    with op.batch_alter_table('priority_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_priority_move_list_id'))

    op.drop_table('priority_move')
    op.drop_table('priority_item')
    op.drop_table('priority_version')
    with op.batch_alter_table('priority_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_priority_step_list_id'))

    op.drop_table('priority_step')
    with op.batch_alter_table('priority_list', schema=None) as batch_op:
        batch_op.drop_index('uq_priority_list_in_work', sqlite_where=sa.text('is_in_work'), postgresql_where=sa.text('is_in_work'))

    op.drop_table('priority_list')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
