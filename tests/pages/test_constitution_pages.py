"""The rules on their page: what each says of the next meeting, the versions, and what changed between two."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http.response import HttpResponse, HttpResponseBase

from meetings.models import ReplyAnswer
from meetings.operations import reply
from membership.models import Seat
from membership.operations import bring_into_force, name_deputy
from partnership.access import Role
from partnership.models import BoardKind
from partnership.operations import admit_to_team, found_board
from tests.cast import LONG_AGO, Cast, amended, text_of
from tests.pages.conftest import SignedIn

RULES = "/p/isle-of-wight/main-board/constitution/"
COMPARISON = RULES + "compare/2/3/"
JUNE = date(2027, 6, 16)


def main_of(response: HttpResponseBase) -> str:
    """The words of the page, without its marks."""
    assert isinstance(response, HttpResponse)
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    words = re.sub(r"<[^>]+>", " ", main)
    return " ".join(words.replace("&#x27;", "'").replace("&quot;", '"').split())


def version_3(cast: Cast, changes: dict[str, str], *, reason: str = "Agreed on 17 March, item 9") -> None:
    text = amended("isle-of-wight/main-board", {"number: 2": "number: 3"} | changes)
    bring_into_force(board=cast.board, text=text, in_force_from=date(2027, 5, 1), reason=reason, by=cast["coordinator"])


# --- the rules --------------------------------------------------------------------------------------------------------


def test_a_rule_names_who_can_meet_it_at_the_next_meeting(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=JUNE)
    said = main_of(signed_in("member").get(RULES))
    assert "What it says of Wednesday 16 June 2027 Partnership chair: Chair." in said
    assert "Hampshire and Isle of Wight Constabulary: Member or Deputy (deputy)." in said
    assert "NHS Hampshire and Isle of Wight ICB: nobody yet." in said
    assert "No replies yet." in said


def test_what_the_replies_make_of_the_quorum(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=JUNE)
    reply(meeting=meeting, seat=cast.seats["chair"], answer=ReplyAnswer.COMING, by=cast.author)
    said = main_of(signed_in("member").get(RULES))
    assert "1 of 25 seats have replied. Not yet quorate with those who have said that they will come." in said


def test_members_with_and_without_a_deputy_are_counted(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=JUNE)
    cast.fill(("hmp", "probation"))
    name_deputy(seat=cast.seats["hmp"], person=cast.person("stand in"), starts_on=LONG_AGO, by=cast.author)
    said = main_of(signed_in("member").get(RULES))
    assert "2 of 3 filled agency seats have a named deputy. 1 has none." in said


def test_a_past_version_says_nothing_of_the_next_meeting(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=JUNE)
    version_3(cast, {})
    assert "16 June 2027" not in main_of(signed_in("member").get(RULES + "2/"))
    assert "16 June 2027" in main_of(signed_in("member").get(RULES + "3/"))


def test_a_neighbour_reads_the_rules_and_nothing_of_meetings(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=JUNE)
    said = main_of(signed_in("neighbour").get(RULES))
    assert "At least half of the 24 members are present." in said
    assert "16 June 2027" not in said
    assert "No replies yet." not in said


def test_a_reading_names_those_set_aside(cast: Cast, signed_in: SignedIn) -> None:
    said = main_of(signed_in("member").get(RULES))
    assert "3 other readings were set aside of: At least half of the 24 members are present." in said
    assert "In our words Half of the members are present" in said


def test_versions_lead_to_what_they_changed_and_say_who_entered_them(cast: Cast, signed_in: SignedIn) -> None:
    version_3(cast, {})
    page = signed_in("member").get(RULES + "3/")
    assert f'href="{COMPARISON}"' in page.content.decode()
    assert "Compare with version 2" in main_of(page)
    assert "Version 3 , from 1 May 2027" in main_of(page)
    assert "Version 2 , 1 January 2026 to 30 April 2027" in main_of(page)
    assert "Entered by Coordinator on 17 March 2027: Agreed on 17 March, item 9." in main_of(page)


@pytest.mark.parametrize(
    ("who", "is_offered"), [("coordinator", True), ("manager", True), ("chair", False), ("member", False)]
)
def test_only_the_team_is_offered_a_new_version(
    cast: Cast,
    signed_in: SignedIn,
    who: str,
    is_offered: bool,  # noqa: FBT001 - a column
) -> None:
    assert ("Propose a new version" in main_of(signed_in(who).get(RULES))) is is_offered


def test_groups_that_functions_go_to_are_called_by_name(cast: Cast, signed_in: SignedIn) -> None:
    city = cast.elsewhere.partnership
    executive = found_board(
        partnership=city, slug="executive", name="Executive Committee", short_name="Executive",
        kind=BoardKind.EXECUTIVE, by=cast.author,
    )  # fmt: skip
    bring_into_force(board=executive, text=text_of("portsmouth/executive-committee"), by=cast.author)
    said = main_of(signed_in("outsider").get("/p/portsmouth/board/constitution/"))
    assert "delegated to Executive Committee and " in said
    assert "portsmouth executive" not in said


def test_an_overdue_review_is_said_once_and_not_first(cast: Cast, signed_in: SignedIn) -> None:
    said = main_of(signed_in("outsider").get("/p/portsmouth/board/constitution/"))
    assert said.count("Review by 30 September 2023: overdue.") == 1
    assert said.index("Version 1, in force since") < said.index("Review by 30 September 2023: overdue.")


def test_a_group_without_rules_says_so(cast: Cast, signed_in: SignedIn) -> None:
    said = main_of(signed_in("neighbour").get("/p/isle-of-wight/executive/constitution/"))
    assert "No terms of reference are in force for this group." in said
    assert "Propose a new version" in said


# --- two versions -----------------------------------------------------------------------------------------------------


def test_a_changed_rule_stands_in_both_wordings_with_the_words_marked(cast: Cast, signed_in: SignedIn) -> None:
    version_3(
        cast,
        {
            'amount: 1, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"': (
                'amount: 2, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"'
            )
        },
    )
    page = signed_in("neighbour").get(COMPARISON)
    assert "1 rule changed; 100 are unchanged." in main_of(page)
    drawn = page.content.decode()
    assert '<del class="q-del">1 week</del>' in drawn
    assert '<ins class="q-ins">2 weeks</ins>' in drawn
    assert "Version 2 Agenda and supporting papers sent to members: at least 1 week before the meeting." in (
        main_of(page)
    )


def test_a_changed_reading_is_shown_as_a_reading(cast: Cast, signed_in: SignedIn) -> None:
    version_3(cast, {"Only the named members count.": "Only named members count."})
    said = main_of(signed_in("member").get(COMPARISON))
    assert "Changed Someone attending as deputy counts as present" in said
    assert "Other readings Version 2 Only the named members count. Version 3 Only named members count." in said


def test_what_came_and_what_went(cast: Cast, signed_in: SignedIn) -> None:
    seat = "  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n"
    version_3(cast, {seat: "  - {id: prison, name: The prison, organisation: hmp}\n"})
    said = main_of(signed_in("member").get(COMPARISON))
    assert "1 rule added and 1 taken out; 100 are unchanged." in said
    assert "Added Rule The prison." in said
    assert "Taken out Rule HMP Isle of Wight." in said
    assert Seat.objects.get(board=cast.board, key="hmp").until == date(2027, 5, 1)


def test_a_value_behind_a_sentence_is_shown_as_the_file_has_it(cast: Cast, signed_in: SignedIn) -> None:
    old = "reminders: [-14, -7, -3, -1, 0]\n    recipients: [coordinator, manager]"
    version_3(cast, {old: "reminders: [-10]\n    recipients: [coordinator, manager]"})
    said = main_of(signed_in("member").get(COMPARISON))
    assert "It reads the same; values behind it change." in said
    assert "reminders -14, -7, -3, -1, 0 -10" in said


def test_a_rule_that_follows_another_says_so(cast: Cast, signed_in: SignedIn) -> None:
    version_3(cast, {"  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n": ""})
    said = main_of(signed_in("member").get(COMPARISON))
    assert "It reads otherwise because of another change." in said
    assert "At least half of the 23 members are present." in said


def test_a_version_beside_itself(cast: Cast, signed_in: SignedIn) -> None:
    said = main_of(signed_in("member").get(RULES + "compare/2/2/"))
    assert "No rule differs: 101 rules in both." in said
    assert "The two versions say the same." in said


@pytest.mark.parametrize("address", ["compare/1/2/", "compare/2/9/", "compare/0/2/"])
def test_a_version_that_is_not_there_is_not_found(cast: Cast, signed_in: SignedIn, address: str) -> None:
    assert signed_in("member").get(RULES + address).status_code == 404


def test_an_administrator_reads_drafts_and_writes_none(cast: Cast, signed_in: SignedIn) -> None:
    admit_to_team(
        person=cast["nobody"], role=Role.ADMINISTRATOR, partnership=cast.partnership, starts_on=LONG_AGO, by=cast.author
    )
    assert "Propose a new version" not in main_of(signed_in("nobody").get(RULES))
    assert signed_in("nobody").get(RULES + "import/").status_code == 403
