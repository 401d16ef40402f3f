"""Flags, bans and the blocklist; what was said against whom, and by whom, never changes afterwards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keeps(name: str, table: str, *columns: str) -> migrations.RunSQL:
    passed = ", ".join(f"'{one}'" for one in columns)
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION clm_keep_columns({passed})",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("patterns", "0011_publishing"),
    ]

    operations = [
        migrations.CreateModel(
            name='FlagCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('ref', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=300)),
                ('address', models.CharField(max_length=500)),
                ('outcome', models.CharField(blank=True, choices=[('nothing', 'nothing is wrong with it'), ('mended', 'it is mended'), ('hidden', 'it is taken out'), ('warned', 'its author is warned'), ('banned', 'its author is banned, or a ban is proposed')], max_length=8)),
                ('answer', models.TextField(blank=True, help_text='why, for those who flagged and for the author')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opened_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.CharField(blank=True, db_index=True, max_length=64)),
                ('reason', models.CharField(choices=[('wrong', 'It says something false'), ('harmful', 'Following it could do harm'), ('personal', 'It tells of a person who did not agree'), ('copied', 'It is copied without permission'), ('spam', 'It advertises something'), ('abuse', 'It insults or threatens somebody'), ('other', 'Something else')], max_length=8)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flags', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='patterns.flagcase')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Ban',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('standing', 'laid on'), ('ended', 'ended'), ('refused', 'turned down')], max_length=8)),
                ('reason', models.TextField(help_text='the person reads it')),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='why it was lifted or turned down')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bans', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ban_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('by', None), models.Q(('by', models.F('user')), _negated=True), _connector='OR'), models.Q(('proposed_by', None), models.Q(('proposed_by', models.F('user')), _negated=True), _connector='OR')), name='ban_by_another_person'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_by__isnull', False), ('state', 'proposed')), models.Q(('by__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='ban_has_an_actor'), models.UniqueConstraint(condition=models.Q(('state', 'standing')), fields=('user',), name='one_standing_ban'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('user',), name='one_proposed_ban')],
            },
        ),
        migrations.CreateModel(
            name='BlockRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('email', 'e-mail domain'), ('link', 'domain of links'), ('word', 'word')], max_length=5)),
                ('value', models.CharField(help_text='as it is compared: folded, domains in their ASCII form', max_length=253)),
                ('reason', models.TextField()),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', 'value'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('value', ''), _negated=True)), name='block_rule_has_a_reason'), models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('kind', 'value'), name='block_rule_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='flagcase',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('kind', 'ref'), name='one_open_flag_case'),
        ),
        migrations.AddConstraint(
            model_name='flagcase',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('decided_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='flag_decision_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='flagcase',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), ('author', None), models.Q(('decided_by', models.F('author')), _negated=True), _connector='OR'), name='flag_decided_by_another_person'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(fields=('case', 'by'), name='one_flag_a_person'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(condition=models.Q(('visitor', ''), _negated=True), fields=('case', 'visitor'), name='one_flag_a_visitor'),
        ),
        keeps("ban_stays_what_it_is", "patterns_ban", "user_id", "reason", "proposed_by_id", "made_at"),
        keeps("rule_stays_what_it_is", "patterns_blockrule", "kind", "value", "reason", "added_by_id", "added_at"),
        keeps("flag_case_stays_what_it_is", "patterns_flagcase", "kind", "ref", "author_id", "opened_at"),
        keeps("flag_stays_what_it_is", "patterns_flag", "case_id", "by_id", "reason", "at"),
    ]
