"""The day's letters in one file to print, and one press that says they are posted (rulings 14 and 16)."""

from collections.abc import Sequence
from datetime import date

from flask import Response, abort, g, request, url_for
from wtforms import HiddenField, ValidationError

from portal import access, clock, i18n
from portal.access import Do
from portal.complaints import caring, operations, queries
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue
from portal.forms import REFUSALS, BaseForm
from portal.giving import give_bytes
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.i18n import ngettext
from portal.letters.paper.forms import PDF
from portal.letters.paper.printing import SIZES, Paper, printed_together
from portal.post import may_send
from portal.staff.door import landed, page
from portal.staff.fields import Day
from portal.web import NUMBER, redirect, register, render, transaction

MOST = 100
"""Letters on one page; the rest wait for the next."""
Waiting = Sequence[tuple[Issue, Complaint]]


class PostedForm(BaseForm):
    """The letters that were on the page, and the day they were posted: today, unless another is written."""

    letters = HiddenField()
    on = Day(_l("When were they posted?"), past=True)

    @property
    def ids(self) -> frozenset[int]:
        """Which letters were on the page."""
        return self.numbers(self.letters.data)

    @staticmethod
    def numbers(said: str | None) -> frozenset[int]:
        """The numbers of letters that an address or a form names; what is none is left out."""
        return frozenset(int(one) for one in (said or "").split(",") if one.isascii() and one.isdigit() and len(one) < 10)

    def validate_on(self, field: Day) -> None:
        """A day that has not come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write today, or a day before it."))


@page.get("/letters/print", do=Do.POST_LETTERS)
@page.post("/letters/print", do=Do.POST_LETTERS)
def print_letters() -> Response:
    """Every letter that may be posted, one after the other, each on paper of its own."""
    form = PostedForm()
    if form.validate_on_submit():
        on = form.on.day or clock.today()
        try:
            with transaction(form) as done:
                waiting = _near(_alike(_safe(queries.locked_to_post(register(), g.viewer, form.ids))))
                early = max((issue.letter.written_on for issue, _complaint in waiting), default=on)
                if early <= on:
                    _post(waiting, on)
                done.url = url_for("staff.letters_to_post")
            if early <= on:
                return landed(done.url, _said(len(waiting), len(form.ids) - len(waiting)))
            form.on.errors = [_("One of them was written on %(day)s, so it cannot have been posted before.", day=i18n.day(early))]
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _shown(form)


def _near(waiting: Waiting) -> Waiting:
    """Those of complaints that the viewer opens without saying why; the others are opened one by one, from the list (I1)."""
    return [(issue, complaint) for issue, complaint in waiting if access.opens(g.viewer, complaint)]


def _safe(waiting: Waiting) -> Waiting:
    return [(issue, complaint) for issue, complaint in waiting if may_send.why_not(register(), issue) is None]


def _alike(waiting: Waiting) -> Waiting:
    """Those that we print, each in the size that was asked for; what is made elsewhere is done one by one (ruling 51)."""
    return [(issue, complaint) for issue, complaint in waiting if issue.form != "other_format"]


@page.get("/letters/print/file", do=Do.POST_LETTERS)
def print_file() -> Response:
    """The letters that are on the page (`letters`; all, if it is not said), with the address that is safe now: one file, each on sheets of its own and in the size that was asked for."""
    named = request.args.get("letters")
    waiting = _near(_alike(_safe(queries.letters_to_post(register(), g.viewer))))
    waiting = [each for each in waiting if named is None or each[0].id in PostedForm.numbers(named)][:MOST]
    if not waiting:
        # They went since the link was drawn: the page says what waits now.
        return redirect(url_for("staff.print_letters"))
    g.listed = sorted({complaint.id for _issue, complaint in waiting})
    return give_bytes(printed_together([paper(issue) for issue, _complaint in waiting], _("Letters to post")), PDF, "letters-to-post.pdf")


@page.get(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/to-post", do=Do.POST_LETTERS)
def print_letter(complaint: Complaint, number: int) -> Response:
    """One letter that waits to be posted, as it goes: with the address that is safe now, in the size that was asked for."""
    letter = queries.letter(register(), complaint, number)
    waiting = _alike(_safe([(issue, complaint) for issue in letter.issues if issue.channel == "post" and issue.state == "waiting"] if letter else []))
    if not waiting:
        abort(404)
    return give_bytes(printed_together([paper(issue) for issue, _complaint in waiting]), PDF, f"letter-{number}-to-post.pdf")


def paper(issue: Issue) -> Paper:
    """A letter as it is posted."""
    letter = issue.letter
    return Paper(letter.body, letter.language, size_of(issue), letter.written_on, issue.postal_lines, True)


def size_of(issue: Issue) -> int:
    """The size of print that a copy is posted in, in points."""
    return (caring.print_size(issue.party) if issue.form == "large_print" else None) or SIZES[0]


def _post(waiting: Waiting, on: date) -> None:
    for issue, complaint in waiting:
        operations.mark_issued(complaint, issue, by=g.viewer, on=on)


def _said(posted: int, left: int) -> str:
    """What was written down, and what had changed since the page was opened."""
    said = ngettext("%(num)s letter is written down as posted.", "%(num)s letters are written down as posted.", posted)
    if not left:
        return said
    rest = ngettext(
        "%(num)s was not: it had gone already, or post is not safe for them now. Take it out.",
        "%(num)s were not: they had gone already, or post is not safe for them now. Take them out.", left,
    )  # fmt: skip
    return f"{said} {rest}"


def _shown(form: PostedForm) -> Response:
    found = queries.letters_to_post(register(), g.viewer)
    everything = _near(_alike(found))
    waiting = _safe(everything)
    elsewhere = len(_alike(found)) - len(everything)
    wanted = [each for each in waiting if each[0].id in form.ids] if request.method == "POST" else waiting[:MOST]
    g.listed = sorted({complaint.id for _issue, complaint in wanted})
    if form.errors and not wanted:
        form.on.errors = []
        form.form_errors.append(_("None of the letters that were on that page waits to be posted any more."))
    form.letters.data = ",".join(str(issue.id) for issue, _complaint in wanted)
    sheets = [(issue.letter, complaint, size_of(issue), i18n.html_lang(issue.letter.language)) for issue, complaint in wanted]
    return render(
        "staff/print_letters.html", form=form, sheets=sheets, ordinary=SIZES[0], more=len(waiting) - len(wanted), kept_back=len(everything) - len(waiting), by_itself=len(found) - len(_alike(found)), elsewhere=elsewhere,
        status=form.status,
    )  # fmt: skip
