"""The pages: what a reader sees of a release. Nothing here computes a figure, fetches or writes."""
