#!/usr/bin/env bash
# Clients of other makers against a running Mila: linters of the contract, webhook libraries, calendar readers, a browser.
# Starts its own Mila on a private database with the 2026 programme and the fictitious members. The last line says how many: "N passed, N failed".
# What is missing and cannot be installed is a failure, never passed over. MILA_SCREENSHOTS names a folder that keeps pictures of the pages;
# MILA_CHECKS the parts to run, such as pages,markup.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd -- "$here/../.." && pwd)
work=$(mktemp -d)
mila=

finish() {
  if [ -n "$mila" ]; then
    kill -TERM "$mila" 2>/dev/null || true
    wait "$mila" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# fail SENTENCE [LOG]: ends the run as one failure.
fail() {
  [ -z "${2:-}" ] || tail -n 40 "$2" || true
  echo "FAILED: $1"
  finish
  trap - EXIT
  echo "0 passed, 1 failed"
  exit 1
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name" 2>/dev/null; then return 0; fi
  done
  return 1
}

as_root_on_debian() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1
}

install() {
  as_root_on_debian || return 1
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$work/apt.log" 2>&1
}

command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || install nodejs npm || fail "node 20 or newer with npm is missing and could not be installed." "$work/apt.log"
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] || fail "node 20 or newer is needed; this is $(node --version)."
chromium=$(find_chromium) || { install chromium && chromium=$(find_chromium); } || fail "no Chromium was found and none could be installed: install it, or name it in CHROMIUM." "$work/apt.log"
command -v java >/dev/null 2>&1 || install default-jre-headless || fail "java, which the HTML checker needs, is missing and could not be installed." "$work/apt.log"
command -v khal >/dev/null 2>&1 || install khal || fail "khal, a calendar reader, is missing and could not be installed." "$work/apt.log"
command -v python3 >/dev/null 2>&1 || install python3 || fail "python3, in which a webhook receiver is written, is missing and could not be installed." "$work/apt.log"
command -v php >/dev/null 2>&1 || install php-cli || fail "php, in which a webhook receiver is written, is missing and could not be installed." "$work/apt.log"
# The program that signs random bodies with Mila's own code; deploy/test.sh has built it.
[ -e "$here/../Mila.Benchmarks/bin/Release/net10.0/Mila.Benchmarks.dll" ] || (. "$repo/deploy/build.sh" && build tests/Mila.Benchmarks) || fail "tests/Mila.Benchmarks could not be built."
if [ ! -e "$here/node_modules/.package-lock.json" ] || [ "$here/package-lock.json" -nt "$here/node_modules/.package-lock.json" ]; then
  (cd "$here" && npm ci --no-audit --no-fund --ignore-scripts) >"$work/npm.log" 2>&1 || fail "npm ci failed." "$work/npm.log"
  touch "$here/node_modules/.package-lock.json"
fi

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
env -u ConnectionStrings__Mila PublicUrl="http://127.0.0.1:$port" Webhooks__AllowedNetworks=127.0.0.0/8 \
  RateLimits__KeyPerMinute=0 RateLimits__AnonymousPerMinute=0 RateLimits__FormPerMinute=0 \
  bash "$repo/deploy/run.sh" --port "$port" --data "$work/data" --demo >"$work/mila.log" 2>&1 </dev/null &
mila=$!
for _ in $(seq 600); do
  kill -0 "$mila" 2>/dev/null || fail "Mila did not start." "$work/mila.log"
  curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready" && ready=1 && break
  sleep 0.5
done
[ -n "${ready:-}" ] || fail "Mila was not ready after five minutes." "$work/mila.log"

export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true NO_UPDATE_NOTIFIER=1
status=0
MILA_URL="http://127.0.0.1:$port" MILA_KEY=$(cat "$work/data/admin.key") CHROMIUM=$chromium MILA_WORK=$work node "$here/run.mjs" >"$work/results" 2>&1 || status=$?
sed '$d' "$work/results"
last=$(tail -n 1 "$work/results")
if ! [[ $last =~ ^[0-9]+\ passed,\ [0-9]+\ failed$ ]]; then
  echo "$last"
  fail "the checks broke off." "$work/mila.log"
fi
finish
trap - EXIT
echo "$last"
exit "$status"
