"""Every write of Find care, a module a noun."""
