"""What the overview asks of those who prepare the meetings."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import Settings

from meetings.models import ItemKind
from meetings.operations import add_item, publish_agenda
from partnership.access import Role
from partnership.clock import LONDON
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO
from tests.reviews.city_year import CityYear
from tests.reviews.test_overview import client_of, matters

pytestmark = pytest.mark.django_db


def test_whoever_writes_the_agenda_is_not_asked_to_read_its_papers(city: CityYear, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 12, 31, 9, tzinfo=LONDON)
    meeting = city.called(date(2028, 1, 20))
    add_item(meeting=meeting, title="School transport", kind=ItemKind.DECISION, by=city.author)
    publish_agenda(meeting=meeting, by=city.author)
    person = city.cast.person("city coordinator")
    admit_to_team(person=person, role=Role.COORDINATOR, board=city.board, starts_on=LONG_AGO, by=city.author)
    assert matters(client_of(city, "city coordinator")) == []
