"""The queue at scale: what it is ordered and narrowed by, saved views, bulk acts, and more that the database refuses.

Row triggers only, so that tests can still truncate tables.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import patterns.models.review
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = r"""
-- A review is of the version that stands in the queue; the lock makes whoever closes or changes the item wait.
CREATE FUNCTION clm_review_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    item patterns_reviewitem;
BEGIN
    SELECT * INTO item FROM patterns_reviewitem WHERE id = NEW.item_id FOR NO KEY UPDATE;
    IF NOT item.open THEN
        RAISE EXCEPTION 'review item % is closed', NEW.item_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.item_version <> item.version THEN
        RAISE EXCEPTION 'review item % is at version %', NEW.item_id, item.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.reviewer_id = item.author_id THEN
        RAISE EXCEPTION 'nobody reviews their own work' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- What was closed stays closed, and a version never falls: else an item could be decided again.
CREATE FUNCTION clm_item_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.open AND NOT OLD.open THEN
        RAISE EXCEPTION 'review item % is closed for good', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.version < OLD.version THEN
        RAISE EXCEPTION 'the version of review item % never falls', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The item of a submission bears the submission's author, also when it is left out.
CREATE FUNCTION clm_item_of_author() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    writer bigint;
BEGIN
    SELECT author_id INTO writer FROM patterns_submission WHERE id = NEW.object_id AND kind = NEW.kind;
    IF NEW.author_id IS NULL THEN
        NEW.author_id := writer;
    ELSIF writer IS NOT NULL AND writer <> NEW.author_id THEN
        RAISE EXCEPTION 'the author of the item is the author of the submission'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Nobody holds their own work, nor what is closed.
CREATE FUNCTION clm_claim_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    item patterns_reviewitem;
BEGIN
    SELECT * INTO item FROM patterns_reviewitem WHERE id = NEW.item_id;
    IF NOT item.open OR item.author_id = NEW.reviewer_id THEN
        RAISE EXCEPTION 'review item % cannot be held by %', NEW.item_id, NEW.reviewer_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION clm_claim_of_item();
DROP FUNCTION clm_item_of_author();
DROP FUNCTION clm_item_goes_forward();
DROP FUNCTION clm_review_of_version();
"""
# Items that wait already: since they opened, and with their author where changes were asked for.
BACKFILL = """
UPDATE patterns_reviewitem i SET waits_since = created_at, with_author = open AND EXISTS (
    SELECT 1 FROM patterns_review r WHERE r.item_id = i.id AND r.item_version = i.version)
"""


def refuses(name: str, table: str, events: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("patterns", "0008_relations"),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('claim', 'claim'), ('release', 'give back'), ('accept', 'accept'), ('decline', 'decline')], max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('query', models.CharField(blank=True, help_text='the list it was chosen from', max_length=800)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BulkOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done', models.BooleanField()),
                ('said', models.TextField(blank=True, help_text='why not, in words')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, max_length=800)),
                ('position', models.PositiveSmallIntegerField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.RemoveIndex(
            model_name='reviewitem',
            name='queue_order',
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='domain',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='about how long it takes to read', null=True),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='newcomer',
            field=models.BooleanField(default=False, help_text='its author had nothing accepted before'),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='waits_since',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='when reviewers last got it'),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='signs',
            field=models.JSONField(blank=True, default=dict, help_text='what was weighed (patterns.review.priority.Signs)'),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='tier',
            field=models.CharField(blank=True, choices=[('bronze', 'bronze: contributed'), ('silver', 'silver: reviewed by another person'), ('gold', 'gold: confirmed by evidence from a lighthouse')], max_length=8),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='with_author',
            field=models.BooleanField(default=False, help_text='open, and waits for changes that were asked for'),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='rank',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(patterns.models.review.Epoch('waits_since'), '-', django.db.models.expressions.CombinedExpression(models.F('priority'), '*', models.Value(43200))), output_field=models.BigIntegerField()),
        ),
        migrations.AlterField(
            model_name='claim',
            name='expires_at',
            field=models.DateTimeField(db_index=True),
        ),
        migrations.AlterField(
            model_name='reviewitem',
            name='reasons',
            field=models.JSONField(default=list, help_text='the priority in words, as the room that opened it says them'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(condition=models.Q(('open', True), ('with_author', False)), fields=['rank', 'id'], include=('kind', 'tier', 'domain', 'newcomer', 'minutes', 'author', 'waits_since'), name='queue_order'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(condition=models.Q(('open', True), ('with_author', False)), fields=['kind', 'rank', 'id'], name='queue_of_kind'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(condition=models.Q(('open', True), ('with_author', False)), fields=['waits_since', 'id'], name='queue_by_age'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(condition=models.Q(('open', True), ('with_author', True)), fields=['rank', 'id'], name='queue_with_authors'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(condition=models.Q(('open', False)), fields=['-closed_at', '-id'], name='queue_decided'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('item', 'item_version'), name='one_review_of_a_version'),
        ),
        migrations.AddField(
            model_name='bulkact',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkact',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='patterns.bulkact'),
        ),
        migrations.AddField(
            model_name='bulkoutcome',
            name='act',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='patterns.bulkact'),
        ),
        migrations.AddField(
            model_name='bulkoutcome',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patterns.reviewitem'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='bulkoutcome',
            constraint=models.UniqueConstraint(fields=('act', 'item'), name='bulk_item_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='view_name_once'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(condition=models.Q(('open', True), ('with_author', False)), fields=['domain', 'rank', 'id'], name='queue_of_domain'),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', config='simple'), name='queue_titles'),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        refuses("review_of_this_version", "patterns_review", "INSERT", "clm_review_of_version"),
        refuses("item_goes_forward", "patterns_reviewitem", "UPDATE OF open, version", "clm_item_goes_forward"),
        refuses("item_of_its_author", "patterns_reviewitem", "INSERT", "clm_item_of_author"),
        refuses("items_are_kept", "patterns_reviewitem", "DELETE", "clm_refuse"),
        refuses("claim_of_an_open_item", "patterns_claim", "INSERT OR UPDATE", "clm_claim_of_item"),
    ]
