"""What resources of the history have in common: they are there for those alone who may see what was."""

from django_stac.api.past import Past, past_of
from django_stac.api.views.writing import Writing
from django_stac.history.names import Name
from django_stac.models import Kind

TITLES = {Kind.ITEM: "Item", Kind.COLLECTION: "Collection", Kind.CATALOG: "Catalog"}
"""In names of schemas and operations."""
NOUNS = {Kind.ITEM: "an item", Kind.COLLECTION: "a collection", Kind.CATALOG: "a catalogue"}


class Remembering(Writing):
    """A resource that tells of what was."""

    def past(self, *names: Name, using: str | None = None) -> Past:
        """Return the past of the first of these names that the user sees, or saw.

        Raises NotFound before anything tells of rights; then NotAuthenticated or PermissionDenied.
        """
        past = past_of(names, self.policy, self.request.user, using)
        if not self.policy.sees_history(self.request.user, past.replace, **past.rights):
            self.permission_denied(self.request, message=f"You may not see the history of {past.name}.")
        return past
