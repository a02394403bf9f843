"""The Complaint Handling Code as data and pure functions: the standard library only, and no clock."""
