package streamcache.link;

import java.net.InetAddress;

/**
 * A CIDR block of one family, IPv4 or IPv6. Pure; any thread.
 *
 * @param network an address in the block; bits after the prefix are ignored
 * @param bits length of the prefix, 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record AddressBlock(InetAddress network, int bits) {

  public AddressBlock {
    if (bits < 0 || bits > length(network)) {
      throw new IllegalArgumentException("a prefix of " + bits + " bits");
    }
  }

  /** The block of a single address. */
  public static AddressBlock of(InetAddress single) {
    return new AddressBlock(single, length(single));
  }

  /** Parses a constant such as {@code 10.0.0.0/8}; the settings parse what people write. */
  static AddressBlock of(String written) {
    int slash = written.indexOf('/');
    return new AddressBlock(
        InetAddress.ofLiteral(written.substring(0, slash)),
        Integer.parseInt(written.substring(slash + 1)));
  }

  /** Always false for an address of the other family, whatever it embeds. */
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int unlike = (mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & 0xff;
      int beyond = Math.max(0, bit + Byte.SIZE - bits);
      if (unlike >> beyond != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the block is a single address. */
  public boolean isSingle() {
    return bits == length(network);
  }

  private static int length(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }
}
