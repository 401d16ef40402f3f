"""Accounts: a name that may be hidden, erasure, one's own sessions, and a log that may forget names but no acts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Names of accounts were people's names; from now on they are neutral (`User.__str__`).
NEUTRAL_NAMES = """
DROP TRIGGER audit_is_append_only ON patterns_auditentry;
UPDATE patterns_auditentry a SET target_name = 'account ' || left(replace(u.public_id::text, '-', ''), 6)
    FROM patterns_user u WHERE a.target_type = 'user' AND a.target_id = u.id::text;
"""
FORGETS_NAMES = r"""
-- The log is append-only; all that may ever change is that it forgets what a target was called.
CREATE FUNCTION clm_forget_name_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.target_name = '' AND to_jsonb(NEW) - 'target_name' = to_jsonb(OLD) - 'target_name' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE DELETE ON patterns_auditentry
    FOR EACH ROW EXECUTE FUNCTION clm_refuse();
CREATE TRIGGER audit_forgets_names_only BEFORE UPDATE ON patterns_auditentry
    FOR EACH ROW EXECUTE FUNCTION clm_forget_name_only();
"""
FORGETS_NOTHING = """
DROP TRIGGER audit_forgets_names_only ON patterns_auditentry;
DROP TRIGGER audit_is_append_only ON patterns_auditentry;
DROP FUNCTION clm_forget_name_only();
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON patterns_auditentry
    FOR EACH ROW EXECUTE FUNCTION clm_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("patterns", "0004_collections"),
    ]

    operations = [
        migrations.RunSQL(NEUTRAL_NAMES, migrations.RunSQL.noop),
        migrations.RunSQL(FORGETS_NAMES, FORGETS_NOTHING),
        migrations.AddField(
            model_name='user',
            name='about',
            field=models.CharField(blank=True, max_length=500, verbose_name='about you'),
        ),
        migrations.AddField(
            model_name='user',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='name_public',
            field=models.BooleanField(default=True, verbose_name='show my name beside my work'),
        ),
        migrations.AddField(
            model_name='user',
            name='session_salt',
            field=models.CharField(blank=True, editable=False, help_text="part of every session's proof: a new one ends them all", max_length=32),
        ),
        migrations.CreateModel(
            name='PersonSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_sha256', models.CharField(max_length=64, unique=True)),
                ('browser', models.CharField(blank=True, help_text='in plain words, such as Firefox on Linux', max_length=80)),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_used_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-last_used_at', '-pk'],
            },
        ),
    ]
