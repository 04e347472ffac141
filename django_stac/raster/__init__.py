"""Raster files in, STAC 1.1.0 items out: knows files and specifications, neither Django nor the database."""
