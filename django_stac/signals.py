"""Announcements of the gate, sent after the transaction has committed.

Each is sent with ``using`` (database alias), ``actor`` (the user, or None) and three lists, ``created``, ``updated``
and ``deleted``: of ``(collection id, item id)`` for items, of ids for collections and catalogues.
"""

from django.dispatch import Signal

items_changed = Signal()
collections_changed = Signal()
catalogs_changed = Signal()
