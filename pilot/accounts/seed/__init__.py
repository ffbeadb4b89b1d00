"""Organisations of the register, the people of the demo and of the large site."""
