"""How complaints end in other ways than by an answer, how that is undone, and who looks at the second stage."""

from dataclasses import replace
from datetime import timedelta

from portal.complaints import operations
from portal.complaints.demo_story import RESIDENT, Story
from portal.complaints.demo_words import not_upheld, point, said
from portal.complaints.models import Complaint

STAIN = [point(1, "The stain on the stairwell ceiling is back.")]
STAIN_ANSWER = {
    "opening": "", "actions": [],
    "points": [not_upheld(1, STAIN[0]["text"], "It is old paint; no damp was measured.", "Nothing was found to put right.")],
}  # fmt: skip
COURT = {
    "ground": "legal_proceedings", "court_filing": "Filed at the county court, number K88", "reasons": "The court is deciding this very matter.",
    "evidence": "The sealed claim form.", "circumstances": "You told us that you are unwell. The repair itself goes on.",
}  # fmt: skip
SEEN_BEFORE = {
    "ground": "already_considered", "earlier_decision": "Your complaint of last spring, answered at both stages.",
    "reasons": "It is the same fence and the same day.", "evidence": "Both answers.", "circumstances": "Nothing has changed that you told us of.",
}  # fmt: skip


def tell(story: Story) -> None:
    """Each of them; whoever leaves does so last, when others have been told of what they did."""
    for case in (answered_together, nobodys_complaint, a_request_first, taken_back_by_phone, too_long_ago, refused_and_undone, a_point_taken_after_all,
                 ordered_by_a_day, refused_at_stage_2, kept_until_the_answer, asked_long_after, looked_at_by_several, from_outside, somebody_left):  # fmt: skip
        case(story)


def stain(story: Story, ago: int, name: str, who: str = "handler", answered: int | None = None) -> Complaint:
    """A complaint of the same stairwell, as many make it; acknowledged, and answered where it says when."""
    where = f"{ago} Sextant House\nTidewell\nTW1 0ZZ"
    complaint = story.receive(ago, said("The stain is back.", name, where))
    story.begin(complaint, ago - 1, who, STAIN, "A clean ceiling")
    if answered is not None:
        story.respond(complaint, answered, who, STAIN_ANSWER)
    return complaint


def answered_together(story: Story) -> None:
    """Two of one person joined, and another two joined and taken apart again: both references go on working (ruling 39)."""
    for name, apart in (("Delphine Ashgrove", False), ("Roderick Pym-Adeleke", True)):
        home = f"{5 + apart} Halyard Court\nTidewell\nTW2 0ZZ"
        first = story.receive(4, said("The gutter drips on my door.", name, home))
        later = story.receive(3, said("The door has swollen and sticks.", name, home))
        story.match(first, 3, f"TH-6000{5 + apart}")
        story.do(later, 2, "triage", operations.match_person, person=first.resident.person, landlord_record="")
        story.do(first, 2, "triage", operations.join, later)
        if apart:
            story.do(first, 1, "manager", operations.unjoin)
            story.take_up(first, 1, "The gutter drips on your door.")
            story.take_up(later, 1, "The door has swollen and sticks.")


def nobodys_complaint(story: Story) -> None:
    """Two advertisements; one was a complaint after all, from somebody who writes like that (ruling 39)."""
    for words, undone in (("CHEAP ROOFING call now!!! best price", False), ("BEST LANDLORD EVER (not). ROOF!!! call now", True)):
        complaint = story.receive(4, said(words, "Best Roofs" if not undone else "Hermes Galanopoulos", "none", home_kind="none"))
        story.do(complaint, 3, "manager", operations.mark_spam, why="It advertises roofs, and names no home of ours.")
        if undone:
            story.do(complaint, 2, "manager", operations.unmark_spam, why="He rang: it is his way of writing, and his roof leaks.")


def a_request_first(story: Story) -> None:
    """Handled as a first request because she agreed; then it was not done, and it is a complaint from the day she said so (39, 53)."""
    for name, back in (("Eulalia Brightwater", ""), ("Montgomery Achebe", "by staff"), ("Sunniva Carrow", "herself")):
        complaint = story.receive(15, said("The bathroom light bulb went.", name, "30 Chandler Court\nTidewell\nTW2 0ZZ"))
        story.do(
            complaint, 14, "triage", operations.make_request, kind="call", words="Agreed that we change the bulb, and only then ask again.", on=story.day(14)
        )
        if back == "by staff":
            story.do(complaint, 3, "handler", operations.voice, on=story.day(3), said=("call", "Nobody came. He is not happy with that."))
        elif back:
            story.do(complaint, 2, RESIDENT, operations.voice)


def taken_back_by_phone(story: Story) -> None:
    """Withdrawn by phone and left so; and another taken up again after more than ten working days, with a date of its own (17, 40)."""
    for name, again in (("Peregrine Holt-Osman", False), ("Philomena Sands", True)):
        complaint = stain(story, 33, name)
        told = story.contact(complaint, 28, "handler", "call", "Leave it, the painters came.")
        story.do(complaint, 28, "handler", operations.withdraw, said=told)
        if again:
            told = story.contact(complaint, 9, "handler", "call", "It is through the paint again.")
            story.do(complaint, 9, "handler", operations.resume, said=told)


def too_long_ago(story: Story) -> None:
    """More than twelve months old, and why discretion was not used (ruling 25)."""
    complaint = story.receive(26, said("In 2018 you lost my deposit slip.", "Aloysius Merriweather-Khan", "9 Bollard Street\nTidewell\nTW2 0ZZ"))
    story.triage(complaint, 25, "Very old, and known then.", "Lettings")
    then = (story.day(26) - timedelta(2500)).isoformat()
    written = {
        "ground": "over_12_months", "happened_on": then, "known_on": then, "discretion": "The bank keeps nothing of that year, so nothing could be found out.",
        "reasons": "It happened, and you knew of it, more than twelve months before you told us.", "evidence": "Your own letter of 2018.",
        "circumstances": "We asked whether anything kept you from telling us, and you said that it did not.",
    }  # fmt: skip
    story.refuse(complaint, 23, written)


def refused_and_undone(story: Story) -> None:
    """We were wrong to refuse, and say so ourselves (rulings 41, 48)."""
    complaint = story.receive(22, said("The fence again. It is another fence.", "Guinevere Oduya-Larsen", "2 Estuary Road\nTidewell\nTW3 0ZZ"))
    story.triage(complaint, 21, "Looks like last spring’s.", "Neighbourhoods")
    story.refuse(complaint, 19, SEEN_BEFORE)
    story.do(complaint, 6, "manager", operations.undo_refusal, why="It is the other side’s fence. We had not looked.")
    story.assign(complaint, 5, "handler_2")
    story.acknowledge(complaint, 4, "handler_2", {"points": [point(1, "The fence at the back is down.")], "outcomes": ["A fence"]})


def a_point_taken_after_all(story: Story) -> None:
    """A single point refused, and accepted later: because the Ombudsman said so, and because we were wrong (rulings 25, 41, 48)."""
    for name, reference in (("Blodwen Castellanos", "HO-21477"), ("Ezekiel Thornbury-Shah", "")):
        complaint = story.receive(11, said("The stain, and the bill for it.", name, "8 Sextant House\nTidewell\nTW1 0ZZ"))
        story.match(complaint, 10)
        story.triage(complaint, 10, "One part is said to be before the court.")
        refused = point(2, "You were sent a bill for the paint.") | COURT
        story.acknowledge(complaint, 8, "manager", {"points": STAIN, "outcomes": ["No bill"], "refused": [refused]})
        if reference:
            story.do(complaint, 3, "manager", operations.accept_point_as_directed, 2, reference=reference)
        else:
            story.do(complaint, 2, "manager", operations.undo_refusal_of_point, 2, why="The claim is about another bill.")


def ordered_by_a_day(story: Story) -> None:
    """Directed by the Ombudsman, with the day by which it wants the answer (ruling 41)."""
    complaint = story.receive(30, said("The court case is about something else.", "Barnabas Ofori-Whitby", "3 Estuary Road\nTidewell\nTW3 0ZZ"))
    story.triage(complaint, 29, "Said to be before the court.", "Rent and service charges")
    story.refuse(complaint, 26, COURT)
    story.accept(complaint, 3, "HO-20999", ordered=story.day(-4))


def refused_at_stage_2(story: Story) -> None:
    """Stage 2 refused by somebody who had no part in stage 1 (rulings 25, 34)."""
    complaint = stain(story, 50, "Cressida Vantongeren", answered=41)
    story.escalate(complaint, 20, "I have taken you to court.")
    story.do(complaint, 18, "manager_2", operations.refuse, COURT)
    story.do(complaint, 6, "liaison", operations.ombudsman_has, theirs="HO-21044")


def kept_until_the_answer(story: Story) -> None:
    """Stage 2 asked for early: kept and begun with the answer, let go again, and still kept (rulings 37, 46)."""
    for ago, name, asked, released, answered in ((24, "Rosalind Achterberg", 18, None, 15), (20, "Ptolemy Greaves", 15, 13, 12), (7, "Ursuline Kamara", 2, None, None)):
        complaint = stain(story, ago, name)
        story.escalate(complaint, asked, "I know already what you will say.")
        if released is not None:
            story.do(complaint, released, RESIDENT, operations.take_back_stage_2)
        if answered is not None:
            story.respond(complaint, answered, "handler", STAIN_ANSWER)
        if complaint.stage == 2:
            story.assign(complaint, 13, "reviewer")
            story.acknowledge(complaint, 11, "reviewer", {"points": STAIN, "outcomes": ["A clean ceiling"]})


def asked_long_after(story: Story) -> None:
    """Half a year after the answer, by phone, of somebody in repairs: it counts that day, and there is no last date (17, 36)."""
    complaint = stain(story, 150, "Leopold Quaye-Fothergill", answered=140)
    told = story.contact(complaint, 4, "triage", "call", "He said to our planner that he wants it looked at again.")
    story.do(complaint, 4, "triage", operations.escalate, said=told)


def looked_at_by_several(story: Story) -> None:
    """Two decide and meet as a panel, one approves, one contributes; one stood back, and one named by the resident was found to have no conflict (34)."""
    complaint = stain(story, 34, "Araminta Bello-Strand", answered=25)
    story.escalate(complaint, 12, "Not Mr Birchall, he is my cousin’s friend.")
    named = {"said": "Mr Birchall is my cousin’s friend.", "because": "They met once, at a fair."}
    story.do(complaint, 11, "manager", operations.decide_conflict, story.staff["handler_2"], barred=False, **named)
    story.assign(complaint, 11, "reviewer")
    for who, part in (("handler_2", "member"), ("manager_2", "approver"), ("colleague", "contributor"), ("triage", "member")):
        story.assign(complaint, 10, who, part=part)
    story.do(complaint, 9, "manager", operations.stand_back, story.staff["triage"], interest="I live in the next stairwell.")
    story.acknowledge(complaint, 8, "reviewer", {"points": STAIN, "outcomes": ["A clean ceiling"]})
    panel = [story.staff["reviewer"], story.staff["handler_2"]]
    meeting = operations.Meeting(story.day(4), "2pm", "Harbour House, the ground floor room", "Come, ring in, or write before it.")
    story.do(complaint, 8, "reviewer", operations.arrange_panel, panel, replace(meeting, on=story.day(6)), interest="None")
    story.do(complaint, 7, "reviewer", operations.call_off_panel, why="Mr Birchall’s train does not run that day. We choose another day with you.")
    story.do(complaint, 7, "reviewer", operations.arrange_panel, panel, meeting, interest="None")
    met = operations.Met(story.day(4), panel, "She showed the stain’s edge on three dates.", resident_came=True, accompanied_by="Her neighbour")
    story.do(complaint, 4, "reviewer", operations.record_panel, complaint.panels[-1], met)
    again = operations.Met(story.day(2), panel, "She rang while both were in the room, and they agreed what to ask the plumber.", resident_came=True)
    by_phone = operations.Meeting(again.on, "4pm", "By phone", "She rang us herself, and asked them to talk there and then.")
    story.do(complaint, 1, "reviewer", operations.record_unarranged_panel, again, by_phone, interest="None")
    story.do(complaint, 5, "reviewer", operations.keep_evidence, "Damp readings of three days", supplied_by="Moira Tansley", on=story.day(5))


def from_outside(story: Story) -> None:
    """Everybody here is barred, so the Member Responsible for Complaints named somebody from outside (ruling 53)."""
    complaint = stain(story, 37, "Sebastián Iñárritu-Webb")
    story.begin_answer(complaint, 31, "handler_2", STAIN_ANSWER)
    story.respond(complaint, 28, "handler", STAIN_ANSWER)
    story.escalate(complaint, 4, "")
    married = {"said": "Ms Penhallow is married to the painter.", "because": "She is."}
    story.do(complaint, 3, "manager", operations.decide_conflict, story.staff["reviewer"], barred=True, **married)
    everyone = [story.staff[key] for key in ("handler", "handler_2", "reviewer", "outsider")]
    story.do(
        complaint, 2, "manager", operations.name_outside_reviewer, story.staff["outsider"], everyone=everyone, named_by="member_responsible",
        who="Dame Rowena Tull", because="He reviews for three landlords and has never worked for this one.",
    )  # fmt: skip


def somebody_left(story: Story) -> None:
    """Whoever had it left: it was given to another, the resident was told, and the draft was kept (ruling 38)."""
    complaint = stain(story, 9, "Cosima Underhay", who="leaver")
    story.match(complaint, 6, "TH-70012")
    story.begin_answer(complaint, 5, "leaver", STAIN_ANSWER)
    with story.on(4):
        operations.say_left(story.register, story.staff["leaver"], by=story.by("manager"))
    with story.on(4):
        operations.assign_several([complaint], {complaint.id: complaint.version}, story.staff["handler"], by=story.by("manager"), interest="")
