"""Comments can be taken out; mails that a site keeps lie in files by now, and those in the database are gone with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patterns", "0013_notices")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="taken_out",
            field=models.BooleanField(default=False, help_text="deleted by a reviewer, because somebody flagged it"),
        ),
        migrations.DeleteModel(name="KeptMail"),
    ]
