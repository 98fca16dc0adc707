# shellcheck shell=bash
# Sourced by the scripts at the root: finds JDK 25 and Maven on this machine, or gets them.

scripts=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd -P)
# Ours alone, not in Git: locks, and what is downloaded.
tools=${scripts%/dist/scripts}/.streamcache
# shellcheck source=dist/scripts/versions.sh
source "$scripts/versions.sh"
# shellcheck source=dist/scripts/lock.sh
source "$scripts/lock.sh"
# shellcheck source=dist/scripts/packages.sh
source "$scripts/packages.sh"
# shellcheck source=dist/scripts/download.sh
source "$scripts/download.sh"

# True for a folder that holds a whole JDK 25 (compiler and jlink, not only a runtime).
is_jdk_25() {
  [[ -n $1 && -x $1/bin/javac && -x $1/bin/jlink && -r $1/release ]] &&
    grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

# Prints the folder of JDK 25: JAVA_HOME, the java on PATH, the usual places, then ours.
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
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$tools/jdk" "$tools/jdk/Contents/Home"; do
    if is_jdk_25 "$folder"; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

# Sets JAVA_HOME to JDK 25 and gets one first where there is none; ends with a sentence where that fails.
require_jdk_25() {
  local folder
  if ! folder=$(find_jdk_25); then
    printf 'Streamcache is built with JDK 25 and none was found.\n' >&2
    install_jdk_package || with_lock "$tools/tools.lock" download_jdk || exit 1
    folder=$(find_jdk_25) || exit 1
  fi
  export JAVA_HOME=$folder
}

install_jdk_package() {
  local package names=(openjdk-25-jdk-headless temurin-25-jdk)
  may_install || return 1
  package=$(offered_package "${names[@]}") || {
    apt_update
    package=$(offered_package "${names[@]}")
  } || return 1
  install_packages "$package" && find_jdk_25 >/dev/null
}

# Called with the lock held: another start may have been quicker.
download_jdk() {
  local archive from
  if holds_jdk_25 "$tools/jdk"; then
    return
  fi
  if ! archive=$(temurin_archive); then
    printf 'There is no JDK to download for %s on %s: install JDK 25 and set JAVA_HOME to it.\n' "$(uname -s)" "$(uname -m)" >&2
    return 1
  fi
  from=${JDK_MIRROR:-$JDK_SOURCE}
  install_archive "$tools/jdk" "${from%/}/$archive" 256 holds_jdk_25 || {
    printf '%s\n' "No JDK was installed from $(shown "${from%/}/$archive"). Install JDK 25 (https://adoptium.net, or your distribution's package), set JAVA_HOME to one, or set JDK_MIRROR to the address of a folder that holds this file." >&2
    return 1
  }
}

# Archives for macOS hold a bundle.
holds_jdk_25() {
  is_jdk_25 "$1" || is_jdk_25 "$1/Contents/Home"
}

# Prints the name of Eclipse Temurin's archive for this system and processor.
temurin_archive() {
  local system processor
  case $(uname -m) in
    x86_64 | amd64) processor=x64 ;;
    aarch64 | arm64) processor=aarch64 ;;
    *) return 1 ;;
  esac
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=mac ;;
    *) return 1 ;;
  esac
  # Alpine and its like: another C library.
  if [[ -e /lib/ld-musl-$(uname -m).so.1 ]]; then
    system=alpine-linux
  fi
  printf 'OpenJDK25U-jdk_%s_%s_hotspot_%s.tar.gz\n' "$processor" "$system" "${JDK_VERSION/+/_}"
}

# Has a Maven on PATH that can build Streamcache; needs JAVA_HOME. Gets one where there is none.
require_maven() {
  if is_maven mvn; then
    return
  fi
  if ! is_maven "$tools/maven/bin/mvn"; then
    printf 'Streamcache is built with Maven 3.8.7 or newer and none was found.\n' >&2
    if install_packages maven && is_maven mvn; then
      return
    fi
    with_lock "$tools/tools.lock" download_maven || exit 1
  fi
  export PATH=$tools/maven/bin:$PATH
}

download_maven() {
  local archive=apache-maven-$MAVEN_VERSION-bin.tar.gz from=${MAVEN_MIRROR:-$MAVEN_SOURCE}
  if holds_maven "$tools/maven"; then
    return
  fi
  install_archive "$tools/maven" "${from%/}/$archive" 512 holds_maven || {
    printf '%s\n' "No Maven was installed from $(shown "${from%/}/$archive"). Install Maven 3.8.7 or newer (https://maven.apache.org), or set MAVEN_MIRROR to the address of a folder that holds this file." >&2
    return 1
  }
}

holds_maven() {
  is_maven "$1/bin/mvn"
}

# True for a Maven of version 3.8.7 or newer.
is_maven() {
  local version
  command -v "$1" >/dev/null || return 1
  version=$("$1" -B --version 2>/dev/null </dev/null) || return 1
  [[ $version =~ Apache\ Maven\ ([0-9]+)\.([0-9]+)\.([0-9]+) ]] &&
    ((BASH_REMATCH[1] * 1000000 + BASH_REMATCH[2] * 1000 + BASH_REMATCH[3] >= 3008007))
}
