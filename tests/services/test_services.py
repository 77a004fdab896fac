"""The fixtures themselves: each brings a real server or browser."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import pytest
from playwright.sync_api import Page
from redis import Redis

PAGE = """<!doctype html><html lang="zh-CN"><title>晋城</title>
<button onclick="document.title='已点'">点</button>
<script>fetch('http://stranger.example/').catch(() => { document.body.dataset.refused = 'yes' })</script>"""


class Handler(BaseHTTPRequestHandler):
    """Answers every address with one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_redis_is_real(redis_url: str) -> None:
    """What is set is there."""
    with Redis.from_url(redis_url) as redis:
        redis.set("k", b"v")

        assert redis.get("k") == b"v"


def test_postgres_is_real(postgres_url: str, fresh_postgres_url: str) -> None:
    """Two databases of one server, and the new one is empty."""
    with psycopg.connect(fresh_postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()

    assert fresh_postgres_url != postgres_url
    assert tables == (0,)


def test_the_browser_runs_scripts_and_meets_no_stranger(
    page: Page, address: str, strangers: list[str]
) -> None:
    """A click works; a request to another host is refused and recorded."""
    page.goto(address)
    page.click("button")
    page.wait_for_selector("body[data-refused]")

    assert page.title() == "已点"
    assert strangers == ["http://stranger.example/"]
    strangers.clear()
