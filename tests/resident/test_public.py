"""The pages anyone may read: the start page, the sum of days, the policy, and the landlord's colour."""

from datetime import date

import pytest

from portal import clock, db, i18n
from portal.complaints.settings import LandlordSetting
from portal.public import days, statement
from portal.public.theme import contrast, deeper, readable
from portal.rules import editions
from tests.browser_client import CheckingClient, words_of
from tests.town import Town

TODAY = date(2026, 6, 15)
MEANT = {
    "12/5/26": date(2026, 5, 12), "12.5.2026": date(2026, 5, 12), "12-05-2026": date(2026, 5, 12), "12 5 26": date(2026, 5, 12),
    "2026-05-12": date(2026, 5, 12), "12 May 2026": date(2026, 5, 12), "12th of May 2026": date(2026, 5, 12),
    "the 12th May, 2026": date(2026, 5, 12), "Tuesday 12 May 2026": date(2026, 5, 12), "tues. 12 may": date(2026, 5, 12),
    "May 12 2026": date(2026, 5, 12), "12may26": date(2026, 5, 12), "1st sept 2025": date(2025, 9, 1), "24 December": date(2025, 12, 24),
    "12/5": date(2026, 5, 12), "today": TODAY, " Yesterday ": date(2026, 6, 14), "29 Feb 2024": date(2024, 2, 29),
}  # fmt: skip
NOT_A_DAY = ["", "soon", "31/2/26", "32 May", "2026", "May", "12/13/26", "0/0/0", "12 Smarch 2026", "🙂", "1" * 100, "٢٠٢٦"]


@pytest.mark.parametrize("typed", MEANT)
def test_a_day_is_read_as_it_was_meant(typed: str) -> None:
    assert days.read_day(typed, TODAY) == MEANT[typed]


@pytest.mark.parametrize("typed", NOT_A_DAY)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert days.read_day(typed, TODAY) is None


def test_a_month_is_read_in_the_language_in_use() -> None:
    with i18n.speaking("en"):
        assert days.read_day("3 October 2025", TODAY) == date(2025, 10, 3)


def test_the_start_page_says_what_the_edition_says(client: CheckingClient) -> None:
    edition = editions.in_force(clock.today())
    said = words_of(client.page("/"))
    assert edition.stages[0].acknowledge is not None
    for limit in (edition.stages[0].acknowledge, edition.stages[0].respond, edition.stages[1].respond):
        assert f"{limit.working_days} working days" in said
    assert "two stages and no more" in said


def test_item_65_the_start_page_shows_who_to_ring_and_runs_no_script(client: CheckingClient) -> None:
    page = client.page("/")
    assert {"tel:999", "tel:01632960999"} <= set(page.xpath("//main//a/@href"))
    assert page.findall(".//script") == []
    assert "Nobody reads this website at night" in words_of(page)
    assert len(client.get("/").data) < 16_000


@pytest.mark.parametrize("language", ["cy", "pl", "ro", "bn", "ur", "pa", "ar", "so", "tr"])
def test_item_31_a_day_is_read_as_the_portal_itself_writes_it_in_every_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "installed", lambda: ("en", language))
    with i18n.speaking(language):
        for month in range(1, 13):
            meant = date(2026, month, 12)
            for typed in (i18n.day(meant), f"{i18n.day_and_month(meant)} 2026"):
                assert days.read_day(typed, date(2026, 12, 31)) == meant, typed


@pytest.mark.parametrize("typed", ["12 Ağustos 2026", "12 agustos 2026", "12 AGUSTOS 2026", "12 ağustos 2026 çarşamba", "12 Agustos 2026 Carsamba"])
def test_item_31_a_turkish_day_is_read_with_its_marks_or_without(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "installed", lambda: ("en", "tr"))
    with i18n.speaking("tr"):
        assert days.read_day(typed, date(2026, 12, 31)) == date(2026, 8, 12)
        assert days.read_day("3 ARALIK 2026", date(2026, 12, 31)) == days.read_day("3 aralik 2026", date(2026, 12, 31)) == date(2026, 12, 3)


@pytest.mark.parametrize("typed", ["12 জানুয়ারি 2026", "12 জানুয়ারী 2026", "১২ জানুয়ারি ২০২৬", "12 জানু\u09dfারি 2026"])
def test_item_31_a_bengali_month_is_read_however_it_is_spelt(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "installed", lambda: ("en", "bn"))
    with i18n.speaking("bn"):
        assert days.read_day(typed, date(2026, 12, 31)) == date(2026, 1, 12)


@pytest.mark.parametrize("url", ["/policy", "/accessibility", "/privacy", "/words", "/display", "/when", "/follow", "/signed-out", "/complain/danger"])
def test_every_public_page_is_there_for_somebody_who_never_came_before(client: CheckingClient, url: str) -> None:
    assert client.get(url).status_code == 200


def test_the_sum_of_days_is_the_same_as_for_a_real_complaint(client: CheckingClient) -> None:
    said = words_of(client.page("/when?received=24+dec+2026&division=england-and-wales"))
    assert "We write to say we have it by Tuesday 5 January 2027" in said
    assert "Boxing Day" in said
    assert "Tuesday 12 January 2027" in words_of(
        client.page("/when?received=24/12/26&acknowledged=28+dec+2026&division=england-and-wales")
    )


def test_scotland_counts_other_holidays(client: CheckingClient) -> None:
    said = words_of(client.page("/when?received=31+dec+2025&division=scotland"))
    assert "Friday 9 January 2026" in said


def test_stage_2_is_counted_from_the_request(client: CheckingClient) -> None:
    said = words_of(client.page("/when?received=1+june+2026&requested=6+july+2026&division=england-and-wales"))
    assert "We write to say we have your request by Monday 13 July 2026" in said
    assert "Our final answer comes by Monday 10 August 2026" in said
    assert "We write to say we have it by" not in said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("received=", "Write the day we had your complaint"),
        ("received=soon", "Write the day like this"),
        ("received=1+june+2026&acknowledged=1+may+2026", "This is before the day we had your complaint"),
        ("received=1+june+2026&requested_acknowledged=1+july+2026", "Write the day you asked for stage 2 too"),
        ("received=1+june+2026&division=narnia", "Choose which bank holidays count"),
        ("received=1/1/1066", "Write the day like this"),
        ("received=%00%ff%ed%a0%80", "Write the day"),
        ("received=" + "9" * 3_000, "Write the day like this"),
    ],
)
def test_a_day_that_cannot_be_counted_from_is_told_beside_its_box(client: CheckingClient, query: str, said: str) -> None:
    answer = client.get(f"/when?division=england-and-wales&{query}" if "division" not in query else f"/when?{query}")
    assert answer.status_code == 422
    assert said in words_of(answer.get_data(as_text=True))


def test_the_landlords_colour_is_kept_an_hour(client: CheckingClient, town: Town) -> None:
    with db.transaction(town.register):
        town.register.add(LandlordSetting(name="accent", value="#004d40", set_at=clock.now()))
    answer = client.get("/theme.css")
    assert answer.mimetype == "text/css"
    assert "--accent:#004d40" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("accent", ["#ffee00", "#777777", "red", "#004d40;}body{display:none}", "", "#00g000"])
def test_a_colour_that_cannot_be_read_by_everyone_is_not_used(accent: str) -> None:
    assert readable(accent) == "#2c3079"
    assert contrast("#f1ece1", readable(accent)) >= 7


def test_contrast_is_counted_as_everybody_counts_it() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#1f1c19", "#faf7f0"), 1) == 15.8
    assert contrast(deeper("#2c3079"), "#f1ece1") > contrast("#2c3079", "#f1ece1")


def test_item_5_the_statement_is_made_of_what_was_tried_what_is_known_to_fail_and_what_nobody_has_tried(client: CheckingClient) -> None:
    said = words_of(client.page("/accessibility"))
    for words in (*(each.what for each in statement.TRIED), *(each.words for each in statement.FAULTS), *statement.NOT_TRIED):
        assert words in said
    assert said.count("Last on") == len(statement.TRIED)
    assert i18n.day(statement.made_on()) in said and statement.made_on() <= date.today()
