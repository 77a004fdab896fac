"""``policyhub serve``: the pages and the API on one address."""

import os
import socket
from contextlib import suppress
from typing import Any

import click
import uvicorn
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from policies import LibraryError, load_library
from policyhub.settings import Settings, SettingsError, read_settings
from policyhub.storage import StorageError

# A name, not an import: policyhub stands below api.
APP = "api.app:create_app"


@click.command
def serve() -> None:
    """启动网页与接口。地址、端口等见 policyhub settings。"""
    try:
        settings = read_settings(os.environ)
        listener = listen(settings.host, settings.port)
        run(settings, listener)
    except (SettingsError, LibraryError, StorageError, OSError) as error:
        raise click.ClickException(str(error)) from error


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else is loaded, so that a taken one is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)  # who comes while the library is being read waits instead of being refused
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        message = f"不能监听 {host}:{port}（{reason}）。换一个端口：PORT={port + 1} policyhub serve"
        raise click.ClickException(message) from error
    listener.set_inheritable(True)
    return listener


def run(settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop."""
    config = uvicorn.Config(
        APP,
        factory=True,
        workers=settings.workers,
        log_level=settings.log_level,
        log_config=log_config(settings.log_level.upper()),
        access_log=False,  # addresses carry what people asked; the application logs without values
        server_header=False,
    )
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if settings.workers == 1:
        config.load()  # here, so that what is wrong with the library is said in plain words
        click.echo(f"policyhub: {address}")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
        return
    load_library(settings.library_dir)  # a worker that cannot start would be restarted for ever
    click.echo(f"policyhub: {address}，{settings.workers} 个进程")
    Multiprocess(config, sockets=[listener]).run()


def log_config(level: str) -> dict[str, Any]:
    """Uvicorn's own, and our packages through the same handler."""
    ours = {"handlers": ["default"], "level": level, "propagate": False}
    return {**LOGGING_CONFIG, "loggers": {**LOGGING_CONFIG["loggers"], "policyhub": ours, "api": ours}}
