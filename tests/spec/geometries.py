"""Strategies for sound GeoJSON geometries."""

from hypothesis import strategies as st

longitudes = st.floats(-180, 180) | st.integers(-180, 180)
latitudes = st.floats(-90, 90) | st.integers(-90, 90)


def positions(*, height):
    return st.tuples(longitudes, latitudes, *([st.floats(-1e4, 1e4)] if height else [])).map(list)


def _rings(height):
    return st.lists(positions(height=height), min_size=3, max_size=6).map(lambda row: [*row, row[0]])


def _simple(height):
    point, row = positions(height=height), st.lists(positions(height=height), min_size=2, max_size=6)
    polygon = st.lists(_rings(height), min_size=1, max_size=2)
    coordinates = {"Point": point, "LineString": row, "Polygon": polygon}
    coordinates |= {f"Multi{kind}": st.lists(each, min_size=1, max_size=3) for kind, each in coordinates.items()}
    return st.one_of(
        st.fixed_dictionaries({"type": st.just(kind), "coordinates": each}) for kind, each in coordinates.items()
    )


def _collections(height):
    inner = st.lists(_simple(height), min_size=1, max_size=3)
    return st.fixed_dictionaries({"type": st.just("GeometryCollection"), "geometries": inner})


flat = _simple(height=False) | _collections(height=False)
high = _simple(height=True) | _collections(height=True)
geometries = flat | high
