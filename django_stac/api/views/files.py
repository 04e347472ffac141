"""The files of assets: bytes of local storages under the AccessPolicy, the way to remote ones."""

from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import InvalidStorageError
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from django_stac.api.byte_ranges import file_headers, file_response
from django_stac.api.operations import Operation
from django_stac.api.renderers import JSONRenderer
from django_stac.api.views.base import StacViewSet
from django_stac.conf import stac_settings
from django_stac.exceptions import NotFound
from django_stac.models.stored_file import storage_named


class FileViewSet(StacViewSet):
    """``/files/{storage}/{path}``. A path is what a row of StoredFile says, never what a client makes up."""

    renderer_classes = (JSONRenderer,)
    operations = {
        "retrieve": Operation(
            id="getFile",
            tag="Assets",
            summary="A file of an asset",
            answer="File",
            media_types=("*/*",),
            parameters=None,
            answers=(200, 206, 302),
            statuses=(404, 416),
        )
    }

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer()]

    def perform_content_negotiation(
        self,
        request: Request,
        force: bool = False,  # noqa: FBT001, FBT002  DRF's signature
    ) -> tuple[BaseRenderer, str]:
        """A file is what it is, whatever a client likes better."""
        renderer = JSONRenderer()
        return renderer, renderer.media_type

    def vary(self) -> list[str]:
        return ["Authorization", "Cookie"]

    def retrieve(self, request: Request, storage: str, path: str) -> HttpResponseBase:
        """Answer with the file, with a part of it, or with where it is."""
        if not self.policy.visible_files(request.user).filter(storage=storage, path=path).exists():
            raise NotFound(f"There is no file {path!r} in {storage!r}.")
        if prefix := stac_settings.FILE_HANDOVER.get(storage):
            redirect = f"{prefix.rstrip('/')}/{quote(path)}"
            return HttpResponse(headers={"X-Accel-Redirect": redirect, **file_headers(path)})
        try:
            return file_response(Path(storage_named(storage).path(path)), request._request)
        except NotImplementedError:
            return elsewhere(storage, path)
        except (OSError, SuspiciousFileOperation, InvalidStorageError) as error:
            raise NotFound(f"The file {path!r} of {storage!r} is missing.") from error


def elsewhere(storage: str, path: str) -> HttpResponseRedirect:
    """Lead to a remote storage's own URL, which may be signed and expire."""
    return HttpResponseRedirect(storage_named(storage).url(path), headers={"Cache-Control": "no-store"})
