"""the words of stories in a table of their own"""

import re

import snowballstemmer
import sqlalchemy as sa
from alembic import op


revision = "0002_story_words"
down_revision = "0001"
branch_labels = None
depends_on = None

#: As core/text.py and core/search.py had them when this was written.
WORD = re.compile(r"[^\W_]+")
FOREIGN = str.maketrans('áčđŋšŧžäö', 'acdnstz{|')
ORDERED = str.maketrans('æøå', '{|}')
PLAIN = str.maketrans('{|}', 'aoa')
FIELDS = ('title', 'role', 'need', 'benefit', 'context', 'consequence')
LISTS = ('elements', 'criteria')
PLACES = (
    'SELECT organisation.id, municipality.name_unique FROM organisation '
    'JOIN municipality ON municipality.number = organisation.municipality_number'
)


def upgrade() -> None:
    words = op.create_table('story_word',
    sa.Column('word', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('is_folded', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_word_story_id_story'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('word', 'story_id', name=op.f('pk_story_word')),
    sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_story_word_story_id'), 'story_word', ['story_id'], unique=False)
    stories = sa.table('story', sa.column('id'), sa.column('organisation_id'), *map(sa.column, FIELDS), *(sa.column(name, sa.JSON) for name in LISTS))
    connection = op.get_bind()
    places = dict(map(tuple, connection.execute(sa.text(PLACES))))
    for row in connection.execute(sa.select(stories)).mappings().all():
        texts = [row[name] for name in FIELDS] + [places.get(row['organisation_id'], '')] + [text for name in LISTS for text in row[name]]
        added = [{'word': word, 'story_id': row['id'], 'is_folded': folded} for word, folded in words_of(texts).items()]
        if added:
            connection.execute(sa.insert(words), added)
    op.drop_column('story', 'search_text')


def downgrade() -> None:
    op.add_column('story', sa.Column('search_text', sa.Text(), nullable=False, server_default=''))
    words = sa.table('story_word', sa.column('word'), sa.column('story_id'), sa.column('is_folded', sa.Boolean))
    connection = op.get_bind()
    kept: dict[int, list[str]] = {}
    for number, word in connection.execute(sa.select(words.c.story_id, words.c.word).where(~words.c.is_folded)):
        kept.setdefault(number, []).append(word.translate(str.maketrans('{|}', 'æøå')))
    for number, found in kept.items():
        connection.execute(sa.text('UPDATE story SET search_text = :text WHERE id = :id'), {'text': f" {' '.join(found)} ", 'id': number})
    op.drop_index(op.f('ix_story_word_story_id'), table_name='story_word')
    op.drop_table('story_word')


def words_of(texts: list[str]) -> dict[str, bool]:
    stem = snowballstemmer.stemmer('norwegian').stemWord
    found = {word for text in texts for word in WORD.findall(text.lower())}
    written = {sort_key(form)[:60] for word in found for form in (word, stem(word))}
    folded = {re.sub('ae|oe', lambda pair: pair[0][0], key).translate(PLAIN) for key in written}
    return dict.fromkeys(written | folded, True) | dict.fromkeys(written, False)


def sort_key(word: str) -> str:
    return word.replace('aa', 'å').translate(FOREIGN).translate(ORDERED)
