"""The extensions of the items' database, asked for before ``migrate`` goes to work."""

from typing import Any

from django_stac.checks.databases import asked_for
from django_stac.checks.messages import Messages, error
from django_stac.models import extensions


@asked_for
def check_creation(alias: str, connection: Any) -> Messages:
    """E013: an extension is absent, and this user may not create it.

    Django itself creates PostGIS at the beginning of ``migrate``, and fails without a word about who could.
    """
    refused = [why for name in extensions.absent(connection) if (why := extensions.refusal(connection, name))]
    if not refused:
        return []
    name, reasons = connection.settings_dict["NAME"], "; ".join(" ".join(why.split()) for why in refused)
    message = f"The user of the database {alias!r} cannot create the extensions that django-stac needs: {reasons}"
    hint = f"Let a DBA run in {name!r} (and in template1 for test databases):\n{extensions.for_dba(connection)}"
    return [error("django_stac.E013", message, hint)]


@asked_for
def check_search_path(alias: str, connection: Any) -> Messages:
    """E014: the types and operators of an extension are not found."""
    path = ",".join(extensions.search_path(connection))
    return [
        error(
            "django_stac.E014",
            f"The extension {name!r} lies in the schema {schema!r}, which the search path of {alias!r} does not hold.",
            f'Add to DATABASES["{alias}"]["OPTIONS"]["options"]: -c search_path={path},{schema}',
        )
        for name, schema in extensions.out_of_sight(connection).items()
    ]
