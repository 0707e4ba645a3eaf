"""The catalogue: one file an indicator, each with a module-level ``INDICATOR``; registry.py finds them."""
