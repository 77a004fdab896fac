"""One match of a realistic profile over the whole library, beside other rule engines on the same rules.

    python -m bench.match [--json] [--rounds N] [--profiles N]

Exits 1 when any engine's verdict differs from ours, or the fast form's bytes from the definition's.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

from msgspec import Raw, Struct
from msgspec.json import Encoder

from bench.export import export
from bench.peers import Peer, Rules, jsonlogic, openfisca, zen
from bench.profiles import HAND_WRITTEN, MISSING, Stated, examples, generate
from bench.timing import Contender, Times, machine, measure, method
from matcher import Answer, Matcher, match, read_profile
from matcher.evaluate import evaluate
from matcher.match import Summary, subjects_of
from matcher.profile import Profile
from matcher.questions import Question
from policies import load_library
from policies.library import Library
from policies.rules import conditions

AS_OF = date(2023, 7, 1)
SEED = 20230602
WARM_UP = 2000
SLOW_SHARE, COLD_SHARE = 10, 5
VERDICTS, EXPLAINED, FAMILIAR, COLD, DEFINITION, INTAKE = (
    "ours, bare verdicts",
    "ours, explained, as JSON",
    "ours, explained, as JSON, every pattern seen before",
    "ours, explained, as JSON, cold",
    "ours, explained, as JSON, by the definition",
    "reading the profile",
)
SHOWN = 5

_encode = Encoder().encode


class Response(Struct, frozen=True, kw_only=True):
    """What a caller gets, without the receipt."""

    as_of: date
    summary: Summary
    findings: Raw
    questions: tuple[Question, ...]
    not_applicable: tuple[str, ...]


def explained(matcher: Matcher, profile: Profile) -> bytes:
    """The whole answer as bytes: findings with every reason, summary, next questions."""
    answer: Answer = matcher.match(profile, AS_OF)
    return _encode(
        Response(
            as_of=AS_OF,
            summary=answer.summary,
            findings=answer.findings,
            questions=answer.questions,
            not_applicable=answer.not_applicable,
        )
    )


def load_peers(rules: Rules) -> tuple[list[Peer], dict[str, str]]:
    """The engines that are installed, and why the others are not measured."""
    found: list[Peer] = []
    absent: dict[str, str] = {}
    engines: dict[str, Callable[[Rules], list[Peer]]] = {
        "zen-engine": zen.peers,
        "JSON Logic": jsonlogic.peers,
        "OpenFisca-Core": openfisca.peers,
    }
    for name, peers in engines.items():
        try:
            found += peers(rules)
        except ImportError as error:
            absent[name] = str(error)
    return found, absent


def disagreements(
    matcher: Matcher, peers: Sequence[Peer], profiles: Sequence[Profile]
) -> Iterator[tuple[str, str]]:
    """Every verdict that an engine, or the definition, gives otherwise than our fast form; and unequal bytes."""
    for number, profile in enumerate(profiles):
        ours = matcher.verdicts(profile)
        shares = [("the definition", _defined(matcher.library, profile, ours))]
        shares += [(_named(peer), peer.read(peer.run(peer.prepare(profile)))) for peer in peers]
        for name, theirs in shares:
            for (name_of, index, truth), other in zip(ours, theirs, strict=True):
                if other != truth:
                    yield name, f"profile {number}, {name_of}[{index}]: {other}, ours {int(truth)}"
        if number < SLOW_SHARE * 2:
            for _ in ("written", "remembered"):
                if bytes(matcher.match(profile, AS_OF).findings) != _encode(
                    match(matcher.library, profile, AS_OF)
                ):
                    yield "the definition, in bytes", f"profile {number}"


def _defined(library: Library, profile: Profile, ours: Sequence[tuple[str, int, int]]) -> list[int]:
    found = {}
    for one in library.measures.values():
        for subject in subjects_of(profile, one):
            values = {name: stated.value for name, stated in profile.known_to(subject).items()}
            found[one.id, subject.index] = evaluate(one.rule, values, library.vocabulary).truth
    return [found[name, index] for name, index, _ in ours]


def contenders(library: Library, matcher: Matcher, peers: Sequence[Peer], profiles: int) -> list[Contender]:
    """Everything timed. Inputs are pairs: the profile as sent, and as read."""
    familiar = Matcher(library)
    ours = [
        Contender(VERDICTS, lambda pair: pair[1], matcher.bare_verdicts, profiles),
        Contender(EXPLAINED, lambda pair: pair[1], lambda read: explained(matcher, read), profiles),
        Contender(
            FAMILIAR,
            lambda pair: _seen(familiar, pair[1]),
            lambda read: explained(familiar, read),
            profiles,
        ),
        Contender(
            COLD, lambda pair: (Matcher(library), pair[1]), lambda fresh: explained(*fresh), COLD_SHARE
        ),
        Contender(
            DEFINITION, lambda pair: pair[1], lambda read: _encode(match(library, read, AS_OF)), SLOW_SHARE
        ),
        Contender(INTAKE, lambda pair: pair[0], lambda stated: read_profile(stated, library), profiles),
    ]
    theirs = [
        Contender(_named(peer), _from_read(peer), peer.run, SLOW_SHARE if _slow(peer) else profiles)
        for peer in peers
    ]
    return [*ours, *theirs]


def _seen(matcher: Matcher, profile: Profile) -> Profile:
    matcher.match(profile, AS_OF)
    return profile


def _from_read(peer: Peer) -> Callable[[Any], Any]:
    return lambda pair: peer.prepare(pair[1])


def _slow(peer: Peer) -> bool:
    return peer.name.startswith(("OpenFisca", "panzi"))


def _named(peer: Peer) -> str:
    return f"{peer.name}: {peer.form}"


def run(rounds: int, profiles: int) -> dict[str, Any]:
    """The numbers, or the differences that make them worthless."""
    library = load_library()
    rules = export(library)
    peers, absent = load_peers(rules)
    matcher = Matcher(library)
    warm = [read_profile(stated, library) for stated in (*HAND_WRITTEN, *generate(library, WARM_UP, SEED))]
    stated: list[Stated] = list(generate(library, rounds * profiles, SEED + 1))
    pairs = [(one, read_profile(one, library)) for one in stated]
    chosen = [*warm[: len(HAND_WRITTEN)], *(read_profile(one, library) for one in examples(library))]
    sampled = [*chosen, *(read for _, read in pairs)]
    few = [*chosen, *(read for _, read in pairs[:SLOW_SHARE])]
    slow = [peer for peer in peers if _slow(peer)]
    quick = [peer for peer in peers if peer not in slow]
    fresh = Matcher(library)
    differences = [
        *disagreements(fresh, quick, sampled),
        *disagreements(fresh, slow, few),
    ]
    for profile in warm:
        matcher.bare_verdicts(profile)
        explained(matcher, profile)
        for peer in quick:
            peer.run(peer.prepare(profile))
    before = matcher.remembered
    batches = [pairs[start : start + profiles] for start in range(0, len(pairs), profiles)]
    times = measure(contenders(library, matcher, peers, profiles), batches)
    example = explained(matcher, pairs[0][1])
    verdicts = len(matcher.verdicts(pairs[0][1]))
    return {
        "machine": machine(),
        "versions": {name: version(name) for name in ("msgspec", "rapidfuzz")},
        "library": {
            "measures": len(library.measures),
            "conditions": sum(len(conditions(one.rule)) for one in library.measures.values()),
            "facts": len(library.vocabulary.facts),
            "verdicts a profile": verdicts,
            "bytes of an answer": len(example),
        },
        "rounds": rounds,
        "profiles a round": profiles,
        "first seen while timed": (matcher.remembered - before) / (len(pairs) * verdicts),
        "not measured": absent,
        "compared": {_named(peer): _extent(matcher, sampled if peer in quick else few) for peer in peers},
        "differences": differences,
        "microseconds": {name: taken._asdict() for name, taken in times.items()},
        "best peer": min((_named(peer) for peer in peers), key=lambda name: times[name].median, default=None),
    }


def _extent(matcher: Matcher, profiles: Sequence[Profile]) -> dict[str, int]:
    return {"profiles": len(profiles), "verdicts": sum(len(matcher.verdicts(one)) for one in profiles)}


def report(found: dict[str, Any]) -> Iterator[str]:
    """The method and the numbers for a person."""
    library, times = found["library"], {name: Times(**one) for name, one in found["microseconds"].items()}
    yield from method(found["machine"])
    yield f"  library: {', '.join(f'{value} {name}' for name, value in library.items())}"
    yield (
        f"  {found['rounds']} rounds of {found['profiles a round']} profiles (1 enterprise, 2 projects, 1 asset), "
        f"seed {SEED}, each fact missing with chance {MISSING}; no profile is timed twice"
    )
    yield f"  slow ones on the first {SLOW_SHARE} of a round, cold on the first {COLD_SHARE}; calls in the last column"
    yield f"  warm-up: {WARM_UP} other profiles; patterns first seen while timed: {found['first seen while timed']:.2%}"
    yield "  one call after another, engines in turn; collector on, a full collection before each batch"
    yield "  timed: typed facts in, verdicts out (ours and peers alike); each peer's values are made beforehand"
    yield "  not timed: loading, compiling, reading the profile (its own line), receipt, transport"
    for name, reason in found["not measured"].items():
        yield f"  not measured: {name}: {reason}"
    yield ""
    yield f"{'microseconds':<108}{'median':>9}{'p99':>9}{'least':>9}{'calls':>7}{'ratio':>8}"
    for name, one in sorted(times.items(), key=lambda pair: pair[1].median):
        ratio = one.median / times[VERDICTS].median
        yield f"{name:<108}{one.median:>9.1f}{one.p99:>9.1f}{one.least:>9.1f}{one.calls:>7}{ratio:>7.1f}x"
    yield ""
    for name, extent in found["compared"].items():
        wrong = sum(who == name for who, _ in found["differences"])
        share = (extent["verdicts"] - wrong) / extent["verdicts"]
        yield f"agreement {share:.4%} of {extent['verdicts']} verdicts, {extent['profiles']} profiles: {name}"
    best = found["best peer"]
    if best is not None:
        yield ""
        yield f"best peer: {best}"
        yield f"bare verdicts: {times[best].median / times[VERDICTS].median:.2f}x as fast as the best peer"
        for name in (EXPLAINED, FAMILIAR, COLD):
            yield f"{name}: {times[best].median / times[name].median:.2f}x the best peer's bare verdicts"
    yield f"explained against the definition: {times[DEFINITION].median / times[EXPLAINED].median:.0f}x"


def main() -> int:
    """Run, print, and fail where engines disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="the numbers as JSON")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--profiles", type=int, default=60, help="profiles in a round")
    asked = parser.parse_args()
    found = run(asked.rounds, asked.profiles)
    print(json.dumps(found, ensure_ascii=False, indent=2) if asked.json else "\n".join(report(found)))
    for name, what in found["differences"][:SHOWN]:
        print(f"differs: {name}: {what}", file=sys.stderr)
    return 1 if found["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
