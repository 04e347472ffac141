"""Views of the site that write to both of its databases."""

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from django_stac import transactions
from django_stac.exceptions import AlreadyExists
from tests.factories import an_item
from tests.host_site.models import Parcel


@csrf_exempt
def survey(request, number):
    """Note a parcel and its scene; ``?fail`` fails when both are written."""
    Parcel.objects.create(number=number)
    transactions.create_item(an_item(number), actor=request.user)
    if "fail" in request.GET:
        raise ZeroDivisionError(number)
    return HttpResponse(status=201)


@csrf_exempt
def resurvey(request, number):
    """Note a parcel whose scene may stand already."""
    with transaction.atomic(using="geo"):
        transactions.create_item(an_item(f"{number}-before"), actor=request.user)
        try:
            transactions.create_item(an_item(number), actor=request.user)
        except AlreadyExists:
            return HttpResponse("stands", status=200)
    return HttpResponse(status=201)


def not_found(request, exception):
    """The site's own page for what is nowhere."""
    return HttpResponse("host: nothing here", status=404)
