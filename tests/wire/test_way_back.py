"""N4: the way back after signing in leads to a page of ours or to the first one, whatever the address says."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from portal.access import Role
from tests.browser_client import CheckingClient
from tests.town import PASSWORD, Town

HOSTS = ("//evil.example", "///evil.example", "////evil.example/x", "http://evil.example", "https://evil.example/staff/", "http:evil.example", "https:/evil.example", "HTTP://evil.example")
TURNED = (r"/\evil.example", r"\\evil.example", r"/\/evil.example", r"\/evil.example/staff/", r"/staff/\evil.example", "/%5cevil.example", "/%2f/evil.example", "/%2fevil.example")
SPACED = (" //evil.example", "/ /evil.example", "\t//evil.example", "/\t/evil.example", "/\n/evil.example", "\r\n//evil.example", "/\r\nLocation: //evil.example", "/staff/\r\nSet-Cookie: a=b", "\x00//evil.example", "/\u2028/evil.example", "\u00a0//evil.example", "/\u200b/evil.example")
SCHEMES = ("javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "mailto:a@evil.example", "tel:1", "ftp://evil.example", "//user@evil.example", "http://localhost@evil.example", "//localhost.evil.example", "//localhost:80@evil.example/")
WALKED = ("/staff/..//evil.example", "/staff/../../evil.example", "/staff/./..//evil.example/", "/..//evil.example", "/.//evil.example", "/staff//evil.example", "staff/../../evil.example", "evil.example", "@evil.example", ".evil.example")
OTHERS = ("/your-complaint", "/follow", "/sign-out", "/leave", "/no/such/page", "/staff/sign-out", "", "?", "#", "/staff/complaints/000000000/messages#//evil.example")
PAYLOADS = (*HOSTS, *TURNED, *SPACED, *SCHEMES, *WALKED, *OTHERS)


def test_N4_C9_sixty_ways_back_never_lead_off_these_pages(client: CheckingClient, app: Flask, town: Town) -> None:
    assert len(PAYLOADS) == 60
    email = town.staff[Role.MANAGER].email
    town.register.rollback()
    page = client.page("/staff/sign-in")
    fields = {each: page.xpath(f"string(//input[@name='{each}']/@value)") for each in ("csrf_token", "key")}
    fields |= {"email": email, "password": PASSWORD}
    for payload in PAYLOADS:
        page = client.page("/staff/sign-in")
        fields["csrf_token"] = page.xpath("string(//input[@name='csrf_token']/@value)")
        answer = client.post("/staff/sign-in", query_string={"next": payload}, data=fields)
        assert answer.status_code == 303, payload
        led = urlsplit(urljoin("http://localhost/staff/sign-in", answer.headers["Location"]))
        assert (led.scheme, led.netloc) == ("http", "localhost") and led.path.startswith("/staff/"), payload
        assert client.get(answer.headers["Location"]).status_code in (200, 303, 404), "and nobody sees there what they may not"
        client.delete_cookie("portal")


@pytest.mark.parametrize("address", ["/staff/", "/staff/due?with=me", "/staff/find?q=//evil.example"])
def test_N4_C9_a_page_of_ours_is_gone_back_to(client: CheckingClient, app: Flask, town: Town, address: str) -> None:
    email = town.staff[Role.MANAGER].email
    town.register.rollback()
    page = client.page("/staff/sign-in", query_string={"next": address})
    fields = {each: page.xpath(f"string(//input[@name='{each}']/@value)") for each in ("csrf_token", "key")} | {"email": email, "password": PASSWORD}
    assert client.post("/staff/sign-in", query_string={"next": address}, data=fields).location == address
