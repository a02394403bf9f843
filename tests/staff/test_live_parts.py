"""Parts of a page that are asked for alone: each has its page for whoever asks plainly, and says nothing to whoever was signed out (items 75, 80 and 83)."""

from flask import Flask
from lxml import html

from portal.web import DECLARED, REGIONS
from tests.browser_client import CheckingClient, form_values, pick_form
from tests.staff.desks import DESKS, desk_at, where_desks_are, who_sits
from tests.town import Town

LIVE = {"HX-Request": "true", "HX-Target": "written"}


def test_every_desk_is_tried_and_every_region_known() -> None:
    previews = {name.removeprefix("staff.").removesuffix("_preview") for name in DECLARED if name.endswith("_preview")}
    assert previews == set(DESKS)
    assert set(REGIONS) == {"written", "kept"}, "a new part needs its own tests here"


def test_item_80_and_item_83_a_part_has_its_page_and_whoever_is_signed_out_is_told_so(app: Flask, town: Town) -> None:
    everywhere, within = where_desks_are(town), who_sits(app, town)
    stranger = app.test_client()
    for desk in DESKS:
        browser, address = desk_at(desk, within, everywhere)
        fields = form_values(pick_form(browser.page(address), address))
        plain = browser.post(f"{address}/preview", data=fields)
        part = browser.post(f"{address}/preview", data=fields, headers=LIVE)
        page, found = html.document_fromstring(plain.get_data(as_text=True)), html.fragments_fromstring(part.get_data(as_text=True).strip())
        assert (plain.status_code, part.status_code) == (200, 200), desk
        assert page.get("lang") and len(page.findall(".//h1")) == 1, desk
        assert [each.get("id") for each in found] == ["written"], "a part is its own root and nothing else"
        assert not found[0].xpath(".//h1 | .//main | .//*[@id='status' or @id='alert']"), "nothing of the page round it comes with a part"
        gone = stranger.post(f"{address}/preview", data=fields, headers=LIVE)
        assert (gone.status_code, gone.data) == (401, b""), desk
        assert stranger.post(f"{address}/preview", data=fields).status_code == 303, desk
        assert stranger.get(f"{address}/preview").status_code in (303, 405), desk


def test_item_75_every_page_with_a_live_part_has_two_empty_places_for_what_is_said_outside_it(app: Flask, town: Town) -> None:
    everywhere, within = where_desks_are(town), who_sits(app, town)
    for desk in DESKS:
        browser, address = desk_at(desk, within, everywhere)
        page = browser.page(address)
        places = page.xpath("//*[@id='status'][@role='status'] | //*[@id='alert'][@role='alert']")
        assert len(places) == 2 and not any(each.text_content().strip() for each in places), desk
        assert not any(above.get("id") in REGIONS for each in places for above in each.iterancestors()), desk


def test_item_83_the_list_of_files_has_its_page(client: CheckingClient) -> None:
    part = client.get("/complain/files", headers={"HX-Request": "true", "HX-Target": "kept"})
    assert part.status_code == 200 and "<h1" not in part.get_data(as_text=True)
    assert client.page("/complain/files").find(".//h1") is not None
