from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("feedback", "0002_candidate_author")]

    operations = [
        migrations.RemoveConstraint(model_name="rating", name="one_rating_a_visitor"),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                fields=["answer", "visitor"],
                condition=models.Q(rater__isnull=True) & ~models.Q(visitor=""),
                name="one_rating_a_visitor",
            ),
        ),
    ]
