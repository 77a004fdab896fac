"""What people really ask of a clause and of each of its measures, in their own words."""

from msgspec import Struct

from policies.cursor import Cursor


class MeasureQuestions(Struct, frozen=True, kw_only=True):
    """Phrasings that one measure answers."""

    measure_id: str
    asked: tuple[str, ...]


class ClauseQuestions(Struct, frozen=True, kw_only=True):
    """Phrasings that ask for the clause as a whole, and those that one of its measures answers."""

    clause_id: str
    file: str
    asked: tuple[str, ...]
    measures: tuple[MeasureQuestions, ...]

    @property
    def everything(self) -> tuple[str, ...]:
        """All phrasings, those of the clause first."""
        return (*self.asked, *(question for measure in self.measures for question in measure.asked))


def read_questions(cursor: Cursor) -> ClauseQuestions:
    """The questions file of one clause."""
    fields = cursor.fields(["条款", "问法"], ["措施"])
    clause_id = fields["条款"].text() if "条款" in fields else ""
    measures = fields["措施"].items() if "措施" in fields else []
    return ClauseQuestions(
        clause_id=clause_id,
        file=cursor.file,
        asked=fields["问法"].texts() if "问法" in fields else (),
        measures=tuple(_measure(item, clause_id) for item in measures),
    )


def _measure(cursor: Cursor, clause_id: str) -> MeasureQuestions:
    fields = cursor.fields(["编号", "问法"])
    slug = fields["编号"].text() if "编号" in fields else ""
    return MeasureQuestions(
        measure_id=f"{clause_id}/{slug}", asked=fields["问法"].texts() if "问法" in fields else ()
    )
