"""Shape of what is typed about accounts."""
