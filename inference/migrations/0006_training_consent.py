from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inference', '0005_public_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicquestion',
            name='training',
            field=models.BooleanField(db_default=False, default=False, help_text='its asker lets it stand in datasets and train models'),
        ),
    ]
