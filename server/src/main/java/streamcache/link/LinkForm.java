package streamcache.link;

import java.util.Arrays;
import java.util.Optional;

/** The three ways to write a link; all of them mean the same titles. */
public enum LinkForm {
  /** {@code /u/<base64 of the URL>}: anybody can make and read it. */
  PLAIN("/u/"),
  /** {@code /s/<key><signature>/u/..}: made by whoever has the key, read by anybody. */
  SIGNED("/s/"),
  /** {@code /e/<key><token>}: made and read by whoever has the key. */
  SEALED("/e/");

  private final String start;

  LinkForm(String start) {
    this.start = start;
  }

  /** What the path of such a link begins with. */
  public String start() {
    return start;
  }

  /** The form of a link by the beginning of its path; empty when it is no link. */
  public static Optional<LinkForm> of(String path) {
    return Arrays.stream(values()).filter(form -> path.startsWith(form.start)).findFirst();
  }
}
