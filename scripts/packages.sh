#!/bin/sh
# Install packages of Debian or Ubuntu, as root or through sudo: packages.sh NAME...
# "postgis" stands for the newest PostgreSQL with PostGIS. Ends with 69 where that is not possible.
set -eu

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

possible() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || { command -v sudo >/dev/null && [ -t 0 ] && [ -t 2 ]; }
}

newest_postgis() {
    apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d' ' -f1 | sort -t- -k2n | tail -n 1
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@" </dev/null >&2; }

# A fresh PostgreSQL package would make and start a server of its own, which nobody asked for here.
own_server=/etc/postgresql-common/createcluster.d/django-stac.conf
forbid_own_server() {
    [ ! -e /usr/share/postgresql-common ] || return 0
    trap 'as_root rm -f "$own_server"' EXIT
    as_root mkdir -p "${own_server%/*}"
    echo 'create_main_cluster = false' | as_root tee "$own_server" >/dev/null
}

possible || { echo "packages.sh: cannot install $*: that takes apt-get, and root or sudo" >&2; exit 69; }
echo "packages.sh: installing $* with apt-get" >&2
apt update
names=
for name in "$@"; do
    [ "$name" != postgis ] || { name=$(newest_postgis); forbid_own_server; }
    [ -n "$name" ] || { echo "packages.sh: apt knows no postgresql-NN-postgis-3" >&2; exit 69; }
    names="$names $name"
done
apt install -y --no-install-recommends $names
