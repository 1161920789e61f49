#!/usr/bin/env bash
# Installs a free-threaded CPython 3.13 for tests, built from Debian's source package.
#
#   install-free-threaded.sh [TARGET]
#
# TARGET is the folder to install into; without it LANES_FREE_THREADED_DIR, and without that
# ${XDG_CACHE_HOME:-$HOME/.cache}/lanes/interpreters/cpython-3.13t. A working build in TARGET is
# left alone and nothing is fetched; to build a newer version, remove the folder first.
#
# The last line, the only one on stdout, is the path of the executable. A failure is one line
# on stderr and a non-zero exit code; the log it names stays.
#
# Built without profile-guided optimisation, which would take several times as long: good for
# tests and for ratios within this build, not for comparing it with the builds people install.
# Root is needed only where build packages are missing.
set -euo pipefail

readonly SUITES=(forky sid)
readonly PACKAGES=(build-essential libffi-dev libssl-dev zlib1g-dev)
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
readonly STAMP=.source-version

# What the tests need; a module whose library was missing is left out of a build without an error.
readonly PROBE='
import _interpreters, ctypes, multiprocessing.synchronize, ssl, sys, zlib
if sys._is_gil_enabled():
    sys.exit("the GIL is enabled")
print("%d.%d.%d" % sys.version_info[:3])
'

say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# Runs a program with its output in the log; $1 says what it is for. It runs in the background so
# that a signal is acted on at once and ends the program too.
step() {
  local purpose=$1
  shift
  "$@" >>"$log" 2>&1 </dev/null &
  child=$!
  wait "$child" || fail "$purpose failed; the reason is at the end of $log"
  child=
}

# Compiler flags or Python settings of the caller would change the build.
clean_step() {
  step "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$work" TMPDIR="$work" \
    LC_ALL=C.UTF-8 "${@:2}"
}

finish() {
  local status=$?
  if [[ -n $child ]]; then
    kill "$child" 2>/dev/null || true
    wait "$child" || true
  fi
  rm -rf "$work" "$staging"
  if ((status == 0)) || [[ ! -s $log ]]; then
    rm -f "$log"
  fi
}

# Whether the build in folder $1 runs without the GIL, has what the tests need and is of the
# version that its stamp names.
works() {
  local stamp answer
  stamp=$(cat "$1/$STAMP" 2>/dev/null) || return 1
  answer=$("$1/bin/python3.13t" -I -c "$PROBE" 2>>"$log") || return 1
  [[ $stamp == "$answer"[-+~]* ]]
}

install_packages() {
  local package missing=()
  command -v apt-get >/dev/null || fail "no apt-get here; this builds on Debian only"
  for package in "${PACKAGES[@]}"; do
    dpkg --status "$package" 2>/dev/null | grep '^Status: install ok installed$' >/dev/null ||
      missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then
    return
  fi
  ((EUID == 0)) || fail "${missing[*]}: not installed; run as root or install them first"
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  step "apt-get update" apt-get update
  step "installing ${missing[*]}" apt-get -o DPkg::Lock::Timeout=300 install --yes \
    --no-install-recommends "${missing[@]}"
}

# Unpacks upstream's own archive, without Debian's patches, from the first suite that has the
# package, and sets version. The sources, lists and cache of apt are private; the mirrors are
# those the machine uses already, and the keyring lets only Debian's own archive count.
fetch_source() {
  local suite mirror mirrors apt=(
    -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=-
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache"
  )
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/python"
  mirrors=$(apt-get update --print-uris 2>>"$log" | sed -n "s#^'\(.*\)/dists/.*#\1#p" | sort -u) ||
    fail "apt-get cannot say which mirrors this machine uses; see $log"
  for suite in "${SUITES[@]}"; do
    for mirror in $mirrors; do
      echo "deb-src [signed-by=$KEYRING] $mirror $suite main" >"$work/sources.list"
      if apt-get "${apt[@]}" update >>"$log" 2>&1 &&
        apt-cache "${apt[@]}" showsrc --only-source python3.13 2>>"$log" | grep . >/dev/null; then
        say "fetching python3.13 of $suite"
        cd "$work"
        step "fetching the source" \
          apt-get "${apt[@]}" source --only-source --download-only python3.13
        version=$(sed -n '0,/^Version: /s/^Version: //p' python3.13_*.dsc)
        step "unpacking the source" \
          tar --extract --file python3.13_*.orig.tar.?z --strip-components=1 --directory python
        return
      fi
    done
  done
  fail "no python3.13 in ${SUITES[*]}: the apt mirrors of this machine lack it or do not answer;" \
    "see $log"
}

# The folder appears under its name complete or not at all.
build() {
  say "building CPython $version without PGO, about four minutes on two quiet cores"
  cd "$work/python"
  # Installing pip would find the one of a superseded build and leave it out of this one.
  clean_step "configure" ./configure --disable-gil --disable-test-modules --without-ensurepip \
    --without-static-libpython --prefix="$target"
  clean_step "make" make -j"$(nproc)"
  clean_step "make install" make install DESTDIR="$staging/root"
  echo "$version" >"$staging/root$target/$STAMP"
  works "$staging/root$target" ||
    fail "the build of $version is not free-threaded or lacks a module; see the end of $log"
  if [[ -e $target ]]; then
    mv -T "$target" "$staging/superseded"
  fi
  mv -T "$staging/root$target" "$target"
}

(($# <= 1)) || fail "$# arguments given; at most one, the folder to install into, is taken"
target=${1:-${LANES_FREE_THREADED_DIR:-}}
if [[ -z $target ]]; then
  target=${XDG_CACHE_HOME:-${HOME:?is not set: set it or name a folder}/.cache}
  target+=/lanes/interpreters/cpython-3.13t
fi
target=$(realpath --canonicalize-missing -- "$target")
[[ $target =~ ^[[:alnum:]/._+@-]+$ ]] ||
  fail "'$target': make splits such a name; use letters, digits and /._+@- only"

parent=$(dirname "$target")
mkdir -p "$parent"
exec 9<"$parent"
flock --nonblock 9 || { say "waiting for another install in $parent" && flock 9; }

child=
staging=$parent/.${target##*/}.new
work=$(mktemp --directory)
log=$(mktemp --suffix .log)
trap finish EXIT
trap 'fail "ended by a signal before it was done; see $log"' HUP INT TERM
chmod 755 "$work" # apt fetches as a user of its own
rm -rf "$staging"

if ! works "$target"; then
  if [[ -e $target && ! -e $target/$STAMP && -n $(ls -A "$target") ]]; then
    fail "$target was not made by this script; remove it or name another folder"
  fi
  install_packages
  fetch_source
  build
fi
echo "$target/bin/python3.13t"
