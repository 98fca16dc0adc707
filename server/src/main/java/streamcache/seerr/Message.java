package streamcache.seerr;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The texts written to Seerr about a case: for people there, without any address. Pure. */
final class Message {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Message() {}

  static String report(Case about) {
    return text("This title cannot be played: " + about.fault().headline() + ".", about);
  }

  static String comment(Case about) {
    return text("This title still cannot be played: " + about.fault().headline() + ".", about);
  }

  private static String text(String what, Case about) {
    String last =
        about.fault().times().isEmpty()
            ? ""
            : "Last tried: " + TIME.format(about.fault().times().getLast()) + "\n";
    return what
        + "\nFile: "
        + about.subject().name()
        + "\nProvider: "
        + about.subject().host()
        + "\n"
        + last
        + SeerrIssue.SIGN
        + about.id();
  }
}
