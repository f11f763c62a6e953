"""What is done about the record: a mistake reported, and answered."""

from reviews.operations.mistakes import AnsweredAlready, answer_mistake, report_mistake

__all__ = ["AnsweredAlready", "answer_mistake", "report_mistake"]
