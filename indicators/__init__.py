"""What is measured: the catalogue of indicators, the algebra of their formulas, targets, words and texts.

Only compute.py knows the query engine's expressions; everything else is plain data and plain functions.
"""
