"""Rows as STAC documents: what is stored, with the links and URLs of the site. Nothing is found or changed here."""

from django_stac.documents.objects import to_pystac

__all__ = ["to_pystac"]
