"""What members say about the record."""

from reviews.models.mistake import MistakeReport

__all__ = ["MistakeReport"]
