"""Questions as they are received, drafts of answers, and what is published: three that do not meet."""

import sqlalchemy as sa
from alembic import op


revision = '0017_questions'
down_revision = '0016_story_support'
branch_labels = None
depends_on = None

#: Triggers, as the models declare them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER dialogue_answer_batch_no_update BEFORE UPDATE ON dialogue_answer_batch BEGIN SELECT RAISE(ABORT, 'dialogue_answer_batch is append-only'); END",
        "CREATE TRIGGER dialogue_answer_batch_no_delete BEFORE DELETE ON dialogue_answer_batch BEGIN SELECT RAISE(ABORT, 'dialogue_answer_batch is append-only'); END",
        "CREATE TRIGGER dialogue_answer_batch_no_replace BEFORE INSERT ON dialogue_answer_batch WHEN EXISTS (SELECT 1 FROM dialogue_answer_batch WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM dialogue_answer_batch WHERE published_by_id = NEW.published_by_id AND form_key = NEW.form_key) BEGIN SELECT RAISE(ABORT, 'dialogue_answer_batch is append-only'); END",
        "CREATE TRIGGER dialogue_answer_no_update BEFORE UPDATE ON dialogue_answer BEGIN SELECT RAISE(ABORT, 'dialogue_answer is append-only'); END",
        "CREATE TRIGGER dialogue_answer_no_delete BEFORE DELETE ON dialogue_answer BEGIN SELECT RAISE(ABORT, 'dialogue_answer is append-only'); END",
        "CREATE TRIGGER dialogue_answer_no_replace BEFORE INSERT ON dialogue_answer WHEN EXISTS (SELECT 1 FROM dialogue_answer WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM dialogue_answer WHERE batch_id = NEW.batch_id AND place = NEW.place) BEGIN SELECT RAISE(ABORT, 'dialogue_answer is append-only'); END",
        "CREATE TRIGGER dialogue_question_final BEFORE UPDATE OF state ON dialogue_question WHEN OLD.state = 'published' AND NEW.state <> 'published' BEGIN SELECT RAISE(ABORT, 'a published dialogue_question stays published'); END",
        "CREATE TRIGGER dialogue_question_tied BEFORE UPDATE OF state ON dialogue_question WHEN NEW.state <> 'answering' AND EXISTS (SELECT 1 FROM dialogue_answering WHERE question_id = NEW.id) BEGIN SELECT RAISE(ABORT, 'a dialogue_question is tied to a draft only while it is being answered'); END",
        "CREATE TRIGGER dialogue_answering_tied BEFORE INSERT ON dialogue_answering WHEN NOT EXISTS (SELECT 1 FROM dialogue_question WHERE id = NEW.question_id AND state = 'answering') BEGIN SELECT RAISE(ABORT, 'a dialogue_question is tied to a draft only while it is being answered'); END",
        "CREATE TRIGGER dialogue_answering_moved BEFORE UPDATE ON dialogue_answering BEGIN SELECT RAISE(ABORT, 'a dialogue_question is tied to a draft only while it is being answered'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION dialogue_answer_batch_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'dialogue_answer_batch is append-only'; END $$",
        'CREATE TRIGGER dialogue_answer_batch_no_change BEFORE UPDATE OR DELETE ON dialogue_answer_batch FOR EACH ROW EXECUTE FUNCTION dialogue_answer_batch_refuse()',
        'CREATE TRIGGER dialogue_answer_batch_no_truncate BEFORE TRUNCATE ON dialogue_answer_batch FOR EACH STATEMENT EXECUTE FUNCTION dialogue_answer_batch_refuse()',
        "CREATE OR REPLACE FUNCTION dialogue_answer_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'dialogue_answer is append-only'; END $$",
        'CREATE TRIGGER dialogue_answer_no_change BEFORE UPDATE OR DELETE ON dialogue_answer FOR EACH ROW EXECUTE FUNCTION dialogue_answer_refuse()',
        'CREATE TRIGGER dialogue_answer_no_truncate BEFORE TRUNCATE ON dialogue_answer FOR EACH STATEMENT EXECUTE FUNCTION dialogue_answer_refuse()',
        "CREATE OR REPLACE FUNCTION dialogue_question_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a published dialogue_question stays published'; END $$",
        "CREATE TRIGGER dialogue_question_final BEFORE UPDATE OF state ON dialogue_question FOR EACH ROW WHEN (OLD.state = 'published' AND NEW.state <> 'published') EXECUTE FUNCTION dialogue_question_final()",
        "CREATE OR REPLACE FUNCTION dialogue_question_tied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state <> 'answering' AND EXISTS (SELECT 1 FROM dialogue_answering WHERE question_id = NEW.id) THEN RAISE EXCEPTION 'a dialogue_question is tied to a draft only while it is being answered'; END IF; RETURN NEW; END $$",
        "CREATE OR REPLACE FUNCTION dialogue_answering_tied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM dialogue_question WHERE id = NEW.question_id AND state = 'answering') THEN RAISE EXCEPTION 'a dialogue_question is tied to a draft only while it is being answered'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER dialogue_question_tied BEFORE UPDATE OF state ON dialogue_question FOR EACH ROW EXECUTE FUNCTION dialogue_question_tied()',
        'CREATE TRIGGER dialogue_answering_tied BEFORE INSERT OR UPDATE ON dialogue_answering FOR EACH ROW EXECUTE FUNCTION dialogue_answering_tied()',
    ],
}
FUNCTIONS = ('dialogue_answer_batch_refuse', 'dialogue_answer_refuse', 'dialogue_question_final', 'dialogue_question_tied', 'dialogue_answering_tied')


def upgrade() -> None:
    op.create_table('dialogue_answer_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.CheckConstraint("zone = 'public'", name=op.f('ck_dialogue_answer_batch_zone')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dialogue_answer_batch_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_dialogue_answer_batch_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_answer_batch')),
    sa.UniqueConstraint('published_by_id', 'form_key', name=op.f('uq_dialogue_answer_batch_published_by_id_form_key'))
    )
    op.create_table('dialogue_answer_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.CheckConstraint("zone = 'internal'", name=op.f('ck_dialogue_answer_draft_zone')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_dialogue_answer_draft_author_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dialogue_answer_draft_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_answer_draft')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_dialogue_answer_draft_author_id_form_key'))
    )
    op.create_table('dialogue_question',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('received', 'answering', 'published', 'withdrawn', name='questionstate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('behalf_channel', sa.Enum('mail', 'phone', 'letter', 'meeting', name='channel', native_enum=False, length=40), nullable=True),
    sa.Column('behalf_received_on', sa.Date(), nullable=True),
    sa.CheckConstraint("zone = 'own'", name=op.f('ck_dialogue_question_zone')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dialogue_question_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_dialogue_question_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_question')),
    sa.UniqueConstraint('organisation_id', 'form_key', name=op.f('uq_dialogue_question_organisation_id_form_key'))
    )
    with op.batch_alter_table('dialogue_question', schema=None) as batch_op:
        batch_op.create_index('ix_dialogue_question_own', ['organisation_id', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dialogue_question_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_dialogue_question_queue', ['state', 'created_at'], unique=False)

    op.create_table('dialogue_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answer_html', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.CheckConstraint("zone = 'public'", name=op.f('ck_dialogue_answer_zone')),
    sa.ForeignKeyConstraint(['batch_id'], ['dialogue_answer_batch.id'], name=op.f('fk_dialogue_answer_batch_id_dialogue_answer_batch')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dialogue_answer_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_answer')),
    sa.UniqueConstraint('batch_id', 'place', name=op.f('uq_dialogue_answer_batch_id_place'))
    )
    op.create_table('dialogue_answering',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['dialogue_answer_draft.id'], name=op.f('fk_dialogue_answering_draft_id_dialogue_answer_draft')),
    sa.ForeignKeyConstraint(['question_id'], ['dialogue_question.id'], name=op.f('fk_dialogue_answering_question_id_dialogue_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogue_answering')),
    sa.UniqueConstraint('draft_id', 'question_id', name=op.f('uq_dialogue_answering_draft_id_question_id'))
    )
    with op.batch_alter_table('dialogue_answering', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dialogue_answering_question_id'), ['question_id'], unique=False)
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    with op.batch_alter_table('dialogue_answering', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dialogue_answering_question_id'))

    op.drop_table('dialogue_answering')
    op.drop_table('dialogue_answer')
    with op.batch_alter_table('dialogue_question', schema=None) as batch_op:
        batch_op.drop_index('ix_dialogue_question_queue')
        batch_op.drop_index(batch_op.f('ix_dialogue_question_person_id'))
        batch_op.drop_index('ix_dialogue_question_own')

    op.drop_table('dialogue_question')
    op.drop_table('dialogue_answer_draft')
    op.drop_table('dialogue_answer_batch')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
