"""Commands work beside the running site, on either database."""

import httpx
import pytest

from tests.support.site import HTTP, Site, flask

pytestmark = pytest.mark.both_databases


def test_the_trail_is_walked_while_the_site_serves(site: Site) -> None:
    ran = flask(site.database, "pilot", "audit", "verify")
    assert ran.returncode == 0, ran.stderr
    assert "unbroken" in ran.stdout


def test_a_token_made_beside_it_is_good_at_once(site: Site) -> None:
    ran = flask(site.database, "pilot", "token", "create", "leder@ks.example")
    address, token = ran.stdout.strip().split("\t")
    assert address == "leder@ks.example"
    asked = httpx.get(
        f"{site.url}/api/v1/stories",
        headers={"Authorization": f"Bearer {token}"},
        **HTTP,
    )
    assert asked.status_code == 200
    assert asked.json()["total"] > 0


def test_preparing_again_changes_nothing(site: Site) -> None:
    ran = flask(site.database, "pilot", "prepare")
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


def test_a_visitor_signs_in_with_the_forms_own_token(site: Site) -> None:
    visitor = site.visitor("kontakt@0301.kommune.example")
    assert visitor.get("/oversikt").status_code == 200
    assert visitor.post("/logg-ut").status_code == 400  # without the token
    visitor.close()
