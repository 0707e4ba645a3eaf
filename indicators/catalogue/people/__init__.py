"""Indicators of the theme people, one file each."""
