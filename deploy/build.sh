# Sourced by run.sh and test.sh: builds Release; what the compiler says is shown when it fails.

require_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1 || ! (cd "$repo" && dotnet --version) >/dev/null 2>&1; then
    echo "mila: the .NET SDK of global.json is missing: install .NET 10 (https://dot.net)." >&2
    exit 7
  fi
}

# build PROJECT: two builds at a time would write the same files, so they take turns where flock exists.
# Build nodes are not kept, since whoever runs a server or a test run does not build again soon.
build() {
  local log status=0
  log=$(mktemp)
  echo "Building Mila; the first time this takes some minutes..." >&2
  local command=(dotnet build "$1" -c Release -v quiet -nologo -nodeReuse:false)
  if command -v flock >/dev/null 2>&1; then
    command=(flock -o "$repo/deploy/build.sh" "${command[@]}")
  fi
  (cd "$repo" && "${command[@]}") >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -ne 0 ]; then
    cat "$log" >&2
    echo "mila: the build failed." >&2
  fi
  rm -f "$log"
  return "$status"
}
