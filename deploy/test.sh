#!/usr/bin/env bash
# Builds and runs every test. The last line says how many: "N passed, N failed", and ", N skipped" when some were.
# Fails when a test fails, when a test program ends without a summary, and when nothing ran.
set -euo pipefail

repo=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
. "$repo/deploy/build.sh"
. "$repo/deploy/postgres.sh"

if [ $# -gt 0 ]; then
  echo "mila: deploy/test.sh takes no arguments." >&2
  exit 2
fi

passed=0 failed=0 skipped=0 server=
running=()
work=$(mktemp -d)

finish() {
  # The programs first, which use the server. A subshell that runs one does not pass a signal on.
  local part
  for part in ${running[@]+"${running[@]}"}; do pkill -TERM -P "$part" 2>/dev/null || true; done
  if [ -n "$server" ]; then
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work" "$work-postgres"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

conclude() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
  finish
  trap - EXIT
  echo "$line"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] || exit 1
  exit 0
}

require_dotnet
if ! build Mila.sln; then
  failed=1
  conclude
fi

# One server for the whole run. Without installed programs each test program finds its own way (see tests/Mila.Testing/Postgres).
if [ -z "${MILA_TEST_POSTGRES:-}" ] && { postgres_is_installed || install_postgres; }; then
  dotnet "$repo/src/Host/bin/Release/net10.0/Mila.Host.dll" postgres --without-fsync --data "$work-postgres" >"$work/postgres" 2>"$work/postgres.err" &
  server=$!
  while [ ! -s "$work/postgres" ] && kill -0 "$server" 2>/dev/null; do sleep 0.1; done
  if [ -s "$work/postgres" ]; then
    MILA_TEST_POSTGRES=$(head -n 1 "$work/postgres")
    export MILA_TEST_POSTGRES
    echo "One PostgreSQL for this run, from the installed programs."
  else
    cat "$work/postgres.err" >&2
    failed=1
    conclude
  fi
fi

# number NAME FILE: the number after "NAME:" in the summary that a test program ends with; nothing when there is none.
number() {
  sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$2" | tail -n 1
}

# run NAME: one test program, beside others; what it said and how it ended is read when all are done.
run() {
  local began=$SECONDS status=0
  dotnet "$repo/tests/$1/bin/Release/net10.0/$1.dll" --progress off --no-ansi >"$work/$1.log" 2>&1 </dev/null || status=$?
  echo "$status $((SECONDS - began))" >"$work/$1.end"
}

# Two programs at a time, because each waits half of its time: for a killed host, a poll, a commit. The one that waits most begins.
programs=(Mila.Host.Tests)
for project in "$repo"/tests/*.Tests; do
  [ "$(basename "$project")" = Mila.Host.Tests ] || programs+=("$(basename "$project")")
done
running=()
for name in "${programs[@]}"; do
  while :; do
    alive=()
    for pid in ${running[@]+"${running[@]}"}; do ! kill -0 "$pid" 2>/dev/null || alive+=("$pid"); done
    running=(${alive[@]+"${alive[@]}"})
    [ ${#running[@]} -ge 2 ] || break
    sleep 0.5
  done
  run "$name" &
  running+=($!)
done
wait ${running[@]+"${running[@]}"}

for name in "${programs[@]}"; do
  log=$work/$name.log
  status=1 seconds='?'
  [ ! -s "$work/$name.end" ] || read -r status seconds <"$work/$name.end"
  succeeded=$(number succeeded "$log")
  failures=$(number failed "$log")

  # 8 is "no test ran", which a project without tests may say; the sum decides whether the run as a whole is empty.
  if [ -z "$succeeded" ] || [ -z "$failures" ] || { [ "$status" -ne 0 ] && [ "$status" -ne 8 ] && [ "$failures" -eq 0 ]; }; then
    cat "$log"
    echo "$name ended with exit code $status and without a full summary: counted as a failure."
    failed=$((failed + ${failures:-0} + 1))
    passed=$((passed + ${succeeded:-0}))
    continue
  fi

  skips=$(number skipped "$log")
  [ "$failures" -eq 0 ] || cat "$log"
  echo "$name: $succeeded passed, $failures failed, ${skips:-0} skipped ($seconds s)"
  passed=$((passed + succeeded)) failed=$((failed + failures)) skipped=$((skipped + ${skips:-0}))
done

# Clients of other makers, against a running host. Its last line has the same form as ours.
if [ -f "$repo/tests/conformance/run.sh" ]; then
  began=$SECONDS
  bash "$repo/tests/conformance/run.sh" >"$work/conformance.log" 2>&1 </dev/null && status=0 || status=$?
  if [[ $(tail -n 1 "$work/conformance.log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
    succeeded=${BASH_REMATCH[1]} failures=${BASH_REMATCH[2]} skips=${BASH_REMATCH[4]:-0}
    [ "$status" -eq 0 ] || [ "$failures" -gt 0 ] || failures=1
    [ "$failures" -eq 0 ] || cat "$work/conformance.log"
    echo "conformance: $succeeded passed, $failures failed, $skips skipped ($((SECONDS - began)) s)"
    passed=$((passed + succeeded)) failed=$((failed + failures)) skipped=$((skipped + skips))
  else
    cat "$work/conformance.log"
    echo "conformance ended with exit code $status and without a summary: counted as a failure."
    failed=$((failed + 1))
  fi
fi

conclude
