"""What the user asks for, checked before any file is opened, so that a slip costs one sentence and not a run."""

from rasterio.crs import CRS
from rasterio.errors import CRSError

from django_stac.conf import stac_settings
from django_stac.exceptions import InvalidDocument, InvalidParameter
from django_stac.ingest.collection import Newcomer
from django_stac.ingest.plan import Plan
from django_stac.raster.item import ReadOptions
from django_stac.raster.moments import span_of
from django_stac.spec.datetimes import parse_interval
from django_stac.transactions.placement import configured
from django_stac.transactions.prepare import prepare_collection


def read_options(
    *, datetime: str | None = None, default_datetime: str | None = None, crs: str | None = None
) -> ReadOptions:
    """Return the options of reading. Raises InvalidParameter."""
    for option, text in (("--datetime", datetime), ("--default-datetime", default_datetime)):
        if text is not None:
            check_datetime(option, text)
    if crs is not None:
        check_crs(crs)
    return ReadOptions(datetime=datetime, default_datetime=default_datetime, crs=crs)


def check_datetime(option: str, text: str) -> None:
    """Accept an instant, ``start/end`` or a date in part. Raises InvalidParameter."""
    if span_of(text):
        return
    try:
        interval = parse_interval(text)
    except ValueError as error:
        raise InvalidParameter(option, f"{error} A year, a month (2024-06) or a day will do too.") from None
    if interval.start is None or interval.end is None:
        raise InvalidParameter(option, f"{text!r} is open, and an item has both ends.")


def check_crs(text: str) -> None:
    """Accept what names a coordinate reference system. Raises InvalidParameter."""
    try:
        CRS.from_user_input(text)
    except (CRSError, ValueError):
        reason = f"{text!r} is no coordinate reference system; write EPSG:32631 or WKT."
        raise InvalidParameter("--crs", reason) from None


def check_plan(plan: Plan) -> None:
    """Refuse ids that no collection may have, and a missing storage of thumbnails. Raises InvalidParameter."""
    configured(stac_settings.THUMBNAIL_STORAGE)
    for name in plan.collections:
        try:
            prepare_collection(Newcomer(name).document())
        except InvalidDocument as error:
            raise InvalidParameter("--collection", str(error)) from error
