"""The grade ladders of an agency, and requests to be named as a relevant agency, in the browser."""

from __future__ import annotations

import re

from django.test import Client

from membership.models import AgencyRequest, GradeLadder
from membership.operations.grade_ladders import add_ladder
from partnership.authorship import saved
from tests.cast import Cast
from tests.pages.agencies import HERE, day, entered, sent, text
from tests.pages.conftest import SignedIn


def test_rungs_are_moved_by_buttons(cast: Cast, team: Client) -> None:
    agency = entered(cast, "Constabulary")
    ladder = add_ladder(
        agency=agency, partnership=cast.partnership, name="Ranks", grades=["Chief", "Super"], by=cast["coordinator"]
    )
    place = f"{HERE}constabulary/ladders/{ladder.pk}/"
    page = team.get(place).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    second = ladder.grades.get(name="Super")
    moved = team.post(place, {"rung": f"up-{second.pk}", "seen": seen[1]}, follow=True)
    assert "Super moved up. " in text(moved)
    stale = team.post(place, {"rung": f"up-{second.pk}", "seen": seen[1]})
    assert stale.status_code == 409
    assert "It now says: Rungs Super, Chief" in text(stale)
    assert "already the most senior rung" in text(sent(team, place, {"rung": f"up-{second.pk}"}))
    assert sent(team, place, {"rung": f"rename-{second.pk}", "name": "Superintendent"}).status_code == 302
    assert sent(team, place, {"name": "Inspector"}).status_code == 302
    assert list(ladder.grades.values_list("name", flat=True)) == ["Superintendent", "Chief", "Inspector"]
    appointment = cast.appointments["member"]
    appointment.grade = second
    saved(appointment, by=cast.author, reason="Grade told")
    kept = sent(team, place, {"rung": f"remove-{second.pk}"})
    assert kept.status_code == 400
    assert "so it stays on the ladder" in text(kept)
    for bad in ("up-0", "up-" + "9" * 5000, "fly-1", "up-x", "up", "up-٣"):
        assert team.post(place, {"rung": bad}).status_code == 404
    other = add_ladder(
        agency=entered(cast, "Other"), partnership=cast.partnership, name="O", grades=["A"], by=cast.author
    )
    assert team.get(f"{HERE}constabulary/ladders/{other.pk}/").status_code == 404
    assert GradeLadder.objects.count() == 2


def test_a_request_is_recorded_decided_and_listed(cast: Cast, team: Client, signed_in: SignedIn) -> None:
    asked = {
        "body": "Sea Scouts",
        "asked_by": "Cy Ode",
        "contact": "cy.ode@example.org",
        "case_for": "We teach sailing",
    }
    waiting = team.post(HERE + "requests/add/", asked | day("asked_on", "1 3 2027"), follow=True)
    assert "Sea Scouts Asked 1 March 2027, by Cy Ode, cy.ode@example.org." in text(waiting)
    ahead = team.post(HERE + "requests/add/", asked | day("asked_on", "18 3 2027"))
    assert "The day lies ahead." in text(ahead)
    again = team.post(HERE + "requests/add/", asked | day("asked_on", "2 3 2027"))
    assert "A request of Sea Scouts is waiting already." in text(again)
    place = f"{HERE}requests/{AgencyRequest.objects.get().pk}/"
    decision = {"outcome": "named", "decided_by": "The Board", "reason": "They reach many"} | day(
        "decided_on", "17 3 2027"
    )
    assert "Enter which agency of the register is named." in text(team.post(place, decision))
    entered(cast, "Sea Scouts")
    done = team.post(place, decision | {"agency": "Sea Scouts"})
    assert (done.status_code, done["Location"]) == (302, HERE + "sea-scouts/list/")
    assert "is decided: named as a relevant agency" in text(team.post(place, decision | {"agency": "Sea Scouts"}))
    assert "17 March 2027, by The Board They reach many" in text(team.get(HERE + "requests/"))
    assert "Requests to be named" in text(team.get(HERE + "sea-scouts/"))
    assert "Cy Ode" not in text(signed_in("member").get(HERE + "sea-scouts/"))
