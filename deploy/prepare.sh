#!/bin/sh
# Makes what a server needs before its first start: the inbox, .env with its owner, the passwords as files in deploy/secrets.
# What is there stays.
#     ./deploy/prepare.sh [DIRECTORY OF SECRETS]
set -eu
cd "$(dirname "$0")"
directory=${1:-secrets}
mkdir -p "$directory" ../inbox
chmod 700 "$directory"  # the files are readable, for a container reads them as its own user; the way to them is not

keep() { # NAME CONTENT
    [ -s "$directory/$1" ] && return
    printf '%s' "$2" > "$directory/$1"
    chmod 444 "$directory/$1"
}
made() {
    LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 32
}

# Whose the inbox is, for every later `docker compose`; root's would be nobody's that a container may be.
if [ ! -f ../.env ] && [ "$(id -u)" != 0 ]; then
    printf 'SITREP_UID=%s\nSITREP_GID=%s\n' "$(id -u)" "$(id -g)" > ../.env
fi
for role in owner writer reader; do
    keep "postgres_${role}_password" "$(made)"
    keep "postgres_${role}_uri" "postgresql://sitrep_$role:$(cat "$directory/postgres_${role}_password")@postgres:5432/sitrep"
done
keep grafana_admin_password "$(made)"
echo "Grafana: user admin, password in deploy/$directory/grafana_admin_password"
