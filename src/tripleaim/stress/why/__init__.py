"""Why, when, what must be true: what moves a figure of a plan, when it fails, and what would have to be true of it."""

from tripleaim.stress.why.against import Known
from tripleaim.stress.why.question import Question, question
from tripleaim.stress.why.record import Why, why
from tripleaim.stress.why.words import why_in_words

__all__ = ["Known", "Question", "Why", "question", "why", "why_in_words"]
