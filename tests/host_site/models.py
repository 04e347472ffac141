"""What the site had before the catalogue came: people known by their e-mail address, and parcels."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class People(BaseUserManager):
    """Makes people."""

    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A user without username, and whose key is no number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = People()

    USERNAME_FIELD = "email"

    def __str__(self):
        return self.email


class Parcel(models.Model):
    """A row of the site's own, on the other database than the catalogue."""

    number = models.CharField(max_length=20)

    def __str__(self):
        return self.number
