"""What is worked out, as statements, and each statement in each format."""
