"""Reading accounts."""

from pilot.accounts.links import token_hash
from pilot.accounts.queries.acting import (
    PROVIDERS,
    Entry,
    Recipient,
    actor_of,
    actor_of_token,
    credentials,
    entry,
    ks_leads,
    recipients,
    steering_group,
)
from pilot.accounts.queries.confirmations import Confirmed, confirmations_of
from pilot.accounts.queries.contacts import (
    ContactKnown,
    VendorKnown,
    contacts_known,
    municipality_organisations,
    vendors_known,
)
from pilot.accounts.queries.once import invited, link_address, salts_that_work, signed_up
from pilot.accounts.queries.organisations import (
    organisation,
    organisation_of,
    organisations,
    possible_heads,
    taking_part,
)
from pilot.accounts.queries.own import kept_of, own_page
from pilot.accounts.queries.people import people, person
from pilot.accounts.queries.requests import municipality_choices, request, requests, waiting

__all__ = [
    "PROVIDERS",
    "Confirmed",
    "ContactKnown",
    "Entry",
    "Recipient",
    "VendorKnown",
    "actor_of",
    "actor_of_token",
    "confirmations_of",
    "contacts_known",
    "credentials",
    "entry",
    "invited",
    "kept_of",
    "ks_leads",
    "link_address",
    "municipality_choices",
    "municipality_organisations",
    "organisation",
    "organisation_of",
    "organisations",
    "own_page",
    "people",
    "person",
    "possible_heads",
    "recipients",
    "request",
    "requests",
    "salts_that_work",
    "signed_up",
    "steering_group",
    "taking_part",
    "token_hash",
    "vendors_known",
    "waiting",
]
