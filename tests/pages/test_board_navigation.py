"""A board's own page and a reader's home go by two names."""

from __future__ import annotations

from tests.cast import Cast
from tests.pages.conftest import SignedIn


def test_a_boards_page_is_not_called_the_home_that_the_mark_leads_to(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in("member").get(f"/p/{cast.partnership.slug}/{cast.board.slug}/").content.decode()
    assert 'aria-current="page">Board</a>' in page
    assert '<a class="q-logo" href="/">' in page
    assert ">Home</a>" not in page
