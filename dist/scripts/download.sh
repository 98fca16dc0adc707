# shellcheck shell=bash
# Sourced: downloads an archive, compares its digest, and puts what it holds in place as a whole or not at all.

# install_archive FOLDER URL BITS CHECK: downloads the archive, compares its SHA-BITS digest, unpacks it, and
# puts the one folder that it holds at FOLDER, once CHECK accepts that. The caller holds the lock of the
# folder that FOLDER lies in.
install_archive() (
  folder=$1 url=$2 bits=$3 check=$4
  archive=${url##*/}
  # A start that was killed may have left one.
  rm -rf "${folder%/*}"/download.*
  work=$(mktemp -d "${folder%/*}/download.XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  printf 'Downloading %s\n' "$(shown "$url")" >&2
  fetch "$url" "$work/$archive" || exit 1
  expected=$(pinned_digest "$archive")
  if [[ -z $expected ]]; then
    fetch "$url.$(digest_suffix "$bits")" "$work/digest" || {
      printf 'Nothing to compare it with: %s is missing.\n' "$archive.$(digest_suffix "$bits")" >&2
      exit 1
    }
    expected=$(published_digest "$work/digest")
  fi
  actual=$(digest "$bits" "$work/$archive") || exit 1
  if [[ $actual != "$expected" ]]; then
    printf '%s is incomplete or not the published file: its SHA-%s is %s, expected was %s.\n' \
      "$archive" "$bits" "$actual" "${expected:-a digest, and none was there}" >&2
    exit 1
  fi
  printf 'Unpacking to %s\n' "$folder" >&2
  mkdir "$work/unpacked" && tar -xzo -f "$work/$archive" -C "$work/unpacked" || exit 1
  set -- "$work"/unpacked/*
  if [[ $# -ne 1 ]] || ! "$check" "$1"; then
    printf '%s does not hold what its name says.\n' "$archive" >&2
    exit 1
  fi
  # What stood there before was unusable; the trap removes it with the work folder.
  if [[ -e $folder ]]; then
    mv "$folder" "$work/before" || exit 1
  fi
  mv "$1" "$folder"
)

# fetch URL FILE: with curl or wget. Only the person who starts this may choose HTTP, by a mirror.
fetch() {
  local progress=() protocols='=https'
  case $1 in
    https://*) ;;
    http://*) protocols='=http,https' ;;
    *)
      printf 'Only https:// and http:// addresses work: %s\n' "$(shown "$1")" >&2
      return 1
      ;;
  esac
  if command -v curl >/dev/null; then
    [[ -t 2 ]] && progress=(--progress-bar) || progress=(-sS)
    curl -fL "${progress[@]}" --proto "$protocols" --proto-redir "$protocols" --connect-timeout 15 \
      --speed-limit 1024 --speed-time 60 --retry 2 -o "$2" "$1" </dev/null
  elif command -v wget >/dev/null; then
    [[ -t 2 ]] || progress=(-q)
    wget ${progress[@]+"${progress[@]}"} -T 60 -O "$2" "$1" </dev/null
  else
    printf 'Neither curl nor wget was found.\n' >&2
    return 1
  fi
}

digest() {
  local sum
  if command -v "sha$1sum" >/dev/null; then
    sum=$("sha$1sum" "$2") || return 1
  else
    sum=$(shasum -a "$1" "$2") || return 1
  fi
  printf '%s' "${sum%% *}"
}

# What Eclipse Adoptium and Apache call the file with the digest.
digest_suffix() {
  case $1 in
    256) printf 'sha256.txt' ;;
    512) printf 'sha512' ;;
  esac
}

# The first word of the file; some publishers write the name of the archive behind it.
published_digest() {
  local word rest
  read -r word rest <"$1" || [[ -n $word ]] || true
  printf '%s' "$word"
}

# An address without the user and the password that may stand in it.
shown() {
  local authority=${1#*://}
  authority=${authority%%/*}
  printf '%s://%s%s' "${1%%://*}" "${authority##*@}" "${1#*://"$authority"}"
}
