"""What we found on each point, once the letter that says so has gone to whoever is looking."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.complaints.models import Answer, Complaint, Point
from portal.complaints.papers import Letter
from portal.i18n import Lazy
from portal.i18n import lazy_gettext as _l
from portal.rules.endings import withdrawn_points
from portal.rules.reading import KINDS, issued_on, refused_points
from portal.rules.reading import points as live_points
from portal.rules.steps import Step

FOUND: dict[str, Lazy] = {
    "upheld": _l("Upheld. We were at fault."),
    "partly_upheld": _l("Partly upheld. We were partly at fault."),
    "not_upheld": _l("Not upheld. We did not find a fault."),
    "not_ours": _l("This is not ours to answer."),
    "withdrawn": _l("You withdrew this point."),
    "not_accepted": _l("We have not accepted this point."),
    "accepted": _l("We refused this point, and accepted it after all. It is a complaint of its own now."),
}
"""The words of the letter itself, so that the page and the letter say the same."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing complained of, as we understand it, and what we found: in words, at which stage, in which letter.

    `withdrawn` is its number, where the resident has withdrawn it; `refused` where we did not accept it; `left_out` where our
    answer leaves it out for that, even if we accepted it after all.
    """

    words: str
    found: Lazy | str = ""
    stage: int | None = None
    letter: int | None = None
    withdrawn: str = ""
    refused: bool = False
    left_out: bool = False


def points(complaint: Complaint, letters: Sequence[Letter]) -> list[Understood]:
    """The points as last defined, each with the newest finding that these letters told."""
    definition = complaint.definition()
    if definition is None:
        return []
    gone = {letter.id: letter for letter in letters if _has_gone(complaint, letter)}
    told = {one.point_number: one for one in complaint.answers if one.letter_id in gone} if gone else {}
    found, withdrawn, stands = [], withdrawn_points(complaint.happenings), refused_points(complaint.happenings)
    for point in definition.points:
        answer = told.get(point.number)
        words = FOUND.get(answer.disposition) if answer else None
        if answer and words:
            found.append(_answered(point, words, answer, gone[answer.letter_id].number, stands=str(point.number) in stands))
        elif str(point.number) in withdrawn:
            found.append(Understood(point.words, FOUND["withdrawn"], withdrawn=str(point.number)))
        else:
            found.append(Understood(point.words))
    return found + _refused(complaint, letters)


def _answered(point: Point, words: Lazy, answer: Answer, letter: int, *, stands: bool) -> Understood:
    """What an answer found of a point; one that it did not accept may have been accepted after all (ruling 41)."""
    if answer.disposition != "not_accepted":
        return Understood(point.words, words, answer.stage, letter)
    return Understood(point.words, words, answer.stage, letter, refused=True) if stands else Understood(point.words, FOUND["accepted"])


def _refused(complaint: Complaint, letters: Sequence[Letter]) -> list[Understood]:
    """The points that we did not accept, once the letter that says so has gone (ruling 25)."""
    told = {letter.id: letter for letter in letters if issued_on(complaint.happenings, Step.ACKNOWLEDGED, letter.stage)}
    stands = refused_points(complaint.happenings)
    return [
        Understood(point.words, FOUND["not_accepted"], point.stage, told[point.letter_id].number, refused=True, left_out=True)
        if str(point.number) in stands
        else Understood(point.words, FOUND["accepted"], left_out=True)
        for point in complaint.refused_points
        if point.letter_id in told and str(point.number) not in live_points(complaint.happenings, point.stage)
    ]


def _has_gone(complaint: Complaint, letter: Letter) -> bool:
    """Whether it is an answer, to some points or to all, that has gone."""
    if letter.kind in BESIDE:
        return any(issue.state == "issued" for issue in letter.issues)
    return letter.kind in KINDS[Step.RESPONDED] and issued_on(complaint.happenings, Step.RESPONDED, letter.stage) is not None


BESIDE = (*KINDS[Step.PART_ANSWERED], *KINDS[Step.ANSWER_CORRECTED])
"""The letters beside the answer that say what we found: to some points before it, and in its place."""
