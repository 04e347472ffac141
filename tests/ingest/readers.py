"""Readers for tests of the worker processes, named after what they do. Imports no Django, as the processes must not."""

import os
import sys
import time
from pathlib import Path

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.discover import Scene
from django_stac.raster.item import Reading, ReadOptions


def a_scene(name: str) -> Scene:
    return Scene(id=name, rasters=(Path(f"/scenes/{name}.tif"),))


def a_reading(**item) -> Reading:
    return Reading(item=item, files={}, thumbnail=None)


def obedient(scene: Scene, options: ReadOptions) -> Reading:
    """Does what the scene is named after."""
    verb = scene.id.partition("-")[0]
    return {"abort": abort, "hang": hang, "eat": eat, "refuse": refuse, "stumble": stumble}.get(verb, read)(
        scene, options
    )


def read(scene, options):
    return a_reading(id=scene.id, pid=os.getpid(), datetime=options.datetime)


def abort(scene, options):
    os.abort()


def hang(scene, options):
    time.sleep(60)


def eat(scene, options):
    return a_reading(size=len(bytes(2**33)))


def refuse(scene, options):
    raise UnreadableRaster(f"{scene.id}.tif: is empty.")


def stumble(scene, options):
    raise KeyError("band")


def modules(scene, options):
    """Reads a file as usual and tells what is imported then."""
    from django_stac.raster.item import read_scene

    try:
        read_scene(scene, options)
    except UnreadableRaster:
        return a_reading(modules=sorted(sys.modules), main=vars(sys.modules["__main__"]).get("__file__"))


def chatter(scene, options):
    """Prints, as GDAL does."""
    print("noise")  # noqa: T201
    os.write(1, b"noise")
    os.write(2, b"noise")
    return a_reading(id=scene.id)


def careless(scene, options):
    """Reads as usual, but for a scene named ``abort``."""
    from django_stac.raster.item import read_scene

    return abort(scene, options) if scene.id == "abort" else read_scene(scene, options)
