"""Criteria sets, published once and for all, and the one that a round asks."""

import sqlalchemy as sa
from alembic import op


revision = '0015_criteria'
down_revision = '0014_follow_up'
branch_labels = None
depends_on = None

#: Triggers, as the models declare them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER criteria_set_fixed_update BEFORE UPDATE ON criteria_set WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER criteria_set_fixed_delete BEFORE DELETE ON criteria_set WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER criteria_set_fixed_insert BEFORE INSERT ON criteria_set WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.id AND state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER criterion_fixed_insert BEFORE INSERT ON criterion WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.set_id AND state = 'published') OR EXISTS (SELECT 1 FROM criterion part JOIN criteria_set whole ON whole.id = part.set_id WHERE part.id = NEW.id AND whole.state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER criterion_fixed_update BEFORE UPDATE ON criterion WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = OLD.set_id AND state = 'published') OR EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.set_id AND state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER criterion_fixed_delete BEFORE DELETE ON criterion WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = OLD.set_id AND state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER quick_question_fixed_insert BEFORE INSERT ON quick_question WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.set_id AND state = 'published') OR EXISTS (SELECT 1 FROM quick_question part JOIN criteria_set whole ON whole.id = part.set_id WHERE part.id = NEW.id AND whole.state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER quick_question_fixed_update BEFORE UPDATE ON quick_question WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = OLD.set_id AND state = 'published') OR EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.set_id AND state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
        "CREATE TRIGGER quick_question_fixed_delete BEFORE DELETE ON quick_question WHEN EXISTS (SELECT 1 FROM criteria_set WHERE id = OLD.set_id AND state = 'published') BEGIN SELECT RAISE(ABORT, 'a published criteria set never changes'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION criteria_set_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a published criteria set never changes'; END $$",
        "CREATE TRIGGER criteria_set_fixed BEFORE UPDATE OR DELETE ON criteria_set FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION criteria_set_fixed()",
        "CREATE OR REPLACE FUNCTION criterion_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM criteria_set WHERE id = OLD.set_id AND state = 'published')) OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.set_id AND state = 'published')) THEN RAISE EXCEPTION 'a published criteria set never changes'; END IF; RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$",
        'CREATE TRIGGER criterion_fixed BEFORE INSERT OR UPDATE OR DELETE ON criterion FOR EACH ROW EXECUTE FUNCTION criterion_fixed()',
        "CREATE OR REPLACE FUNCTION quick_question_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM criteria_set WHERE id = OLD.set_id AND state = 'published')) OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.set_id AND state = 'published')) THEN RAISE EXCEPTION 'a published criteria set never changes'; END IF; RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$",
        'CREATE TRIGGER quick_question_fixed BEFORE INSERT OR UPDATE OR DELETE ON quick_question FOR EACH ROW EXECUTE FUNCTION quick_question_fixed()',
    ],
}
FUNCTIONS = ('criteria_set_fixed', 'criterion_fixed', 'quick_question_fixed')


def upgrade() -> None:
    op.create_table('criteria_set',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', name='setstate', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_criteria_set_author_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria_set')),
    sa.UniqueConstraint('version', name=op.f('uq_criteria_set_version'))
    )
    with op.batch_alter_table('criteria_set', schema=None) as batch_op:
        batch_op.create_index('uq_criteria_set_draft', ['state'], unique=True, sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))

    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('set_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('dimension', sa.Enum('anchoring', 'law', 'technology', 'organisation', 'users', 'partners', 'finances', name='dimension', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('gate', sa.Integer(), nullable=True),
    sa.Column('nb_title', sa.Text(), nullable=False),
    sa.Column('nb_question', sa.Text(), nullable=False),
    sa.Column('nb_good', sa.Text(), nullable=False),
    sa.Column('nb_levels', sa.JSON(), nullable=False),
    sa.Column('nb_evidence', sa.Text(), nullable=False),
    sa.Column('nn_title', sa.Text(), nullable=False),
    sa.Column('nn_question', sa.Text(), nullable=False),
    sa.Column('nn_good', sa.Text(), nullable=False),
    sa.Column('nn_levels', sa.JSON(), nullable=False),
    sa.Column('nn_evidence', sa.Text(), nullable=False),
    sa.CheckConstraint('gate IS NULL OR (gate >= 1 AND gate <= 4)', name=op.f('ck_criterion_gate')),
    sa.CheckConstraint('weight >= 0', name=op.f('ck_criterion_weight')),
    sa.ForeignKeyConstraint(['set_id'], ['criteria_set.id'], name=op.f('fk_criterion_set_id_criteria_set')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('set_id', 'code', name=op.f('uq_criterion_set_id_code'))
    )
    op.create_table('quick_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('set_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.Enum('anchoring', 'law', 'technology', 'organisation', 'users', 'partners', 'finances', name='dimension', native_enum=False, length=40), nullable=False),
    sa.Column('nb_question', sa.Text(), nullable=False),
    sa.Column('nb_missing', sa.Text(), nullable=False),
    sa.Column('nn_question', sa.Text(), nullable=False),
    sa.Column('nn_missing', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['set_id'], ['criteria_set.id'], name=op.f('fk_quick_question_set_id_criteria_set')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quick_question')),
    sa.UniqueConstraint('set_id', 'dimension', name=op.f('uq_quick_question_set_id_dimension'))
    )
    op.add_column('pilot_round', sa.Column('criteria_version', sa.Integer(), nullable=True))
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    # Not in a batch: SQLite would rebuild a table that others refer to, and refuse.
    op.execute('ALTER TABLE pilot_round DROP COLUMN criteria_version')

    op.drop_table('quick_question')
    op.drop_table('criterion')
    with op.batch_alter_table('criteria_set', schema=None) as batch_op:
        batch_op.drop_index('uq_criteria_set_draft', sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))

    op.drop_table('criteria_set')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
