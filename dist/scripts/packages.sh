# shellcheck shell=bash
# Sourced: packages of the distribution. Only Debian and its like are known, and only root installs.

may_install() {
  [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null
}

# Installs packages without asking; says so, and returns 1 where that is not possible.
install_packages() {
  may_install || return 1
  printf 'Installing %s\n' "$*" >&2
  if ! apt_install "$@"; then
    apt_update || return 1
    apt_install "$@" || return 1
  fi
}

# Prints the first of these packages that the configured repositories offer.
offered_package() {
  local package
  for package in "$@"; do
    if [[ $(apt-cache policy "$package" 2>/dev/null) =~ Candidate:\ [0-9] ]]; then
      printf '%s\n' "$package"
      return
    fi
  done
  return 1
}

apt_update() {
  DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null 2>&1
}
