"""Indicators of the theme enterprises, one file each."""
