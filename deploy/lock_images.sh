#!/bin/sh
# Writes the lock of each image: the part of requirements/all.txt that one service needs (called by `make lock`; needs uv).
set -eu
cd "$(dirname "$0")/.."
pins=$(mktemp)
trap 'rm -f "$pins"' EXIT
sed 's/ \\$//' requirements/all.txt | grep -E '^[a-z0-9.-]+==' > "$pins"
compile() { # SOURCE TARGET OPTIONS...
    source=$1 target=$2
    shift 2
    uv pip compile "$source" --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet \
        --override requirements/overrides.txt --python-version 3.11 --constraint "$pins" "$@" \
        --exclude-newer "$(date -u -d '7 days ago' +%F)" --output-file "requirements/$target.txt"
}
for service in ingest enrich store monitor; do
    compile pyproject.toml "$service" --extra "$service"
done
grep '^setuptools==' "$pins" | compile - build
