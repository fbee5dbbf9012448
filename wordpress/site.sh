#!/usr/bin/env bash
# A fresh WordPress for the tests, of Debian's packages and with a database of
# its own, in a temporary folder:
#
#   wordpress/site.sh HOME [PURGE SECRET]
#
# HOME is the address that readers write. PURGE is where the gate is told of
# changes, and SECRET the file with the word to sign that with. Of the
# environment, WORDPRESS_TEST_GATE is a word that every request must bear in
# X-Gate, and WORDPRESS_TEST_CHATTY has each page repeat its story's text in ten
# other places. Once it serves it prints one line of JSON: where it listens, its processes, what it holds.
# It ends, and leaves nothing behind, when its standard input does.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
home=$1 purge=${2:-} secret=${3:-}
folder=$(mktemp -d "${TMPDIR:-/tmp}/ludgate-wordpress-XXXXXX")
started=()

finish() {
  # Nothing here is worth an orderly end, nor bash telling of it. Each is a
  # group of processes.
  exec 2>/dev/null
  for group in "${started[@]}"; do kill -KILL -- "-$group" || true; done
  wait || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

fail() {
  echo "site.sh: $1" >&2
  tail -n 40 "$folder/log" >&2 || true
  exit 1
}

# Waits for a command to succeed: half a minute is long even for a slow disk.
until_it_can() {
  for _ in $(seq 300); do
    if "$@" >>"$folder/log" 2>&1; then return; fi
    sleep 0.1
  done
  fail "this never succeeded: $*"
}

touch "$folder/log"
cp -rL /usr/share/wordpress "$folder/site"
cp "$here/wp-config.php" "$folder/site/wp-config.php"
mkdir -p "$folder/site/wp-content/mu-plugins" "$folder/site/wp-content/uploads"
plugins=("$here/../docs/guides/wordpress/ludgate.php")
if [ -n "${WORDPRESS_TEST_CHATTY:-}" ]; then plugins+=("$here/chatty.php"); fi
cp "${plugins[@]}" "$folder/site/wp-content/mu-plugins/"

user=$(id -un)
# Fast, because nothing has to outlive a crash.
database=(--no-defaults --user="$user" --datadir="$folder/database" --socket="$folder/database.sock"
  --pid-file="$folder/database.pid" --skip-networking --innodb-flush-log-at-trx-commit=0
  --innodb-doublewrite=0 --innodb-buffer-pool-size=32M --innodb-log-file-size=16M --skip-name-resolve)
mariadb-install-db --no-defaults --user="$user" --datadir="$folder/database" --skip-test-db \
  --auth-root-authentication-method=normal --innodb-log-file-size=16M >>"$folder/log" 2>&1 ||
  fail "the database can't be made"

# Job control gives each job a group of its own, by which all of it is ended.
set -m
PATH=$PATH:/usr/sbin mariadbd "${database[@]}" </dev/null >>"$folder/log" 2>&1 &
database_group=$!
started+=("$database_group")
until_it_can mariadb --no-defaults --user=root --socket="$folder/database.sock" \
  --execute="CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"

port=$(php -r '$socket = stream_socket_server("tcp://127.0.0.1:0"); echo explode(":", stream_socket_get_name($socket, false))[1];')
export WORDPRESS_TEST_HOME=$home WORDPRESS_TEST_SOCKET=$folder/database.sock
export WORDPRESS_TEST_PURGE=$purge WORDPRESS_TEST_SECRET=$secret
php -d display_errors=stderr "$here/install.php" "$folder/site" "$here" >"$folder/stories.json" 2>>"$folder/log" ||
  fail "WordPress can't be installed"

PHP_CLI_SERVER_WORKERS=4 php -d opcache.enable_cli=1 -d display_errors=0 -d log_errors=1 -d error_log="$folder/php.log" \
  -d upload_tmp_dir="$folder" -S "127.0.0.1:$port" -t "$folder/site" "$here/router.php" </dev/null >>"$folder/log" 2>&1 &
server_group=$!
started+=("$server_group")
set +m
# The first page takes longest, because all of WordPress is compiled for it.
asked="stream_context_create(['http' => ['header' => 'X-Gate: ${WORDPRESS_TEST_GATE:-}', 'follow_location' => 0]])"
until_it_can php -r "exit(@file_get_contents('http://127.0.0.1:$port/wp-login.php', false, $asked) ? 0 : 1);"

printf '{"port":%s,"server":%s,"database":%s,"log":"%s","stories":%s}\n' \
  "$port" "$server_group" "$database_group" "$folder/php.log" "$(cat "$folder/stories.json")"
cat >/dev/null
