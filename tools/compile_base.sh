#!/usr/bin/env bash
# Makes `deno compile` usable where its base runtime (denort) cannot be downloaded.
# Takes denort out of a published npm package that was itself made by `deno compile` (Deno 2.4.2) and pairs it with that same Deno.
# Usage:  eval "$(tools/compile_base.sh [CACHE_DIR])"; "$COMPILE_DENO" compile ...     (DENORT_BIN and RUST_MIN_STACK are set)
# Needs npm and python3. The pair is for testing the compiled binary only: releases are compiled by the current Deno with its own denort.
set -euo pipefail
dir=${1:-"${XDG_CACHE_HOME:-$HOME/.cache}/goldbox-compile-base"}
mkdir -p "$dir"; dir=$(cd "$dir" && pwd)
if [ ! -x "$dir/denort" ]; then
  tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
  (cd "$tmp" && npm pack --silent @vltpkg/cli-linux-x64@0.0.0-18 >/dev/null && tar xzf ./*.tgz package/vlt) >&2
  python3 - "$tmp/package/vlt" "$dir/denort.part" <<'PY'
import struct, sys
data = open(sys.argv[1], "rb").read()
shoff = struct.unpack_from("<Q", data, 0x28)[0]        # where the ELF section headers start
size, count = struct.unpack_from("<HH", data, 0x3A)    # what follows them is the appended program: cut it off
open(sys.argv[2], "wb").write(data[: shoff + size * count])
PY
  chmod +x "$dir/denort.part"; mv "$dir/denort.part" "$dir/denort"
fi
if ! ls "$dir"/node_modules/@deno/*/deno >/dev/null 2>&1; then
  (cd "$dir" && [ -f package.json ] || echo '{"private":true}' >"$dir/package.json"; cd "$dir" && npm install --silent --no-audit --no-fund --ignore-scripts deno@2.4.2) >&2
fi
echo "export COMPILE_DENO='$(ls -d "$dir"/node_modules/@deno/*/deno | head -n 1)' DENORT_BIN='$dir/denort' RUST_MIN_STACK=134217728"
