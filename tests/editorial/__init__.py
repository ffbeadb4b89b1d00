"""Pages and notices."""
