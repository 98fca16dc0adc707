package streamcache.link;

import java.util.Base64;
import java.util.Optional;

/**
 * Reads and writes {@code /e/<key><token>[/<name>.<ext>]}: the token is a sealed {@link Payload} in
 * URL-safe base64. The name is cosmetic. Any thread.
 */
final class SealedLinks {

  private final KeyRing keys;
  private final KeyRules rules;

  SealedLinks(KeyRing keys, KeyRules rules) {
    this.keys = keys;
    this.rules = rules;
  }

  /** The path without a name. */
  String path(LinkKey key, Payload payload) {
    byte[] token = key.links().close(payload.encode());
    return LinkForm.SEALED.start() + key.id() + encoded(token);
  }

  OpenedLink open(String path) throws BadLink {
    String rest = path.substring(LinkForm.SEALED.start().length());
    int slash = rest.indexOf('/');
    String first = slash < 0 ? rest : rest.substring(0, slash);
    int dot = first.indexOf('.');
    String element = dot < 0 ? first : first.substring(0, dot);
    // A link with an unknown key or invalid base64 takes the same path and time as any other.
    Optional<LinkKey> named = element.isEmpty() ? Optional.empty() : keys.find(element.charAt(0));
    LinkKey key = named.or(keys::newest).orElseThrow(Links::noKeys);
    Optional<byte[]> text = key.links().open(decoded(element));
    if (named.isEmpty()) {
      throw Links.unknownKey();
    }
    Payload payload = Payload.decode(text.orElseThrow(Links::changed));
    String name = rest.substring(Math.max(element.length(), rest.lastIndexOf('/') + 1));
    return new OpenedLink(
        payload.original().link(name, rules),
        payload.text(),
        LinkForm.SEALED,
        payload.expires(),
        Optional.of(key.id()));
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes after the letter of the key; empty if the text is not base64. */
  private static byte[] decoded(String element) {
    try {
      return element.isEmpty() ? new byte[0] : Base64.getUrlDecoder().decode(element.substring(1));
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
