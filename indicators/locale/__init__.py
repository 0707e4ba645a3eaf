"""The gettext catalogues, one a language, and what keeps them in step with the texts."""
