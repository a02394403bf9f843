"""What people write is only ever shown: a town whose every word is an attack has the same pages as one whose words are plain."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from lxml import html

from portal import db
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from tests import walk
from tests.conftest import portal_on
from tests.town import Town
from tests.walk import Walk
from tests.wire.comers import whoever_may
from tests.wire.payloads import PAYLOADS, WORKED_OUT

OURS = ("stored", "storedletter", "trouble")
"""Names of files on the disk, and sentences of our own: nobody types them."""

LEADS = ("href", "src", "action", "formaction", "poster", "srcdoc", "data", "content", "http-equiv")
SAYS_NO_MORE_THAN_ITS_KIND = ("mailto", "tel", "sms")
RANDOM = re.compile(r"(?<=/complaints/)[0-9A-Z]{9}|(?<=X-CSRFToken)[^}]+")
ALL = " ".join(PAYLOADS)
plain = walk.canary


def spiked(case: str, what: str) -> str:
    """A canary with every attack after it; what nobody types is left as it is."""
    return plain(case, what) if what in OURS else f"{plain(case, what)} {ALL}"


def sized(case: str, what: str) -> str:
    """A canary; a wish has a number beside it, for the attacks hold some too, and are read as a size of print."""
    return f"{plain(case, what)} 72" if what == "wish" else plain(case, what)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Walk]:
    """The town of the walk, to which nobody has come before."""
    yield from town_of(tmp_path_factory.mktemp("plain"), empty_database, sized)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Walk]:
    """The town of the walk once more, each of its words followed by a hundred and twenty attacks."""
    yield from town_of(tmp_path_factory.mktemp("attacked"), empty_database, spiked)


def town_of(folder: Path, empty_database: Path, words: Callable[[str, str], str]) -> Iterator[Walk]:
    """The town of the walk, its words made by a function."""
    (folder / "portal.db").write_bytes(empty_database.read_bytes())
    app = portal_on(f"sqlite:///{folder / 'portal.db'}", folder / "files")
    app.test_client_class = FlaskClient
    with pytest.MonkeyPatch.context() as changed, db.sessions(app.extensions["engine"])() as register:
        changed.setattr(walk, "canary", words)
        yield walk.build(app, Town(register))
    app.extensions["engine"].dispose()


ADVICE = {"section", "h2", "p", "ul", "li", "q"}
"""What advice about the words of a letter is made of: how much of it there is depends on them, and it leads nowhere."""


def page_of(there: Walk, person: str, address: str) -> str:
    """A page as it is served, its references said by the name of their case, so that two towns can be compared."""
    there.town.register.rollback()
    answer = there.client(person).get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    for name, reference in there.references.items():
        text = text.replace(reference, f"REFERENCE-{name}")
    return text


def shape(text: str) -> tuple[Counter[Any], set[Any]]:
    """Every element with the names of its attributes, as often as it stands there; and all that leads anywhere or is htmx's."""
    tags, leads = Counter[Any](), set()
    for each in html.document_fromstring(text).iter():
        if each.xpath("ancestor-or-self::section[@id='reads']"):
            assert each.tag in ADVICE and not set(each.attrib) & set(LEADS), html.tostring(each)
        if each.xpath("ancestor-or-self::section[@id='reads'] | self::li[a[@href='#reads-heading']] | self::a[@href='#reads-heading']"):
            continue
        tags[str(each.tag), tuple(sorted(each.attrib))] += not is_ours_to_add(each)
        for name, value in each.attrib.items():
            assert not name.startswith("on"), f"{name} on {each.tag}"
            if name in LEADS or name.startswith(("hx-", "data-hx-")):
                leads.add((str(each.tag), name, plainly(value)))
    return tags, leads


def is_ours_to_add(each: Any) -> bool:
    """Whether we put an element round words for what they are: `bdi` with a language or a direction; or leave one out: a letter in braille, which not every word can be made into."""
    in_braille = each.tag in ("a", "li") and bool(each.xpath("descendant-or-self::a[contains(@href, 'braille-')]"))
    return (each.tag == "bdi" and set(each.attrib) <= {"lang", "dir"}) or in_braille


def plainly(lead: str) -> str:
    """Where something leads, without what is drawn at random, and without the words that it asks with (which are quoted)."""
    kind = lead.split(":")[0]
    if kind in SAYS_NO_MORE_THAN_ITS_KIND:
        return kind
    address, asks, question = RANDOM.sub("", lead).partition("?")
    return f"{address}{asks}{' '.join(name for name, _ in parse_qsl(question))}"


def test_X1_X2_D1_D2_D9_pages_full_of_attacks_have_the_elements_of_plain_pages_and_lead_nowhere_else(there: Walk, attacked: Walk) -> None:
    wrong, shown = [], set[str]()
    for row, person in whoever_may("GET"):
        before = page_of(there, person, there.url(row.endpoint, row.relation))
        after = page_of(attacked, person, attacked.url(row.endpoint, row.relation))
        if not before:
            continue
        (tags, leads), (their_tags, their_leads) = shape(before), shape(after)
        wrong += [f"{row}: {tag}, {n} more" for tag, n in (their_tags - tags).items()] + [f"{row}: {tag}, {n} fewer" for tag, n in (tags - their_tags).items()]
        wrong += [f"{row}: leads {lead}" for lead in their_leads - leads]
        said = html.document_fromstring(after).text_content()
        shown |= {each for each in PAYLOADS if each in said}
        wrong += [f"{row} works it out"] if WORKED_OUT in said else []
    assert wrong == [], "\n".join(wrong)
    assert set(PAYLOADS) - shown == set(), "each is shown somewhere, as it was typed"


def test_X4_D4_nothing_typed_into_a_letter_is_a_place_to_be_filled(there: Walk, attacked: Walk) -> None:
    for walked in (there, attacked):
        walked.town.register.rollback()
    ours, theirs = ({(each.complaint_id, each.number): str(each.body) for each in walked.town.register.query(Letter)} for walked in (there, attacked))
    assert ours.keys() == theirs.keys() and len(ours) >= 10
    assert not [key for key, body in theirs.items() if WORKED_OUT in body]
    references = {each.id: each.reference for walked in (there, attacked) for each in walked.town.register.query(Complaint)}
    assert references
    full = [body for body in theirs.values() if "((name))" in body]
    assert full and all(each in body for body in full for each in ("{{7*7777777}}", "%(landlord)s", "${7*7777777}"))


def test_EX1_D7_no_cell_of_the_figures_can_be_a_formula(attacked: Walk) -> None:
    attacked.town.register.rollback()
    answer = attacked.client("manager").get("/staff/figures.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment") and answer.mimetype == "text/csv"
    cells = [cell for line in csv.reader(StringIO(answer.get_data(as_text=True))) for cell in line]
    assert len(cells) > 50 and not [each for each in cells if not re.fullmatch(r"[a-z][a-z_0-9]*|\d{4}-\d\d|\d+|under 5|not shown", each)]
