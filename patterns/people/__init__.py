"""The people of the library: accounts, roles, limits, the audit log."""
