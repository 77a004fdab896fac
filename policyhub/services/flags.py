"""Flags: an agent holds a clause, a measure or a standard answer to be wrong or stale; its unit is told."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from matcher.intake import Fault
from policies.library import Library
from policyhub.services.acting import Act
from policyhub.services.errors import InputError, NotFoundError
from policyhub.services.gaps import kept_query
from policyhub.services.masking import mask
from policyhub.services.reading import no_such, read_fields
from policyhub.services.standard_answers import card_versions
from policyhub.storage import AnswerStore, Change, Flag, FlagStatus, FlagStore, Records, digest

NO_UNIT = "未载明"
MOST_REASON = 200


class FlagRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is flagged (id of a clause, a measure or a card; of a card also the version seen), why, for which query."""

    target: str
    reason: str
    query: str = ""
    version: int | None = None


class Settlement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """已处理 or 不成立, and in words what was done or why not."""

    status: FlagStatus
    resolution: str


def raise_flag(records: Records, library: Library, given: object, act: Act) -> Flag:
    """Put a flag on the list of the lead unit. Raises InputError with every fault. Who flagged is not kept."""
    faults: list[Fault] = []
    fields: dict[str, Any] = read_fields(FlagRequest, given, faults)
    target, reason = str(fields.get("target", "")), _kept(fields.get("reason", ""))
    version: int | None = fields.get("version")
    clause_id, versions = _target(records.answers, library, target)
    if "target" in fields and clause_id is None:
        faults.append(Fault(pointer="/target", detail=no_such(target, [*library.clauses, *library.measures])))
    if version is not None and version not in versions:
        faults.append(Fault(pointer="/version", detail="口径没有这一版；条款和措施不写版本"))
    if "reason" in fields and not 0 < len(reason) <= MOST_REASON:
        faults.append(
            Fault(pointer="/reason", detail=f"应写明原因，不超过 {MOST_REASON} 个字，实为 {len(reason)} 个")
        )
    if faults or clause_id is None:
        raise InputError(faults)
    return records.flags.add(
        Flag(
            id=0,
            target=target,
            version=version,
            reason=reason,
            query=kept_query(fields.get("query", "")),
            unit=lead_unit(library, clause_id),
            status=FlagStatus.OPEN,
            resolution="",
            flagged_at=act.now,
            settled_by=None,
        )
    )


def settle_flag(store: FlagStore, number: int, given: object, act: Act) -> Flag:
    """Close a flag with what was done. Raises InputError with every fault, or NotFoundError."""
    flag = store.get(number)
    if flag is None:
        raise NotFoundError("标记", str(number), ())
    faults: list[Fault] = []
    fields: dict[str, Any] = read_fields(Settlement, given, faults)
    status, resolution = fields.get("status"), _kept(fields.get("resolution", ""))
    if status is FlagStatus.OPEN or flag.status is not FlagStatus.OPEN:
        faults.append(Fault(pointer="/status", detail="未处理的标记改为已处理或不成立，只改一次"))
    if "resolution" in fields and not 0 < len(resolution) <= MOST_REASON:
        faults.append(
            Fault(
                pointer="/resolution",
                detail=f"应写明处理情况，不超过 {MOST_REASON} 个字，实为 {len(resolution)} 个",
            )
        )
    if faults or status is None:
        raise InputError(faults)
    then = replace(flag, status=status, resolution=resolution, settled_by=act.who)
    change = Change(
        who=act.who,
        what="处理标记",
        subject=f"标记/{flag.id}",
        at=act.now,
        before=digest(flag),
        after=digest(then),
    )
    if not store.settle(flag, then, change):
        raise InputError([Fault(pointer="/status", detail="已被别人处理")])
    return then


def lead_unit(library: Library, clause_id: str) -> str:
    """The first unit in a clause's bracket; 未载明 where the print gives none."""
    clause = library.clauses.get(clause_id)
    return clause.units[0].name if clause is not None and clause.units else NO_UNIT


def _kept(words: str) -> str:
    """Words as they are kept. What is too long is refused by its length, so nothing in it is looked for."""
    tidy = words.strip()
    return mask(tidy).strip() if len(tidy) <= MOST_REASON else tidy


def _target(store: AnswerStore, library: Library, target: str) -> tuple[str | None, tuple[int, ...]]:
    """The clause that a clause, measure or card belongs to, and the versions there are of a card."""
    versions = () if target in library.clauses else card_versions(store, target)
    name = versions[-1].target if versions else target
    clause_id = library.measures[name].clause_id if name in library.measures else name
    known = clause_id in library.clauses or bool(versions)
    return clause_id if known else None, tuple(version.version for version in versions)
