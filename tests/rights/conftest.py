"""The rights' tests ask pages of the cast as page tests do."""

from tests.pages.conftest import cast, db, first_cast, later, meeting, signed_in

__all__ = ["cast", "db", "first_cast", "later", "meeting", "signed_in"]
