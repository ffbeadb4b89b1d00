"""editorial: pages and their versions, notices, messages, foundation documents"""

import sqlalchemy as sa
from alembic import op


revision = "0007_editorial"
down_revision = "0006_people"
branch_labels = None
depends_on = None

#: Triggers, as core/db.py declares them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER page_version_no_update BEFORE UPDATE ON page_version BEGIN SELECT RAISE(ABORT, 'page_version is append-only'); END",
        "CREATE TRIGGER page_version_no_delete BEFORE DELETE ON page_version BEGIN SELECT RAISE(ABORT, 'page_version is append-only'); END",
        "CREATE TRIGGER page_version_no_replace BEFORE INSERT ON page_version WHEN EXISTS (SELECT 1 FROM page_version WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM page_version WHERE page_id = NEW.page_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'page_version is append-only'); END",
        "CREATE TRIGGER page_link_no_update BEFORE UPDATE ON page_link BEGIN SELECT RAISE(ABORT, 'page_link is append-only'); END",
        "CREATE TRIGGER page_link_no_delete BEFORE DELETE ON page_link BEGIN SELECT RAISE(ABORT, 'page_link is append-only'); END",
        "CREATE TRIGGER page_link_no_replace BEFORE INSERT ON page_link WHEN EXISTS (SELECT 1 FROM page_link WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM page_link WHERE version_id = NEW.version_id AND position = NEW.position) BEGIN SELECT RAISE(ABORT, 'page_link is append-only'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION page_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'page_version is append-only'; END $$",
        "CREATE TRIGGER page_version_no_change BEFORE UPDATE OR DELETE ON page_version FOR EACH ROW EXECUTE FUNCTION page_version_refuse()",
        "CREATE TRIGGER page_version_no_truncate BEFORE TRUNCATE ON page_version FOR EACH STATEMENT EXECUTE FUNCTION page_version_refuse()",
        "CREATE OR REPLACE FUNCTION page_link_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'page_link is append-only'; END $$",
        "CREATE TRIGGER page_link_no_change BEFORE UPDATE OR DELETE ON page_link FOR EACH ROW EXECUTE FUNCTION page_link_refuse()",
        "CREATE TRIGGER page_link_no_truncate BEFORE TRUNCATE ON page_link FOR EACH STATEMENT EXECUTE FUNCTION page_link_refuse()",
    ],
}
FUNCTIONS = ['page_version_refuse', 'page_link_refuse']


def upgrade() -> None:
    op.create_table('editorial_page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('published_version', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_editorial_page')),
    sa.UniqueConstraint('key', name=op.f('uq_editorial_page_key'))
    )
    op.create_table('foundation_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_foundation_document')),
    sa.UniqueConstraint('number', name=op.f('uq_foundation_document_number'))
    )
    op.create_table('mail_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('audience', sa.String(length=80), nullable=False),
    sa.Column('audience_name', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'scheduled', 'stopped', 'sent', 'failed', name='messagestate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('send_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('receivers', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title_nb', sa.Text(), nullable=False),
    sa.Column('title_nn', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('body_nb', sa.Text(), nullable=False),
    sa.Column('body_nn', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('html_nb', sa.Text(), nullable=False),
    sa.Column('html_nn', sa.Text(), nullable=False),
    sa.Column('html_en', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_mail_message_author_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_message')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_mail_message_author_id_form_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_mail_message_uid'))
    )
    with op.batch_alter_table('mail_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_message_state'), ['state'], unique=False)

    op.create_table('page_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title_nb', sa.Text(), nullable=False),
    sa.Column('title_nn', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('body_nb', sa.Text(), nullable=False),
    sa.Column('body_nn', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('html_nb', sa.Text(), nullable=False),
    sa.Column('html_nn', sa.Text(), nullable=False),
    sa.Column('html_en', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_page_version_author_id_person')),
    sa.ForeignKeyConstraint(['page_id'], ['editorial_page.id'], name=op.f('fk_page_version_page_id_editorial_page')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_version')),
    sa.UniqueConstraint('page_id', 'number', name=op.f('uq_page_version_page_id_number'))
    )
    op.create_table('recommendation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['foundation_document.id'], name=op.f('fk_recommendation_document_id_foundation_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_recommendation_document_id_number'))
    )
    op.create_table('page_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['version_id'], ['page_version.id'], name=op.f('fk_page_link_version_id_page_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_link')),
    sa.UniqueConstraint('version_id', 'position', name=op.f('uq_page_link_version_id_position'))
    )
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('aimed_at', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'withdrawn', name='noticestate', native_enum=False, length=40), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('title_nb', sa.Text(), nullable=False),
    sa.Column('title_nn', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('body_nb', sa.Text(), nullable=False),
    sa.Column('body_nn', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('html_nb', sa.Text(), nullable=False),
    sa.Column('html_nn', sa.Text(), nullable=False),
    sa.Column('html_en', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_notice_author_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_notice_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_notice_author_id_form_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_listed', ['state', 'dated_on', 'zone'], unique=False)

    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('ix_notice_listed')

    op.drop_table('notice')
    op.drop_table('page_link')
    op.drop_table('recommendation')
    op.drop_table('page_version')
    with op.batch_alter_table('mail_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_message_state'))

    op.drop_table('mail_message')
    op.drop_table('foundation_document')
    op.drop_table('editorial_page')
    if op.get_bind().dialect.name == 'postgresql':
        for name in FUNCTIONS:
            op.execute(f'DROP FUNCTION {name}()')
