"""``policyhub keys``: a new key for a person who administers, and what to write into ADMIN_KEYS."""

import click

from policyhub.admin_keys import key_digest, make_key, person


@click.command
@click.argument("name", metavar="姓名")
def keys(name: str) -> None:
    """为一位管理人员生成钥匙。钥匙只显示这一次，服务端只存摘要。"""
    try:
        known = person(name)
    except ValueError as error:
        raise click.BadParameter("姓名只用文字、数字和间隔号，不超过 40 个字") from error
    key = make_key()
    click.echo(f"钥匙（交给本人，不再显示）：{key}")
    click.echo(f"写进 ADMIN_KEYS，多人以逗号隔开：{known}:{key_digest(key)}")
