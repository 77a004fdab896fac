"""Questions with the rows that answer them, and how well a ranking finds those rows."""

import gzip
import os
from collections.abc import Iterable, Sequence
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

ROOT = Path(__file__).parents[1]
OURS = ROOT / "tests/library/queries.jsonl"
EVAL_DIR = "EVAL_DIR"
_ANSWERS = 2  # the grade of a row that answers exactly


class Gold(Struct, frozen=True):
    """A clause that belongs to a question: grade 2 answers exactly, 1 is related."""

    clause_id: str
    grade: int


class Query(Struct, frozen=True):
    """A question as somebody would put it; without gold, one that the documents do not answer."""

    id: str
    style: str
    query: str
    gold: tuple[Gold, ...]

    @property
    def grades(self) -> dict[str, int]:
        return {one.clause_id: one.grade for one in self.gold}


class Question(Struct, frozen=True):
    """A layperson's question and the articles of law that answer it."""

    question: str
    gold: tuple[str, ...]


class Article(Struct, frozen=True):
    """An article of law."""

    id: str
    name: str
    text: str


class Score(NamedTuple):
    """How well one ranking, or on average many, finds what answers."""

    first: float
    mrr: float
    ndcg: float
    recall: float


def eval_dir(asked: Path | None) -> Path:
    """The folder of evaluation data, which is no part of the project: as asked, EVAL_DIR, or beside the project."""
    return asked or Path(os.environ.get(EVAL_DIR) or ROOT.parent / "shared/eval")


def absent(path: Path) -> str:
    """Why something is not measured."""
    return f"{path} is not here; say where with --eval or {EVAL_DIR}"


def read_lines(path: Path, kind: type[Any]) -> list[Any]:
    """One struct a line, from a plain or a gzipped file."""
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines()
    return [msgspec.json.decode(line, type=kind) for line in lines]


def score(ranking: Sequence[str], grades: dict[str, int], recall_at: int) -> Score:
    """A ranking against the grades of its question: success@1, MRR@10, nDCG@10, recall of what answers exactly."""
    ten = ranking[:10]
    answers = {name for name, grade in grades.items() if grade == _ANSWERS}
    return Score(
        first=float(bool(ten) and ten[0] in answers),
        mrr=next((1 / place for place, name in enumerate(ten, 1) if name in answers), 0.0),
        ndcg=_gain([grades.get(name, 0) for name in ten]) / _gain(sorted(grades.values(), reverse=True)[:10]),
        recall=len(answers & set(ranking[:recall_at])) / len(answers),
    )


def average(scores: Iterable[Score]) -> Score:
    """The mean of each measure; NaN of none."""
    listed = list(scores)
    return Score(*(sum(column) / len(listed) for column in zip(*listed, strict=True))) if listed else _NONE


def _gain(grades: Iterable[int]) -> float:
    return float(sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1)))


_NONE = Score(*[float("nan")] * 4)
