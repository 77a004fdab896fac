"""Everything a use case can refuse, and why.

PolicyHubError
├── InputError          what was sent cannot be used; ``faults`` lists every reason
│   ├── JsonError       it is not JSON, or not JSON that says one thing only
│   └── EncodingError   it is not UTF-8
└── NotFoundError       nothing has this id; ``nearest`` are ids that look like it
"""

from collections.abc import Iterable
from difflib import get_close_matches

from matcher.intake import Fault


class PolicyHubError(Exception):
    """The root; never raised itself."""


class InputError(PolicyHubError):
    """An input with faults: all of them, each at a JSON pointer."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(f"{fault.pointer}：{fault.detail}" for fault in self.faults))


class JsonError(InputError):
    """Bytes that are not JSON, with the line and column where reading stopped."""


class EncodingError(InputError):
    """Bytes that are not UTF-8."""


class NotFoundError(PolicyHubError):
    """Nothing of this kind has this id."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name = what, name[:200]
        self.nearest = tuple(get_close_matches(self.name, list(known), n=3, cutoff=0.4))
        hint = f"；相近的有：{'、'.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"没有编号为「{self.name}」的{what}{hint}")
