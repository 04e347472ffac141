"""Things as they were seen: what decided who could see them, for there may be no row any more that says it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from django_stac.models.collection import Visibility
from django_stac.models.thing import Kind, Thing


class Seen(Thing):
    """A row that tells of a thing as it was, and who could see it then.

    ``published``, ``visibility``, ``viewer_groups`` and ``owner_groups`` are what the collection had until then, under
    the names that it has them, so that one condition serves both; ``item_published`` is the item's own. What has none
    of them was published, for everybody.
    """

    published = models.BooleanField(_("collection published"), default=True)
    visibility = models.CharField(_("visible to"), max_length=9, choices=Visibility.choices, default=Visibility.PUBLIC)
    viewer_groups = ArrayField(models.IntegerField(), verbose_name=_("groups that saw it"), default=list)
    owner_groups = ArrayField(models.IntegerField(), verbose_name=_("groups that owned it"), default=list)
    item_published = models.BooleanField(_("item published"), default=True)

    class Meta:
        abstract = True

    @property
    def was_published(self) -> bool:
        """The word of the thing itself: an item may have been in a collection that was not published."""
        return self.item_published if self.kind == Kind.ITEM else self.published
