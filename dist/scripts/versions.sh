# shellcheck shell=bash disable=SC2034
# Sourced: the one place that names the JDK and the Maven which are downloaded where none is found.

readonly JDK_VERSION=25.0.3+9
readonly JDK_SOURCE=https://github.com/adoptium/temurin25-binaries/releases/download/jdk-${JDK_VERSION/+/%2B}
readonly MAVEN_VERSION=3.9.11
readonly MAVEN_SOURCE=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/$MAVEN_VERSION

# Prints the digest of an archive (SHA-256 of a JDK, SHA-512 of Maven). An archive that is not named
# here is compared with the digest that its publisher keeps beside it.
pinned_digest() {
  case $1 in
    OpenJDK25U-jdk_x64_linux_hotspot_25.0.3_9.tar.gz)
      printf '69264a7a211bf5029830d07bc3370f879769d62ebc5b5488e90c9343a2da0e1f' ;;
    OpenJDK25U-jdk_aarch64_linux_hotspot_25.0.3_9.tar.gz)
      printf '3e4287cb98870ba824ed698854bdc27cff984254caf66dd12cc291e7bfdde26b' ;;
    OpenJDK25U-jdk_x64_alpine-linux_hotspot_25.0.3_9.tar.gz)
      printf '51c2415b370aac7c3796b0c4663c8fcf91bc22d76f03df95b25fa5667cb5fdd8' ;;
    OpenJDK25U-jdk_aarch64_alpine-linux_hotspot_25.0.3_9.tar.gz)
      printf '6ed368e93049d3b188c045fce0b20953bbea92fe0614dbbf4d3fd8daad7be3b2' ;;
    OpenJDK25U-jdk_aarch64_mac_hotspot_25.0.3_9.tar.gz)
      printf '7baab4d69a15554e119b86ff78d40e3fdc28819b5b322955c913cebfe3f6a37c' ;;
    apache-maven-3.9.11-bin.tar.gz)
      printf 'bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978' ;;
  esac
}
