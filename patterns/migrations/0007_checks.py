"""What the checks said is kept with the step that sent a proposal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patterns", "0006_editor")]

    operations = [
        migrations.AddField(
            model_name="submissionevent",
            name="payload",
            field=models.JSONField(blank=True, default=dict, help_text="what was known then: the findings of the checks"),
        ),
    ]
