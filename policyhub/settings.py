"""What an installation may decide, read once from the environment.

SettingsError: one or more variables make no sense; it names them all.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

import policies
from policyhub.admin_keys import AdminKey, read_admin_keys


class SettingsError(Exception):
    """Variables of the environment make no sense; ``problems`` has one line for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Settings(Struct, frozen=True, kw_only=True):
    """The decisions of one installation, checked."""

    host: str
    port: int
    workers: int
    log_level: str
    data_dir: Path
    database_url: str
    redis_url: str
    library_dir: Path
    max_body_bytes: int
    search_engine: str
    admin_keys: tuple[AdminKey, ...]


class Kind(NamedTuple):
    """How a variable is read, what it should be, and how a wrong one may be shown."""

    expected: str
    read: Callable[[str], Any]
    show: Callable[[str], str] = "「{}」".format


class Setting(NamedTuple):
    """One variable: its name, what holds when it is absent or empty, what it is for."""

    name: str
    default: str
    help: str
    kind: Kind


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read every variable. Raises SettingsError that lists all wrong ones."""
    values: dict[str, Any] = {}
    problems = []
    for setting in SETTINGS:
        text = environ.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name.lower()] = setting.kind.read(text)
        except ValueError:
            expected, found = setting.kind.expected, setting.kind.show(text)
            problems.append(f"环境变量 {setting.name}：应为{expected}，实为{found}")
    if problems:
        raise SettingsError(tuple(problems))
    values["database_url"] = values["database_url"] or f"sqlite:///{values['data_dir']}/policyhub.sqlite3"
    return Settings(**values)


def settings_page() -> str:
    """The page of docs/settings.md, so that page and program cannot disagree."""
    rows = [f"| `{s.name}` | {f'`{s.default}`' if s.default else '（空）'} | {s.help} |" for s in SETTINGS]
    head = "# 设置\n\n全部来自环境变量，空值等于未设。有误时启动即止，一次列出全部问题。\n"
    return "\n".join([head, "| 变量 | 缺省 | 用途 |", "|---|---|---|", *rows, ""])


def _whole(least: int, most: int) -> Kind:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return Kind(f"{least} 到 {most} 的整数", read)


def _url(*schemes: str) -> Kind:
    def read(text: str) -> str:
        if text and not text.startswith(schemes):
            raise ValueError(text)
        return text

    def show(text: str) -> str:
        """Only the scheme: the rest may hold a password."""
        scheme, separator, _ = text.partition("://")
        return f"以「{scheme}://」开头" if separator else "没有「://」的文字"

    return Kind(f"以 {' 或 '.join(schemes)} 开头的地址", read, show)


def _one_of(*words: str) -> Kind:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(text)
        return text.lower()

    return Kind(f"{'、'.join(words)} 之一", read)


def _word(text: str) -> str:
    if any(character.isspace() for character in text):
        raise ValueError(text)
    return text


def _hidden(text: str) -> str:
    """Nothing of it: somebody may have put a key itself where its digest belongs."""
    return f"{len(text)} 个字符（不显示）"


def _existing_directory(text: str) -> Path:
    """The packaged library when nothing is said."""
    directory = Path(text) if text else Path(policies.__file__).parent / "library"
    if not directory.is_dir():
        raise ValueError(text)
    return directory


SETTINGS = (
    Setting(
        "HOST", "127.0.0.1", "监听的地址；`0.0.0.0` 为本机全部地址", Kind("不含空白的主机名或地址", _word)
    ),
    Setting("PORT", "8000", "监听的端口；`0` 由系统选取", _whole(0, 65535)),
    Setting("WORKERS", "1", "工作进程数", _whole(1, 64)),
    Setting("LOG_LEVEL", "info", "日志级别", _one_of("debug", "info", "warning", "error")),
    Setting("DATA_DIR", ".data", "本安装自己的数据，只有这里需要可写", Kind("目录", Path)),
    Setting(
        "DATABASE_URL",
        "",
        "数据库，`sqlite:///路径` 或 `postgresql://用户@主机/库名`；空为 `DATA_DIR` 下的 SQLite 文件",
        _url("sqlite:///", "postgresql://"),
    ),
    Setting(
        "REDIS_URL",
        "",
        "多个进程共用的缓存，如 `redis://主机:6379/0`；空为各进程自己的内存：`WORKERS` 多于 1 时，登录、通话码和限次各进程各算，请设它",
        _url("redis://", "rediss://", "unix://"),
    ),
    Setting(
        "LIBRARY_DIR", "", "政策库目录；空为随程序发布的政策库", Kind("已存在的目录", _existing_directory)
    ),
    Setting(
        "SEARCH_ENGINE",
        "whoosh",
        "全文检索的引擎：`whoosh`，或条款上万时的 `tantivy`（docs/search.md）；索引建在 `DATA_DIR` 下",
        _one_of("whoosh", "tantivy"),
    ),
    Setting("MAX_BODY_BYTES", "1048576", "请求正文的上限，字节", _whole(1024, 1 << 30)),
    Setting(
        "ADMIN_KEYS",
        "",
        "可以管理的人，`姓名:钥匙的摘要`，以逗号隔开；用 `policyhub keys 姓名` 生成；空为不开放管理",
        Kind("以逗号隔开的「姓名:64 位摘要」，一个摘要只属于一人", read_admin_keys, _hidden),
    ),
)
