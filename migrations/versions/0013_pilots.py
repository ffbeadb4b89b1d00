"""pilots and recommendations"""

import sqlalchemy as sa
from alembic import op


revision = "0013_pilots"
down_revision = "0012_coreteam"
branch_labels = None
depends_on = None

#: Triggers, as the models declare them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER document_version_no_update BEFORE UPDATE ON document_version BEGIN SELECT RAISE(ABORT, 'document_version is append-only'); END",
        "CREATE TRIGGER document_version_no_delete BEFORE DELETE ON document_version BEGIN SELECT RAISE(ABORT, 'document_version is append-only'); END",
        "CREATE TRIGGER document_version_no_replace BEFORE INSERT ON document_version WHEN EXISTS (SELECT 1 FROM document_version WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM document_version WHERE document_id = NEW.document_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'document_version is append-only'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION document_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'document_version is append-only'; END $$",
        'CREATE TRIGGER document_version_no_change BEFORE UPDATE OR DELETE ON document_version FOR EACH ROW EXECUTE FUNCTION document_version_refuse()',
        'CREATE TRIGGER document_version_no_truncate BEFORE TRUNCATE ON document_version FOR EACH STATEMENT EXECUTE FUNCTION document_version_refuse()',
    ],
}
FUNCTIONS = ('document_version_refuse',)


def upgrade() -> None:
    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=70), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('state', sa.Enum('draft', 'consultation', 'adopted', 'superseded', name='documentstate', native_enum=False, length=40), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('source_name', sa.Text(), nullable=False),
    sa.Column('source_url', sa.String(length=500), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_document_author_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_document_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_document_author_id_form_key')),
    sa.UniqueConstraint('key', name=op.f('uq_document_key'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_sort_key'), ['sort_key'], unique=False)

    op.create_table('document_input',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('position', sa.Enum('support', 'with_remarks', 'oppose', 'no_remarks', name='position', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_input_document_id_document')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_document_input_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_document_input_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_input')),
    sa.UniqueConstraint('document_id', 'organisation_id', name=op.f('uq_document_input_document_id_organisation_id'))
    )
    with op.batch_alter_table('document_input', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_input_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('document_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('body_html', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_document_version_author_id_person')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_version_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_version')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_document_version_document_id_number'))
    )
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
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    with op.batch_alter_table('pilot_story', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pilot_story_story_id'))

    op.drop_table('pilot_story')
    with op.batch_alter_table('pilot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pilot_organisation_id'))
        batch_op.drop_index('ix_pilot_order')

    op.drop_table('pilot')
    op.drop_table('document_version')
    with op.batch_alter_table('document_input', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_input_organisation_id'))

    op.drop_table('document_input')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_sort_key'))

    op.drop_table('document')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
