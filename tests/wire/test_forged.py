"""What somebody else sends in a person's name, or pretends to be: refused, and nothing is written of it (K1, K6, K7)."""

from typing import Any

import pytest
from flask import Flask

from portal import pace
from portal.forms import SAID_ONCE
from tests.browser_client import CheckingClient
from tests.resident.journeys import signs_in
from tests.test_access_walk import MAKES_FILES
from tests.town import CODE, Town
from tests.walk import Walk
from tests.wire.comers import HARMLESS, LEAVING, token_of, whoever_may

ELSEWHERE = ("cross-site", "same-site", "nonsense")
SHOWS_ALONE = "_preview"
"""It keeps nothing, and shows a letter to whoever has just typed it; another website cannot read what it answers."""

LETTER = "_letter"

NOTHING_TO_SEND = {
    "public.ask_again", "public.type_code", "staff.begin_factor", "staff.second_step", "staff.set_up_factor", "resident.call_check", "resident.check", "resident.narrow_authority", "staff.acknowledge_together", "staff.answer_together", "staff.approve", "staff.approve_answer", "staff.breach", "staff.panel_record",
}  # fmt: skip
"""Whoever sends these, or a letter, in the town of the walk has begun none, or nothing waits for it: they are led back before anything is read.

With something begun, tests/test_every_form.py sends each of them without its token.
"""

NO_FORM = "public.csp"
"""Browsers send it by themselves and have no token for it; tests/wire/test_reports.py shows that nothing comes of it but a line of the log."""

ASKED = {"staff.record_outside": "?kind=update"}
"""Which form it is stands in the address."""


def sent(there: Walk, person: str, url: str, fields: dict[str, Any], **headers: str) -> tuple[int, set[str]]:
    """The answer to a form and what was written of it."""
    client = there.client(person)
    there.town.register.rollback()
    there.written.clear()
    answer = client.post(url, data=fields, headers=headers)
    return answer.status_code, set(there.written)


def test_N1_K1_no_form_is_taken_without_its_token_with_anothers_or_from_another_website(there: Walk) -> None:
    wrong, forms = [], whoever_may("POST")
    assert len(forms) > 80
    for row, person in forms:
        if row.endpoint == NO_FORM:
            continue
        url, own = there.url(row.endpoint, row.relation) + ASKED.get(row.endpoint, ""), token_of(there, there.client(person))
        anothers = token_of(there, there.client(person), "b" * 40)
        refused = {
            "without": sent(there, person, url, {}), "with another's": sent(there, person, url, {"csrf_token": anothers}),
            "elsewhere": sent(there, person, url, {"csrf_token": own}, **{"Sec-Fetch-Site": "cross-site"}),
        }  # fmt: skip
        taken = sent(there, person, url, {"csrf_token": own, "key": ""}, **{"Sec-Fetch-Site": "same-origin"})
        if row.endpoint.endswith((SHOWS_ALONE, LETTER)) or row.endpoint in NOTHING_TO_SEND:
            assert all(came[1] <= HARMLESS for came in refused.values()), row
            refused = {"elsewhere": refused["elsewhere"]}
        wrong += [f"{row.endpoint} {how}: {came}" for how, came in refused.items() if came[0] != 400 or not came[1] <= HARMLESS]
        if taken[0] == 400:
            wrong.append(f"{row.endpoint} refuses its own page")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("site", ELSEWHERE)
def test_N1_K1_nobody_is_signed_out_from_another_website(there: Walk, site: str) -> None:
    for endpoint in LEAVING[:2]:
        person = "resident" if endpoint.startswith("public") else "manager"
        assert sent(there, person, there.url(endpoint, "any"), {}, **{"Sec-Fetch-Site": site}) == (400, set())
    assert there.client("resident").get("/your-complaint").status_code == 200


def test_N2_K1_no_page_that_is_only_looked_at_changes_a_row(there: Walk) -> None:
    wrong = []
    for row, person in whoever_may("GET"):
        client = there.client(person)
        before = counted(there)
        client.get(there.url(row.endpoint, row.relation))
        changed = {table for table, rows in counted(there).items() if rows != before[table]}
        wrong += [f"{row.endpoint}: {table}" for table in changed - {"read_event", "visit"} - ({"made_file"} if row.endpoint in MAKES_FILES else set())]
    assert wrong == [], "\n".join(wrong)


def counted(there: Walk) -> dict[str, int]:
    """Each table, as a number that any change of any row changes."""
    there.town.register.rollback()
    with there.app.extensions["engine"].connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_search%'").scalars().all()
        return {table: hash(tuple(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY rowid")))) for table in tables}


@pytest.mark.parametrize("name", SAID_ONCE)
def test_N9_K7_what_says_who_may_act_is_taken_once_or_not_at_all(client: CheckingClient, app: Flask, town: Town, name: str) -> None:
    town.complains()
    page = client.page("/follow")
    fields: dict[str, Any] = {each: page.xpath(f"string(//input[@name='{each}']/@value)") for each in ("csrf_token", "key", "version")}
    fields["code"] = CODE
    answer = client.post("/follow", data=fields | {name: [fields.get(name, "1"), fields.get(name, "1")]})
    assert answer.status_code == 400, name
    assert client.get("/your-complaint").status_code == 303, "nobody was let in"
    assert signs_in(client, CODE).location == "/your-complaint"


def test_N9_K7_eight_fields_are_such() -> None:
    assert len(SAID_ONCE) == 8


def test_N8_K6_an_address_that_somebody_claims_is_not_believed(client: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pace.MOST, "code", 3)
    page = client.page("/follow")
    fields = {each: page.xpath(f"string(//input[@name='{each}']/@value)") for each in ("csrf_token", "key")} | {"code": "wrong"}
    came = []
    for each in range(5):
        claimed = {"X-Forwarded-For": f"203.0.113.{each}", "X-Real-IP": f"203.0.113.{each}", "Forwarded": f"for=203.0.113.{each}"}
        came.append(client.post("/follow", data=fields, headers=claimed, environ_overrides={"REMOTE_ADDR": "198.51.100.7"}).status_code)
    assert came == [422, 422, 422, 429, 429]
    known = {part for key in app.extensions["pace"].times for part in key}
    assert "198.51.100.7" in known and not [each for each in known if "203.0.113" in each]
