"""Every write of safety, a module a noun."""
