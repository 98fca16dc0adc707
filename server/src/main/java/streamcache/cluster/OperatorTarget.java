package streamcache.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.playback.Request;

/**
 * The target of an operator's request on its way to another node. It holds what is to be signed
 * beside the method: what the operator may do, and the digest of the body.
 *
 * @param mayOperate whether the operator may change anything
 * @param digest SHA-256 of the body
 * @param target as the operator wrote it
 */
record OperatorTarget(boolean mayOperate, String digest, String target) {

  private static final String PREFIX = "/operator/";
  private static final Pattern WRITTEN =
      Pattern.compile(PREFIX + "(read|operate)/([0-9a-f]{64})(/api/.*)");

  static OperatorTarget of(Request request, boolean mayOperate) {
    return new OperatorTarget(mayOperate, digest(request.body()), request.target());
  }

  static boolean concerns(String target) {
    return target.startsWith(PREFIX);
  }

  String written() {
    return PREFIX + (mayOperate ? "operate" : "read") + "/" + digest + target;
  }

  /** Empty if the request is none of an operator, or has another body. */
  static Optional<OperatorTarget> in(Request request) {
    Matcher parts = WRITTEN.matcher(request.target());
    return parts.matches() && parts.group(2).equals(digest(request.body()))
        ? Optional.of(
            new OperatorTarget(parts.group(1).equals("operate"), parts.group(2), parts.group(3)))
        : Optional.empty();
  }

  private static String digest(String body) {
    try {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
