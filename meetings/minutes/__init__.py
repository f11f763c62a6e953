"""Minutes drafted from the record: what they say as values, how these are drawn up, who receives them."""

from meetings.minutes.content import MinutesContent
from meetings.minutes.drafting import NothingToMinute, draft_minutes

__all__ = ["MinutesContent", "NothingToMinute", "draft_minutes"]
