package streamcache.link;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The entry point of this package: reads and makes links of every form. The message of a rejection
 * quotes nothing from the link, and its timing does not reveal which check failed. Any thread;
 * never blocks.
 */
public final class Links {

  private static final String AGAIN = " make a new one with 'streamcache link URL'.";

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=_-]*");

  private final KeyRing keys;
  private final KeyRules rules;
  private final LinkCodec plain;
  private final SignedLinks signed;
  private final SealedLinks sealed;

  /** Every character of a URL counts. */
  public Links(KeyRing keys) {
    this(keys, KeyRules.NONE);
  }

  /**
   * @param rules which parts of URLs do not distinguish titles
   */
  public Links(KeyRing keys, KeyRules rules) {
    this.keys = keys;
    this.rules = rules;
    this.plain = new LinkCodec(rules);
    this.signed = new SignedLinks(keys, rules);
    this.sealed = new SealedLinks(keys, rules);
  }

  /**
   * Reads a link. The caller checks whether it has expired.
   *
   * @param path of a request, beginning with {@code /u/}, {@code /s/} or {@code /e/}, without the
   *     query
   * @throws BadLink with a message for the person who made the link
   */
  public OpenedLink open(String path) throws BadLink {
    if (path.length() > LinkCodec.LONGEST_PATH) {
      throw LinkCodec.tooLong();
    }
    LinkForm form =
        LinkForm.of(path)
            .orElseThrow(() -> new BadLink("A link must begin with /u/, /s/ or /e/;" + AGAIN));
    return switch (form) {
      case PLAIN -> plainLink(path);
      case SIGNED -> signed.open(withoutEmptyElements(path));
      case SEALED -> sealed.open(withoutEmptyElements(path));
    };
  }

  /**
   * These forms have no slash of the base64, so that one too many is none of theirs. A signature
   * covers the path without it.
   */
  private static String withoutEmptyElements(String path) {
    String merged = path.contains("//") ? path.replaceAll("/{2,}", "/") : path;
    boolean isLonger = merged.length() > LinkForm.SIGNED.start().length();
    return isLonger && merged.endsWith("/") ? merged.substring(0, merged.length() - 1) : merged;
  }

  /**
   * Makes the path of a link. A sealed one is the same for every spelling of a URL.
   *
   * @param text a URL, optionally with a Kodi suffix
   * @param expires when the link expires, in whole seconds; a plain link cannot expire
   * @throws BadLink if the URL cannot be used, a plain link is to expire, or there is no key for
   *     this form
   */
  public String make(LinkForm form, String text, Optional<Instant> expires) throws BadLink {
    Original original = Original.parse(text);
    return make(form, new Payload(original, original.text(), expires), text, "");
  }

  /**
   * Makes the path of a link from which the text can be restored, letter by letter.
   *
   * @param title what the displayed name begins with, such as the name of the {@code .strm} file
   *     without its extension; the extension of the URL follows. Empty for the name in the URL
   * @throws BadLink as the other method
   */
  public String makeRestorable(LinkForm form, String text, String title, Optional<Instant> expires)
      throws BadLink {
    return make(form, Payload.of(text, Original.parse(text), expires), text, title);
  }

  private String make(LinkForm form, Payload payload, String text, String title) throws BadLink {
    Optional<Instant> expires = payload.expires();
    String name = Percent.encodeAll(DisplayName.titled(title, payload.original()));
    return switch (form) {
      case PLAIN -> {
        if (expires.isPresent()) {
          throw new BadLink("A plain link cannot expire; make a signed or a sealed one.");
        }
        String ending = distinct(name);
        yield LinkForm.PLAIN.start() + plain.encode(text) + (ending.isEmpty() ? "" : "/" + ending);
      }
      case SIGNED -> signed.path(newest(), plain.encode(text), expires, distinct(name));
      case SEALED -> sealed.path(newest(), payload) + "/" + name;
    };
  }

  /**
   * What a URL identifies, as a link made from it would.
   *
   * @param text a URL, optionally with a Kodi suffix
   * @throws BadLink if the URL cannot be used
   */
  public Link of(String text) throws BadLink {
    return Original.parse(text).link("", rules);
  }

  /** The letter of the key that new links are made with; empty if there is no key. */
  public Optional<Character> newestKey() {
    return keys.newest().map(LinkKey::id);
  }

  /**
   * The title that a line of a {@code .strm} file identifies. The line is a link of any form after
   * any address, expired or not, or the provider's own URL; empty if it is neither.
   */
  public Optional<TitleKey> titleOf(String line) {
    String text = line.strip();
    try {
      if (StrmLine.isLink(text)) {
        return Optional.of(open(StrmLine.path(text)).link().key());
      }
    } catch (BadLink notOurs) {
      // A provider's own URL may have folders with these names.
    }
    try {
      return Optional.of(of(text).key());
    } catch (BadLink noUrl) {
      return Optional.empty();
    }
  }

  private OpenedLink plainLink(String path) throws BadLink {
    LinkCodec.Decoded decoded = plain.read(path.substring(LinkForm.PLAIN.start().length()));
    return new OpenedLink(
        decoded.link(), decoded.text(), LinkForm.PLAIN, Optional.empty(), Optional.empty());
  }

  private LinkKey newest() throws BadLink {
    return keys.newest().orElseThrow(Links::noKeys);
  }

  /**
   * The name unless all of it could be base64: after a slash it would be read as part of the URL.
   */
  private static String distinct(String name) {
    return BASE64.matcher(Percent.decode(name)).matches() ? "" : name;
  }

  static BadLink noKeys() {
    return new BadLink(
        "This server has no key for signed and sealed links; its messages at startup say why.");
  }

  static BadLink unknownKey() {
    return new BadLink("This link was made with a key that this server does not have;" + AGAIN);
  }

  static BadLink changed() {
    return new BadLink("This link was changed or truncated; copy it again, or" + AGAIN);
  }
}
