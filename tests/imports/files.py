"""Files as people send them to the import, and the steps of its pages."""

import io

from openpyxl import Workbook

from tests.support.people import Person


def book(head: list[str], rows: list[list[str]]) -> bytes:
    made = Workbook()
    for row in [head, *rows]:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(lead: Person, data: bytes, name: str = "kontakter.xlsx", *, key: str = "kontakter"):
    path = f"/import/{key}"
    page = lead.get(path)
    assert page.status_code == 200
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    acting = page.text.split('name="acting_organisation_id"')[1].split('value="')[1].split('"')[0]
    fields = {"csrf_token": token, "acting_organisation_id": acting}
    return lead.post(path, fields | {"file": (io.BytesIO(data), name)})


def stored(lead: Person, data: bytes, key: str) -> str:
    """The preview of a file that is then stored."""
    answer = upload(lead, data, key=key)
    assert answer.status_code == 302, answer.text
    address = answer.headers["Location"]
    preview = lead.get(address).text
    assert lead.submit(address, to=address).status_code == 302
    return preview


def changes_nothing(lead: Person, data: bytes, key: str) -> bool:
    return "Filen endrer ingenting" in lead.follow(upload(lead, data, key=key)).text
