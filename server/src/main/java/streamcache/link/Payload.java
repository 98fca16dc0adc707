package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sealed content as text: a line with the URL, then {@code x=<unix seconds>} if it expires,
 * then {@code live=1} if the link says that the title has no end, then {@code verifypeer=false} if
 * it asks not to verify the certificate, then a line {@code name=value} for each header, then
 * {@code text=<base64>} if the link was made from a text that does not follow from these. Equal
 * content yields equal text. Pure.
 *
 * @param text what the link was made from, letter by letter, so that it can be restored
 */
record Payload(Original original, String text, Optional<Instant> expires) {

  private static final String EXPIRY = "x";
  private static final String LIVE = "live";
  private static final String VERIFY = "verifypeer";
  private static final String TEXT = "text";

  /** A payload that keeps the text that {@code original} was parsed from. */
  static Payload of(String text, Original original, Optional<Instant> expires) {
    return new Payload(original, text.strip(), expires);
  }

  /** A payload of which nobody needs the text. */
  static Payload of(Original original) {
    return new Payload(original, original.text(), Optional.empty());
  }

  byte[] encode() {
    StringBuilder out = new StringBuilder(original.url().reveal());
    expires.ifPresent(when -> line(out, EXPIRY, Long.toString(when.getEpochSecond())));
    if (original.isLive()) {
      line(out, LIVE, "1");
    }
    if (original.isUnverified()) {
      line(out, VERIFY, "false");
    }
    new TreeMap<>(original.headers()).forEach((name, value) -> line(out, name, value));
    if (!text.equals(original.text())) {
      line(out, TEXT, SealedLinks.encoded(text.getBytes(StandardCharsets.UTF_8)));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append('\n').append(name).append('=').append(value);
  }

  static Payload decode(byte[] bytes) throws BadLink {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    Map<String, String> headers = new HashMap<>();
    Optional<Instant> expires = Optional.empty();
    boolean isLive = false;
    boolean isUnverified = false;
    Optional<String> text = Optional.empty();
    for (int at = 1; at < lines.length; at++) {
      int equals = lines[at].indexOf('=');
      String name = lines[at].substring(0, Math.max(0, equals));
      String value = lines[at].substring(equals + 1);
      if (name.equals(EXPIRY)) {
        expires = Optional.of(time(value));
      } else if (name.equals(LIVE)) {
        isLive = value.equals("1");
      } else if (name.equals(VERIFY)) {
        isUnverified = value.equals("false");
      } else if (name.equals(TEXT)) {
        text = Optional.of(LinkCodec.text(value));
      } else if (KodiSuffix.mayBeSent(name, value)) {
        headers.put(name, value);
      } else {
        // An unknown line may be a condition; to skip it could grant more than the link allows.
        throw new BadLink(
            "This link was made by a newer version of Streamcache; update this server.");
      }
    }
    Original original = new Original(HttpUrl.parse(lines[0]), headers, isLive, isUnverified);
    return new Payload(original, text.orElseGet(original::text), expires);
  }

  /** Parses a time as written in links. */
  static Instant time(String seconds) throws BadLink {
    try {
      return Instant.ofEpochSecond(Long.parseLong(seconds));
    } catch (NumberFormatException | DateTimeException e) {
      throw new BadLink("The time after ';x=' in the link is not a Unix time in seconds.");
    }
  }
}
