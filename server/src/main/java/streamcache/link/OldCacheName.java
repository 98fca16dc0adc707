package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file name of a title in the cache of the nginx version: the MD5 of its URL as it was written
 * in the link, without white space around it. Pure.
 */
final class OldCacheName {

  private OldCacheName() {}

  /**
   * The possible names, the most likely first. A link does not keep how blanks and letters outside
   * of ASCII were written, so that a URL with escapes has two.
   */
  static List<String> of(HttpUrl url) {
    String written = url.reveal();
    String start = written.substring(0, written.length() - url.target().length());
    return Stream.of(written, start + Percent.decode(url.target()))
        .distinct()
        .map(OldCacheName::md5)
        .toList();
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has MD5", impossible);
    }
  }
}
