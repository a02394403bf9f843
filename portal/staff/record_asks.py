"""What the panel asks about the record itself: the day of receipt, letters that lacked something, letters that went astray."""

from collections.abc import Callable, Iterator

from portal import clock
from portal.access import Do
from portal.complaints.models import Complaint
from portal.complaints.panels import next_panel
from portal.complaints.recording import edition_of
from portal.i18n import gettext as _
from portal.i18n import short_day
from portal.rules.authority import undecided
from portal.rules.breaches import open_breaches
from portal.rules.completing import lacking
from portal.rules.data_asked import due_of, open_request
from portal.rules.reading import LETTER_OF, receipt_queried
from portal.rules.standing import has_died
from portal.staff import wording

Link = Callable[..., str]
"""Where something is done, for a viewer who may do it."""


def pauses(complaint: Complaint, link: Link) -> Iterator[tuple[str, str, str]]:
    """Each pause that waits for a manager: its words, and where it is decided."""
    for party in undecided(complaint.happenings):
        name = next((each.name for each in complaint.parties if each.id == party), "")
        yield _("The resident stopped %(name)s: decide about their access", name=name), link("pause", Do.DECIDE_PAUSE, complaint, party_id=party), ""


def asks(complaint: Complaint, link: Link) -> Iterator[tuple[str, str, str]]:
    """Each thing asked: its words, where it is done, and the provision ("" where it is ours)."""
    past, edition = complaint.happenings, edition_of(complaint)
    for one in open_breaches(past):
        words = _("A letter went astray: deal with the breach") if one.details.get("wrong") == "person" else _("A letter told them of another complaint: deal with the breach")
        yield words, link("breach", Do.ANSWER_BREACH, complaint), ""
    yield from pauses(complaint, link)
    if wanted := open_request(past):
        by = short_day(due_of(past, wanted))
        yield _("Send them everything that we hold, by %(day)s: they asked for it", day=by), link("data_sent", Do.SEND_DATA, complaint), ""
    if receipt_queried(past):
        yield _("They say we have the wrong day of receipt: reply"), link("received", Do.CORRECT_RECEIPT, complaint), ""
    if has_died(past) and complaint.addressee is complaint.resident:
        yield _("Say who deals with the estate"), link("estate", Do.KEEP_ESTATE, complaint), ""
    panel = next_panel(complaint)
    if panel and panel.meets_on <= clock.today():
        yield _("Write down what the panel said"), link("panel_record", Do.KEEP_PANEL, complaint), ""
    for lack in lacking(past, edition):
        name = wording.letter_name(LETTER_OF[lack.letter.step], lack.letter.stage or 1)
        for part in lack.parts:
            words = _("%(letter)s left out: %(part)s", letter=name, part=_(part.label))
            yield words, link("complete", Do.RECORD_OUTSIDE, complaint), part.provision
