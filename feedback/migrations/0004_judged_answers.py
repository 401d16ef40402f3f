"""What people let reviewers see of their ratings, answers judged by people, and candidates from public questions.

Row triggers only, so that tests can still truncate tables.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# An item leaves the queue by a final review, or because what it stands for was taken back: a submission or a public
# question (as before, see inference 0005), an answer that was shown to reviewers, a row for the dataset.
CLOSE_ITEM = """
CREATE OR REPLACE FUNCTION clm_close_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.open THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM patterns_review WHERE item_id = NEW.id AND decision <> 'request_changes')
        OR EXISTS (SELECT 1 FROM patterns_submission
                   WHERE id = NEW.object_id AND kind = NEW.kind AND state = 'withdrawn')
        OR (NEW.kind IN ('public_question', 'reported_question')
            AND EXISTS (SELECT 1 FROM inference_publicquestion WHERE id = NEW.object_id AND state = 'withdrawn')){more} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'review item % has no final review', NEW.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
WITHDRAWN = """
        OR (NEW.kind = 'low_answer'
            AND EXISTS (SELECT 1 FROM feedback_lowanswer WHERE id = NEW.object_id AND state = 'withdrawn'))
        OR (NEW.kind = 'training_row'
            AND EXISTS (SELECT 1 FROM feedback_candidate WHERE id = NEW.object_id AND state = 'withdrawn'))"""

# Who asked a question or rated its answer does not judge the answer.
OF_ANOTHER = """
CREATE FUNCTION clm_verdict_of_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM inference_answer a JOIN inference_question q ON q.id = a.question_id
               WHERE a.id = NEW.answer_id AND q.asker_id = NEW.reviewer_id)
        OR EXISTS (SELECT 1 FROM inference_publicquestion
                   WHERE id = NEW.question_id AND offered_by_id = NEW.reviewer_id)
        OR EXISTS (SELECT 1 FROM feedback_rating
                   WHERE rater_id = NEW.reviewer_id AND (answer_id = NEW.answer_id OR question_id = NEW.question_id)) THEN
        RAISE EXCEPTION 'who asked or rated it does not judge it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_of_another BEFORE INSERT OR UPDATE OF reviewer_id ON feedback_answerverdict
    FOR EACH ROW EXECUTE FUNCTION clm_verdict_of_another();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0003_ratings_of_the_departed'),
        ('inference', '0006_training_consent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('wrong', 'Wrong'), ('stands', 'Stands')], max_length=6)),
                ('reason', models.TextField(blank=True)),
                ('score', models.FloatField(help_text='0 to 1, as it was then')),
                ('components', models.JSONField(help_text='{name: {value, counts}}, as they were then')),
                ('taken_out', models.BooleanField(default=False, help_text='the public copy was taken down with it')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='LowAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('judged', 'Judged'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=9)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='candidate',
            name='public_question',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidate', to='inference.publicquestion'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='reason',
            field=models.TextField(blank=True, db_default='', help_text='why it was rejected'),
        ),
        migrations.AddField(
            model_name='rating',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='inference.publicquestion'),
        ),
        migrations.AddField(
            model_name='rating',
            name='shows',
            field=models.CharField(blank=True, choices=[('', 'that somebody judged, and for which of our reasons'), ('words', 'the comment as well'), ('answer', 'the comment, and the private question with its answer: only its asker can say so')], db_default='', default='', max_length=6),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='proposed', max_length=9),
        ),
        migrations.AlterField(
            model_name='rating',
            name='answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='inference.answer'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('rater__isnull', False)), fields=('question', 'rater'), name='one_public_rating_a_person'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('rater__isnull', True), models.Q(('visitor', ''), _negated=True)), fields=('question', 'visitor'), name='one_public_rating_a_visitor'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('answer__isnull', True), ('question__isnull', True), _connector='XOR'), name='rating_of_one_thing'),
        ),
        migrations.AddField(
            model_name='answerverdict',
            name='answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inference.answer'),
        ),
        migrations.AddField(
            model_name='answerverdict',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inference.publicquestion'),
        ),
        migrations.AddField(
            model_name='answerverdict',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lowanswer',
            name='answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inference.answer'),
        ),
        migrations.AddField(
            model_name='lowanswer',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inference.publicquestion'),
        ),
        migrations.AddField(
            model_name='answerverdict',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verdict', to='feedback.lowanswer'),
        ),
        migrations.AddConstraint(
            model_name='lowanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('answer',), name='one_waiting_case_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='lowanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('question',), name='one_waiting_case_a_question'),
        ),
        migrations.AddConstraint(
            model_name='lowanswer',
            constraint=models.CheckConstraint(condition=models.Q(('answer__isnull', True), ('question__isnull', True), _connector='OR'), name='case_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='answerverdict',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='score_from_0_to_1'),
        ),
        migrations.RunSQL(CLOSE_ITEM.format(more=WITHDRAWN), CLOSE_ITEM.format(more="")),
        migrations.RunSQL(
            OF_ANOTHER,
            "DROP TRIGGER verdict_of_another ON feedback_answerverdict; DROP FUNCTION clm_verdict_of_another();",
        ),
    ]
