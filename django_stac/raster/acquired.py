"""When was it taken? Asked of the user, the tags, the metadata beside the file and its name: never of the clock.

The modification time of a file is no answer; the TIFF tag DateTime ("date and time of image creation", TIFF 6.0 §8)
is the last one, because most programs write the time of processing there.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.discover import Scene, shown
from django_stac.raster.facts import facts_in
from django_stac.raster.moments import Span, last_moment, span_in_name, span_of
from django_stac.raster.products import product_layer
from django_stac.spec.datetimes import format_instant, parse_interval

# Keys of one date, or of its two ends, compared in lower case; the surest come first.
_KEYS: tuple[tuple[str, ...], ...] = (
    ("start_datetime", "end_datetime"),
    ("time_start", "time_end"),
    ("time_coverage_start", "time_coverage_end"),
    ("product_start_time", "product_stop_time"),
    ("rangebeginningdate", "rangeendingdate"),
    ("temporalextentfrom", "temporalextentto"),
    ("beginposition", "endposition"),
    ("timeposition",),
    ("system:time_start", "system:time_end"),
    ("acquisitiondatetime",),
    ("acquisition_datetime",),
    ("acquisition_date",),
    ("acquisitiondate",),
    ("acquired",),
    ("date_acquired",),
    ("sensing_time",),
    ("datatake_sensing_start",),
    ("exif_datetimeoriginal",),
    ("datetime",),
    ("begdate", "enddate"),
    ("beginning_date", "ending_date"),
    ("caldate",),
    ("calendar_date",),
)
_CLOCK = "scene_center_time"
_SHORTEST = 4


def acquired(
    scene: Scene, tags: Mapping[str, str], asked: str | None, default: str | None = None
) -> dict[str, str | None]:
    """Return the ``datetime`` of an item, or null with ``start_datetime`` and ``end_datetime``.

    ``tags`` are those of the rasters together, ``asked`` what the user gave, and ``default`` what he gave for files
    that tell no date: an instant, ``start/end``, or a date in part. Raises UnreadableRaster when nothing tells.
    """
    span = _asked("--datetime", asked, scene) if asked else _found(scene, tags)
    if span is None and default:
        span = _asked("--default-datetime", default, scene)
    if span is None:
        raise UnreadableRaster(
            f"{shown(scene.rasters[0])}: has no acquisition date in its tags, its metadata or its name: "
            "give it with --datetime, or with --default-datetime to files without a date only."
        )
    start, end = format_instant(span.start), format_instant(span.end)
    if start == end:
        return {"datetime": start}
    return {"datetime": None, "start_datetime": start, "end_datetime": end}


def _asked(option: str, text: str, scene: Scene) -> Span:
    if span := span_of(text):
        return span
    try:
        interval = parse_interval(text)
    except ValueError as error:
        raise UnreadableRaster(f"{shown(scene.rasters[0])}: {option}: {error}") from None
    if interval.start is None or interval.end is None:
        raise UnreadableRaster(f"{shown(scene.rasters[0])}: {option} {text!r} is open: an item has both ends.")
    return Span(start=interval.start, end=interval.end)


def _found(scene: Scene, tags: Mapping[str, str]) -> Span | None:
    for span in _answers(scene, tags):
        if span:
            return span
    return None


def _answers(scene: Scene, tags: Mapping[str, str]) -> Iterator[Span | None]:
    yield _span_in(tags)
    for sidecar in scene.sidecars:
        yield _span_in(_pairs(sidecar))
    yield from (layer.span for path in scene.rasters if (layer := product_layer(path.stem)))
    yield span_in_name(scene.id)
    yield _span_of_names(scene)
    yield span_of(tags.get("TIFFTAG_DATETIME", ""))


def _span_of_names(scene: Scene) -> Span | None:
    spans = [span for path in scene.rasters if (span := span_in_name(path.stem))]
    if not spans:
        return None
    return Span(start=min(span.start for span in spans), end=max(span.end for span in spans))


def _span_in(facts: Mapping[str, str]) -> Span | None:
    known = {key.lower().rpartition("#")[2]: value for key, value in facts.items()}
    for keys in _KEYS:
        if keys[0] in known and (span := _span_of_keys(known, keys)):
            return span
    return None


def _span_of_keys(known: Mapping[str, str], keys: tuple[str, ...]) -> Span | None:
    start = known[keys[0]]
    if keys[0] == "date_acquired" and _CLOCK in known:
        return span_of(f"{start}T{known[_CLOCK]}") or span_of(start)
    span = span_of(start)
    last = last_moment(known[keys[-1]]) if len(keys) > 1 and keys[-1] in known else None
    if span and last and last > span.end and known[keys[-1]] != start:
        return Span(start=span.start, end=last)
    return span


def _pairs(sidecar: Path) -> dict[str, str]:
    """Return the first value of each key in a metadata file that is long enough for a year."""
    pairs: dict[str, str] = {}
    for key, value in facts_in(sidecar):
        if len(value) >= _SHORTEST:
            pairs.setdefault(key.lower(), value)
    return pairs
