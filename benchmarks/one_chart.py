"""What pages are measured against: a plain Streamlit page with one choice and one Plotly chart of the same figures."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import plotly.graph_objects as go
import streamlit as st

HOME = Path(os.environ["OBSERVATORY_HOME"])


@st.cache_data
def figures() -> dict[str, tuple[list[str], list[float]]]:
    """The share of enterprises using AI by country and year."""
    release = (HOME / "current").read_text().strip()
    sql = (
        "SELECT geo, list(period ORDER BY period), list(value ORDER BY period) FROM figures WHERE known_to IS NULL "
        "AND indicator = 'enterprises_using_ai' AND breakdown = '' AND value IS NOT NULL GROUP BY geo ORDER BY geo"
    )
    with duckdb.connect(
        str(HOME / "releases" / release / "observatory.duckdb"), read_only=True
    ) as connection:
        return {geo: (periods, values) for geo, periods, values in connection.execute(sql).fetchall()}


st.set_page_config(page_title="One chart", layout="wide")
st.title("Enterprises using AI")
rows = figures()
chosen = st.selectbox("Country to highlight", sorted(rows))
chart = go.Figure()
for name, (years, shares) in rows.items():
    chart.add_scatter(x=years, y=shares, name=name, line={"width": 3 if name == chosen else 1})
st.plotly_chart(chart)
