"""Password hashes."""

import pytest

from pilot.accounts import passwords

pytestmark = pytest.mark.one_database


def test_a_hash_is_argon2id_with_a_salt_of_its_own():
    one, two = passwords.hash_password("x"), passwords.hash_password("x")
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != two


def test_only_the_right_password_matches():
    hashed = passwords.hash_password("Blåbærsyltetøy")
    assert passwords.matches(hashed, "Blåbærsyltetøy")
    assert not passwords.matches(hashed, "blåbærsyltetøy")
    assert not passwords.matches(hashed, "")


@pytest.mark.parametrize("hashed", [None, "", "x", "$argon2id$broken"])
def test_nothing_matches_what_is_no_hash(hashed):
    assert not passwords.matches(hashed, "nobody has this password")
    assert not passwords.matches(hashed, "")
