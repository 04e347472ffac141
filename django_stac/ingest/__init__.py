"""Rasters in: which file becomes which item of which collection, and where API consumers find it."""
