"""What is said about a submission and kept of each sending; what was sent before this gets its first sending."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SENT_BEFORE = """
INSERT INTO patterns_sending (submission_id, number, title, text, note, payload, based_on_id, findings, at)
SELECT id, 1, title, text, note, payload, based_on_id, '[]', submitted_at
FROM patterns_submission WHERE submitted_at IS NOT NULL
"""


def keeps(name: str, table: str, *columns: str) -> migrations.RunSQL:
    """The database refuses to change `columns` of a row once it is there."""
    passed = ", ".join(f"'{one}'" for one in columns)
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION clm_keep_columns({passed})",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("patterns", "0009_queue"),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='checklist',
            field=models.JSONField(blank=True, db_default=[], default=list, help_text='the questions of its kind, and which were ticked'),
        ),
        migrations.CreateModel(
            name='SavedReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_reasons', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('payload', models.JSONField(blank=True, default=dict)),
                ('findings', models.JSONField(blank=True, default=list, help_text='what the checks said then')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patterns.revision')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='patterns.submission')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spot', models.CharField(max_length=200)),
                ('quote', models.TextField(blank=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('around', models.CharField(blank=True, max_length=64)),
                ('alone', models.BooleanField(default=True)),
                ('text', models.TextField(blank=True)),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='patterns.submission')),
                ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='patterns.comment')),
                ('sending', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='patterns.sending')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True)),
                ('ready', models.JSONField(blank=True, default=list, help_text='ready-made reasons that are chosen')),
                ('ticks', models.JSONField(blank=True, default=list)),
                ('spot', models.CharField(blank=True, max_length=220)),
                ('draft', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desks', to='patterns.reviewitem')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'reviewer'), name='one_desk_each')],
            },
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='one_sending_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('submission', 'author', 'key'), name='comment_form_once'),
        ),
        migrations.RunSQL(SENT_BEFORE, migrations.RunSQL.noop),
        keeps("sending_stays_as_sent", "patterns_sending", "submission_id", "number", "text", "based_on_id", "at"),
        keeps("comment_stays_where_it_is", "patterns_comment", "submission_id", "sending_id", "author_id", "spot", "quote", "at"),
    ]
