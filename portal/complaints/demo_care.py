"""How the demo's landlord takes care: what makes it easier for somebody, whose eyes an answer needs, whose account is whose."""

from portal.complaints import operations
from portal.complaints.demo_story import Story
from portal.complaints.demo_words import not_upheld, point, said

SHELF = [point(1, "The hall shelf was taken down for the meter and never put back.")]
SHELF_ANSWER = {
    "opening": "", "actions": [],
    "points": [not_upheld(1, SHELF[0]["text"], "The photograph taken before the visit shows no shelf.", "There was nothing to put back.")],
}  # fmt: skip


def tell(story: Story) -> None:
    """Each of them."""
    for case in (made_easier, approved_by_another, one_person_two_accounts):
        case(story)


def made_easier(story: Story) -> None:
    """What they asked for: agreed to and looked at again, declined with why, and declined first and agreed to when asked again (5.10)."""
    every_call = {"kinds": ["same_person", "time_of_day"], "words": "I sleep in the day. Ring me after six, and let it be one voice.", "span": "always"}
    home_visit = {"kinds": ["knock", "other"], "words": "Come to me each time, I do not like the telephone.", "span": "this"}
    pictures = {"kinds": ["easy_read"], "words": "Pictures help me.", "span": "always"}
    for n, (name, wish, decided) in enumerate((
        ("Nerissa Blackwood-Adair", every_call, ((14, True, "Ms Oyelaran rings you, after six, and nobody else does."),)),
        ("Casimir Holloway-Tetteh", home_visit, ((13, False, "We cannot visit for every letter. We come for the ones that decide something, and read them with you."),)),
        ("Lavender Osgood", pictures, ((15, False, "Nobody here can make Easy Read letters yet."), (4, True, "A centre in the next town makes them for us from today."))),
    )):  # fmt: skip
        told = said("The new bell cannot be heard in the back room.", name, f"{n + 21} Sextant House\nTidewell\nTW1 0ZZ", adjustments=wish)
        complaint = story.receive(17, told)
        story.begin(complaint, 16, "handler", [point(1, "The bell cannot be heard in the back room.")], "A bell that can be heard")
        for ago, agreed, words in decided:
            asked = complaint.resident.person.adjustments[0]
            story.do(complaint, ago, "handler", operations.decide_adjustment, asked, agreed=agreed, words=words, review_on=story.day(-120) if agreed else None)


def approved_by_another(story: Story) -> None:
    """For some weeks an answer went only when a second person had read it: one did so, and sent it (ruling 25)."""
    complaint = story.receive(64, said("They took my shelf and lost it.", "Balthazar Quince-Obi", "31 Dory Lane\nTidewell\nTW2 0ZZ"))
    story.begin(complaint, 63, "handler_2", SHELF, "My shelf")
    with story.on(60):
        operations.choose(story.register, {"answers_approved": True}, by=story.by("manager"))
    story.begin_answer(complaint, 57, "handler_2", SHELF_ANSWER)
    story.do(complaint, 57, "handler_2", operations.ask_approval, "response", seen=1)
    story.respond(complaint, 56, "manager_2", SHELF_ANSWER)
    with story.on(41):
        operations.choose(story.register, {"answers_approved": False}, by=story.by("manager"))


def one_person_two_accounts(story: Story) -> None:
    """Mr Birchall reviews for another team by an account of its own: what bars one bars both (ruling 34)."""
    with story.on(70):
        operations.say_same(story.register, story.staff["handler_2"], story.staff["reviewer_2"], by=story.by("manager"))
