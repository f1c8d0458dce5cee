#!/usr/bin/env bash
# Builds Archiver and runs every test of the solution. What the tests need and the machine lacks is installed first.
#
#   ./test.sh                 everything
#   ./test.sh --filter TEXT   only the test classes whose name contains TEXT
#
# Ends with the line 'N passed, N failed[, N skipped]' and exits non-zero when a test failed or the build did.
# CHROMIUM names a browser to use in place of the one found.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

filter=()
while [ $# -gt 0 ]; do
  case $1 in
    --filter) [ $# -ge 2 ] || die "--filter wants a text"; filter=(--filter-class "*$2*"); shift 2 ;;
    *) die "unknown option $1 (there is --filter TEXT)" ;;
  esac
done

# --- what the tests need
has() { command -v "$1" >/dev/null 2>&1; }
apt_updated=
install() { # install PACKAGE: from Debian, where that can be done
  [ "$(id -u)" = 0 ] && has apt-get || return 1
  export DEBIAN_FRONTEND=noninteractive
  if [ -z "$apt_updated" ]; then apt-get update -qq || return 1; apt_updated=1; fi
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has dotnet || die "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
for tool in jq:jq aws:awscli; do
  has "${tool%%:*}" || { say "Installing ${tool#*:}"; install "${tool#*:}"; } || die "Please install ${tool%%:*}: the tests drive the local cloud with it."
done

browser() { for name in chromium chromium-browser google-chrome-stable google-chrome; do has $name && command -v $name && return; done; return 1; }
if [ -z "${CHROMIUM:-}" ] && ! browser >/dev/null; then
  say "Installing Chromium"
  install chromium fonts-noto-core || echo "Debian's package could not be had; Playwright's own browser is tried after the build."
fi
export CHROMIUM=${CHROMIUM:-$(browser || true)}

# --- build
say "Building"
dotnet build Archiver.sln --configuration Release --verbosity quiet || die "The build failed."

if [ -z "$CHROMIUM" ]; then
  say "Installing Playwright's Chromium"
  driver=$(echo tests/Archiver.EndToEnd/bin/Release/net10.0/.playwright)
  "$driver"/node/*/node "$driver"/package/cli.js install chromium || die "No Chromium could be installed; name one with CHROMIUM=/path/to/chromium."
fi

# --- test: one project after the other, so that the browser has the machine to itself
passed=0 failed=0 skipped=0 broken=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in tests/*.Tests tests/Archiver.EndToEnd; do
  say "$(basename "$project")"
  dotnet test --project "$project" --configuration Release --no-build --no-ansi --no-progress "${filter[@]}" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
  total=$(count total)
  passed=$((passed + $(count succeeded || echo 0) + 0)) failed=$((failed + $(count failed || echo 0) + 0)) skipped=$((skipped + $(count skipped || echo 0) + 0))
  # Exit code 8: no test ran. That is right for a filter that names classes of another project, and for nothing else.
  if [ "$status" = 8 ] && [ ${#filter[@]} -gt 0 ]; then continue; fi
  if [ "$status" != 0 ] || [ "${total:-0}" = 0 ]; then broken+=("$(basename "$project")"); fi
done

say "Summary"
if [ ${#broken[@]} -gt 0 ] && [ "$failed" = 0 ]; then
  echo "Ended without a verdict: ${broken[*]}"
  failed=${#broken[@]}
fi
if [ "$skipped" = 0 ]; then echo "$passed passed, $failed failed"; else echo "$passed passed, $failed failed, $skipped skipped"; fi
[ "$failed" = 0 ] && [ ${#broken[@]} = 0 ]
