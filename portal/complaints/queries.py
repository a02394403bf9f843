"""The questions asked of the register; every one starts from visible(), the one query that decides who sees."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import defaultload, joinedload, selectinload

from portal import clock, keyring
from portal.access import READERS, Role, Viewer
from portal.complaints import none_of, references
from portal.complaints.challenges import Challenge
from portal.complaints.models import Action, Complaint, Definition, Remedy
from portal.complaints.papers import (
    DRAFT_KEPT_FOR,
    FIRST,
    Attachment,
    DangerAlert,
    Draft,
    Issue,
    Letter,
    Outbox,
)
from portal.complaints.people import SHOWN, NamedReader, Part, Party, Person, Staff
from portal.complaints.record import Event
from portal.complaints.settings import LandlordSetting, Service
from portal.db import Register
from portal.rules.steps import Step

PAGE_SIZE = 25

TOGETHER = (
    joinedload(Complaint.handler),
    joinedload(Complaint.parties).joinedload(Party.person),
    defaultload(Complaint.letters).joinedload(Letter.issues),
    defaultload(Complaint.definitions).joinedload(Definition.points),
)
"""What every page of a complaint reads, in as few statements as it can be read in."""

STAFF_NAMES = select(Staff.id, Staff.name)
SERVICES = select(Service).order_by(Service.name)
SETTINGS = select(LandlordSetting.name, LandlordSetting.value)

WITH_THE_OMBUDSMAN = select(Event.complaint_id).where(
    or_(Event.step.in_((Step.OMBUDSMAN_HAS, Step.DIRECTED)), and_(Event.step == Step.RECEIVED, Event.details.contains('"directed":')))
)
"""The complaints that the Ombudsman told us of, and those it directed us to accept (ruling 41)."""


def visible(viewer: Viewer) -> Select[Complaint]:
    """The complaints this viewer may see: their own, those a colleague logged, those the Ombudsman has, or all for those who work on them.

    Of restricted complaints, staff see those alone in which they are named. What was erased is there for nobody.
    """
    everything = select(Complaint).where(Complaint.erased_on.is_(None))
    match viewer.role:
        case Role.PARTY | Role.REPRESENTATIVE:
            live = or_(Party.until.is_(None), Party.until > clock.now())
            return everything.where(
                Complaint.id == viewer.complaint_id,
                exists().where(Party.complaint_id == Complaint.id, Party.id == viewer.party_id, live),
            )
        case Role.COLLEAGUE:
            return everything.where(Complaint.logged_by_id == viewer.staff_id, not_kept_from(viewer))
        case role if role in READERS:
            return everything.where(not_kept_from(viewer))
        case Role.LIAISON:
            return everything.where(Complaint.id.in_(WITH_THE_OMBUDSMAN), not_kept_from(viewer))
        case _:
            return everything.where(false())


def not_kept_from(viewer: Viewer, complaint_id: Any = Complaint.id) -> ColumnElement[bool]:
    """Not restricted, or this member of staff is named in it. Where nobody who is named works here any more, managers see it."""
    named = select(NamedReader.complaint_id)
    if viewer.role is Role.MANAGER:
        named = named.join(Staff, Staff.id == NamedReader.staff_id).where(Staff.disabled_at.is_(None))
    theirs = select(NamedReader.complaint_id).where(NamedReader.staff_id == viewer.staff_id)
    kept: ColumnElement[bool] = complaint_id.not_in(named.where(NamedReader.complaint_id.not_in(theirs)))
    return kept


def find(register: Register, viewer: Viewer, reference: str | None) -> Complaint | None:
    """The complaint with this reference, or (without one) the party's own; None unless the viewer may see it."""
    wanted = Complaint.reference == reference if reference else Complaint.id == viewer.complaint_id
    found = register.scalars(visible(viewer).where(wanted).options(*TOGETHER)).unique().one_or_none()
    if found:
        none_of.note(register, found)
    return found


def locked(register: Register, viewer: Viewer, complaint_id: int) -> Complaint | None:
    """The complaint as it is now, locked against anybody else's change; None unless the viewer may see it."""
    return next(iter(_locked(register, visible(viewer).where(Complaint.id == complaint_id))), None)


def _locked(register: Register, wanted: Select[Complaint]) -> list[Complaint]:
    """These complaints, locked in the order of their numbers, as far as they are still wanted once nobody else holds them.

    PostgreSQL judges a row it had to wait for by what the question's other tables said before: so it is asked again.
    """
    wanted = wanted.order_by(Complaint.id).execution_options(populate_existing=True)
    held = [each.id for each in register.scalars(wanted.with_for_update(of=Complaint))]
    return list(register.scalars(wanted.where(Complaint.id.in_(held)))) if held else []


def several(register: Register, viewer: Viewer, ids: Iterable[int], *, locked: bool = False) -> list[Complaint]:
    """Those of these complaints that the viewer may see, in the order of their numbers; `locked` against any other change."""
    found = visible(viewer).where(Complaint.id.in_(list(ids)))
    return _locked(register, found) if locked else list(register.scalars(found.order_by(Complaint.id)))


def draft_by_token(register: Register, token: str | None, *, locked: bool = False) -> Draft | None:
    """The complaint being written in this browser, unless it was left too long; `locked` against any other change."""
    if not token:
        return None
    found = _drafts().where(Draft.token_lookup == keyring.ring().lookup(token))
    if locked:
        found = found.with_for_update().execution_options(populate_existing=True)
    return register.scalar(found)


def draft_by_code(register: Register, typed: str) -> Draft | None:
    """The complaint somebody began and has not sent, by its access code typed in any spacing or case."""
    lookup = keyring.ring().lookup(references.tidy(typed))
    return register.scalar(_drafts().where(Draft.code_lookup == lookup, Draft.complaint_id.is_(None)))


def _drafts() -> Select[Draft]:
    """The drafts that are still kept."""
    return select(Draft).where(Draft.saved_at >= clock.beginning_of(clock.today() - DRAFT_KEPT_FOR))


def for_the_ombudsman(register: Register, viewer: Viewer, reference: str | None) -> Complaint | None:
    """The complaint with this reference, locked, for whoever writes down that the Ombudsman asked about it: it becomes theirs to read."""
    found = select(Complaint).where(Complaint.reference == reference, Complaint.erased_on.is_(None), not_kept_from(viewer))
    return next(iter(_locked(register, found)), None)


def with_the_ombudsman(register: Register, viewer: Viewer) -> list[Complaint]:
    """Those the Ombudsman has, of those the viewer may see, the newest first, with their people and what happened."""
    found = visible(viewer).where(Complaint.id.in_(WITH_THE_OMBUDSMAN)).order_by(Complaint.id.desc()).limit(100)
    together = (joinedload(Complaint.parties).joinedload(Party.person), selectinload(Complaint.events))
    return list(register.scalars(found.options(*together)).unique())


def linked(register: Register, viewer: Viewer, ids: Sequence[int]) -> list[Complaint]:
    """Those of these complaints that the viewer may see, oldest first, with the people of each."""
    found = visible(viewer).where(Complaint.id.in_(ids)).order_by(Complaint.id)
    people = joinedload(Complaint.parties).joinedload(Party.person)
    return list(register.scalars(found.options(people)).unique()) if ids else []


def others_of(register: Register, party: Party, ids: Sequence[int]) -> list[Complaint]:
    """Those of these complaints in which the same person has a part now, oldest first; each opens under that part (rulings 6, 7)."""
    live = or_(Party.until.is_(None), Party.until > clock.now())
    theirs = exists().where(Party.complaint_id == Complaint.id, Party.person_id == party.person_id, live)
    return list(register.scalars(select(Complaint).where(Complaint.id.in_(ids), Complaint.erased_on.is_(None), theirs).order_by(Complaint.id)))


def acting_beside(register: Register, party: Party) -> list[Party]:
    """The parts of whoever acts here in other complaints, oldest first, as far as their rows stand now (rulings 6, 7).

    Those of the same person; and those of anybody who gave the same email address, whose authority was shown: whether it was
    proved to be theirs is for whoever asks.
    """
    live = or_(Party.until.is_(None), Party.until > clock.now())
    theirs = Party.person_id == party.person_id
    if party.email:
        theirs = or_(theirs, and_(Person.email.in_({party.email, party.email.lower()}), Party.authority == SHOWN))
    wanted = select(Party).join(Person, Person.id == Party.person_id).where(Party.part == Part.REPRESENTATIVE, Party.id != party.id, live, theirs)
    found = register.scalars(wanted.options(joinedload(Party.person)).order_by(Party.id))
    return [each for each in found if not each.is_kept_out and each.person.died_on is None]


def those_acted_in(register: Register, parties: Sequence[Party]) -> list[Complaint]:
    """The complaints of these parts, which are those of whoever is asking, with whom each is about."""
    wanted = select(Complaint).where(Complaint.id.in_([each.complaint_id for each in parties])).order_by(Complaint.id)
    return list(register.scalars(wanted.options(joinedload(Complaint.parties).joinedload(Party.person))).unique()) if parties else []


def letter(register: Register, complaint: Complaint, number: int) -> Letter | None:
    """A letter of this complaint, reached only through it."""
    return register.scalar(select(Letter).where(Letter.complaint_id == complaint.id, Letter.number == number))


def attachment(register: Register, complaint: Complaint, attachment_id: int) -> Attachment | None:
    """A file of this complaint, reached only through it."""
    return register.scalar(
        select(Attachment).where(Attachment.complaint_id == complaint.id, Attachment.id == attachment_id)
    )


def issue_of(register: Register, viewer: Viewer, issue_id: int) -> Issue | None:
    """One letter to one recipient, if the viewer may see its complaint."""
    seen = visible(viewer).with_only_columns(Complaint.id)
    return register.scalar(
        select(Issue).join(Letter).where(Issue.id == issue_id, Letter.complaint_id.in_(seen))
    )


def action(register: Register, complaint: Complaint, action_id: int) -> Action | None:
    """Something owed on this complaint, reached only through it."""
    return register.scalar(select(Action).where(Action.complaint_id == complaint.id, Action.id == action_id))


def remedy(register: Register, complaint: Complaint, remedy_id: int) -> Remedy | None:
    """Something offered on this complaint, reached only through it."""
    return register.scalar(select(Remedy).where(Remedy.complaint_id == complaint.id, Remedy.id == remedy_id))


def alert(register: Register, alert_id: int, complaint: Complaint | None = None) -> DangerAlert | None:
    """A danger that was told: of this complaint, or (without one) of nobody's complaint yet."""
    whose = DangerAlert.complaint_id == complaint.id if complaint else DangerAlert.complaint_id.is_(None)
    return register.scalar(select(DangerAlert).where(DangerAlert.id == alert_id, whose))


def letters_to_post(register: Register, viewer: Viewer) -> list[tuple[Issue, Complaint]]:
    """Letters waiting to be printed and posted, oldest first."""
    waiting = (
        visible(viewer)
        .join(Letter, Letter.complaint_id == Complaint.id)
        .join(Issue, Issue.letter_id == Letter.id)
        .where(Issue.channel == "post", Issue.state == "waiting")
        .order_by(Issue.id)
        .add_columns(Issue)
        .options(joinedload(Issue.letter), joinedload(Issue.party))
    )
    return [(row.Issue, row.Complaint) for row in register.execute(waiting)]


def locked_to_post(register: Register, viewer: Viewer, issue_ids: Collection[int]) -> list[tuple[Issue, Complaint]]:
    """Those of these letters that still wait to be posted, their complaints locked in the order of their ids."""
    theirs = select(Letter.complaint_id).join(Issue).where(Issue.id.in_(issue_ids))
    held = visible(viewer).where(Complaint.id.in_(theirs)).order_by(Complaint.id).with_for_update(of=Complaint)
    register.execute(held.execution_options(populate_existing=True)).all()
    return [(issue, complaint) for issue, complaint in letters_to_post(register, viewer) if issue.id in issue_ids]


def _mail(viewer: Viewer) -> Select[Outbox]:
    seen = or_(Outbox.complaint_id.is_(None), not_kept_from(viewer, Outbox.complaint_id))
    return select(Outbox).where(seen).options(joinedload(Outbox.issue).options(joinedload(Issue.party), joinedload(Issue.letter)))


def mail_waiting(register: Register, viewer: Viewer) -> list[Outbox]:
    """What has not been delivered yet, longest waiting first; no codes: who wants to come in is nobody's to read."""
    return list(register.scalars(_mail(viewer).where(Outbox.done_at.is_(None), Outbox.challenge_id.is_(None)).order_by(Outbox.queued_at).limit(100)))


def mail_failed(register: Register, viewer: Viewer) -> list[Outbox]:
    """Letters that will not go by e-mail and have gone no other way yet, newest first: somebody has to find one."""
    failed = _mail(viewer).join(Issue, Issue.id == Outbox.issue_id).where(Issue.state == "failed", Outbox.done_at.is_not(None))
    return list(register.scalars(failed.order_by(Outbox.done_at.desc()).limit(100)))


def mail_shown(register: Register, viewer: Viewer) -> list[Outbox]:
    """What would have gone, where there is no mail server (the demo); newest first.

    No code of a complaint that is kept from them; and first passwords to managers alone.
    """
    kept_from = select(Challenge.id).join(Party, Party.id == Challenge.party_id).where(~not_kept_from(viewer, Party.complaint_id))
    codes = or_(Outbox.challenge_id.is_(None), Outbox.challenge_id.not_in(kept_from))
    theirs = codes if viewer.role is Role.MANAGER else and_(codes, Outbox.kind != FIRST)
    shown = _mail(viewer).where(Outbox.shown.is_not(None), theirs).order_by(Outbox.done_at.desc()).limit(50)
    return list(register.scalars(shown))


def staff_with(register: Register, *roles: Role) -> list[Staff]:
    """Staff who may be given a complaint in one of these roles, by name; leavers left out."""
    everyone = register.scalars(select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.name))
    return [staff for staff in everyone if set(roles) & set(staff.roles)]


def staff_called(register: Register, name: str) -> Staff | None:
    """The one member of staff who has this whole name, however it is capitalised; nobody where several have it."""
    same = func.lower(Staff.name) == " ".join(name.split()).lower()
    found = list(register.scalars(select(Staff).where(same, Staff.disabled_at.is_(None)).limit(2)))
    return found[0] if len(found) == 1 else None


def staff_names(register: Register) -> dict[int, str]:
    """The name of everybody who works here or did, by id."""
    return {row.id: row.name for row in register.execute(STAFF_NAMES)}


def services(register: Register) -> list[Service]:
    """The landlord's services, by name."""
    return list(register.scalars(SERVICES))


def settings(register: Register) -> dict[str, object]:
    """Everything the landlord has set."""
    return {row.name: row.value for row in register.execute(SETTINGS)}


def is_reference_used(register: Register, reference: str) -> bool:
    """Whether a complaint already has this reference."""
    return register.scalar(select(exists().where(Complaint.reference == reference))) or False


def alerts_of_draft(register: Register, draft: Draft) -> list[DangerAlert]:
    """The danger told while this complaint was being written."""
    return list(register.scalars(select(DangerAlert).where(DangerAlert.draft_id == draft.id)))


def party_of_draft(register: Register, draft: Draft) -> Party | None:
    """The party whose complaint this draft became, while they may still come in; None for a draft not yet sent."""
    live = or_(Party.until.is_(None), Party.until > clock.now())
    return register.scalar(
        select(Party).where(Party.complaint_id == draft.complaint_id, Party.code_lookup == draft.code_lookup, live)
    )
