# shellcheck shell=bash
# Sourced by the scripts at the root: where JDK 25 stands on this machine.

# True for a folder that holds a whole JDK 25 (compiler and jlink, not only a runtime).
is_jdk_25() {
  [[ -n $1 && -x $1/bin/javac && -x $1/bin/jlink && -r $1/release ]] &&
    grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

# Prints the folder of JDK 25: JAVA_HOME, the java on PATH, then the usual places.
find_jdk_25() {
  local folder tool
  if is_jdk_25 "${JAVA_HOME-}"; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  for tool in javac java; do
    tool=$(command -v "$tool" || true)
    [[ -n $tool ]] || continue
    tool=$(readlink -f "$tool" || true)
    folder=${tool%/bin/*}
    if is_jdk_25 "$folder"; then
      printf '%s\n' "$folder"
      return
    fi
  done
  for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/* /usr/local/*jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$folder"; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

# Sets JAVA_HOME to JDK 25, or ends with the sentence that says what to install.
require_jdk_25() {
  local folder
  if ! folder=$(find_jdk_25); then
    printf '%s\n' "Streamcache is built with JDK 25 and none was found: install one, for example Eclipse Temurin (package temurin-25-jdk, https://adoptium.net) or your distribution's openjdk-25-jdk, or set JAVA_HOME to it." >&2
    exit 1
  fi
  export JAVA_HOME=$folder
}

# Installs Debian packages without asking, when root and on Debian; says so and returns 1 otherwise.
install_packages() {
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    return 1
  fi
  printf 'Installing %s\n' "$*" >&2
  if ! apt_install "$@"; then
    DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2 || return 1
    apt_install "$@" || return 1
  fi
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null 2>&1
}

require_maven() {
  if command -v mvn >/dev/null || install_packages maven; then
    return
  fi
  printf '%s\n' "Streamcache is built with Maven 3.8.7 or newer and none was found: install it (Debian: apt-get install maven)." >&2
  exit 1
}
