"""Self-assessments: answers as they stand and as they were, and what was sent in."""

import sqlalchemy as sa
from alembic import op


revision = '0018_assessments'
down_revision = '0017_questions'
branch_labels = None
depends_on = None

#: Triggers, as the models declare them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER answer_version_no_update BEFORE UPDATE ON answer_version BEGIN SELECT RAISE(ABORT, 'answer_version is append-only'); END",
        "CREATE TRIGGER answer_version_no_delete BEFORE DELETE ON answer_version BEGIN SELECT RAISE(ABORT, 'answer_version is append-only'); END",
        "CREATE TRIGGER answer_version_no_replace BEFORE INSERT ON answer_version WHEN EXISTS (SELECT 1 FROM answer_version WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM answer_version WHERE answer_id = NEW.answer_id AND revision = NEW.revision) BEGIN SELECT RAISE(ABORT, 'answer_version is append-only'); END",
        "CREATE TRIGGER assessment_submission_no_update BEFORE UPDATE ON assessment_submission BEGIN SELECT RAISE(ABORT, 'assessment_submission is append-only'); END",
        "CREATE TRIGGER assessment_submission_no_delete BEFORE DELETE ON assessment_submission BEGIN SELECT RAISE(ABORT, 'assessment_submission is append-only'); END",
        "CREATE TRIGGER assessment_submission_no_replace BEFORE INSERT ON assessment_submission WHEN EXISTS (SELECT 1 FROM assessment_submission WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM assessment_submission WHERE assessment_id = NEW.assessment_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'assessment_submission is append-only'); END",
        "CREATE TRIGGER submitted_answer_no_update BEFORE UPDATE ON submitted_answer BEGIN SELECT RAISE(ABORT, 'submitted_answer is append-only'); END",
        "CREATE TRIGGER submitted_answer_no_delete BEFORE DELETE ON submitted_answer BEGIN SELECT RAISE(ABORT, 'submitted_answer is append-only'); END",
        "CREATE TRIGGER submitted_answer_no_replace BEFORE INSERT ON submitted_answer WHEN EXISTS (SELECT 1 FROM submitted_answer WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM submitted_answer WHERE submission_id = NEW.submission_id AND code = NEW.code) BEGIN SELECT RAISE(ABORT, 'submitted_answer is append-only'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION answer_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'answer_version is append-only'; END $$",
        'CREATE TRIGGER answer_version_no_change BEFORE UPDATE OR DELETE ON answer_version FOR EACH ROW EXECUTE FUNCTION answer_version_refuse()',
        'CREATE TRIGGER answer_version_no_truncate BEFORE TRUNCATE ON answer_version FOR EACH STATEMENT EXECUTE FUNCTION answer_version_refuse()',
        "CREATE OR REPLACE FUNCTION assessment_submission_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'assessment_submission is append-only'; END $$",
        'CREATE TRIGGER assessment_submission_no_change BEFORE UPDATE OR DELETE ON assessment_submission FOR EACH ROW EXECUTE FUNCTION assessment_submission_refuse()',
        'CREATE TRIGGER assessment_submission_no_truncate BEFORE TRUNCATE ON assessment_submission FOR EACH STATEMENT EXECUTE FUNCTION assessment_submission_refuse()',
        "CREATE OR REPLACE FUNCTION submitted_answer_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'submitted_answer is append-only'; END $$",
        'CREATE TRIGGER submitted_answer_no_change BEFORE UPDATE OR DELETE ON submitted_answer FOR EACH ROW EXECUTE FUNCTION submitted_answer_refuse()',
        'CREATE TRIGGER submitted_answer_no_truncate BEFORE TRUNCATE ON submitted_answer FOR EACH STATEMENT EXECUTE FUNCTION submitted_answer_refuse()',
    ],
}
FUNCTIONS = ('answer_version_refuse', 'assessment_submission_refuse', 'submitted_answer_refuse')


def upgrade() -> None:
    op.create_table('assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('kind', sa.Enum('self', 'panel', name='assessmentkind', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', name='assessmentstate', native_enum=False, length=40), nullable=False),
    sa.Column('criteria_version', sa.Integer(), nullable=False),
    sa.Column('submissions', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_assessment_candidate_id_candidate')),
    sa.ForeignKeyConstraint(['criteria_version'], ['criteria_set.version'], name=op.f('fk_assessment_criteria_version_criteria_set')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_assessment_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('candidate_id', 'kind', name=op.f('uq_assessment_candidate_id_kind'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.CheckConstraint('level IS NULL OR level BETWEEN 0 AND 4', name=op.f('ck_answer_level')),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_answer_assessment_id_assessment')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['person.id'], name=op.f('fk_answer_changed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('assessment_id', 'code', name=op.f('uq_answer_assessment_id_code'))
    )
    op.create_table('assessment_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.Enum('anchoring', 'law', 'technology', 'organisation', 'users', 'partners', 'finances', name='dimension', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_section_assessment_id_assessment')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_assessment_section_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_section')),
    sa.UniqueConstraint('assessment_id', 'dimension', name=op.f('uq_assessment_section_assessment_id_dimension'))
    )
    with op.batch_alter_table('assessment_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_section_person_id'), ['person_id'], unique=False)

    op.create_table('assessment_submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('approved_by', sa.Text(), nullable=False),
    sa.Column('approved_role', sa.Text(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_submission_assessment_id_assessment')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_assessment_submission_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_submission')),
    sa.UniqueConstraint('assessment_id', 'number', name=op.f('uq_assessment_submission_assessment_id_number'))
    )
    op.create_table('answer_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.CheckConstraint('level IS NULL OR level BETWEEN 0 AND 4', name=op.f('ck_answer_version_level')),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_answer_version_answer_id_answer')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_answer_version_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_version')),
    sa.UniqueConstraint('answer_id', 'revision', name=op.f('uq_answer_version_answer_id_revision'))
    )
    op.create_table('submitted_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.CheckConstraint('level IS NULL OR level BETWEEN 0 AND 4', name=op.f('ck_submitted_answer_level')),
    sa.ForeignKeyConstraint(['submission_id'], ['assessment_submission.id'], name=op.f('fk_submitted_answer_submission_id_assessment_submission')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submitted_answer')),
    sa.UniqueConstraint('submission_id', 'code', name=op.f('uq_submitted_answer_submission_id_code'))
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    op.drop_table('submitted_answer')
    op.drop_table('answer_version')
    op.drop_table('assessment_submission')
    with op.batch_alter_table('assessment_section', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_section_person_id'))

    op.drop_table('assessment_section')
    op.drop_table('answer')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_organisation_id'))

    op.drop_table('assessment')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
