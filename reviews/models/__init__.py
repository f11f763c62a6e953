"""What members say about the record; and the case tier, whose files are walled off from everything else."""

from reviews.models.case import CaseFile, CasePaper
from reviews.models.mistake import MistakeReport

__all__ = ["CaseFile", "CasePaper", "MistakeReport"]
