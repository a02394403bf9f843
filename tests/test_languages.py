"""One choice of language on every page, said plainly where a machine drafted it; letters with the English beside them; the person's own choice, kept."""

import pytest
from lxml import html

from portal import i18n
from portal.access import Role
from portal.complaints import made_files
from portal.complaints.models import Complaint
from portal.letters.paper import printing
from portal.letters.structure import as_text
from tests.browser_client import CheckingClient, words_of
from tests.catalogued import approve_all, put
from tests.doors import let_in_resident, let_in_staff
from tests.letters.read_again import bare, by_pdfium, by_pdfium_pages
from tests.town import Town

POLISH = "Te słowa przetłumaczyła maszyna."
UNDERSTOOD = "Jak rozumiemy Twoją skargę"
pytestmark = pytest.mark.usefixtures("few_words")


def offered(page: html.HtmlElement) -> list[tuple[str, ...]]:
    """The languages that a page offers: name, lang, dir and where each leads."""
    return [(words_of(link), *(link.get(name) for name in ("lang", "dir", "href"))) for link in page.xpath("//nav[contains(@class, 'languages')]//li/a")]


def acknowledged(town: Town, language: str = "pl") -> Complaint:
    """A complaint of somebody who reads this language, and its acknowledgement."""
    complaint = town.complains("Rain comes in.", language=language, code=language * 12)
    town.acknowledged(complaint)
    return complaint


def test_item_56_every_language_is_offered_in_its_own_words_and_direction(client: CheckingClient) -> None:
    page = client.page("/")
    assert offered(page) == [
        ("Cymraeg", "cy", "ltr", "?lang=cy"), ("Polski", "pl", "ltr", "?lang=pl"), ("اردو", "ur", "rtl", "?lang=ur"),
    ]  # fmt: skip
    assert words_of(page.xpath("//*[@aria-current='true']")[0]) == "English"


def test_the_choice_stands_in_one_order_and_opens_without_a_script(client: CheckingClient) -> None:
    for name in i18n.LANGUAGES[1:]:
        put(name, {"Language": "x"})
    page = client.page("/")
    assert [lang for _name, lang, _dir, _href in offered(page)] == list(i18n.LANGUAGES[1:])
    assert len(page.xpath("//nav[@aria-label]//details[not(@open)]/summary")) >= 1


@pytest.mark.parametrize("url", ["/", "/policy", "/follow", "/ways", "/complain/story", "/nowhere"])
def test_a_page_of_a_drafted_language_says_so_once_with_the_english_and_whom_to_tell(client: CheckingClient, url: str) -> None:
    text = client.get(f"{url}?lang=pl", follow_redirects=True).get_data(as_text=True)
    page = html.document_fromstring(text)
    assert text.count(POLISH) == 1
    assert page.get("lang") == "pl"
    english = page.xpath("//a[text()='Czytaj po angielsku']")[0]
    assert english.get("href").endswith("?lang=en") and english.get("hreflang") == "en"
    assert page.xpath("//p/a[@href='#help-heading']") and page.xpath("//*[@id='help-heading']")


def test_an_approved_language_and_english_say_nothing_of_it(client: CheckingClient) -> None:
    assert "machine translated" not in client.get("/").get_data(as_text=True)
    approve_all("pl")
    assert POLISH not in client.get("/?lang=pl").get_data(as_text=True)


def test_another_language_shows_the_same_page_with_what_it_was_asked_for(client: CheckingClient) -> None:
    page = client.page("/paper?size=large&lang=pl")
    assert ("English", "en", "ltr", "?size=large&lang=en") in offered(page)


def test_where_a_form_was_sent_another_language_leads_to_a_page(client: CheckingClient) -> None:
    answer = client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert ("Polski", "pl", "ltr", "/?lang=pl") in offered(html.document_fromstring(answer.get_data(as_text=True)))


def test_pages_of_staff_are_in_english_and_welsh_alone(client: CheckingClient, town: Town) -> None:
    client.get("/?lang=pl")
    let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    page = client.page("/staff/")
    assert page.get("lang") == "en"
    assert [each.get("lang") for each in page.xpath("//footer//a[@hreflang]")] == ["cy"]
    assert client.page("/staff/?lang=pl").get("lang") == "en"
    assert client.page("/staff/?lang=cy").get("lang") == "cy"
    assert client.page("/staff/").get("lang") == "cy"
    assert POLISH not in words_of(client.page("/staff/"))


def test_item_55_a_letter_in_a_language_that_nobody_approved_has_the_english_beside_it(town: Town) -> None:
    complaint = acknowledged(town)
    for letter in complaint.letters:
        assert letter.language == "pl"
        assert letter.body["blocks"][0]["text"] == f"{POLISH} Poniżej po angielsku."
        english = letter.body["in_english"]
        assert [each.get("part") for each in english["blocks"]] == [each.get("part") for each in letter.body["blocks"][1:]]
        assert "listopada" not in str(english) and "in_english" not in english
    body = complaint.letters[-1].body
    assert (body["title"], body["in_english"]["title"]) == (UNDERSTOOD, "What we understand your complaint to be")


def test_a_letter_in_english_or_in_an_approved_language_has_none(town: Town) -> None:
    approve_all("cy")
    for language in ("en", "cy"):
        for letter in acknowledged(town, language).letters:
            assert letter.language == language and "in_english" not in letter.body


def test_what_was_kept_stays_as_it_was_when_the_language_is_approved_later(town: Town) -> None:
    complaint = acknowledged(town)
    approve_all("pl")
    assert "in_english" in complaint.letters[-1].body
    town.answered(complaint)
    assert "in_english" not in complaint.letters[-1].body


def test_a_letter_in_a_language_that_we_have_no_catalogue_of_is_an_english_one(town: Town) -> None:
    letter = acknowledged(town, "so").letters[-1]
    assert letter.language == "en" and letter.body["title"] == "What we understand your complaint to be"


def test_whoever_reads_the_letter_has_both_each_in_its_language_and_direction(client: CheckingClient, town: Town) -> None:
    complaint = acknowledged(town, "ur")
    let_in_resident(client, town.register, complaint)
    at_staff = f"/staff/complaints/{complaint.reference}/letters/2"
    pages = [client.page("/your-complaint/letters/2"), client.page("/your-complaint/everything")]
    let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    for page in [*pages, client.page(at_staff)]:
        sheet = page.xpath("//article[@lang]")[-1]
        assert (sheet.get("lang"), sheet.get("dir")) == ("ur", "rtl")
        english = sheet.xpath(".//div[@lang='en']")[0]
        assert english.get("dir") == "ltr"
        assert "What we understand your complaint to be" in words_of(english)


def test_whoever_writes_the_letter_reads_both_before_it_goes(client: CheckingClient, town: Town) -> None:
    complaint = town.complains("Rain comes in.", language="pl")
    town.given_to(complaint)
    let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    url = f"/staff/complaints/{complaint.reference}/acknowledgement"
    town.register.rollback()
    page = client.page(url)
    assert UNDERSTOOD in words_of(page) and "What we understand your complaint to be" in words_of(page)


def test_what_people_wrote_into_a_letter_and_into_its_english_is_in_their_language(client: CheckingClient, town: Town) -> None:
    complaint = acknowledged(town)
    let_in_resident(client, town.register, complaint)
    understood = client.page("/your-complaint/letters/2").xpath("//blockquote/p[contains(., 'bedroom ceiling')]/@lang")
    told = client.page("/your-complaint/letters/1").xpath("//blockquote/p[contains(., 'Rain comes in.')]/@lang")
    assert (understood, told) == (["en", "en"], ["pl", "pl"]), "staff wrote what they understood, and whoever reads Polish what happened"


def test_paper_and_plain_text_have_both(town: Town) -> None:
    letter = acknowledged(town).letters[-1]
    pages = by_pdfium_pages(printing.printed(letter.body, letter.language, 12, on=letter.written_on))
    assert bare(UNDERSTOOD) in bare(pages[0])
    assert any(bare("What we understand your complaint to be") in bare(page) for page in pages[1:])
    text = as_text(letter.body)
    assert 0 <= text.index(UNDERSTOOD) < text.index("What we understand your complaint to be")
    assert bare(POLISH) in bare(pages[0]) and text.count(POLISH) == 1, "each says whose words they are"
    assert not [form for form in made_files.offered(letter) if form.startswith("braille")], "braille is made of what we can read back, which is English"


def test_the_form_on_paper_says_that_a_machine_drafted_it_and_where_it_is_in_english(client: CheckingClient) -> None:
    def on_paper(language: str) -> str:
        return bare(by_pdfium(client.get(f"/paper/file?size=12&lang={language}").data))

    assert bare(POLISH) in (found := on_paper("pl")) and bare("/paper?lang=en") in found
    assert client.get("/paper?lang=pl").get_data(as_text=True).count(POLISH) == 2, "on the sheet that is printed too"
    approve_all("pl")
    assert bare(POLISH) not in on_paper("pl")
