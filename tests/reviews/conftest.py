"""The boards on which the attendance report is tested; today is the last day of 2027."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from partnership.clock import LONDON
from tests.cast import assembled
from tests.reviews.city_year import CityYear

LAST_DAY = datetime(2027, 12, 31, 9, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def _city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[CityYear]:
    """Seated once for a file, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), override_settings(CLOCK_STOPPED_AT=LAST_DAY), transaction.atomic():
        yield CityYear(assembled())
        transaction.set_rollback(True)


@pytest.fixture
def city(_city: CityYear, db: None) -> CityYear:
    """Portsmouth's board, with no meeting yet. Whoever a test enters is forgotten with it."""
    return _city.with_a_cast_of_its_own()


@pytest.fixture
def journey(city: CityYear) -> CityYear:
    """Portsmouth's year: four meetings, one cancelled, a development day."""
    city.hold_the_year_of_the_journey()
    return city
