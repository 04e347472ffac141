"""Several documents in one request. A list is stored whole or not at all; what bulk loading refuses is reported."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import transaction
from rest_framework.response import Response

from django_stac import transactions
from django_stac.api.outages import SECONDS
from django_stac.exceptions import (
    AlreadyExists,
    DatabaseAway,
    DatabaseBusy,
    InvalidDocument,
    PreconditionFailed,
    StacError,
)
from django_stac.models import Collection
from django_stac.transactions import Failure, Incoming, Report
from django_stac.validation.problems import Problem

if TYPE_CHECKING:
    from django_stac.access import User

STATUSES = {
    AlreadyExists.__name__: HTTPStatus.CONFLICT,
    PreconditionFailed.__name__: HTTPStatus.PRECONDITION_FAILED,
    DatabaseBusy.__name__: HTTPStatus.SERVICE_UNAVAILABLE,
    DatabaseAway.__name__: HTTPStatus.SERVICE_UNAVAILABLE,
}
MOST_SHOWN = 1_000
"""Failures that an answer lists; it counts all."""


class RefusedDocuments(StacError):
    """Some of several documents cannot be stored, so that none was."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.failed} of {report.total} documents were refused, so that none was stored.")
        self.report = report

    @property
    def status(self) -> HTTPStatus:
        """The status of the answer."""
        return status_of(self.report)


def stored_together(document: dict[str, Any], collection: str, *, using: str, actor: "User") -> Response:
    """Store the items of a FeatureCollection as new ones, all or none. Raises RefusedDocuments or InvalidDocument."""
    features = listed(document, "features")
    incoming = [Incoming(document=each, source=f"/features/{index}") for index, each in enumerate(features)]
    with transaction.atomic(using=using):
        report = transactions.upsert_items(incoming, collection=collection, replace=False, using=using, actor=actor)
        refuse_failures(report)
    return Response(as_dict(report), status=HTTPStatus.CREATED)


def created_together(
    document: dict[str, Any], name: str, create: Callable[[Any], Collection], *, using: str
) -> Response:
    """Create each of the documents that a body lists, all or none. Raises RefusedDocuments or InvalidDocument."""
    report = Report()
    documents = listed(document, name)
    refusals = dict[int, StacError]()
    with transaction.atomic(using=using):
        for index in in_order(documents):
            try:
                report.leave_unchecked(create(documents[index]).unchecked)
                report.created += 1
            except (InvalidDocument, AlreadyExists) as error:
                refusals[index] = error
        for index in sorted(refusals):
            report.fail(f"/{name}/{index}", refusals[index])
        refuse_failures(report)
    return Response(as_dict(report), status=HTTPStatus.CREATED)


def in_order(documents: list[Any]) -> list[int]:
    """Their places by id: two who create the same ones wait for each other, never in a ring."""
    ids = [str(each.get("id")) if isinstance(each, dict) else "" for each in documents]
    return sorted(range(len(documents)), key=ids.__getitem__)


def listed(document: dict[str, Any], name: str) -> list[Any]:
    """Return the documents that a body lists. Raises InvalidDocument."""
    found = document.get(name)
    if not isinstance(found, list) or not found:
        raise InvalidDocument([Problem(f"/{name}", "must be a list of at least one document.")])
    return found


def refuse_failures(report: Report) -> None:
    if report.failed:
        raise RefusedDocuments(report)


def report_of(report: Report) -> Response:
    """Answer what became of documents of which those that are refused keep no other out."""
    if not report.failed:
        return Response(as_dict(report))
    rest = "the others are stored" if report.failed < report.total else "none is stored"
    description = f"{report.failed} of {report.total} documents were refused; {rest}."
    told = {"code": RefusedDocuments.__name__, "description": description, **as_dict(report)}
    status = status_of(report)
    wait = {"Retry-After": str(max(SECONDS.values()))} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Response(told, status=status, headers=wait)


def status_of(report: Report) -> HTTPStatus:
    """The status of a refusal: that of all refused documents where they have one, else 400."""
    statuses = {STATUSES.get(failure.code, HTTPStatus.BAD_REQUEST) for failure in report.failures}
    return statuses.pop() if len(statuses) == 1 else HTTPStatus.BAD_REQUEST


def as_dict(report: Report) -> dict[str, Any]:
    """What became of the documents, as JSON."""
    counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged", "skipped", "failed")}
    return counts | {"problems": [problem(failure) for failure in report.failures[:MOST_SHOWN]], "notes": report.notes}


def problem(failure: Failure) -> dict[str, str]:
    """One refused document: which it is, and what is wrong where in it."""
    told = {"source": failure.source, "code": failure.code, "description": failure.message}
    return told | ({"pointer": failure.pointer} if failure.pointer else {})
