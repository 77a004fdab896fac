"""How people speak of the clauses: their questions, their words, what they ask that no clause answers.

Reviewed like rules, yet apart from them: nothing here decides a verdict, so no receipt depends on it.
"""

from msgspec import Struct

from policies.speech.details import Detail
from policies.speech.names import DocumentNames
from policies.speech.outside import OutsideTopic
from policies.speech.questions import ClauseQuestions
from policies.speech.synonyms import Synonym
from policies.speech.triage import TriageRule

__all__ = ["ClauseQuestions", "Detail", "DocumentNames", "OutsideTopic", "Speech", "Synonym", "TriageRule"]


class Speech(Struct, frozen=True, kw_only=True):
    """Everything of a library that only search, answers and triage read."""

    questions: tuple[ClauseQuestions, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    fillers: tuple[str, ...] = ()
    outside: tuple[OutsideTopic, ...] = ()
    details: tuple[Detail, ...] = ()
    names: tuple[DocumentNames, ...] = ()
    triage: tuple[TriageRule, ...] = ()
