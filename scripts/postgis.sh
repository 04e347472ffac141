#!/bin/sh
# A private PostGIS for development and tests: PostgreSQL of the distribution, its data in one folder, reached
# through a unix socket only that its owner (and root) can open, role "stac" a superuser without password.
#
#   postgis.sh start|stop|status|url|remove [folder]       the folder is .postgis of the project unless given
#
# start and url print the DATABASE_URL; status ends with 3 when stopped; 69 means: no PostgreSQL with PostGIS.
# STAC_PG_OPTIONS  options of the server, as in "-c fsync=off"
# STAC_PG_BIN      the folder of initdb and pg_ctl, when they are not found
set -eu
umask 077
export LC_ALL=C

say() { echo "postgis.sh: $*" >&2; }
fail() { say "$@"; exit 1; }

forget_libpq_variables() {
    for name in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do unset "$name"; done
}

# --- Where things lie -------------------------------------------------------------------------------------------

absolute() { # the folder's path without links in it, whether or not the last part exists
    case $1 in /*) path=$1 ;; *) path=$PWD/$1 ;; esac
    if [ -d "$(dirname -- "$path")" ]; then
        parent=$(cd "$(dirname -- "$path")" && pwd -P)
        path=${parent%/}/$(basename -- "$path")
    fi
    printf %s "$path"
}

place_outside() { # a short path of our own for what the project's folder cannot hold
    printf '/var/tmp/django-stac-%s-%s' "$(id -u "$1")" "$(printf %s "$home" | cksum | tr -s ' ' -)"
}

private() { # a real folder, ours, closed to all others
    [ -n "$(find "$1" -prune -type d -user "$(id -u)" -perm 0700 2>/dev/null)" ]
}

make_private() { # a link that somebody put there is neither followed nor changed
    [ ! -L "$1" ] || fail "$1 is a link: name the folder itself"
    mkdir -m 0700 "$1" 2>/dev/null || private "$1" || chmod u=rwx,go=,g-s "$1" 2>/dev/null || true
    private "$1" || fail "$1 is not a folder that belongs to $(id -un)"
}

# --- Run by root: give the folder to an ordinary user, and start again as that user -----------------------------

server_user() { # PostgreSQL refuses root, and wants a user that has a passwd entry
    for user in postgres nobody; do id "$user" >/dev/null 2>&1 && break; user=; done
    [ -n "$user" ] || fail "run by root, and there is no user postgres or nobody to run the server"
    command -v setpriv >/dev/null || fail "run by root, and there is no setpriv (util-linux) to run the server as $user"
}

as_user() {
    setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- env HOME=/ USER="$user" "$@"
}

owned_by() { [ -n "$(find "$home" -prune -type d -user "$1")" ]; }

give_home_to_user() {
    [ ! -L "$home" ] || fail "$home is a link: name the folder itself"
    mkdir -m 0700 "$home" 2>/dev/null || [ -d "$home" ] || fail "cannot make the folder $home"
    content=$(ls -A "$home")
    if owned_by 0; then # made just now, by us or by another first start
        [ -z "$content" ] || fail "$home is not a cluster of ours: name an empty or a new folder"
        chown -h "$user" "$home" # -h: a link put there meanwhile would only change its own owner
    fi
    owned_by "$user" || fail "$home belongs to another user: run this as that user, or remove it"
}

become_server_user() {
    server_user
    place=$home
    if ! as_user test -x "$(dirname -- "$home")"; then # a project under a closed folder, such as /root
        place=$(place_outside "$user")
    elif [ "$verb" = start ]; then
        give_home_to_user
    fi
    text=$(cat -- "$script") # the script may lie in a closed folder too: it travels as text
    cd /
    as_user env STAC_PG_PLACE="$place" sh -c "$text" "$script" "$verb" "$home"
    [ "$verb" != remove ] || ! [ -d "$home" ] || ! owned_by "$user" || rmdir "$home" 2>/dev/null || true
    exit 0
}

# --- Binaries ---------------------------------------------------------------------------------------------------

has_postgis() {
    [ -x "$1/initdb" ] || return 1
    shared=$("$1/pg_config" --sharedir 2>/dev/null) || shared=
    for shared in "$shared" "$(printf %s "$1" | sed 's|/lib/\(.*\)/bin$|/share/\1|')"; do
        [ ! -e "$shared/extension/postgis.control" ] || return 0
    done
    return 1
}

major_of() { "$1/postgres" -V | sed 's/[^0-9]*\([0-9]*\).*/\1/'; }

consider() { # keep the newest, or the one that made the data
    has_postgis "$1" || return 0
    major=$(major_of "$1")
    [ -z "$made_by" ] || [ "$made_by" = "$major" ] || return 0
    [ "$major" -le "$newest" ] || { newest=$major; bin=$1; }
}

find_binaries() {
    made_by= newest=0 bin=
    [ ! -s "$data/PG_VERSION" ] || made_by=$(cat "$data/PG_VERSION")
    if [ -n "${STAC_PG_BIN:-}" ]; then
        consider "$STAC_PG_BIN"
    else
        for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin \
            /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
            /Applications/Postgres.app/Contents/Versions/*/bin "$(pg_config --bindir 2>/dev/null)"; do
            consider "$folder"
        done
    fi
    [ -n "$bin" ] || no_binaries
}

no_binaries() {
    [ -z "$made_by" ] || fail "$data was made by PostgreSQL $made_by, which is not here with PostGIS: install it, or give the data up with 'postgis.sh remove'"
    say "no PostgreSQL with PostGIS found${STAC_PG_BIN:+ in STAC_PG_BIN=$STAC_PG_BIN}. One of these helps:
  Debian, Ubuntu   apt-get install postgresql postgresql-NN-postgis-3     (NN: the version, as in 15)
  macOS            brew install postgresql@17 postgis
  Docker           docker run -d -p 127.0.0.1:5433:5432 -e POSTGRES_USER=stac -e POSTGRES_PASSWORD=stac postgis/postgis
                   export DATABASE_URL=postgis://stac:stac@127.0.0.1:5433/stac"
    exit 69
}

# --- The cluster ------------------------------------------------------------------------------------------------

choose_socket_folder() { # a socket's path ends at 107 bytes (macOS: 103); odd characters would need quoting twice
    run=$place
    case $run in *[!A-Za-z0-9_./-]*) run= ;; esac
    [ "${#run}" -le 85 ] && [ -n "$run" ] || run=$(place_outside "$(id -un)")
    url="postgis://stac@$(printf %s "$run" | sed 's|/|%2F|g')/stac"
}

ours() { # the place is new, empty, or has our mark with this project's name
    [ -e "$mark" ] || { [ -z "$(ls -A "$place" 2>/dev/null)" ]; return; }
    [ "$place" = "$home" ] || [ "$(cat "$mark")" = "$home" ]
}

claim_place() {
    # the second look is for another first start, which may be just between making the folder and marking it
    ours || { sleep 1; ours; } || fail "$place is not a cluster of ours: name an empty or a new folder"
    make_private "$place"
    [ -e "$mark" ] || printf %s "$home" >"$mark"
}

lock() { # released by the kernel, whatever becomes of us; `unlocked` keeps it from the server
    exec 9>>"$place/lock"
    if command -v flock >/dev/null; then
        flock -w 120 9
    else
        python3 -c 'import fcntl, signal; signal.alarm(120); fcntl.flock(9, fcntl.LOCK_EX)'
    fi || fail "another postgis.sh has been busy with $place for two minutes"
}

unlocked() { "$@" 9>&-; }

ready() { unlocked "$bin/pg_isready" -q -h "$run" -p 5432 -U stac -d postgres; }

sql() { unlocked "$bin/psql" -XqAt -v ON_ERROR_STOP=1 -h "$run" -p 5432 -U stac -d postgres -c "$1"; }

server_pid() { # prints the process that serves these very data: a pid file survives a kill, its number gets a new owner
    pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) || return 1
    case $pid in '' | *[!0-9]*) return 1 ;; esac
    works_in_data "$pid" && echo "$pid"
}

works_in_data() {
    if [ -d /proc/self/cwd ]; then
        [ "/proc/$1/cwd" -ef "$data" ]
    else
        [ "$(lsof -a -p "$1" -d cwd -Fn 2>/dev/null | sed -n 's/^n//p')" = "$data" ]
    fi
}

create_data() {
    [ ! -e "$data" ] || fail "$data holds no cluster of PostgreSQL and is not ours to remove"
    rm -rf "$place"/data.new.*  # left by a start that was killed; nobody else is here, we hold the lock
    fresh=$(cd "$place" && mktemp -d data.new.XXXXXX)
    locale=C
    ! locale -a 2>/dev/null | grep -qix 'c\.utf-\{0,1\}8' || locale=C.UTF-8
    (cd "$place" && unlocked "$bin/initdb" -D "$fresh" -U stac -A trust -E UTF8 --locale="$locale" --no-sync) >"$place/log" 2>&1 ||
        { cat "$place/log" >&2; fail "initdb failed in $place"; }
    mv "$place/$fresh" "$data"
}

clear_traces_of_the_dead() {
    if pid=$(server_pid); then # alive, yet not reachable: its socket was swept away
        wait_until_ready 60 && return
        stop_server "$pid"
    fi
    rm -f "$data/postmaster.pid" "$run/.s.PGSQL.5432" "$run/.s.PGSQL.5432.lock"
}

wait_until_ready() {
    tries=$1
    while [ "$tries" -gt 0 ]; do
        ready && return
        server_pid >/dev/null && [ -S "$run/.s.PGSQL.5432" ] || return 1
        sleep 1
        tries=$((tries - 1))
    done
    return 1
}

launch() { # relative names: pg_ctl hands them to a shell, and would trip over a quote or a dollar in the path
    (cd "$place" && unlocked "$bin/pg_ctl" -D data -l log -w -t 120 -o "-c listen_addresses='' -c unix_socket_directories='$run' \
        -c unix_socket_permissions=0700 -c port=5432 -c max_connections=100 ${STAC_PG_OPTIONS:-}" start) >/dev/null 2>&1
}

launch_patiently() { # for a moment after a kill -9 the dead server's children still hold its memory
    for pause in 1 1 2 4; do
        ! launch || return 0
        tail -n 3 "$place/log" | grep -q 'shared memory block' || break
        sleep "$pause"
    done
    tail -n 20 "$place/log" >&2
    fail "the server did not start; its log is $place/log"
}

start() {
    claim_place
    lock
    find_binaries
    [ "$run" = "$place" ] || make_private "$run"
    [ -s "$data/PG_VERSION" ] || create_data
    if ! ready; then
        [ ! -e "$data/postmaster.pid" ] || clear_traces_of_the_dead
        ready || launch_patiently
    fi
    [ -n "$(sql "SELECT 1 FROM pg_database WHERE datname = 'stac'")" ] || sql 'CREATE DATABASE stac'
    echo "$url"
}

stop_server() { # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one
    for signal in INT QUIT; do
        kill -s "$signal" "$1" 2>/dev/null || true
        tries=300
        while works_in_data "$1" && [ "$tries" -gt 0 ]; do sleep 0.1; tries=$((tries - 1)); done
        works_in_data "$1" || return 0
    done
    fail "the server (pid $1) does not stop"
}

stop() {
    [ -e "$mark" ] && ours && private "$place" || return 0
    lock
    ! pid=$(server_pid) || stop_server "$pid"
    [ "$run" = "$place" ] || rmdir "$run" 2>/dev/null || true
}

status() {
    if server_pid >/dev/null && find_binaries && ready; then echo "running: $url"; else echo stopped; exit 3; fi
}

remove() {
    [ -e "$mark" ] && ours && private "$place" || return 0
    stop
    rm -rf "$place"/data.new.*
    [ ! -e "$data" ] || mv "$data" "$place/data.new.old" # a removal that is killed leaves no half of a cluster
    rm -rf "$place"/data.new.* "$place/log" "$place/lock" "$mark"
    rmdir "$place" 2>/dev/null || true
}

main() {
    verb=${1:-}
    case $verb in start | stop | status | url | remove) ;; *) fail "say one of start, stop, status, url, remove, then perhaps a folder" ;; esac
    forget_libpq_variables
    if [ -n "${STAC_PG_PLACE:-}" ]; then # root has settled it, and we may not be able to look at the path
        home=$2 place=$STAC_PG_PLACE
    else
        [ "$verb" != start ] || (umask 022 && mkdir -p -- "$(dirname -- "${2:-$script}")")
        home=$(absolute "${2:-$(dirname -- "$script")/../.postgis}")
        place=$home
    fi
    [ "$(id -u)" != 0 ] || become_server_user
    id -un >/dev/null 2>&1 || fail "the user $(id -u) has no name (no passwd entry): PostgreSQL does not run as that"
    data=$place/data mark=$place/django-stac
    choose_socket_folder
    case $verb in url) echo "$url" ;; *) "$verb" ;; esac
}

script=$0
main "$@"
