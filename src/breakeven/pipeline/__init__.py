"""The only place where the rooms meet: from a folder to what is worked out of it."""
