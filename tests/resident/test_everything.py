"""All that somebody may see of a complaint, in one press: the page and the file say the same, and neither says more."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal import accounts, clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.files import HELD
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party, let_in_resident
from tests.letters.read_again import drawn
from tests.resident.journeys import complains, signs_in
from tests.resident.test_case import matched
from tests.resident.test_stopping import acting_for_edna, browsers, stops, who
from tests.town import CODE, Town

PAGE, FILE = "/your-complaint/everything", "/your-complaint/everything/file"
DAY = date(2026, 5, 28)
SAFE = {
    "channels": ["email", "post", "phone"], "email": "samira@refuge.example", "phone": "01632 960183", "post": "99 Hidden Lane\nElsewhere",
    "times": "Never after six", "voicemail": "no", "say_who": "no",
}  # fmt: skip
HIDDEN = ("samira@", "refuge", "960183", "Hidden Lane", "after six")


@pytest.fixture(autouse=True)
def _town_stands_back(app: Flask, town: Town) -> None:
    """The town ends its reading before each request: SQLite lets nobody write while somebody reads."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Answered on 22 May, with everything there can be: a note and a call beside it that are not the resident's to see."""
    with clock.at(date(2026, 5, 18)):
        found = matched(town, town.complains(safe_contact=SAFE, adjustments={"kinds": ["large_print"], "words": "Eighteen point.", "span": "this"}))
    town.acknowledged(found, on=date(2026, 5, 20))
    town.answered(found, on=date(2026, 5, 22))
    with clock.at(date(2026, 5, 23)), town.writing():
        operations.write(found, "The tiles are still off.", by=town.resident(found))
        operations.reply(found, "The roofer comes on Friday.", by=town.viewer(Role.HANDLER))
        operations.write_note(found, "She seems tired.", by=town.viewer(Role.HANDLER))
        operations.raise_issue(found, "Now the gutter is gone too.", by=town.resident(found))
    town.register.rollback()
    return found


def data_in(answer: Any) -> tuple[dict[str, Any], zipfile.ZipFile]:
    """The document of an archive, and the archive."""
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert archive.testzip() is None
    return json.loads(archive.read("your-complaint.json")), archive


def in_both(client: CheckingClient) -> tuple[str, dict[str, Any]]:
    """What the page says, and what the file does."""
    with clock.at(DAY):
        return words_of(client.page(PAGE)).split("Talk to a person")[0], data_in(client.get(FILE))[0]


def test_ruling_9_everything_they_may_see_comes_in_one_press_on_a_page_and_in_a_file(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        client.page("/your-complaint")
    said, data = in_both(client)
    for words in (
        "Rain comes through the bedroom ceiling.", "Eighteen point.", "Letters in large print", "The bedroom ceiling has leaked since February.",
        "Upheld. We were at fault.", "Mend the roof", "£350", "Mend the tiles", "The tiles are still off.", "The roofer comes on Friday.",
        "Now the gutter is gone too.", "The first order was closed by mistake.", "Handler Person", "We answered your complaint.",
    ):  # fmt: skip
        assert words in said, words
        assert words in json.dumps(data, ensure_ascii=False), words
    assert [one["title"] for one in data["letters"]] == [each.body["title"] for each in complaint.letters]
    assert data["received_on"] == "2026-05-18" and data["reference"] == complaint.reference


def test_ruling_9_notes_and_what_is_there_for_their_safety_are_in_neither(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    signs_in(client, CODE)
    said, data = in_both(client)
    for words in (*HIDDEN, "She seems tired."):
        assert words not in said and words not in json.dumps(data, ensure_ascii=False), words
    assert "We also have a note about contacting you safely." in said and data["we_have_a_note_about_contacting_you_safely"] is True
    assert "s…@….example" in said and "… 83" in said
    assert {one["way"]: one["masked"] for one in data["how_we_reach_you"]} == {"Email": "s…@….example", "Post": None, "Phone": "… 83"}


def test_a_call_is_there_only_where_it_is_shown_to_them(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 24)), town.writing():
        for words, shown in (("We agreed on Friday.", True), ("He shouted.", False)):
            operations.record_contact(complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Samira", words=words, on=date(2026, 5, 23), shown=shown)
    signs_in(client, CODE)
    said, data = in_both(client)
    assert "We agreed on Friday." in said and "He shouted." not in said
    assert [one["words"] for one in data["calls_and_visits"]] == ["We agreed on Friday."]


def test_a_disability_is_there_as_it_was_written_down(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with town.writing():
        operations.disclose(complaint, "I have asthma.", by=town.viewer(Role.HANDLER), carried=False)
    signs_in(client, CODE)
    said, data = in_both(client)
    assert "I have asthma." in said and data["disabilities"][0]["words"] == "I have asthma."


def test_until_staff_know_who_they_are_they_see_what_they_wrote_and_dates(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        complains(client)
        town.register.rollback()
        said, data = in_both(client)
    assert "nobody rang back" in said and data["points"] == [] and data["with"] is None
    assert data["next_date"] == "2026-06-04"


def test_their_files_are_in_it_and_one_that_has_to_wait_is_named_and_not_handed_on(client: CheckingClient, town: Town, app: Flask) -> None:
    with clock.at(DAY):
        complains(client)
        for name in ("what/I\u202esaw.txt", "held.txt"):
            client.send("/your-complaint/messages", {"words": "See this.", "files": (io.BytesIO(name.encode()), name)})
    complaint = town.register.query(Complaint).one()
    with town.writing():
        next(each for each in complaint.files if each.name == "held.txt").state = HELD
    town.register.rollback()
    with clock.at(DAY):
        data, archive = data_in(client.get(FILE))
    assert [each for each in archive.namelist() if each.startswith("files/")] == ["files/01 Isaw.txt"]
    assert archive.read("files/01 Isaw.txt") == "what/I\u202esaw.txt".encode()
    assert [each["in_this_file_as"] for each in data["files"]] == ["files/01 Isaw.txt", None]


def test_every_letter_is_in_it_to_print_and_in_the_form_that_they_asked_for_once(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        made = town.complains(safe_contact=SAFE, adjustments={"kinds": ["large_print", "plain_text"], "words": "", "print_size": "24"})
        let_in_resident(client, town.register, made)
        data, archive = data_in(client.get(FILE))
    names = ["letters/letter-1.pdf", "letters/letter-1-24.pdf", "letters/letter-1.txt"]
    assert data["letters"][0]["in_this_file_as"] == names and set(names) <= set(archive.namelist())
    assert min(each.size for each in drawn(archive.read(names[1]))) >= 24 > min(each.size for each in drawn(archive.read(names[0])))


def test_a_file_that_is_gone_from_the_disk_stops_nobody(client: CheckingClient, town: Town, app: Flask) -> None:
    with clock.at(DAY):
        complains(client)
        client.send("/your-complaint/messages", {"words": "", "files": (io.BytesIO(b"seen"), "seen.txt")})
        for path in app.extensions["portal"].files.iterdir():
            path.unlink()
        data, _archive = data_in(client.get(FILE))
    assert data["files"][0]["in_this_file_as"] is None


def test_ruling_5_somebody_who_acts_for_them_gets_what_their_authority_covers(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read",))
    edna, rhys, _ = browsers(client, town, complaint)
    said, data = words_of(rhys.page(PAGE)), data_in(rhys.get(FILE))[0]
    assert "what you may see of the complaint of Edna Marsh" in said and data["letters"] == [] and "Rain comes through" in said
    with town.writing():
        operations.show_authority(complaint, who(complaint), by=town.viewer(Role.HANDLER), proof="A longer note.", scope=("read", "receive"))
    town.register.rollback()
    data = data_in(rhys.get(FILE))[0]
    assert {one["number"] for one in data["letters"]} < {one["number"] for one in data_in(edna.get(FILE))[0]["letters"]}
    for theirs in ("what_would_make_it_easier", "disabilities", "what_happened", "who_acts_for_you", "calls_and_visits", "promises"):
        assert data[theirs] == [], theirs


def test_ruling_6_somebody_who_was_stopped_gets_nothing_from_the_next_press_on(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "receive"))
    edna, rhys, _ = browsers(client, town, complaint)
    assert rhys.get(PAGE).status_code == rhys.get(FILE).status_code == 200
    stops(edna, town, complaint)
    assert rhys.get(PAGE).status_code == rhys.get(FILE).status_code == 404


def test_one_of_several_homes_gets_nothing_of_another(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    other = town.complains("The lift is broken.", code="M" * 24, name="Tomasz Wilk", address="2 Other Street")
    let_in_party(client, town.register, other.resident)
    town.register.rollback()
    said, data = in_both(client)
    assert "The lift is broken." in said and "bedroom" not in said and "bedroom" not in json.dumps(data)


def test_ruling_5_somebody_whose_authority_was_not_shown_gets_their_own_words_and_not_even_a_name(client: CheckingClient, town: Town) -> None:
    rhys = operations.ActingFor("Rhys Marsh", "asked", safe_contact={"channels": ["email"], "email": "rhys@mail.example"})
    complaint = town.complains(name="Edna Marsh", acting=rhys)
    let_in_party(client, town.register, who(complaint))
    said = words_of(client.page(PAGE)).split("Talk to a person")[0]
    assert "Edna" not in said and "Rain comes through" in said and "it is all that you see" in said
    assert "Edna" not in json.dumps(data_in(client.get(FILE))[0])


def test_s10_the_file_goes_to_nobody_with_one_mailbox_alone_and_the_page_that_gives_it_is_where_they_come_back(client: CheckingClient, town: Town) -> None:
    let_in_party(client, town.register, town.complains().resident, how=accounts.BY_EMAIL)
    asked = client.get(FILE).location
    assert asked == "/your-complaint/prove?then=all_of_it_file" and client.get(PAGE).status_code == 200
    assert client.send(asked, {"code": CODE}).location == PAGE
    data_in(client.get(FILE))


def test_the_page_begins_with_its_parts_each_a_heading_to_jump_to_and_how_many_things_are_in_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    signs_in(client, CODE)
    page = client.page(PAGE)
    links = page.xpath("//nav[@aria-labelledby='parts']//a")
    for link in links:
        there = page.get_element_by_id(link.get("href").removeprefix("#"))
        assert there.tag != "h2" or words_of(there) == words_of(link)
    listed = [each.get("href") for each in links if not each.get("href").startswith("#letter-")]
    assert listed == [f"#{each.get('id')}" for each in page.xpath("//main//section/h2") if each.get("id") != "parts"], "Every part, in order, and no other."
    said = words_of(page.xpath("//nav[@aria-labelledby='parts']")[0])
    letters = len(page.xpath("//article[contains(@class, 'letter')]"))
    assert f"Our letters to you ({letters})" in said and "Messages (2)" in said and "Your points, and what we found (2)" in said
    assert len([each for each in links if each.get("href").startswith("#letter-")]) == letters > 1
    assert "Photos and papers" not in said and page.xpath("//main//details") == [], "Nothing is folded away, so that paper has all of it."


def test_for_whoever_acts_the_list_has_only_what_they_may_see(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    _edna, rhys, _manager = browsers(client, town, complaint)
    said = words_of(rhys.page(PAGE).xpath("//nav[@aria-labelledby='parts']")[0])
    assert "Our letters to them" in said and "Who acts for you" not in said and "What has happened" not in said
