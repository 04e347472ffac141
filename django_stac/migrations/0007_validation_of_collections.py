"""Each collection says how its items are checked; schemas of extensions are kept here. Old rows do as the site does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0006_rights_of_collections"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="validation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("off", "only what can be stored"),
                    ("core", "the rules of STAC"),
                    ("extensions", "the rules of STAC and of the extensions"),
                ],
                db_default="",
                default="",
                help_text="What is checked when the collection and its items are written. "
                "Empty: as the site's setting says.",
                max_length=10,
                verbose_name="validation",
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="rules",
            field=models.JSONField(editable=False, null=True, verbose_name="rules of items"),
        ),
        migrations.CreateModel(
            name="ExtensionSchema",
            fields=[
                ("uri", models.TextField(primary_key=True, serialize=False, verbose_name="address")),
                ("text", models.TextField(verbose_name="JSON Schema")),
                ("digest", models.CharField(max_length=32, verbose_name="digest")),
                ("stored", models.DateTimeField(auto_now=True, verbose_name="stored")),
            ],
            options={
                "verbose_name": "extension schema",
                "verbose_name_plural": "extension schemas",
                "default_permissions": (),
            },
        ),
    ]
