"""What is kept: the archive of bytes, tidy vintages, checked captures, sealed releases.

Nothing here knows what an indicator is, and nothing is ever overwritten.
"""
