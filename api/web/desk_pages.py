"""The addresses of the hotline desk, and those by which other pages hand something to it."""

from api.web import desk, desk_code

DESK_PAGES = (
    desk.get_desk,
    desk.get_again,
    desk.post_gap,
    desk.post_flag,
    desk.post_copied,
    desk.post_gaps,
    desk_code.post_code,
    desk_code.post_check_code,
)
