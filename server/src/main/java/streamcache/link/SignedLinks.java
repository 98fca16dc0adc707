package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes {@code /s/<key><signature>/u/<base64>[;x=<unix seconds>][/<name>.<ext>]}. The
 * signature is the first half of an HMAC-SHA256 over {@code "v1\0"} and everything after the
 * signature, the name included. Any thread.
 *
 * <p>Proxies and players rewrite escapes ({@code %28} for a parenthesis), so a signature over the
 * decoded text is valid as well, and only the decoded text is parsed.
 */
final class SignedLinks {

  private static final int SIGNATURE_BYTES = 16;

  /** The base64 length of {@link #SIGNATURE_BYTES}. */
  private static final int SIGNATURE_LETTERS = 22;

  private static final byte[] VERSION = {'v', '1', 0};

  /** Only the URL-safe alphabet: with a slash the end of the base64 would be ambiguous. */
  private static final Pattern SIGNED =
      Pattern.compile("/u/([A-Za-z0-9_-]+)=*(?:;x=([^/;]*))?((?:/.*)?)", Pattern.DOTALL);

  private final KeyRing keys;
  private final KeyRules rules;

  SignedLinks(KeyRing keys, KeyRules rules) {
    this.keys = keys;
    this.rules = rules;
  }

  /**
   * @param name cosmetic, percent-encoded; empty for none
   */
  String path(LinkKey key, String base64, Optional<Instant> expires, String name) {
    String expiry = expires.map(when -> ";x=" + when.getEpochSecond()).orElse("");
    String signed = LinkForm.PLAIN.start() + base64 + expiry + (name.isEmpty() ? "" : "/" + name);
    String signature = SealedLinks.encoded(signature(key, Percent.octets(signed)));
    return LinkForm.SIGNED.start() + key.id() + signature + signed;
  }

  OpenedLink open(String path) throws BadLink {
    String rest = path.substring(LinkForm.SIGNED.start().length());
    int slash = rest.indexOf('/');
    String element = slash < 0 ? rest : rest.substring(0, slash);
    String signed = rest.substring(element.length());
    byte[] raw = signed.getBytes(StandardCharsets.ISO_8859_1);
    boolean hasEscapes = signed.indexOf('%') >= 0;
    byte[] read = hasEscapes ? Percent.octets(signed, StandardCharsets.ISO_8859_1) : raw;
    // A truncated link, or one with an unknown key, takes the same path and time as any other.
    Optional<LinkKey> named = element.isEmpty() ? Optional.empty() : keys.find(element.charAt(0));
    LinkKey key = named.or(keys::newest).orElseThrow(Links::noKeys);
    boolean isRaw = isSignature(key, element, raw);
    boolean isRead = isSignature(key, element, read);
    if (named.isEmpty()) {
      throw Links.unknownKey();
    }
    if (!isRaw && !isRead) {
      throw Links.changed();
    }
    Matcher parts = SIGNED.matcher(new String(read, StandardCharsets.UTF_8));
    if (!parts.matches()) {
      throw new BadLink(
          "The signed part of the link is not /u/ and the URL-safe base64 of a URL; make the"
              + " link with 'streamcache link --signed URL'.");
    }
    Optional<Instant> expires = Optional.empty();
    if (parts.group(2) != null) {
      expires = Optional.of(Payload.time(parts.group(2)));
    }
    String name = parts.group(3).isEmpty() ? "" : signed.substring(signed.lastIndexOf('/') + 1);
    String text = LinkCodec.text(parts.group(1));
    Link link = Original.parse(text).link(name, rules);
    return new OpenedLink(link, text, LinkForm.SIGNED, expires, Optional.of(key.id()));
  }

  private static boolean isSignature(LinkKey key, String element, byte[] signed) {
    return MessageDigest.isEqual(signature(key, signed), written(element));
  }

  private static byte[] signature(LinkKey key, byte[] signed) {
    byte[] text = Arrays.copyOf(VERSION, VERSION.length + signed.length);
    System.arraycopy(signed, 0, text, VERSION.length, signed.length);
    return key.signatures().of(text, SIGNATURE_BYTES);
  }

  /** The signature in the link; one that cannot match if it is truncated or not base64. */
  private static byte[] written(String element) {
    try {
      return element.length() == 1 + SIGNATURE_LETTERS
          ? Base64.getUrlDecoder().decode(element.substring(1))
          : new byte[SIGNATURE_BYTES - 1];
    } catch (IllegalArgumentException notBase64) {
      return new byte[SIGNATURE_BYTES - 1];
    }
  }
}
