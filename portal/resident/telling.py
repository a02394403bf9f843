"""From the answers of a draft to what the register is told."""

from collections.abc import Mapping
from typing import Any

from portal.complaints.operations import Told
from portal.complaints.papers import Draft
from portal.resident.questions import BY_NAME


def told(draft: Draft, *, language: str) -> Told:
    """Everything somebody told us, in their own words."""
    answers = draft.answers
    home = answers.get("home", {})
    address = home.get("address") or ""
    return Told(
        name=answers["name"]["name"],
        words=answers["story"]["story"],
        home_kind=home.get("home", "address"),
        address=address,
        relationship=answers["you"]["relationship"],
        when_words=BY_NAME["when"].says(answers.get("when", {})),
        wanted=_chosen(answers.get("right", {})),
        adjustments=_adjustments(answers.get("easier", {})),
        safe_contact=_safe_contact(answers.get("reach", {}), answers.get("details", {}), address),
        language=language,
    )


def _chosen(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {"kinds": list(answer.get("kinds") or []), "words": answer.get("words") or ""}


def _adjustments(answer: Mapping[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in answer.get("kinds") or [] if kind != "nothing"]
    more = {name: answer[name] for name in ("words", "print_size", "span") if answer.get(name)}
    return {"kinds": kinds, "words": "", **more}


def _safe_contact(reach: Mapping[str, Any], details: Mapping[str, Any], address: str) -> dict[str, Any]:
    """The ways that were chosen and only their details: what was typed for another way is not carried along."""
    channels = list(reach.get("channels") or ["portal"])
    safe: dict[str, Any] = {"channels": channels}
    if "email" in channels:
        safe["email"] = details.get("email")
    if "phone" in channels:
        safe |= {name: details.get(name) or "" for name in ("phone", "times", "voicemail", "say_who")}
    if "post" in channels:
        safe["post"] = address if details.get("where") == "same" else details.get("post")
    return safe
