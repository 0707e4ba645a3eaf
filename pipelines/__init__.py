"""The steps run in order, each a Dagster asset: fetch and judge datasets, compute figures, publish a release.

One module for each Dagster concept. What a step does is decided by the sources, warehouse and indicators.
"""
