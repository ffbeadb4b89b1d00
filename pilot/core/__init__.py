"""Ground every slice stands on; knows no slice and no request."""
