package streamcache.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * The door of the room: reads links of every form and makes them. What is refused is refused with a
 * sentence that holds nothing of the link; which of the checks failed cannot be told by the time it
 * took. Any thread, never blocks.
 */
public final class Links {

  private static final String AGAIN = " make it anew with 'streamcache link URL'.";

  private final KeyRing keys;
  private final KeyRules rules;
  private final LinkCodec plain;
  private final SignedLinks signed;
  private final SealedLinks sealed;

  /** Every letter of a URL counts. */
  public Links(KeyRing keys) {
    this(keys, KeyRules.NONE);
  }

  /**
   * @param rules what of URLs tells titles apart
   */
  public Links(KeyRing keys, KeyRules rules) {
    this.keys = keys;
    this.rules = rules;
    this.plain = new LinkCodec(rules);
    this.signed = new SignedLinks(keys, rules);
    this.sealed = new SealedLinks(keys, rules);
  }

  /**
   * Reads a link; whether it has expired is for the caller to ask.
   *
   * @param path of a request, from {@code /u/}, {@code /s/} or {@code /e/} on, without its query
   * @throws BadLink with a sentence for whoever made the link
   */
  public OpenedLink open(String path) throws BadLink {
    if (path.length() > LinkCodec.LONGEST_PATH) {
      throw LinkCodec.tooLong();
    }
    LinkForm form =
        LinkForm.of(path)
            .orElseThrow(() -> new BadLink("A link begins with /u/, /s/ or /e/;" + AGAIN));
    return switch (form) {
      case PLAIN -> plainLink(path);
      case SIGNED -> signed.open(path);
      case SEALED -> sealed.open(path);
    };
  }

  /**
   * Makes the path of a link.
   *
   * @param text a URL, possibly with Kodi's suffix
   * @param expires whole seconds count; a plain link cannot expire
   * @throws BadLink the URL is of no use, or there is no key for this form
   */
  public String make(LinkForm form, String text, Optional<Instant> expires) throws BadLink {
    Original original = Original.parse(text);
    String name = escaped(DisplayName.of("", original));
    return switch (form) {
      case PLAIN -> {
        if (expires.isPresent()) {
          throw new BadLink("A plain link cannot expire; make a signed or a sealed one.");
        }
        yield LinkForm.PLAIN.start() + plain.encode(text) + "/" + name;
      }
      case SIGNED -> signed.path(newest(), plain.encode(text), expires, name);
      case SEALED -> sealed.path(newest(), new Payload(original, expires)) + "/" + name;
    };
  }

  /**
   * The title that a line of a {@code .strm} file stands for: a link of any form behind any
   * address, expired or not, or the provider's own URL; empty when it is neither.
   */
  public Optional<TitleKey> titleOf(String line) {
    String text = line.strip();
    try {
      if (StrmLine.isLink(text)) {
        return Optional.of(open(StrmLine.path(text)).link().key());
      }
    } catch (BadLink notOurs) {
      // A provider may have folders of these names.
    }
    try {
      return Optional.of(Original.parse(text).link("", rules).key());
    } catch (BadLink noUrl) {
      return Optional.empty();
    }
  }

  private OpenedLink plainLink(String path) throws BadLink {
    Link link = plain.decode(path.substring(LinkForm.PLAIN.start().length()));
    return new OpenedLink(link, LinkForm.PLAIN, Optional.empty(), Optional.empty());
  }

  private LinkKey newest() throws BadLink {
    return keys.newest().orElseThrow(Links::noKeys);
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static BadLink noKeys() {
    return new BadLink(
        "This server has no key for signed and sealed links; what it said at its start tells why.");
  }

  static BadLink unknownKey() {
    return new BadLink("This link was made with a key that this server does not have;" + AGAIN);
  }

  static BadLink changed() {
    return new BadLink(
        "This link was changed or cut short on its way here; copy it again, or" + AGAIN);
  }
}
