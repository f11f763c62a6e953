"""Two people who bring a version into force at the same moment, on whichever database the run uses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from meetings.operations import constitutions
from meetings.operations.constitutions import AnotherVersionAdopted, adopt_version
from partnership import operations
from partnership.models import Constitution
from tests.cast import Cast, assembled
from tests.meetings.test_constitutions import MAY, TWO_WEEKS, version_3
from tests.meetings.test_races import two_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full_cast(stopped_clock: Settings) -> Cast:
    return assembled()


def adopting(cast: Cast, name: str, text: str) -> Callable[[], object]:
    by, follows = cast[name], cast.constitution
    return lambda: adopt_version(
        board=cast.board, text=text, in_force_from=MAY, after=follows, reason="Agreed on 17 March", by=by
    )


def both(cast: Cast) -> list[object]:
    return two_at_once(adopting(cast, "coordinator", version_3()), adopting(cast, "manager", version_3(TWO_WEEKS)))


def test_one_is_adopted_and_the_other_is_told(full_cast: Cast) -> None:
    results = both(full_cast)
    (adopted,) = (result for result in results if isinstance(result, Constitution))
    (told,) = (result for result in results if isinstance(result, AnotherVersionAdopted))
    assert told.adopted == adopted
    assert list(Constitution.objects.filter(board=full_cast.board)) == [adopted, full_cast.constitution]


def test_without_the_check_only_the_database_stands_between_them(
    full_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constitutions, "check_it_may_follow", lambda **_: None)
    monkeypatch.setattr(operations, "check_order", lambda **_: None)
    refused = [result for result in both(full_cast) if not isinstance(result, Constitution)]
    assert [type(result) for result in refused] == [IntegrityError]
