package streamcache.link;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads and writes plain links, {@code /u/<base64 of a URL>[/<name>.<ext>]}. All spellings of one
 * URL yield the same title. Any thread.
 */
public final class LinkCodec {

  private static final String ADVICE =
      " make the link with 'streamcache link URL'; a name after it needs an extension, as in"
          + " /Film.mkv.";

  /** Room for the escaped base64 of the longest URL and a name; a longer path is not parsed. */
  static final int LONGEST_PATH = 6 * HttpUrl.LONGEST;

  private final KeyRules rules;

  /** Every character of a URL counts. */
  public LinkCodec() {
    this(KeyRules.NONE);
  }

  LinkCodec(KeyRules rules) {
    this.rules = rules;
  }

  /**
   * @param pathBehindU what follows {@code /u/} in the request target, without the query,
   *     percent-escapes as received
   * @throws BadLink with a message for the person who made the link
   */
  public Link decode(String pathBehindU) throws BadLink {
    return read(pathBehindU).link();
  }

  /** As {@link #decode}, with the text that the link was made from. */
  Decoded read(String pathBehindU) throws BadLink {
    if (pathBehindU.length() > LONGEST_PATH) {
      throw tooLong();
    }
    LinkPath.Reading reading = LinkPath.read(pathBehindU);
    String text = text(reading.base64());
    return new Decoded(Original.parse(text).link(reading.name(), rules), text);
  }

  /**
   * A plain link that was read.
   *
   * @param text what it was made from; holds secrets
   */
  record Decoded(Link link, String text) {

    @Override
    public String toString() {
      return "Decoded[" + link + "]";
    }
  }

  /**
   * The text to put after {@code /u/}: URL-safe base64 without padding. Does not validate the URL;
   * {@link #decode} of the result does.
   */
  public String encode(String url) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(url.strip().getBytes(StandardCharsets.UTF_8));
  }

  static BadLink tooLong() {
    return new BadLink("The link is longer than 16 KiB; use a shorter URL.");
  }

  /** Decodes text from URL-safe base64, with or without padding. */
  static String text(String base64) throws BadLink {
    if (base64.isEmpty()) {
      throw new BadLink("There is nothing after /u/;" + ADVICE);
    }
    try {
      byte[] octets = Base64.getUrlDecoder().decode(base64);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (IllegalArgumentException notBase64) {
      throw new BadLink("The base64 after /u/ is truncated or invalid;" + ADVICE);
    } catch (CharacterCodingException notText) {
      throw new BadLink("The base64 after /u/ is not that of a URL in UTF-8;" + ADVICE);
    }
  }
}
