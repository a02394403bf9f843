"""The landlord as its settings say: names, numbers, ways to reach it, the Ombudsman's dated details."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from portal.complaints import queries
from portal.db import Register
from portal.letters import facts
from portal.rules import editions, ombudsman


@dataclass(frozen=True, slots=True)
class Landlord:
    """What a landlord sets. The defaults are an invented landlord's, and say so.

    `ring_back_within` is how many working days may pass before we ring somebody who asked us to, `pay_within` how many
    before we pay what somebody accepted. `question_open_for` is how many days a link to a contractor's question opens it.
    """

    name: str = "Example Homes"
    phone: str = "01632 960000"
    phone_hours: str = "Monday to Friday, 8am to 6pm"
    text_relay: str = "18001 01632 960000"
    sign_language: str = ""
    email: str = "complaints@landlord.example"
    post: str = "Freepost Example Homes Complaints"
    address: str = "1 Example Street\nExampleton\nEX1 1EX"
    office_hours: str = "Monday to Friday, 9am to 5pm"
    office_notes: str = ""
    ring_back_within: int = 1
    pay_within: int = 20
    question_open_for: int = 14
    emergency_phone: str = "01632 960999"
    quiet_page: str = "https://www.bbc.co.uk/weather"
    accent: str = "#2c3079"
    division: str = "england-and-wales"
    ombudsman_name: str = ombudsman.CONTACTS[-1].name
    ombudsman_phone: str = ombudsman.CONTACTS[-1].phone
    ombudsman_web: str = ombudsman.CONTACTS[-1].web
    ombudsman_post: str = ombudsman.CONTACTS[-1].post
    # Recalled, not read on their own pages: a landlord checks them, and sets them with their source and the day.
    equality_phone: str = "0808 800 0082"
    equality_web: str = "https://www.equalityadvisoryservice.com"
    information_phone: str = "0303 123 1113"
    information_web: str = "https://ico.org.uk"
    # Recalled too: how long things may take and are kept (`complaints/times.py`).
    data_months: int = 1
    keep_years: int = 6
    keep_spam_months: int = 12
    keep_equality_years: int = 3
    refusals_approved: bool = False
    answers_approved: bool = False
    second_factor_demanded: bool = False
    base_url: str = ""

    @property
    def in_letters(self) -> facts.Landlord:
        """What every letter says of us and of the Ombudsman."""
        months = next(limit.months for limit in editions.in_force(date.max).time_limits if limit.id == "ombudsman")
        return facts.Landlord(
            name=self.name,
            address=self.address,
            phone=self.phone,
            post=self.post,
            base_url=self.base_url,
            ombudsman_name=self.ombudsman_name,
            ombudsman_phone=self.ombudsman_phone,
            ombudsman_web=self.ombudsman_web.removeprefix("https://"),
            ombudsman_post=self.ombudsman_post,
            ombudsman_months=months,
        )


SET = {field.name for field in fields(Landlord)}


def from_settings(values: Mapping[str, Any], base_url: str = "") -> Landlord:
    """The landlord these settings describe; what is not set keeps its default."""
    return replace(Landlord(base_url=base_url), **{name: value for name, value in values.items() if name in SET})


def landlord_of(register: Register) -> Landlord:
    """The landlord of this installation; read once a session."""
    if "landlord" not in register.info:
        register.info["landlord"] = from_settings(queries.settings(register), register.info.get("base_url", ""))
    found: Landlord = register.info["landlord"]
    return found
