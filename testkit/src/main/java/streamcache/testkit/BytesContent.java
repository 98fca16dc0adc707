package streamcache.testkit;

/** A few bytes in memory: the body of a status answer, or a playlist. */
final class BytesContent implements Content {

  private final byte[] bytes;

  BytesContent(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void fill(long offset, byte[] target, int from, int count) {
    System.arraycopy(bytes, Math.toIntExact(offset), target, from, count);
  }

  @Override
  public String origin(byte[] actual, int from, int count) {
    return "";
  }
}
