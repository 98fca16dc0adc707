package streamcache.link;

import java.util.Arrays;
import java.util.Optional;

/** The three forms of a link; all of them identify the same titles. */
public enum LinkForm {
  /** {@code /u/<base64 of the URL>}: anyone can make and read it. */
  PLAIN("/u/"),
  /** {@code /s/<key><signature>/u/..}: made only with the key, read by anyone. */
  SIGNED("/s/"),
  /** {@code /e/<key><token>}: made and read only with the key. */
  SEALED("/e/");

  private final String start;

  LinkForm(String start) {
    this.start = start;
  }

  /** The beginning of the path of such a link. */
  public String start() {
    return start;
  }

  /** The form of a link by the beginning of its path; empty if it is not a link. */
  public static Optional<LinkForm> of(String path) {
    return Arrays.stream(values()).filter(form -> path.startsWith(form.start)).findFirst();
  }
}
