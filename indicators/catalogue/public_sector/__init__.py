"""Indicators of the theme public sector, one file each."""
