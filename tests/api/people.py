"""Those who use a site, by what they may: as a site signs them up, with groups and permissions."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

NOUNS = ("item", "collection", "catalog")
PERMISSIONS = {
    "reader": (),
    "member": (),
    "owner": (),
    "stranger": (),
    "writer": ("add", "change", "delete"),
    "viewer": ("view",),
    "curator": ("add", "change", "delete", "view"),
    "superuser": (),
}
"""Person → verbs of their model permissions. The groups of the same names have one person each."""


def group(name):
    """The group of a person."""
    return Group.objects.get_or_create(name=name)[0]


def person(name):
    """Sign somebody up; nobody is anonymous."""
    if name == "anonymous":
        return None
    user = get_user_model().objects.create_user(name, is_staff=True, is_superuser=name == "superuser")
    codenames = [f"{verb}_{noun}" for verb in PERMISSIONS[name] for noun in NOUNS]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames, content_type__app_label="django_stac"))
    user.groups.add(group(name))
    return user
