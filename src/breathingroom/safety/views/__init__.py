"""HTTP: crisis lines, reports, and the moderators' desk."""
