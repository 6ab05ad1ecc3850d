"""The demo: an invented community, and the two processes that show it. Nobody in it exists."""
