"""Where data come from: one module a source, one a format, and the bytes with their provenance.

Nothing here stores, checks or computes; nothing outside this package opens the network.
"""
