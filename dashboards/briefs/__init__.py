"""KPI briefs: what they say, and the formats they come in."""
