"""first"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

#: Triggers, as core/db.py declares them; the drift test compares both databases with the models.
GUARDS = {
    'sqlite': [
        "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        "CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM audit_event WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM audit_event WHERE hash = NEW.hash) OR EXISTS (SELECT 1 FROM audit_event WHERE previous_hash = NEW.previous_hash) BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        "INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')",
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head WHEN NOT (NEW.sequence > OLD.sequence AND NEW.id = OLD.id) BEGIN SELECT RAISE(ABORT, 'audit_head moves forward only'); END",
        "CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'audit_head is kept'); END",
        "CREATE TRIGGER story_version_no_update BEFORE UPDATE ON story_version BEGIN SELECT RAISE(ABORT, 'story_version is append-only'); END",
        "CREATE TRIGGER story_version_no_delete BEFORE DELETE ON story_version BEGIN SELECT RAISE(ABORT, 'story_version is append-only'); END",
        "CREATE TRIGGER story_version_no_replace BEFORE INSERT ON story_version WHEN EXISTS (SELECT 1 FROM story_version WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM story_version WHERE story_id = NEW.story_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'story_version is append-only'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$",
        'CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()',
        'CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()',
        "INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')",
        "CREATE OR REPLACE FUNCTION audit_head_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit_head moves forward only'; END $$",
        'CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NOT (NEW.sequence > OLD.sequence AND NEW.id = OLD.id)) EXECUTE FUNCTION audit_head_refuse()',
        'CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_head_refuse()',
        "CREATE OR REPLACE FUNCTION story_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'story_version is append-only'; END $$",
        'CREATE TRIGGER story_version_no_change BEFORE UPDATE OR DELETE ON story_version FOR EACH ROW EXECUTE FUNCTION story_version_refuse()',
        'CREATE TRIGGER story_version_no_truncate BEFORE TRUNCATE ON story_version FOR EACH STATEMENT EXECUTE FUNCTION story_version_refuse()',
    ],
}
FUNCTIONS = ['audit_event_refuse', 'audit_head_refuse', 'story_version_refuse']


def upgrade() -> None:
    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.String(length=80), nullable=False),
    sa.Column('subject_kind', sa.String(length=80), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=True),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_event_hash')),
    sa.UniqueConstraint('previous_hash', name=op.f('uq_audit_event_previous_hash')),
    sa.UniqueConstraint('uid', name=op.f('uq_audit_event_uid'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_subject_id'), ['subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_subject_kind'), ['subject_kind'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('audit_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_uid', sa.String(length=32), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_text')),
    sa.UniqueConstraint('event_uid', name=op.f('uq_audit_text_event_uid'))
    )
    op.create_table('care_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('side', sa.Enum('municipality', 'hospital', 'gp', 'private', 'citizen', 'other', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('level', sa.Enum('municipality', 'hospital', 'gp_private', 'citizen', 'other', name='level', native_enum=False, length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_setting')),
    sa.UniqueConstraint('key', name=op.f('uq_care_setting_key'))
    )
    op.create_table('county',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=2), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_official', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('health_region', sa.String(length=40), nullable=False),
    sa.Column('is_invented', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_county')),
    sa.UniqueConstraint('number', name=op.f('uq_county_number'))
    )
    op.create_table('ended_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_hash', sa.String(length=64), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ended_session')),
    sa.UniqueConstraint('session_hash', name=op.f('uq_ended_session_session_hash'))
    )
    with op.batch_alter_table('ended_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ended_session_ended_at'), ['ended_at'], unique=False)

    op.create_table('hospital_trust',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('health_authority', sa.Text(), nullable=False),
    sa.Column('community_name', sa.Text(), nullable=False),
    sa.Column('is_sourced', sa.Boolean(), nullable=False),
    sa.Column('community_is_sourced', sa.Boolean(), nullable=False),
    sa.Column('org_number', sa.String(length=9), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hospital_trust')),
    sa.UniqueConstraint('key', name=op.f('uq_hospital_trust_key'))
    )
    op.create_table('kept_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=10), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_answer')),
    sa.UniqueConstraint('person_id', 'method', 'key_hash', name=op.f('uq_kept_answer_person_id_method_key_hash'))
    )
    with op.batch_alter_table('kept_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_answer_created_at'), ['created_at'], unique=False)

    op.create_table('outbox_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_uid', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=320), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('template', sa.String(length=80), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'failed', name='mailstate', native_enum=False, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail')),
    sa.UniqueConstraint('event_uid', 'person_id', name=op.f('uq_outbox_mail_event_uid_person_id')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_mail_message_id'))
    )
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_mail_state'), ['state'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('locale', sa.String(length=2), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    op.create_table('site_fact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_fact')),
    sa.UniqueConstraint('name', name=op.f('uq_site_fact_name'))
    )
    op.create_table('municipality',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=4), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_unique', sa.Text(), nullable=False),
    sa.Column('name_official', sa.Text(), nullable=False),
    sa.Column('other_names', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('search_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('county_number', sa.String(length=2), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('population_year', sa.Integer(), nullable=False),
    sa.Column('area_km2', sa.Float(), nullable=False),
    sa.Column('language_form', sa.Enum('bokmal', 'nynorsk', 'noytral', name='languageform', native_enum=False, length=40), nullable=False),
    sa.Column('centrality_class', sa.Integer(), nullable=False),
    sa.Column('centrality_index', sa.Integer(), nullable=False),
    sa.Column('health_region', sa.String(length=40), nullable=False),
    sa.Column('hospital_trust_key', sa.String(length=60), nullable=True),
    sa.Column('hospital_trust_is_sourced', sa.Boolean(), nullable=False),
    sa.Column('hospital_trust_note', sa.Text(), nullable=False),
    sa.Column('org_number', sa.String(length=9), nullable=True),
    sa.Column('admin_center', sa.Text(), nullable=False),
    sa.Column('website', sa.String(length=200), nullable=False),
    sa.Column('is_invented', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['county_number'], ['county.number'], name=op.f('fk_municipality_county_number_county')),
    sa.ForeignKeyConstraint(['hospital_trust_key'], ['hospital_trust.key'], name=op.f('fk_municipality_hospital_trust_key_hospital_trust')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_municipality')),
    sa.UniqueConstraint('number', name=op.f('uq_municipality_number'))
    )
    with op.batch_alter_table('municipality', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_municipality_county_number'), ['county_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_municipality_sort_key'), ['sort_key'], unique=False)

    op.create_table('programme_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('steering_group', name='programme', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_programme_role_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_role')),
    sa.UniqueConstraint('person_id', 'role', name=op.f('uq_programme_role_person_id_role'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('ks', 'municipality', 'national_provider', 'vendor', 'hospital_trust', 'authority', 'county', 'joint_body', 'gp_or_private_provider', 'user_organisation', 'union_or_profession', 'research', name='organisationkind', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('municipality_number', sa.String(length=4), nullable=True),
    sa.Column('hospital_trust_key', sa.String(length=60), nullable=True),
    sa.Column('org_number', sa.String(length=20), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['organisation.id'], name=op.f('fk_organisation_group_id_organisation')),
    sa.ForeignKeyConstraint(['municipality_number'], ['municipality.number'], name=op.f('fk_organisation_municipality_number_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('hospital_trust_key', name=op.f('uq_organisation_hospital_trust_key'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_kind'), ['kind'], unique=False)
        batch_op.create_index('uq_organisation_municipality', ['municipality_number'], unique=True, sqlite_where=sa.text("kind = 'municipality'"), postgresql_where=sa.text("kind = 'municipality'"))

    op.create_table('api_token',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_api_token_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_api_token_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_token_token_hash'))
    )
    op.create_table('information_service',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('idea', 'defined', 'testing', 'piloted', 'national', name='servicestate', native_enum=False, length=40), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_information_service_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_information_service')),
    sa.UniqueConstraint('key', name=op.f('uq_information_service_key'))
    )
    with op.batch_alter_table('information_service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_information_service_sort_key'), ['sort_key'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('lead', 'member', name='role', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('person_id', 'organisation_id', name=op.f('uq_membership_person_id_organisation_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('national_solution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('basis', sa.Enum('kilde', 'egen', name='basis', native_enum=False, length=40), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('is_gap', sa.Boolean(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_for_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_national_solution_confirmed_by_id_person')),
    sa.ForeignKeyConstraint(['confirmed_for_id'], ['organisation.id'], name=op.f('fk_national_solution_confirmed_for_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_national_solution')),
    sa.UniqueConstraint('key', name=op.f('uq_national_solution_key'))
    )
    op.create_table('story',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('zone', sa.Enum('public', 'parties', 'public_side', 'core_team', 'own', 'internal', name='zone', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'in_review', 'returned', 'ready', 'prioritised', 'in_pilot', 'delivered', 'rejected', 'merged', 'withdrawn', name='storystate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('need', sa.Text(), nullable=False),
    sa.Column('benefit', sa.Text(), nullable=False),
    sa.Column('context', sa.Text(), nullable=False),
    sa.Column('context_html', sa.Text(), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('elements', sa.JSON(), nullable=False),
    sa.Column('from_setting', sa.String(length=60), nullable=True),
    sa.Column('to_setting', sa.String(length=60), nullable=True),
    sa.Column('frequency', sa.Enum('daily', 'weekly', 'monthly', 'rarer', name='frequency', native_enum=False, length=40), nullable=True),
    sa.Column('patients_per_year', sa.Integer(), nullable=True),
    sa.Column('consequence', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('legal_clearance', sa.Enum('not_assessed', 'cleared', 'needs_clarification', 'not_possible_today', name='legalclearance', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_version', sa.Integer(), nullable=True),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_story_author_id_person')),
    sa.ForeignKeyConstraint(['from_setting'], ['care_setting.key'], name=op.f('fk_story_from_setting_care_setting')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_story_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['to_setting'], ['care_setting.key'], name=op.f('fk_story_to_setting_care_setting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_story_author_id_form_key'))
    )
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.create_index('ix_story_changed', ['changed_at', 'state', 'zone', 'organisation_id'], unique=False)
        batch_op.create_index('ix_story_counts', ['state', 'from_setting', 'to_setting', 'zone', 'organisation_id'], unique=False)
        batch_op.create_index('ix_story_places', ['organisation_id', 'zone', 'state'], unique=False)
        batch_op.create_index('ix_story_published', ['published_at', 'zone', 'organisation_id'], unique=False)
        batch_op.create_index('ix_story_waiting', ['state', 'zone', 'organisation_id', 'state_since'], unique=False)

    op.create_table('service_solution_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('solution_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('not_assessed', 'reuse', 'extend', 'missing', name='linkkind', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['information_service.id'], name=op.f('fk_service_solution_link_service_id_information_service')),
    sa.ForeignKeyConstraint(['solution_id'], ['national_solution.id'], name=op.f('fk_service_solution_link_solution_id_national_solution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_solution_link')),
    sa.UniqueConstraint('service_id', 'solution_id', name=op.f('uq_service_solution_link_service_id_solution_id'))
    )
    with op.batch_alter_table('service_solution_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_solution_link_solution_id'), ['solution_id'], unique=False)

    op.create_table('story_solution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('solution_key', sa.String(length=60), nullable=False),
    sa.Column('is_wished', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.Enum('reuse', 'extend', 'missing', name='solutionlink', native_enum=False, length=40), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('assessed_by_id', sa.Integer(), nullable=True),
    sa.Column('assessed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['assessed_by_id'], ['person.id'], name=op.f('fk_story_solution_assessed_by_id_person')),
    sa.ForeignKeyConstraint(['solution_key'], ['national_solution.key'], name=op.f('fk_story_solution_solution_key_national_solution')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_solution_story_id_story')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_solution')),
    sa.UniqueConstraint('story_id', 'solution_key', name=op.f('uq_story_solution_story_id_solution_key'))
    )
    with op.batch_alter_table('story_solution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_solution_solution_key'), ['solution_key'], unique=False)

    op.create_table('story_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_story_step_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_story_step_person_id_person')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_step_story_id_story')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_step'))
    )
    with op.batch_alter_table('story_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_step_story_id'), ['story_id'], unique=False)

    op.create_table('story_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_story_version_author_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_story_version_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_version_story_id_story')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_version')),
    sa.UniqueConstraint('story_id', 'number', name=op.f('uq_story_version_story_id_number'))
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    op.drop_table('story_version')
    with op.batch_alter_table('story_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_step_story_id'))

    op.drop_table('story_step')
    with op.batch_alter_table('story_solution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_solution_solution_key'))

    op.drop_table('story_solution')
    with op.batch_alter_table('service_solution_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_solution_link_solution_id'))

    op.drop_table('service_solution_link')
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_index('ix_story_waiting')
        batch_op.drop_index('ix_story_published')
        batch_op.drop_index('ix_story_places')
        batch_op.drop_index('ix_story_counts')
        batch_op.drop_index('ix_story_changed')

    op.drop_table('story')
    op.drop_table('national_solution')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_organisation_id'))

    op.drop_table('membership')
    with op.batch_alter_table('information_service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_information_service_sort_key'))

    op.drop_table('information_service')
    op.drop_table('api_token')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index('uq_organisation_municipality', sqlite_where=sa.text("kind = 'municipality'"), postgresql_where=sa.text("kind = 'municipality'"))
        batch_op.drop_index(batch_op.f('ix_organisation_kind'))

    op.drop_table('organisation')
    op.drop_table('programme_role')
    with op.batch_alter_table('municipality', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_municipality_sort_key'))
        batch_op.drop_index(batch_op.f('ix_municipality_county_number'))

    op.drop_table('municipality')
    op.drop_table('site_fact')
    op.drop_table('person')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_mail_state'))

    op.drop_table('outbox_mail')
    with op.batch_alter_table('kept_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_answer_created_at'))

    op.drop_table('kept_answer')
    op.drop_table('hospital_trust')
    with op.batch_alter_table('ended_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ended_session_ended_at'))

    op.drop_table('ended_session')
    op.drop_table('county')
    op.drop_table('care_setting')
    op.drop_table('audit_text')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_subject_kind'))
        batch_op.drop_index(batch_op.f('ix_audit_event_subject_id'))

    op.drop_table('audit_event')
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
