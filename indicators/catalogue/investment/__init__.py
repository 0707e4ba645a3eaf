"""Indicators of the theme investment, one file each."""
