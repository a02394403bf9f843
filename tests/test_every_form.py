"""Every form of the portal, whoever may open it: whatever is sent to it, an answer in words and never a fault of ours."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import crawl, hostile, reached
from tests.browser_client import CheckingClient
from tests.hostile import Attack, Form
from tests.lived_in import Comer, LivedIn, comers
from tests.town import Town

Restore = Callable[[], None]

ALIKE, FEW, READ_ALONG = 6, 2, ("senior", "lead")
"""How many pages of one kind somebody reads to find its forms, and how many whoever reads what handlers and managers read too."""


def test_every_form_is_tried_by_somebody(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    tried = reached.everything(reached.FORMS)
    assert routes == tried | set(reached.NOT_TRIED), "A new form belongs in tests/reached.py, with whoever may open it."
    assert not tried & set(reached.NOT_TRIED)


def test_every_page_is_read_by_somebody(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    read = reached.everything(reached.PAGES)
    assert routes == read | set(reached.NO_PAGES), "A new page belongs in tests/reached.py, with whoever reads it."
    assert not read & set(reached.NO_PAGES)


@pytest.mark.parametrize("kinds", reached.IN_TURN, ids=" ".join)
def test_whatever_is_sent_is_answered_in_words(
    app: Flask, client: CheckingClient, town: Town, snapshot: Callable[[], Restore], kinds: Sequence[str]
) -> None:
    tries(app, client, town, snapshot, kinds, is_thorough=False)


@pytest.mark.slow
@pytest.mark.parametrize("kind", reached.FORMS)
def test_all_that_may_come_is_answered_in_words_by_each_form(
    app: Flask, client: CheckingClient, town: Town, snapshot: Callable[[], Restore], kind: str
) -> None:
    tries(app, client, town, snapshot, [kind], is_thorough=True)


def tries(app: Flask, client: CheckingClient, town: Town, snapshot: Callable[[], Restore], kinds: Sequence[str], *, is_thorough: bool) -> None:
    """Each of them reads all that they come to, and tries each form that is theirs to try."""
    there, wrong = LivedIn(town), list[str]()
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)
    restore = snapshot()
    for kind in kinds:
        read, found = come_to(app, client, there, kind)
        pages, forms = (reached.named(each).get(kind, []) for each in (reached.PAGES, reached.FORMS))
        assert (set(pages) - read, set(forms) - set(found)) == (set(), set()), f"The landlord of tests/lived_in.py has none of these to show to {kind}."
        for endpoint in forms:
            comer, form = found[endpoint]
            attacks = list(hostile.attacks(form))
            tried = attacks if is_thorough else hostile.everyday(attacks, endpoint)
            wrong += [f"{endpoint} by {kind}: {fault}" for fault in faults(client, restore, comer, form, tried)]
        restore()
    assert not wrong, "\n".join(wrong)


def come_to(app: Flask, client: CheckingClient, there: LivedIn, kind: str) -> tuple[set[str], dict[str, tuple[Comer, Form]]]:
    """The pages that somebody reads, and the first form of each kind on them with how they came in; nothing is pressed."""
    read, found = Counter[str](), dict[str, tuple[Comer, Form]]()
    for comer in comers(there, kind):
        comer.enters(client)
        for each in crawl.pages(client, *comer.starts, press=False, alike=FEW if kind in READ_ALONG else ALIKE, through=lambda url: read[reached.endpoint(app, url)] < 2 * ALIKE or bool(crawl.UNLIKE.fullmatch(url))):
            url = each.what.removeprefix("GET ")
            assert each.status < 404, each.what
            read[reached.endpoint(app, url)] += 1
            for form in hostile.forms_on(each.page, url):
                found.setdefault(reached.endpoint(app, form.address, "POST"), (comer, form))
    return set(read), found


def faults(client: CheckingClient, restore: Restore, comer: Comer, form: Form, attacks: Iterable[Attack]) -> list[str]:
    """What is wrong with the answers of one form."""
    answers = answered(client, restore, comer, form, attacks)
    said = [f"{attack.called}: {answer}" if isinstance(answer, AssertionError) else hostile.wrong_with(attack, sent, answer) for attack, sent, answer in answers]
    return [fault for fault in said if fault]


def answered(
    client: CheckingClient, restore: Restore, comer: Comer, form: Form, attacks: Iterable[Attack]
) -> Iterator[tuple[Attack, Form, TestResponse | AssertionError]]:
    """What one form answers, or what is wrong with that as a page; it is opened again, and all is as it was, after whatever was taken."""
    is_fresh = False
    for attack in attacks:
        if not is_fresh:
            form = opened(client, restore, comer, form)
        try:
            answer = hostile.send(client, form, attack)
        except AssertionError as fault:
            is_fresh = False
            yield attack, form, fault
            continue
        is_fresh = answer.status_code in (400, 409, 422)
        yield attack, form, answer


def opened(client: CheckingClient, restore: Restore, comer: Comer, form: Form) -> Form:
    """The same form on a page opened now, by somebody who has just come in, when nothing has happened yet."""
    restore()
    comer.enters(client)
    page = client.page(form.page)
    return next(each for each in hostile.forms_on(page, form.page) if each.address == form.address)
