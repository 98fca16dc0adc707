package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Seals the original of a title for its sidecar and opens it again, so that the title can be
 * completed after a restart and shown to its owner. Without the key the text is opaque. Any thread.
 */
public final class Originals {

  /** Tells a person and {@code streamcache link --open} what the text is. */
  private static final String START = "original:";

  private final KeyRing keys;
  private final KeyRules rules;

  public Originals(KeyRing keys) {
    this(keys, KeyRules.NONE);
  }

  public Originals(KeyRing keys, KeyRules rules) {
    this.keys = keys;
    this.rules = rules;
  }

  /** Empty if there is no key. */
  public Optional<String> seal(Link link) {
    return keys.newest().map(key -> START + key.id() + sealed(key, link));
  }

  /** Whether the text is a sealed original, readable or not. */
  public static boolean isSealed(String text) {
    return text.startsWith(START);
  }

  /**
   * @throws BadLink if the text was changed, or its key is gone
   */
  public OpenedLink open(String text) throws BadLink {
    String body = text.startsWith(START) ? text.substring(START.length()) : "";
    if (body.isEmpty()) {
      throw Links.changed();
    }
    LinkKey key = keys.find(body.charAt(0)).orElseThrow(Links::unknownKey);
    byte[] bytes =
        decoded(body.substring(1)).flatMap(key.originals()::open).orElseThrow(Links::changed);
    Payload payload = Payload.decode(bytes);
    return new OpenedLink(
        payload.original().link("", rules),
        payload.text(),
        LinkForm.SEALED,
        Optional.empty(),
        Optional.of(key.id()));
  }

  private static String sealed(LinkKey key, Link link) {
    byte[] text = Payload.of(Original.of(link)).encode();
    return SealedLinks.encoded(key.originals().close(text));
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
