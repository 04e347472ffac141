"""What is known of properties by their names: common metadata and the extensions that people search by.

What items say of themselves goes before this. Names of bands and assets are not here.
"""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def text(title: str, description: str = "") -> Schema:
    return _schema("string", title, description)


def number(title: str, unit: str = "", low: float | None = None, high: float | None = None) -> Schema:
    """A number; ``unit`` is a noun phrase: in metres, in degrees."""
    return {**_schema("number", title, unit), **_range(low, high)}


def integer(title: str, description: str = "", low: int | None = None, high: int | None = None) -> Schema:
    return {**_schema("integer", title, description), **_range(low, high)}


def percentage(title: str) -> Schema:
    return number(title, "In per cent.", 0, 100)


def instant(title: str, description: str = "") -> Schema:
    return {**_schema("string", title, description), "format": "date-time"}


def truth(title: str) -> Schema:
    return _schema("boolean", title)


def array(title: str, members: str = "string", description: str = "") -> Schema:
    """An array; ``members`` is the JSON type of its members."""
    return {**_schema("array", title, description), "items": {"type": members}}


def thing(title: str) -> Schema:
    """An object."""
    return _schema("object", title)


def _schema(type_: str, title: str, description: str = "") -> dict[str, Any]:
    return {"title": title, **({"description": description} if description else {}), "type": type_}


def _range(low: float | None, high: float | None) -> dict[str, float]:
    return {name: bound for name, bound in (("minimum", low), ("maximum", high)) if bound is not None}


CORE: Mapping[str, Schema] = {
    "id": text("Id", "Unique in its collection."),
    "collection": text("Collection", "The id of the item's collection."),
    "geometry": {"title": "Geometry", "description": "Footprint in CRS84 degrees.", "format": "geometry-any"},
    "datetime": instant("Acquired", "An instant; of an item with a range, the range."),
    "start_datetime": instant("Start"),
    "end_datetime": instant("End"),
}
"""What every item may have, in columns of its own."""

COMMON: Mapping[str, Schema] = {
    "title": text("Title"),
    "description": text("Description"),
    "keywords": array("Keywords"),
    "roles": array("Roles"),
    "created": instant("Created", "When the metadata was made."),
    "updated": instant("Updated", "When the metadata was changed."),
    "published": instant("Published"),
    "unpublished": instant("Unpublished"),
    "expires": instant("Expires"),
    "license": text("License", "An SPDX identifier, or `other`."),
    "providers": array("Providers", "object"),
    "platform": text("Platform"),
    "instruments": array("Instruments"),
    "constellation": text("Constellation"),
    "mission": text("Mission"),
    "gsd": number("Ground sample distance", "In metres.", 0),
    "version": text("Version"),
    "deprecated": truth("Deprecated"),
    "experimental": truth("Experimental"),
}
OPTICAL: Mapping[str, Schema] = {
    "eo:cloud_cover": percentage("Cloud cover"),
    "eo:snow_cover": percentage("Snow cover"),
    "view:off_nadir": number("Off-nadir angle", "In degrees.", 0, 90),
    "view:incidence_angle": number("Incidence angle", "In degrees.", 0, 90),
    "view:azimuth": number("Viewing azimuth", "In degrees clockwise from north.", 0, 360),
    "view:sun_azimuth": number("Sun azimuth", "In degrees clockwise from north.", 0, 360),
    "view:sun_elevation": number("Sun elevation", "In degrees above the horizon.", -90, 90),
    "view:moon_azimuth": number("Moon azimuth", "In degrees clockwise from north.", 0, 360),
    "view:moon_elevation": number("Moon elevation", "In degrees above the horizon.", -90, 90),
}
ORBITS: Mapping[str, Schema] = {
    "sat:orbit_state": text("Orbit state", "`ascending`, `descending` or `geostationary`."),
    "sat:absolute_orbit": integer("Absolute orbit", low=1),
    "sat:relative_orbit": integer("Relative orbit", low=1),
    "sat:orbit_cycle": integer("Orbit cycle", "In orbits.", low=1),
    "sat:anx_datetime": instant("Ascending node crossing"),
    "sat:platform_international_designator": text("International designator"),
    "sat:acquisition_station": text("Acquisition station"),
}
RADAR: Mapping[str, Schema] = {
    "sar:instrument_mode": text("Instrument mode"),
    "sar:frequency_band": text("Frequency band", "`P`, `L`, `S`, `C`, `X`, `Ku`, `K` or `Ka`."),
    "sar:center_frequency": number("Center frequency", "In gigahertz.", 0),
    "sar:bandwidth": number("Bandwidth", "In gigahertz.", 0),
    "sar:polarizations": array("Polarizations"),
    "sar:product_type": text("Product type"),
    "sar:resolution_range": number("Resolution in range", "In metres.", 0),
    "sar:resolution_azimuth": number("Resolution in azimuth", "In metres.", 0),
    "sar:pixel_spacing_range": number("Pixel spacing in range", "In metres.", 0),
    "sar:pixel_spacing_azimuth": number("Pixel spacing in azimuth", "In metres.", 0),
    "sar:looks_range": integer("Looks in range", low=0),
    "sar:looks_azimuth": integer("Looks in azimuth", low=0),
    "sar:looks_equivalent_number": number("Equivalent number of looks", low=0),
    "sar:observation_direction": text("Observation direction", "`left` or `right`."),
    "sar:beam_ids": array("Beams"),
    "s1:datatake_id": text("Datatake"),
    "s1:orbit_source": text("Orbit source"),
    "s1:processing_level": text("Processing level"),
    "s1:product_identifier": text("Product"),
    "s1:product_timeliness": text("Timeliness"),
    "s1:resolution": text("Resolution"),
    "s1:slice_number": text("Slice number"),
    "s1:total_slices": text("Total slices"),
}
PLACES: Mapping[str, Schema] = {
    "proj:code": text("Projection", "An authority and its code: `EPSG:32633`."),
    "proj:epsg": integer("EPSG code"),
    "proj:wkt2": text("Projection as WKT2"),
    "proj:bbox": array("Bounding box", "number", "In the projection's units."),
    "proj:centroid": thing("Centroid"),
    "proj:shape": array("Shape", "integer", "In pixels: rows, columns."),
    "proj:transform": array("Transform", "number"),
    "grid:code": text("Grid code", "A grid and a cell of it: `MGRS-33PVC`."),
    "mgrs:utm_zone": integer("UTM zone", low=1, high=60),
    "mgrs:latitude_band": text("Latitude band"),
    "mgrs:grid_square": text("Grid square"),
}
PRODUCTS: Mapping[str, Schema] = {
    "processing:level": text("Processing level"),
    "processing:lineage": text("Lineage"),
    "processing:facility": text("Facility"),
    "processing:datetime": instant("Processed"),
    "processing:version": text("Processing version"),
    "processing:software": thing("Software"),
    "product:type": text("Product type"),
    "product:timeliness": text("Timeliness", "An ISO 8601 duration."),
    "product:timeliness_category": text("Timeliness category"),
    "product:acquisition_type": text("Acquisition type", "`nominal`, `calibration` or `other`."),
    "order:status": text("Order status"),
    "order:date": instant("Ordered"),
    "sci:doi": text("DOI"),
    "sci:citation": text("Citation"),
    "file:size": integer("Size", "In bytes.", low=0),
    "storage:platform": text("Storage platform"),
    "storage:region": text("Storage region"),
    "storage:requester_pays": truth("Requester pays"),
    "storage:tier": text("Storage tier"),
    "forecast:reference_datetime": instant("Reference time of the forecast"),
    "forecast:horizon": text("Horizon of the forecast", "An ISO 8601 duration."),
    "forecast:duration": text("Duration of the forecast", "An ISO 8601 duration."),
    "forecast:variable": text("Forecast variable"),
    "forecast:perturbed": truth("Perturbed"),
    "label:type": text("Label type", "`raster` or `vector`."),
    "label:description": text("Label description"),
    "label:tasks": array("Label tasks"),
    "label:methods": array("Label methods"),
    "label:properties": array("Label properties"),
    "pc:count": integer("Points", low=0),
    "pc:density": number("Density of points", "In points a square unit of the projection.", 0),
    "pc:type": text("Source of the point cloud"),
    "pc:encoding": text("Encoding of the point cloud"),
    "table:row_count": integer("Rows", low=0),
}
LANDSAT: Mapping[str, Schema] = {
    "landsat:scene_id": text("Scene"),
    "landsat:product_generated": instant("Product generated"),
    "landsat:collection_number": text("Collection number"),
    "landsat:collection_category": text("Collection category", "`T1`, `T2`, `RT`, `A1` or `A2`."),
    "landsat:correction": text("Processing level"),
    "landsat:wrs_type": text("WRS type"),
    "landsat:wrs_path": text("WRS path"),
    "landsat:wrs_row": text("WRS row"),
    "landsat:cloud_cover_land": percentage("Cloud cover over land"),
}
SENTINEL_2: Mapping[str, Schema] = {
    "s2:product_uri": text("Product"),
    "s2:product_type": text("Product type"),
    "s2:tile_id": text("Tile"),
    "s2:granule_id": text("Granule"),
    "s2:mgrs_tile": text("MGRS tile"),
    "s2:datatake_id": text("Datatake"),
    "s2:datatake_type": text("Datatake type"),
    "s2:datastrip_id": text("Datastrip"),
    "s2:processing_baseline": text("Processing baseline"),
    "s2:generation_time": instant("Generated"),
    "s2:reflectance_conversion_factor": number("Reflectance conversion factor"),
    "s2:mean_solar_azimuth": number("Mean sun azimuth", "In degrees clockwise from north.", 0, 360),
    "s2:mean_solar_zenith": number("Mean sun zenith angle", "In degrees.", 0, 180),
    "s2:degraded_msi_data_percentage": percentage("Degraded data"),
    "s2:nodata_pixel_percentage": percentage("No data"),
    "s2:saturated_defective_pixel_percentage": percentage("Saturated or defective"),
    "s2:dark_features_percentage": percentage("Dark features"),
    "s2:cloud_shadow_percentage": percentage("Cloud shadows"),
    "s2:vegetation_percentage": percentage("Vegetation"),
    "s2:not_vegetated_percentage": percentage("Not vegetated"),
    "s2:water_percentage": percentage("Water"),
    "s2:unclassified_percentage": percentage("Unclassified"),
    "s2:medium_proba_clouds_percentage": percentage("Clouds of medium probability"),
    "s2:high_proba_clouds_percentage": percentage("Clouds of high probability"),
    "s2:thin_cirrus_percentage": percentage("Thin cirrus"),
    "s2:snow_ice_percentage": percentage("Snow or ice"),
}

FIELDS: Mapping[str, Schema] = {
    **COMMON, **OPTICAL, **ORBITS, **RADAR, **PLACES, **PRODUCTS, **LANDSAT, **SENTINEL_2,
}  # fmt: skip
"""JSON Schemas by name, with the unit of numbers in the description."""
