#!/bin/sh
# Makes what a server needs before its first start: the inbox, .env with its owner, the passwords as files in deploy/secrets.
# What is there stays. Everything that a container mounts is made readable to it, whatever umask this was cloned under.
#     ./deploy/prepare.sh [DIRECTORY OF SECRETS]
# Run by root, the inbox belongs to SITREP_UID and SITREP_GID, else to whoever called sudo, else to user 1000.
set -eu
umask 022
cd "$(dirname "$0")"
directory=${1:-secrets}
mkdir -p "$directory" ../inbox
chmod 700 "$directory"  # the files are readable, for a container reads them as its own user; the way to them is not
chmod -R a+rX kafka prometheus grafana

keep() { # NAME CONTENT
    [ -s "$directory/$1" ] && return
    printf '%s' "$2" > "$directory/$1"
    chmod 444 "$directory/$1"
}
random_password() {
    LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 32
}

# Whose the inbox is, for every later `docker compose`. A container is never root.
if [ "$(id -u)" = 0 ]; then
    owner=${SITREP_UID:-${SUDO_UID:-1000}} group=${SITREP_GID:-${SUDO_GID:-1000}}
    [ "$owner" != 0 ] || { echo "prepare.sh: the inbox cannot be root's; name another user in SITREP_UID" >&2; exit 1; }
else
    owner=$(id -u) group=$(id -g)
fi
[ -f ../.env ] || printf 'SITREP_UID=%s\nSITREP_GID=%s\n' "$owner" "$group" > ../.env
noted() { # NAME DEFAULT: what .env says, which Compose reads and no shell
    value=$(sed -n "s/^$1=\([0-9][0-9]*\)$/\1/p" ../.env | tail -n 1)
    echo "${value:-$2}"
}
if [ "$(id -u)" = 0 ]; then
    chown "$(noted SITREP_UID "$owner"):$(noted SITREP_GID "$group")" ../inbox
fi
for role in owner writer reader; do
    keep "postgres_${role}_password" "$(random_password)"
    keep "postgres_${role}_uri" "postgresql://sitrep_$role:$(cat "$directory/postgres_${role}_password")@postgres:5432/sitrep"
done
keep grafana_admin_password "$(random_password)"
echo "Grafana: user admin, password in deploy/$directory/grafana_admin_password"
