"""What whoever writes a mail tells the outbox by a header."""

FORGET_MINUTES = "X-Forget-Minutes"
"""After so many minutes address and words are erased, sent or not. The outbox reads it and never sends it."""
