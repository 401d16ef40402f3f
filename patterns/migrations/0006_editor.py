"""What writing needs: lighthouses as the subject of a submission, and where one came from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patterns", "0005_accounts")]

    operations = [
        migrations.AddField(
            "submission",
            "lighthouse",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="submissions",
                to="patterns.lighthouse",
            ),
        ),
        migrations.AddField(
            "submission",
            "came_from",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="became",
                to="patterns.submission",
            ),
        ),
    ]
