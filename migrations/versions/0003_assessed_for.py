"""For whom a national solution was assessed"""

import sqlalchemy as sa
from alembic import op


revision = "0003_assessed_for"
down_revision = "0002_story_words"
branch_labels = None
depends_on = None

KEY = 'fk_story_solution_assessed_for_id_organisation'


def upgrade():
    with op.batch_alter_table('story_solution', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assessed_for_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f(KEY), 'organisation', ['assessed_for_id'], ['id'])
    fill()


def fill():
    """The trail knows for whom each assessment that stands was made; the last one counts."""
    link = sa.table('story_solution', sa.column('story_id'), sa.column('solution_key'), sa.column('kind'), sa.column('assessed_for_id'))
    event = sa.table('audit_event', sa.column('id'), sa.column('verb'), sa.column('subject_id'), sa.column('organisation_id'), sa.column('details', sa.JSON()))
    bind = op.get_bind()
    told = sa.select(event).where(event.c.verb == 'solution assessed').order_by(event.c.id)
    last = {(row.subject_id, row.details['solution']): row.organisation_id for row in bind.execute(told)}
    for (story_id, key), organisation_id in last.items():
        same = sa.and_(link.c.story_id == story_id, link.c.solution_key == key, link.c.kind.is_not(None))
        bind.execute(sa.update(link).where(same).values(assessed_for_id=organisation_id))


def downgrade():
    with op.batch_alter_table('story_solution', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(KEY), type_='foreignkey')
        batch_op.drop_column('assessed_for_id')
