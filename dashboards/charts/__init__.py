"""Charts: figures of a release in, a Plotly figure out. Nothing here asks the release or draws a page."""
