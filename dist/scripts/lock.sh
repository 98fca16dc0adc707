# shellcheck shell=bash
# Sourced: lets one process at a time do something.

# with_lock FILE COMMAND...: runs the command in a subshell; a second process waits until the first is done.
with_lock() {
  local lock=$1
  shift
  mkdir -p "${lock%/*}" || return 1
  if command -v flock >/dev/null; then
    (
      flock 9 || exit 1
      "$@"
    ) 9>"$lock"
  else
    with_link "$lock.owner" "$@"
  fi
}

# Without flock (macOS) a symbolic link is the lock. It names its owner from the moment it exists, so
# that the lock of a process that was killed is recognised.
with_link() (
  link=$1
  shift
  until ln -s "$$" "$link" 2>/dev/null; do
    owner=$(readlink "$link" || true)
    if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then
      rm -f "$link"
    elif [[ -z $owner && ! -w ${link%/*} ]]; then
      exit 1
    else
      sleep 0.2
    fi
  done
  trap 'rm -f "$link"' EXIT
  "$@"
)
