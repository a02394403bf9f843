"""The macros as markup: what ties a hint and an error to its box, what is kept, what is never written."""

from __future__ import annotations

import timeit
from datetime import date
from typing import Any

import pytest
from lxml import html

from tests.look import gallery, samples
from tests.page_checks import check_page

FIELDS = '{% import "components/form.html" as fields %}'
PAGE = '{% import "components/page.html" as page %}'
WORKING = '{% import "components/working.html" as workings %}'


def drawn(source: str, **context: Any) -> html.HtmlElement:
    """A fragment of template, rendered as the portal would."""
    return html.fragment_fromstring(
        gallery.ENVIRONMENT.from_string(source).render(**context), create_parent="div"
    )


@pytest.mark.parametrize("wrong", ["no", "yes"])
@pytest.mark.parametrize("name", gallery.NAMES)
def test_every_page_of_the_gallery_is_as_every_page_must_be(name: str, wrong: str) -> None:
    check_page(gallery.render(name, wrong=wrong))


@pytest.mark.parametrize("number", gallery.ERRORS)
def test_an_error_page_says_what_to_do_and_gives_back_what_was_typed(number: str) -> None:
    page = gallery.render(number, incident="7f3a21c9", kept=["The rain comes in over the bed & nobody rang."])
    check_page(page)
    assert "over the bed &amp; nobody rang" in page
    assert "7f3a21c9" in page
    assert "Talk to a person" in page


@pytest.mark.parametrize("number", gallery.ERRORS)
def test_an_error_page_stands_when_the_landlord_cannot_be_read(number: str) -> None:
    page = gallery.render(number, landlord=None)
    check_page(page)
    assert "Talk to a person" in page


@pytest.mark.parametrize("macro", ["text", "textarea", "select", "file", "code"])
def test_a_box_is_described_by_its_hint_and_then_its_error(macro: str) -> None:
    field = samples.form(wrong=True).service
    box = drawn(FIELDS + "{{ fields." + macro + '(field, hint="A hint") }}', field=field).xpath(
        "//*[@name='service']"
    )[0]
    assert box.get("aria-describedby") == "service-hint service-error"
    assert box.get("aria-invalid") == "true"


@pytest.mark.parametrize(("macro", "name"), [("radios", "safe"), ("checkboxes", "right"), ("date", "when")])
def test_a_group_is_described_by_its_hint_and_then_its_error_and_its_first_box_has_the_fields_id(
    macro: str, name: str
) -> None:
    field = samples.form(wrong=True)[name]
    group = drawn(FIELDS + "{{ fields." + macro + '(field, hint="A hint", heading=True) }}', field=field)
    assert group.find(".//fieldset").get("aria-describedby") == f"{name}-hint {name}-error"
    assert group.find(".//fieldset/legend/h1").text == field.label.text
    assert group.find(".//input").get("id") == name


def test_a_fresh_field_is_described_by_nothing() -> None:
    box = drawn(FIELDS + "{{ fields.text(field) }}", field=samples.form().name).find(".//input")
    assert box.get("aria-describedby") is None
    assert box.get("aria-invalid") is None


def test_what_was_typed_comes_back_and_a_password_does_not() -> None:
    form = samples.form(name='"><script>', story="  First line\n\nلا تدفئة", email="a@b.example")
    box = drawn(FIELDS + "{{ fields.text(form.name) }}{{ fields.textarea(form.story) }}", form=form)
    assert box.find(".//input").get("value") == '"><script>'
    assert box.find(".//textarea").text.removeprefix("\n") == "  First line\n\nلا تدفئة"
    secret = drawn(FIELDS + '{{ fields.text(form.email, type="password") }}', form=form).find(".//input")
    assert secret.get("value") is None


def test_a_date_keeps_what_was_typed_and_shows_what_is_known() -> None:
    form = samples.form()
    form.when.raw_data = ["31", "Februarie", "26"]
    assert [
        box.get("value") for box in drawn(FIELDS + "{{ fields.date(form.when) }}", form=form).iter("input")
    ] == ["31", "Februarie", "26"]
    known = samples.form(when=date(2026, 3, 27))
    assert [
        box.get("value") for box in drawn(FIELDS + "{{ fields.date(form.when) }}", form=known).iter("input")
    ] == ["27", "3", "2026"]


def test_the_summary_leads_to_each_box_and_says_what_was_kept() -> None:
    form = samples.form(wrong=True)
    page = drawn(
        FIELDS
        + '{{ fields.error_summary(form, kept="All kept.", extra=[(None, "Somebody changed this.")]) }}',
        form=form,
    )
    assert page.find(".//h2").text == "12 things to sort out"
    assert [link.get("href") for link in page.iter("a")][:2] == ["#name", "#email"]
    assert "Somebody changed this." in page.text_content()
    assert "All kept." in page.text_content()
    assert (
        drawn(FIELDS + "{{ fields.error_summary(form) }}", form=samples.form()).text_content().strip() == ""
    )


def test_a_form_posts_its_hidden_fields_and_leaves_checking_to_the_server() -> None:
    form = drawn(
        FIELDS + '{% call fields.form_for(form, action="/x", files=True) %}Words{% endcall %}',
        form=samples.form(),
    ).find(".//form")
    assert (form.get("method"), form.get("action"), form.get("enctype")) == (
        "post",
        "/x",
        "multipart/form-data",
    )
    assert "novalidate" in form.attrib
    assert [(box.get("name"), box.get("value")) for box in form.iter("input")] == [("key", "0f3a")]


def test_a_working_names_each_day_that_is_not_counted_and_ends_on_the_date() -> None:
    table = drawn(WORKING + '{{ workings.working(days, "We wrote") }}', days=samples.ANSWER_SUM)
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in table.iter("tr")][
        1:
    ]
    assert rows == [
        ["", "", "20 May We wrote", "21 May Day 1", "22 May Day 2"],
        ["25 May Bank holiday", "26 May Day 3", "27 May Day 4", "28 May Day 5", "29 May Day 6"],
        ["1 June Day 7", "2 June Day 8", "3 June Day 9", "4 June Day 10", ""],
    ]
    assert table.find(".//td[@class='end']").text_content().split() == ["4", "June", "Day", "10"]
    assert "Counting 10 working days." in table.text_content()


def test_a_working_that_starts_at_a_weekend_says_so_above_the_table() -> None:
    table = drawn(WORKING + '{{ workings.working(days, "You told us") }}', days=samples.RECEIPT_SUM)
    assert "You told us: Saturday 16 May 2026." in " ".join(table.find(".//caption").text_content().split())
    assert len(table.findall(".//tbody/tr")) == 1


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("met", "on-time"),
        ("on_time", "on-time"),
        ("due_soon", "due-soon"),
        ("late", "late"),
        ("met_late", "late"),
    ],
)
def test_every_state_of_a_deadline_has_a_tone_and_a_shape(state: str, tone: str) -> None:
    said = drawn(PAGE + '{{ page.state("Words", state) }}', state=state).find("span")
    assert said.get("class") == f"state {tone}"
    assert said.find("svg").get("aria-hidden") == "true"


def test_codes_are_read_in_groups_and_numbers_are_dialled_without_spaces() -> None:
    page = drawn(PAGE + '{{ page.groups("7K4Q M2XD R") }}{{ page.phone("01632 960192") }}')
    assert [group.text for group in page.findall(".//span/bdi")] == ["7K4Q", "M2XD", "R"]
    assert page.find(".//a").get("href") == "tel:01632960192"


def test_a_form_of_ten_fields_is_drawn_quickly() -> None:
    template = gallery.ENVIRONMENT.from_string(
        FIELDS
        + "{% for n in range(8) %}{{ fields.text(form.name, hint='A hint') }}{% endfor %}{{ fields.radios(form.safe) }}{{ fields.radios(form.finding) }}"
    )
    form = samples.form(wrong=True)
    took = min(timeit.repeat(lambda: template.render(form=form), number=20, repeat=3)) / 20
    print(f"{took * 1000:.2f} ms")
    assert took < 0.05
