#!/bin/sh
# Bring the real servers and the browser that some tests need, from Debian's packages, where that is allowed.
# Never fails: what is missing in the end is skipped by the tests, which say so.
set -u

have() { command -v "$1" >/dev/null 2>&1; }
have_postgres() { have postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }
have_browser() { have chromium-headless-shell || have chromium || have chromium-browser || have google-chrome; }
have_chinese_font() { ls /usr/share/fonts/*/*/*CJK* /usr/share/fonts/*/*CJK* 2>/dev/null | grep -q .; }

browser=chromium-headless-shell  # Chromium without windows: smaller, and opens a page five times as fast
wanted=""
have redis-server || wanted="$wanted redis-server"
have_postgres || wanted="$wanted postgresql"
have_browser || wanted="$wanted $browser"
have_chinese_font || wanted="$wanted fonts-noto-cjk"
[ -n "$wanted" ] || exit 0

say() { echo "policyhub: $*"; }
without() { say "tests that need$wanted are skipped: $1"; exit 0; }

have apt-get || without "no apt-get here"
if [ "$(id -u)" = 0 ]; then as_root=""
elif have sudo && sudo -n true 2>/dev/null; then as_root="sudo -n"
else without "apt-get install$wanted needs root"
fi

say "installing Debian packages for the tests:$wanted"
log=$(mktemp) || without "no temporary file"
trap 'rm -f "$log"' EXIT
apt() { $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -o DPkg::Lock::Timeout=120 -qq "$@" </dev/null >>"$log" 2>&1; }

apt update  # an old list may still do
apt-cache show "$browser" >/dev/null 2>&1 || wanted=$(echo "$wanted" | sed "s/$browser/chromium/")
# shellcheck disable=SC2086
apt install --yes --no-install-recommends $wanted || without "$(grep -m1 '^E:' "$log" || tail -n 1 "$log")"
say "installed$wanted"
