#!/usr/bin/env bash
# Kills the dashboard at COUNT random points of a load of approvals, and goes through the books afterwards: the longer form of
# what ./test.sh does with 100.
#
#   tests/Archiver.Crash.Tests/crash.sh COUNT [SEED]
#
# Prints where the kills fell. SEED repeats the points of an earlier run.
set -euo pipefail
[[ ${1:-} =~ ^[1-9][0-9]+$ ]] || { echo "usage: $0 COUNT [SEED], with a COUNT of 10 or more" >&2; exit 2; }
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export ARCHIVER_CRASH_KILLS=$1 ARCHIVER_CRASH_SEED=${2:-$((RANDOM * 32768 + RANDOM))}
dotnet build --configuration Release --verbosity quiet --nologo -clp:NoSummary
exec bin/Release/net10.0/Archiver.Crash.Tests -showLiveOutput
