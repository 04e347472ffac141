"""What is searched is counted, so that an operator knows what to make fast."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0004_words_of_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchedProperty",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("searches", models.BigIntegerField()),
                ("last_searched", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
