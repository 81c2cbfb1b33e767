# Sourced by run.sh and test.sh: looks for the programs of a PostgreSQL server and installs them where that needs no question.
# The host itself finds them (src/Host/Database/PostgresBinaries.cs); this only has to know whether there is anything to find.

postgres_is_installed() {
  [ -n "${MILA_POSTGRES_BIN:-}" ] && return 0
  command -v postgres >/dev/null 2>&1 && return 0
  local found
  for found in /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /usr/libexec/postgresql*/postgres \
    /opt/homebrew/opt/postgresql*/bin/postgres /usr/local/opt/postgresql*/bin/postgres /opt/homebrew/bin/postgres /usr/local/pgsql/bin/postgres; do
    [ -x "$found" ] && return 0
  done
  return 1
}

# Installs the server programs as root on Debian or Ubuntu, without the cluster and the service that the package would set up.
install_postgres() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  echo "Installing the PostgreSQL server programs..." >&2
  local log settings=/etc/postgresql-common/createcluster.d/mila.conf status=0
  log=$(mktemp)
  mkdir -p "${settings%/*}"
  echo "create_main_cluster = false" >"$settings"
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends postgresql; } >"$log" 2>&1 </dev/null || status=$?
  rm -f "$settings"
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  [ "$status" -eq 0 ] && postgres_is_installed
}
