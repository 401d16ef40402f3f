"""Records of curators' acts, and what the database itself refuses: gold without evidence, a merge into what is gone,
an address that both stands and leads elsewhere.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FUNCTIONS = r"""
-- A pattern becomes part of a published one only.
CREATE FUNCTION clm_merge_into_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.merged_into_id IS NULL OR (TG_OP = 'UPDATE' AND OLD.merged_into_id IS NOT DISTINCT FROM NEW.merged_into_id)
    THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM patterns_pattern
                   WHERE id = NEW.merged_into_id AND state = 'published' AND merged_into_id IS NULL) THEN
        RAISE EXCEPTION 'pattern % cannot be merged into %, which is not published', NEW.id, NEW.merged_into_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Looked at when a transaction ends, since moving changes two tables. The lock makes those who end at once do so in
-- turn, so that neither misses the other's address.
CREATE FUNCTION clm_addresses_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clash boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('clm_addresses_apart'));
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I a JOIN %I b ON b.slug = a.slug WHERE a.slug = $1)',
                   TG_ARGV[0], TG_ARGV[1]) INTO clash USING NEW.slug;
    IF clash THEN
        RAISE EXCEPTION 'the address % stands and leads elsewhere', NEW.slug
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION clm_gold_is_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tier = 'gold' AND (TG_OP = 'INSERT' OR OLD.tier <> 'gold') AND NOT EXISTS (
        SELECT 1 FROM patterns_tierconfirmation WHERE pattern_id = NEW.id AND tier = 'gold' AND ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'pattern % is not confirmed as gold', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A confirmation names a lighthouse that uses the pattern, and a person who did not write the text.
CREATE FUNCTION clm_confirmation_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM patterns_pattern WHERE id = NEW.pattern_id AND tier <> 'gold'
        ) THEN
            RAISE EXCEPTION 'pattern % is still gold', NEW.pattern_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM patterns_revision WHERE id = NEW.revision_id AND pattern_id = NEW.pattern_id
        AND author_id IS DISTINCT FROM NEW.confirmed_by_id
    ) THEN
        RAISE EXCEPTION 'pattern % is confirmed by the author of its text, or by another text', NEW.pattern_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM patterns_adoption a JOIN patterns_lighthouse l ON l.id = a.lighthouse_id
        WHERE a.pattern_id = NEW.pattern_id AND a.lighthouse_id = NEW.lighthouse_id AND l.state = 'published'
    ) THEN
        RAISE EXCEPTION 'lighthouse % does not use pattern %', NEW.lighthouse_id, NEW.pattern_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION clm_confirmation_holds();
DROP FUNCTION clm_gold_is_confirmed();
DROP FUNCTION clm_addresses_apart();
DROP FUNCTION clm_merge_into_published();
"""


def apart(name: str, table: str, other: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OF slug ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION clm_addresses_apart('{table}', '{other}')",
        f"DROP TRIGGER {name} ON {table}",
    )


def before(name: str, table: str, events: str, function: str, *arguments: str) -> migrations.RunSQL:
    passed = ", ".join(f"'{one}'" for one in arguments)
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}({passed})",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("patterns", "0010_reviewing"),
    ]

    operations = [
        migrations.CreateModel(
            name='MovedLighthouse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=200, unique=True)),
                ('moved_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='PatternMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True)),
                ('moved', models.JSONField(default=dict, help_text='{what relied on it: what became of each row}')),
                ('aliases', models.JSONField(default=list, help_text='the names the kept pattern got by it')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Retirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TierConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.CharField(choices=[('bronze', 'bronze: contributed'), ('silver', 'silver: reviewed by another person'), ('gold', 'gold: confirmed by evidence from a lighthouse')], default='gold', max_length=8)),
                ('adoption_reference', models.CharField(blank=True, max_length=300)),
                ('ground', models.TextField(help_text="what the evidence shows, in the curator's words")),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='pattern',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_here', to='patterns.pattern'),
        ),
        migrations.AddConstraint(
            model_name='pattern',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('state', 'retired'), models.Q(('merged_into', models.F('id')), _negated=True)), _connector='OR'), name='merged_is_retired'),
        ),
        migrations.AddField(
            model_name='movedlighthouse',
            name='lighthouse',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moved_slugs', to='patterns.lighthouse'),
        ),
        migrations.AddField(
            model_name='patternmerge',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='patternmerge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_in', to='patterns.pattern'),
        ),
        migrations.AddField(
            model_name='patternmerge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='patterns.pattern'),
        ),
        migrations.AddField(
            model_name='retirement',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retirement',
            name='lighthouse',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='retirements', to='patterns.lighthouse'),
        ),
        migrations.AddField(
            model_name='retirement',
            name='pattern',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='retirements', to='patterns.pattern'),
        ),
        migrations.AddField(
            model_name='retirement',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='succeeds', to='patterns.pattern'),
        ),
        migrations.AddField(
            model_name='tierconfirmation',
            name='confirmed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tierconfirmation',
            name='lighthouse',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='patterns.lighthouse'),
        ),
        migrations.AddField(
            model_name='tierconfirmation',
            name='pattern',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='patterns.pattern'),
        ),
        migrations.AddField(
            model_name='tierconfirmation',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patterns.revision'),
        ),
        migrations.AddConstraint(
            model_name='patternmerge',
            constraint=models.CheckConstraint(condition=models.Q(('merged', models.F('kept')), _negated=True), name='merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='patternmerge',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('merged',), name='merged_once'),
        ),
        migrations.AddConstraint(
            model_name='retirement',
            constraint=models.CheckConstraint(condition=models.Q(('pattern__isnull', True), ('lighthouse__isnull', True), _connector='XOR'), name='retirement_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='retirement',
            constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('pattern')), _negated=True), _connector='OR'), name='retirement_for_another'),
        ),
        migrations.AddConstraint(
            model_name='retirement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('pattern',), name='one_retirement_of_pattern'),
        ),
        migrations.AddConstraint(
            model_name='retirement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('lighthouse',), name='one_retirement_of_lighthouse'),
        ),
        migrations.AddConstraint(
            model_name='tierconfirmation',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='confirmation_has_ground'),
        ),
        migrations.AddConstraint(
            model_name='tierconfirmation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('pattern',), name='one_confirmation'),
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        before(
            "merged_into_published", "patterns_pattern", "INSERT OR UPDATE OF merged_into_id",
            "clm_merge_into_published",
        ),
        before("gold_is_confirmed", "patterns_pattern", "INSERT OR UPDATE OF tier", "clm_gold_is_confirmed"),
        before("confirmation_holds", "patterns_tierconfirmation", "INSERT OR UPDATE", "clm_confirmation_holds"),
        before(
            "confirmation_stays", "patterns_tierconfirmation", "UPDATE", "clm_keep_columns",
            "pattern_id", "lighthouse_id", "revision_id", "confirmed_by_id", "ground", "at",
        ),
        before(
            "merge_stays", "patterns_patternmerge", "UPDATE", "clm_keep_columns",
            "merged_id", "kept_id", "actor_id", "moved", "aliases", "at",
        ),
        before(
            "retirement_stays", "patterns_retirement", "UPDATE", "clm_keep_columns",
            "pattern_id", "lighthouse_id", "actor_id", "at",
        ),
        apart("address_of_pattern", "patterns_pattern", "patterns_movedslug"),
        apart("address_left_by_pattern", "patterns_movedslug", "patterns_pattern"),
        apart("address_of_lighthouse", "patterns_lighthouse", "patterns_movedlighthouse"),
        apart("address_left_by_lighthouse", "patterns_movedlighthouse", "patterns_lighthouse"),
    ]
