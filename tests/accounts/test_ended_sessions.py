"""A cookie that was signed out is worth nothing, also a copy of it."""

from contextvars import Context

from tests.support.people import Person


def test_a_copied_cookie_ends_with_the_session(app, world, municipality: Person) -> None:
    client, thief = app.test_client(), app.test_client()
    for browser in (client, thief):
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = f"{municipality.actor.person_id}.0.one-and-the-same"
            cookie["_fresh"] = True
    assert Context().run(thief.get, "/oversikt").status_code == 200
    Context().run(client.post, "/logg-ut")
    assert Context().run(thief.get, "/oversikt").status_code == 302


def test_another_session_of_the_person_goes_on(app, world, municipality: Person) -> None:
    one, other = app.test_client(), app.test_client()
    for browser, name in ((one, "phone"), (other, "desk")):
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = f"{municipality.actor.person_id}.0.{name}"
            cookie["_fresh"] = True
    Context().run(one.post, "/logg-ut")
    assert Context().run(other.get, "/oversikt").status_code == 200
