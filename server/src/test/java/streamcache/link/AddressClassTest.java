package streamcache.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressClassTest {

  /** The first and last address of every block, and its neighbours on both sides. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, UNSPECIFIED",
    "0.255.255.255, UNSPECIFIED",
    "1.0.0.0, PUBLIC",
    "9.255.255.255, PUBLIC",
    "10.0.0.0, PRIVATE",
    "10.255.255.255, PRIVATE",
    "11.0.0.0, PUBLIC",
    "100.63.255.255, PUBLIC",
    "100.64.0.0, PRIVATE",
    "100.127.255.255, PRIVATE",
    "100.128.0.0, PUBLIC",
    "126.255.255.255, PUBLIC",
    "127.0.0.0, LOOPBACK",
    "127.255.255.255, LOOPBACK",
    "128.0.0.0, PUBLIC",
    "169.253.255.255, PUBLIC",
    "169.254.0.0, LINK_LOCAL",
    "169.254.255.255, LINK_LOCAL",
    "169.255.0.0, PUBLIC",
    "172.15.255.255, PUBLIC",
    "172.16.0.0, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.0, PUBLIC",
    "191.255.255.255, PUBLIC",
    "192.0.0.0, RESERVED",
    "192.0.0.255, RESERVED",
    "192.0.1.0, PUBLIC",
    "192.0.2.1, RESERVED",
    "192.0.3.0, PUBLIC",
    "192.88.99.1, RESERVED",
    "192.88.100.0, PUBLIC",
    "192.167.255.255, PUBLIC",
    "192.168.0.0, PRIVATE",
    "192.168.255.255, PRIVATE",
    "192.169.0.0, PUBLIC",
    "198.17.255.255, PUBLIC",
    "198.18.0.0, RESERVED",
    "198.19.255.255, RESERVED",
    "198.20.0.0, PUBLIC",
    "198.51.100.1, RESERVED",
    "203.0.113.1, RESERVED",
    "203.0.114.0, PUBLIC",
    "223.255.255.255, PUBLIC",
    "224.0.0.0, MULTICAST",
    "239.255.255.255, MULTICAST",
    "240.0.0.0, RESERVED",
    "255.255.255.255, RESERVED",
    "100.100.100.199, PRIVATE",
    "100.100.100.200, METADATA",
    "168.63.129.16, METADATA",
    "169.254.169.254, METADATA",
    "169.254.170.2, METADATA",
    "169.254.170.23, METADATA",
    "192.0.0.192, METADATA",
  })
  void of_ipv4_byTheRegistry(String address, AddressClass expected) {
    assertThat(AddressClass.of(InetAddress.ofLiteral(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "::, UNSPECIFIED",
    "::1, LOOPBACK",
    "100::1, RESERVED",
    "100:0:0:1::1, RESERVED",
    "1fff:ffff::, RESERVED",
    "2000::, PUBLIC",
    "2001:1::1, RESERVED",
    "2001:2::1, RESERVED",
    "2001:20::1, RESERVED",
    "2001:1ff:ffff::, RESERVED",
    "2001:200::1, PUBLIC",
    "2001:db7:ffff::1, PUBLIC",
    "2001:db8::1, RESERVED",
    "2001:db9::1, PUBLIC",
    "2606:4700::1111, PUBLIC",
    "3ffe:ffff::1, PUBLIC",
    "3fff::1, RESERVED",
    "3fff:fff:ffff::1, RESERVED",
    "3fff:1000::1, PUBLIC",
    "4000::1, RESERVED",
    "5f00::1, RESERVED",
    "fbff::1, RESERVED",
    "fc00::1, PRIVATE",
    "fd00::1, PRIVATE",
    "fdff:ffff::1, PRIVATE",
    "fe00::1, RESERVED",
    "fe80::1, LINK_LOCAL",
    "febf:ffff::1, LINK_LOCAL",
    "fec0::1, RESERVED",
    "ff00::1, MULTICAST",
    "ff02::1, MULTICAST",
    "fd00:ec2::253, PRIVATE",
    "fd00:ec2::254, METADATA",
    "fd00:ec2::23, METADATA",
    "fd20:ce::254, METADATA",
    "fd00:c1::a9fe:a9fe, METADATA",
    "fd00:42::42, METADATA",
    "fe80::a9fe:a9fe, METADATA",
  })
  void of_ipv6_byTheRegistry(String address, AddressClass expected) {
    assertThat(AddressClass.of(InetAddress.ofLiteral(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "compatible, ::127.0.0.1, LOOPBACK",
    "compatible, ::169.254.169.254, METADATA",
    "compatible, ::8.8.8.8, RESERVED",
    "compatible, ::10.0.0.1, RESERVED",
    "compatible, ::2, UNSPECIFIED",
    "translated, ::ffff:0:127.0.0.1, LOOPBACK",
    "translated, ::ffff:0:8.8.8.8, RESERVED",
    "NAT64, 64:ff9b::8.8.8.8, PUBLIC",
    "NAT64, 64:ff9b::7f00:1, LOOPBACK",
    "NAT64, 64:ff9b::192.168.1.1, PRIVATE",
    "NAT64, 64:ff9b::169.254.169.254, METADATA",
    "NAT64, 64:ff9b::0.0.0.0, UNSPECIFIED",
    "not NAT64, 64:ff9b:0:1::8.8.8.8, RESERVED",
    "local NAT64 /96, 64:ff9b:1::8.8.8.8, PUBLIC",
    "local NAT64 /96, 64:ff9b:1:fffe::10.0.0.1, PRIVATE",
    "local NAT64 /96, 64:ff9b:1::7f00:1, LOOPBACK",
    "local NAT64 /64, 64:ff9b:1:0:a:0:100::, PRIVATE",
    "local NAT64 /64, 64:ff9b:1:0:7f:0:100::, LOOPBACK",
    "local NAT64 /56, 64:ff9b:1:ff0a:1:101::, PRIVATE",
    "local NAT64 /48, 64:ff9b:1:c0a8:1:100::, PRIVATE",
    "local NAT64 /48, 64:ff9b:1:a9fe:a9:fe00::, RESERVED",
    "local NAT64 odd, 64:ff9b:1::ff00:0:7f00:1, LOOPBACK",
    "6to4, 2002:808:808::1, PUBLIC",
    "6to4, 2002:7f00:1::, RESERVED",
    "6to4, 2002:c0a8:101::1, RESERVED",
    "Teredo, 2001:0:4136:e378:8000:63bf:f7f7:f7f7, PUBLIC",
    "Teredo client, 2001:0:4136:e378:8000:63bf:80ff:fffe, RESERVED",
    "Teredo server, 2001:0:7f00:1:8000:63bf:f7f7:f7f7, RESERVED",
    "ISATAP, 2606:4700::5efe:8.8.8.8, PUBLIC",
    "ISATAP, 2606:4700::5efe:127.0.0.1, RESERVED",
    "ISATAP, 2606:4700::200:5efe:192.168.1.1, RESERVED",
    "ISATAP, fe80::5efe:8.8.8.8, LINK_LOCAL",
    "not ISATAP, 2606:4700::100:5efe:127.0.0.1, PUBLIC",
  })
  void of_wrappedIpv4_isLookedInto(String form, String address, AddressClass expected) {
    assertThat(AddressClass.of(InetAddress.ofLiteral(address))).as(form).isEqualTo(expected);
  }

  /** The JDK converts IPv4-mapped addresses to IPv4 when it parses them, but not everywhere. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, LOOPBACK",
    "192.168.1.1, PRIVATE",
    "8.8.8.8, PUBLIC",
    "169.254.169.254, METADATA",
    "0.0.0.0, UNSPECIFIED"
  })
  void of_mappedIpv4_isThatIpv4(String ipv4, AddressClass expected) throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(InetAddress.ofLiteral(ipv4).getAddress(), 0, mapped, 12, 4);
    Inet6Address address = Inet6Address.getByAddress(null, mapped, -1);
    assertThat(AddressClass.of(address)).isEqualTo(expected);
    assertThat(AddressClass.wrappedIn(address)).containsExactly(InetAddress.ofLiteral(ipv4));
  }

  @Test
  void contains_anyPrefix_agreesWithBitByBit() throws UnknownHostException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] network = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(network);
      byte[] address = network.clone();
      int flipped = random.nextInt(network.length * 8);
      address[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
      int bits = random.nextInt(network.length * 8 + 1);
      AddressBlock block = new AddressBlock(InetAddress.getByAddress(network), bits);
      assertThat(block.contains(block.network())).isTrue();
      assertThat(block.contains(InetAddress.getByAddress(address)))
          .as("seed %d: %s, bit %d of %s", seed, block, flipped, Arrays.toString(address))
          .isEqualTo(flipped >= bits);
    }
  }

  @Test
  void contains_otherFamily_never() {
    AddressBlock all = AddressBlock.of("0.0.0.0/0");
    assertThat(all.contains(InetAddress.ofLiteral("1.2.3.4"))).isTrue();
    assertThat(all.contains(InetAddress.ofLiteral("::1"))).isFalse();
    assertThat(AddressBlock.of("::/0").contains(InetAddress.ofLiteral("1.2.3.4"))).isFalse();
  }

  @Test
  void block_prefixTooLong_refused() {
    assertThatThrownBy(() -> AddressBlock.of("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(AddressBlock.of(InetAddress.ofLiteral("::1")).isSingle()).isTrue();
    assertThat(AddressBlock.of("::/127").isSingle()).isFalse();
  }
}
