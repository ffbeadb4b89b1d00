"""Flask's side of the house; knows core, and no slice."""
