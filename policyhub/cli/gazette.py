"""``policyhub gazette``: import a gazette, or one office's text, into draft documents."""

from pathlib import Path

import click
import msgspec

from policies.gazette import Gazette, NotAGazette, parse_gazette
from policies.gazette.draft import drafts
from policies.gazette.report import report


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出全部结果。")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="把草稿写进这个目录。")
def gazette(file: Path, as_json: bool, out: Path | None) -> None:
    """读入一期公报或一份公文，写成文件草稿，并报告修补、缺失和须核对之处。"""
    try:
        read = parse_gazette(_text(file), file.name)
    except NotAGazette as error:
        raise click.ClickException(str(error)) from error
    if out:
        _write(read, out)
    click.echo(msgspec.json.encode(read).decode() if as_json else report(read), nl=as_json)


def _text(file: Path) -> str:
    """The file as it is: line ends are kept, since offsets count them."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotAGazette(file.name, line, "UTF-8 编码的文字", "别的编码；请另存为 UTF-8") from error


def _write(read: Gazette, out: Path) -> None:
    """Write every draft, over what an earlier run wrote."""
    for name, text in drafts(read).items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"写出 {path}", err=True)
