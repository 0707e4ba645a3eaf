"""A whole release as open data: in several formats, described for machines and for catalogues.

Nothing is computed here; what the figures are is the release's to say.
"""

from indicators.exports.making import FORMS, Gone, export, name_of, zipped

__all__ = ["FORMS", "Gone", "export", "name_of", "zipped"]
