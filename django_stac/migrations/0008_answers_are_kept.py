"""Answers to writes are kept for a day, for clients that ask again with the same Idempotency-Key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0007_validation_of_collections"),
    ]

    operations = [
        migrations.CreateModel(
            name="GivenAnswer",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(max_length=32)),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.JSONField()),
                ("body", models.BinaryField()),
                ("given", models.DateTimeField(db_index=True)),
            ],
            options={"default_permissions": ()},
        ),
    ]
