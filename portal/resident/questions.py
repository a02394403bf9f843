"""The questions of a complaint: one table, in the order they are asked, with what each says on the check page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.complaints import wishes
from portal.forms import BaseForm
from portal.i18n import Lazy, gettext
from portal.i18n import lazy_gettext as _l
from portal.resident import forms
from portal.resident.apart import own_ways

Answer = Mapping[str, Any]
Answers = Mapping[str, Answer]
UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its form, its name on the check page, what the answer says there, and when it is asked.

    `whole` says whether a kept answer is all there, where the form alone cannot.
    """

    name: str
    form: type[BaseForm]
    title: Lazy
    says: Callable[[Answer], str]
    applies: Callable[[Answers], bool] = lambda answers: True
    needed: bool = True
    whole: Callable[[Answer], bool] | None = None


def _lines(*words: Any) -> str:
    return "\n".join(str(each) for each in words if each)


def _picked(choices: Mapping[str, str], picked: Any) -> str:
    values = picked if isinstance(picked, list) else [picked]
    return "\n".join(gettext(choices[value]) for value in values if value in choices)


def _pick(field: str, choices: Mapping[str, str]) -> Callable[[Answer], str]:
    return lambda answer: _picked(choices, answer.get(field))


def _when(answer: Answer) -> str:
    return _lines(
        answer.get("when"),
        answer.get("still") and gettext("It is still going on"),
        answer.get("unsure") and gettext("I am not sure when"),
    )


def _easier(answer: Answer) -> str:
    size = answer.get("print_size")
    return _lines(
        _picked(wishes.EASIER, answer.get("kinds") or []),
        size and gettext("Print size: %(size)s", size=size),
        _picked(wishes.BRAILLE, answer.get("braille")),
        answer.get("words"),
        _picked(wishes.FOR, answer.get("span")),
        answer.get("disability"),
        answer.get("disability") and _picked(wishes.CARRY, answer.get("carry") or "no"),
    )


def _details(answer: Answer) -> str:
    voicemail, say_who = answer.get("voicemail"), answer.get("say_who")
    left = _picked(wishes.VOICEMAIL, voicemail)
    said = _picked(wishes.MAY_WE, say_who)
    return _lines(
        answer.get("email"),
        answer.get("phone"),
        answer.get("times"),
        left and gettext("Voicemail: %(answer)s", answer=left),
        said and gettext("Say who we are: %(answer)s", answer=said),
        _picked(forms.DIFFERENT, answer.get("where")),
        answer.get("where") != "same" and answer.get("post"),
    )


def _in_danger(answers: Answers) -> bool:
    return answers.get("danger", {}).get("danger") == "yes"


def _wants_details(answers: Answers) -> bool:
    return bool({"email", "phone", "post"} & set(answers.get("reach", {}).get("channels") or []))


def _for_another(answers: Answers) -> bool:
    return answers.get("name", {}).get("whom") == "other"


def for_several(answers: Answers) -> bool:
    """Whether somebody complains for several homes at once (ruling 3)."""
    return answers.get("name", {}).get("whom") == "several"


def speaks_for_others(answers: Answers) -> bool:
    """Whether the homes it is about are not, or not only, those of whoever writes: their own letters go to none of these (ruling 5)."""
    return _for_another(answers) or for_several(answers)


def _homes(answer: Answer) -> str:
    return _lines(*(", ".join([home["name"], *home["address"].splitlines()]) for home in answer.get("homes") or []))


def _group(answer: Answer) -> str:
    return _picked(wishes.AGREED, answer.get("how"))


def _them(answer: Answer) -> str:
    return _lines(answer.get("name"), _picked(wishes.AGREED, answer.get("how")), answer.get("email"), answer.get("phone"), answer.get("post"))


def _no_words(answer: Answer) -> str:
    return ""


QUESTIONS = (
    Question("danger", forms.DangerForm, _l("Is anyone in danger?"), _pick("danger", wishes.IS_THERE)),
    Question("alert", forms.AlertForm, _l("How to find them"),
             lambda a: _lines(a.get("phone"), a.get("address"), a.get("words")), _in_danger, needed=False),
    Question("name", forms.NameForm, _l("Your name"),
             lambda a: _lines(a.get("name"), a.get("whom") in ("other", "several") and _picked(wishes.WHOM, a.get("whom")))),
    Question("them", forms.ThemForm, _l("Who you speak for"), _them, _for_another),
    Question("group", forms.GroupForm, _l("How it was agreed"), _group, for_several),
    Question("homes", forms.EachHomeForm, _l("The homes"), _homes, for_several, whole=lambda a: bool(a.get("homes")) and not a.get("begun")),
    Question("home", forms.HomeForm, _l("Where it is about"),
             lambda a: _lines(a.get("home") != "address" and _picked(wishes.HOMES, a.get("home")), a.get("address")),
             lambda answers: not for_several(answers)),
    Question("you", forms.YouForm, _l("How we know you"), _pick("relationship", wishes.RELATIONSHIPS)),
    Question("story", forms.StoryForm, _l("What happened"), lambda a: str(a.get("story") or "")),
    Question("when", forms.WhenForm, _l("When"), _when),
    Question("right", forms.WantedForm, _l("What would put it right"),
             lambda a: _lines(_picked(wishes.WANTED, a.get("kinds") or []), a.get("words"))),
    Question("easier", forms.EasierForm, _l("What would make it easier"), _easier,
             lambda answers: not for_several(answers), needed=False),
    Question("reach", forms.ReachForm, _l("How it is safe to reach you"), _pick("channels", wishes.CHANNELS)),
    Question("details", forms.DetailsForm, _l("How we will reach you"), _details, _wants_details),
    Question("files", forms.FilesForm, _l("Photos and papers"), _no_words, needed=False),
)  # fmt: skip

BY_NAME = {question.name: question for question in QUESTIONS}


def asked(answers: Answers) -> list[Question]:
    """The questions that this complaint is asked."""
    return [question for question in QUESTIONS if question.applies(answers)]


def after(name: str, answers: Answers) -> str | None:
    """The question that comes next; None after the last."""
    names = [question.name for question in asked(answers)]
    at = names.index(name) + 1
    return names[at] if at < len(names) else None


def before(name: str, answers: Answers) -> str | None:
    """The question that came before; None before the first."""
    names = [question.name for question in asked(answers)]
    return names[names.index(name) - 1] if name in names[1:] else None


def place(name: str) -> tuple[int, int] | None:
    """Which question of how many this is, checking included: the same count for everybody, whatever they answer.

    None for a page that only some are asked.
    """
    names = [question.name for question in asked({})] + ["check"]
    return (names.index(name) + 1, len(names)) if name in names else None


def form_of(question: Question, answers: Answers, **more: Any) -> BaseForm:
    """The form of one question, what was answered before in its boxes, and no box that is not for this person."""
    form = question.form(data=dict(answers.get(question.name, {})), **more)
    if isinstance(form, forms.ThemForm):
        form.others = [own_ways(answers)]
    if isinstance(form, forms.DetailsForm):
        form.others = _spoken_for(answers)
        home = answers.get("home", {})
        channels = list(answers.get("reach", {}).get("channels") or [])
        lives_there = not speaks_for_others(answers) and home.get("home") == "address" and bool(home.get("address"))
        form.keep(channels, lives_there=lives_there)
    return form


def _spoken_for(answers: Answers) -> list[Answer]:
    """What was said of each person they speak for, with how to reach them."""
    homes = [each for each in answers.get("homes", {}).get("homes") or [] if not each.get("mine")] if for_several(answers) else []
    return [answers.get("them", {})] if _for_another(answers) else homes


def missing(answers: Answers) -> str | None:
    """The first question that still has to be answered, or its answer finished, before the complaint can be sent."""
    kept = (q for q in asked(answers) if q.needed or holds_words(answers.get(q.name, {})))
    return next((q.name for q in kept if not _is_whole(q, answers)), None)


def where_left_off(answers: Answers) -> str | None:
    """The first question without a whole answer, needed or not; None when only checking is left."""
    return next((q.name for q in asked(answers) if not _is_whole(q, answers)), None)


def holds_words(answer: Answer) -> bool:
    """Whether anything was written or chosen."""
    return any(value for name, value in answer.items() if name != UNFINISHED)


def _is_whole(question: Question, answers: Answers) -> bool:
    """Whether the answer as it is kept would be taken now: other answers since may ask more of it."""
    answer = answers.get(question.name)
    if answer is None or answer.get(UNFINISHED):
        return False
    if question.whole:
        return question.whole(answer)
    return form_of(question, answers, formdata=None, meta={"csrf": False}).validate()
