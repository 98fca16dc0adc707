package streamcache.admin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import streamcache.playback.Request;

/** Tells one content of a file from another, so that two editors do not overwrite each other. */
final class FileTag {

  private static final String NONE = "none";
  private static final String ANY = "*";
  private static final int BYTES = 16;

  private FileTag() {}

  /**
   * @param content empty if there is no file
   */
  static String of(Optional<byte[]> content) {
    return content.map(FileTag::digest).orElse(NONE);
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What a change asks the file to be, without quotes; an asterisk for anything. */
  static String wanted(Request request) throws ApiException {
    String written = request.headers().first("If-Match").orElse("").strip();
    if (written.isEmpty()) {
      throw ApiException.preconditionRequired();
    }
    return written.replace("\"", "");
  }

  static boolean matches(String wanted, Optional<byte[]> content) {
    return wanted.equals(ANY) || wanted.equals(of(content));
  }
}
