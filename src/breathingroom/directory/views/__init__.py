"""HTTP: finding, one listing, and one's own."""
