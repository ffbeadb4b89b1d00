"""What KS leads can import of accounts: contacts of municipalities, and vendors."""

from pilot.accounts.imports.contacts import CONTACTS
from pilot.accounts.imports.vendors import VENDORS

__all__ = ["CONTACTS", "VENDORS"]
