"""Pages of this room: a member's own, and the staff's queue."""
