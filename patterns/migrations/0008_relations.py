"""Doubts about suggested relations, decisions that can be undone, and what the database refuses about both."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A decision is about what is true when it is made, and is never one's own. The relations are held until the transaction
# ends, so that of two reviewers at once the second one is refused. Once a statement, because there are thousands.
FUNCTION = r"""
CREATE FUNCTION clm_decide_relations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM r.id FROM patterns_relation r JOIN fresh f ON f.relation_id = r.id ORDER BY r.id FOR NO KEY UPDATE OF r;
    IF EXISTS (
        SELECT 1 FROM fresh f
        JOIN patterns_relation r ON r.id = f.relation_id
        JOIN patterns_relationbatch b ON b.id = f.batch_id
        WHERE r.suggested_by_id = b.reviewer_id
    ) THEN
        RAISE EXCEPTION 'a relation was suggested by the person who decides'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM fresh f JOIN patterns_relation r ON r.id = f.relation_id WHERE r.state <> f.before_state
    ) THEN
        RAISE EXCEPTION 'a relation was decided meanwhile' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
GUARD = """
CREATE TRIGGER relation_decisions_are_true AFTER INSERT ON patterns_relationdecision
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION clm_decide_relations()
"""
KEEP = """
CREATE TRIGGER relation_decisions_are_kept BEFORE UPDATE ON patterns_relationdecision
FOR EACH ROW EXECUTE FUNCTION clm_refuse()
"""


class Migration(migrations.Migration):

    dependencies = [
        ("patterns", "0006_editor"),
    ]

    operations = [
        migrations.CreateModel(
            name='RelationBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('accept', 'accepted'), ('reject', 'rejected'), ('undo', 'undone')], max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('chosen', models.CharField(blank=True, max_length=500)),
                ('count', models.PositiveIntegerField(default=0)),
                ('key', models.CharField(max_length=64, null=True, unique=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='RelationDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before_state', models.CharField(choices=[('suggested', 'suggested, not reviewed'), ('approved', 'approved'), ('rejected', 'rejected')], max_length=10)),
                ('before_provenance', models.CharField(choices=[('curated', 'curated'), ('reviewed', 'reviewed'), ('imported', 'imported'), ('inferred', 'inferred by a machine')], max_length=10)),
                ('before_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('suggested', 'suggested, not reviewed'), ('approved', 'approved'), ('rejected', 'rejected')], max_length=10)),
                ('provenance', models.CharField(choices=[('curated', 'curated'), ('reviewed', 'reviewed'), ('imported', 'imported'), ('inferred', 'inferred by a machine')], max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='RelationDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('facts', models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name='relation',
            name='decided_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='relation',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='relation',
            name='suggested_by',
            field=models.ForeignKey(blank=True, help_text='a person, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='relation',
            index=models.Index(condition=models.Q(('state', 'suggested')), fields=['kind', 'id'], name='relation_waiting'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('suggested_by', None), models.Q(('decided_by', None), models.Q(('state', 'approved'), _negated=True)), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('suggested_by')), _negated=True)), _connector='OR'), name='relation_decided_by_another'),
        ),
        migrations.AddField(
            model_name='relationbatch',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='relationbatch',
            name='submission',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patterns.submission'),
        ),
        migrations.AddField(
            model_name='relationbatch',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='patterns.relationbatch'),
        ),
        migrations.AddField(
            model_name='relationdecision',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='patterns.relationbatch'),
        ),
        migrations.AddField(
            model_name='relationdecision',
            name='before_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='relationdecision',
            name='relation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='patterns.relation'),
        ),
        migrations.AddField(
            model_name='relationdoubt',
            name='relation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='patterns.relation'),
        ),
        migrations.AddIndex(
            model_name='relationbatch',
            index=models.Index(fields=['reviewer', '-id'], name='batch_of_reviewer'),
        ),
        migrations.AddIndex(
            model_name='relationdecision',
            index=models.Index(fields=['relation', '-id'], name='decisions_of_relation'),
        ),
        migrations.AddConstraint(
            model_name='relationdecision',
            constraint=models.UniqueConstraint(fields=('batch', 'relation'), name='decided_once_in_a_batch'),
        ),
        migrations.AddIndex(
            model_name='relationdoubt',
            index=models.Index(fields=['kind', 'relation'], name='doubt_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='relationdoubt',
            constraint=models.UniqueConstraint(fields=('relation', 'kind'), name='doubt_once'),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION clm_decide_relations()"),
        migrations.RunSQL(GUARD, "DROP TRIGGER relation_decisions_are_true ON patterns_relationdecision"),
        migrations.RunSQL(KEEP, "DROP TRIGGER relation_decisions_are_kept ON patterns_relationdecision"),
    ]
