#!/usr/bin/env bash
# Sets up what is missing, builds Mila and runs it in the foreground until SIGTERM or Ctrl-C.
set -euo pipefail

repo=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
. "$repo/deploy/build.sh"
. "$repo/deploy/postgres.sh"

usage() {
  cat <<'TEXT'
Usage: deploy/run.sh [--port N] [--data DIR] [--no-import] [--demo]

  --port N      the TCP port of the HTTP server (default 5080)
  --data DIR    the folder of the database, admin.key and mails (default .mila/ in the repository)
  --no-import   start a new database empty, and leave it so at later starts: the 2026 programme is not imported
  --demo        also import the fictitious members; not with --no-import
  --help        this text

Needs the .NET 10 SDK. Without ConnectionStrings__Mila it runs a private PostgreSQL from the server programs of the
machine (MILA_POSTGRES_BIN names their folder when they are in an unusual place).
TEXT
}

refuse() {
  echo "mila: $1" >&2
  exit 2
}

port=5080
data=$repo/.mila
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --port=* | --data=*)
      flag=$1
      shift
      set -- "${flag%%=*}" "${flag#*=}" "$@"
      ;;
    --port)
      [ $# -ge 2 ] || refuse "--port takes a number from 1 to 65535."
      [[ $2 =~ ^[0-9]{1,5}$ ]] && [ "$((10#$2))" -ge 1 ] && [ "$((10#$2))" -le 65535 ] || refuse "--port takes a number from 1 to 65535, not '$2'."
      port=$((10#$2))
      shift 2
      ;;
    --data)
      [ $# -ge 2 ] && [ -n "$2" ] && [[ $2 != --* ]] || refuse "--data takes the path of a folder."
      data=$2
      shift 2
      ;;
    --no-import | --demo)
      options+=("$1")
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) refuse "unknown flag '$1' (see --help)." ;;
  esac
done
case " ${options[*]-} " in
  *" --no-import "*) [[ " ${options[*]} " != *" --demo "* ]] || refuse "--demo needs the programme that --no-import leaves out: take one of the two." ;;
esac

require_dotnet
if [ -z "${ConnectionStrings__Mila:-}" ] && ! postgres_is_installed && ! install_postgres; then
  echo "mila: no PostgreSQL server programs were found: install them (Debian: apt-get install postgresql), name their folder in MILA_POSTGRES_BIN, or set ConnectionStrings__Mila." >&2
  exit 7
fi

# A build that has nothing to do still takes seconds, so it is asked for only when a source is newer than the last one.
host=$repo/src/Host/bin/Release/net10.0/Mila.Host.dll
built=$repo/src/Host/bin/Release/.built
if [ ! -e "$host" ] || [ ! -e "$built" ] ||
  [ -n "$(cd "$repo" && find src deploy/data Directory.* global.json \( -name bin -o -name obj \) -prune -o -newer "$built" -print -quit)" ]; then
  began=$(mktemp)
  build src/Host/Mila.Host.csproj || exit 1
  mv -f "$began" "$built"
fi

# A small house has a small machine: 50 MB less, at the same speed (tests/Mila.Benchmarks/README.md, "Memory"). The collector comes when 6 MB are new, not when the
# processor's cache is full, and closes gaps; the C library has one heap for all threads.
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x600000} DOTNET_GCConserveMemory=${DOTNET_GCConserveMemory:-8} MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
exec dotnet "$host" --port "$port" --data "$data" ${options[@]+"${options[@]}"}
