"""The public API: what any stranger may read of Find care, for programs. It answers nobody else.

It reads the same form and asks the same index as the page, so the two cannot drift apart. `schema.py` says
in OpenAPI what goes in and comes out; the tests hold every answer to it.
"""
