"""Every route of the public side, and the pages that only say something."""

from flask import Response

from portal import clock
from portal.access import Do
from portal.complaints import bodies
from portal.i18n import lazy_gettext as _l
from portal.public import by_code, door, looks, not_mine, question, reported, statement, theme, ways, when
from portal.public.blueprint import page
from portal.rules import editions
from portal.web import register, render

LETTERS = (
    ("acknowledgement", (_l("What that first letter says"), _l("What that first letter says at stage 2"))),
    ("response", (_l("What our answer says"), _l("What our final answer says"))),
    ("extension", (_l("What we write if we need more time"), _l("What we write if we need more time at stage 2"))),
)
REFUSALS = (("refusal", _l("What that letter says")),)

__all__ = ["by_code", "door", "looks", "not_mine", "page", "question", "reported", "theme", "ways", "when"]


@page.get("/", do=Do.READ_PUBLIC)
def start() -> Response:
    """Where everybody begins: what to do in danger, what we will do and when."""
    return render("public/start.html", edition=editions.in_force(clock.today()))


@page.get("/policy", do=Do.READ_PUBLIC)
def policy() -> Response:
    """How we handle complaints, its numbers drawn from the edition in force."""
    edition = editions.in_force(clock.today())
    limits = {limit.id: limit.months for limit in edition.time_limits}
    return render(
        "public/policy.html", edition=edition, months=limits, bodies=bodies.bodies(register()), letters=LETTERS, refusals=REFUSALS
    )


@page.get("/words", do=Do.READ_PUBLIC)
def words() -> Response:
    """What the words mean that we cannot do without."""
    return render("public/words.html")


@page.get("/accessibility", do=Do.READ_PUBLIC)
def accessibility() -> Response:
    """What works, what does not, and what nobody has checked yet."""
    return render("public/accessibility.html", statement=statement, body=bodies.body(register(), "equality"))


@page.get("/privacy", do=Do.READ_PUBLIC)
def privacy() -> Response:
    """What we keep of you, why, for how long, and the cookies."""
    return render("public/privacy.html", body=bodies.body(register(), "information"))


@page.get("/health", do=Do.READ_PUBLIC)
def health() -> Response:
    """Whether the portal serves."""
    return Response("ok", mimetype="text/plain")
