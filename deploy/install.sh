#!/bin/sh
# Set up and start the site on Linux or macOS, from a checkout or by cloning one.
#
#   sh deploy/install.sh                         in a checkout: set up and start it
#   sh install.sh --from GIT-URL [--into DIR]    clone first (DIR: ./clm)
#   … --no-start                                 set up only
#
# Asks nothing and needs no root. Run it again at any time: it goes on where it stopped.
set -eu

from= into=clm start=yes
while [ $# -gt 0 ]; do
  case $1 in
    --from) from=${2:?--from needs an address}; shift 2 ;;
    --into) into=${2:?--into needs a folder}; shift 2 ;;
    --no-start) start=no; shift ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "Unknown option: $1 (see --help)" >&2; exit 2 ;;
  esac
done

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

case $(uname -s) in
  Linux | Darwin) ;;
  *) fail "The site runs on Linux and macOS. On Windows use it inside WSL." ;;
esac

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "Python 3.11 or newer is needed. Debian or Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "This Python cannot make virtual environments. Debian or Ubuntu: apt install python3-venv"

if ! command -v c++ >/dev/null 2>&1 && ! command -v g++ >/dev/null 2>&1 && ! command -v clang++ >/dev/null 2>&1; then
  say "There is no C++ compiler, so answers will quote passages instead of being written by a local model."
  say "To change that later: apt install build-essential, or on macOS xcode-select --install; then start again."
fi

if [ -n "$from" ]; then
  command -v git >/dev/null 2>&1 || fail "git is needed to fetch the site. Install it, then try again."
  if [ -e "$into/manage.py" ]; then
    say "Using the checkout in $into."
  else
    git clone --depth 1 -- "$from" "$into" || fail "$from could not be cloned. Check the address and the network."
  fi
  cd "$into"
elif [ -f "$(dirname "$0")/../manage.py" ]; then
  cd "$(dirname "$0")/.."
elif [ ! -f manage.py ]; then
  fail "This is no checkout of the site. Run it inside one, or say where to clone from: --from GIT-URL"
fi

"$python" requirements/install.py
if [ "$start" = no ]; then
  say "Set up. Start the site in $(pwd) with: make up"
  exit 0
fi
exec .venv/bin/python manage.py up
