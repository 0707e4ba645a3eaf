"""Indicators of the theme labour, one file each."""
