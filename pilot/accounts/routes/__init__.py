"""Pages of accounts, split by what people come for."""

from pilot.accounts.routes import (
    invitations,
    organisations,
    own_page,
    people,
    requests,
    signing_in,
)
from pilot.accounts.routes.base import bp

__all__ = ["bp", "invitations", "organisations", "own_page", "people", "requests", "signing_in"]
