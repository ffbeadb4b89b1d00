"""Where operations on candidates stand."""

from pilot.web.api import PREFIX, Endpoints, Json

NUMBER: Json = {"type": "string", "pattern": "^[0-9]{4}$"}
BY_NUMBER: list[Json] = [{"name": "number", "in": "path", "required": True, "schema": NUMBER}]
bp = Endpoints("candidates-api", __name__, url_prefix=f"{PREFIX}/candidates")
