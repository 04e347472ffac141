"""Scenes for the demo: elevation, land cover and two years of pictures from space of an invented country.

Pure numpy and rasterio; nothing here knows Django or the network.
"""

from .production import make_scenes

__all__ = ["make_scenes"]
