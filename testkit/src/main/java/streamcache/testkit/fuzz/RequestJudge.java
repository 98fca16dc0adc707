package streamcache.testkit.fuzz;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * States what must result from the bytes a client sends: RFC 9112 and the contract, as patterns
 * over text. Deliberately slow and simple, so that it can be compared with the listener, which is
 * neither.
 */
public final class RequestJudge {

  private static final int LONGEST_TARGET = 16 << 10;
  private static final int LONGEST_LINE = LONGEST_TARGET + 64;
  private static final int LONGEST_FIELDS = 32 << 10;
  private static final int MOST_LINES = 100;
  private static final int MOST_EMPTY_LINES = 4;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([^\\x00-\\x20\\x7f]+) HTTP/([0-9])\\.([0-9])");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*?)[ \\t]*");
  private static final Pattern METHOD = Pattern.compile("(" + TOKEN + ") .*", Pattern.DOTALL);
  private static final String NAME = "[A-Za-z0-9.\\-_~!$&'()*+;=]";
  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[(?:(?<ipv6>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)|[vV][0-9A-Fa-f]+\\.(?:"
              + NAME
              + "|:)+)]|(?:"
              + NAME
              + "|%[0-9A-Fa-f]{2})+)(?::(?<port>[0-9]{0,5}))?");
  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final String bytes;
  private int at;

  private RequestJudge(String bytes) {
    this.bytes = bytes;
  }

  /**
   * @param latin1 everything the client sends on one connection
   * @return one verdict for each required response; the first verdict that does not keep the
   *     connection alive ends the list
   */
  public static List<Verdict> judge(String latin1) {
    RequestJudge judge = new RequestJudge(latin1);
    List<Verdict> verdicts = new ArrayList<>();
    while (verdicts.isEmpty() || verdicts.getLast().keepsAlive()) {
      Verdict next = judge.next();
      if (next == null) {
        break;
      }
      verdicts.add(next);
    }
    return verdicts;
  }

  /**
   * Returns the next verdict; null if the rest is not a whole head and nothing is wrong with it
   * yet.
   */
  private @Nullable Verdict next() {
    for (int empty = 0; bytes.startsWith("\r\n", at); empty++) {
      if (empty == MOST_EMPTY_LINES) {
        return Verdict.refused("", false);
      }
      at += 2;
    }
    if (at == bytes.length()) {
      return null;
    }
    if (!bytes.substring(at, at + 1).matches(TOKEN + "|\r")) {
      return Verdict.refused("", false);
    }
    List<String> lines = new ArrayList<>();
    int start = at;
    int fields = 0;
    while (true) {
      int feed = bytes.indexOf('\n', at);
      int end = feed < 0 ? bytes.length() : feed + 1;
      boolean isTooLong =
          lines.isEmpty()
              ? end - start > LONGEST_LINE
              : lines.size() > MOST_LINES + 1 || end - fields > LONGEST_FIELDS;
      if (isTooLong) {
        return Verdict.refused("", false);
      }
      if (feed < 0) {
        return null;
      }
      if (feed == at || bytes.charAt(feed - 1) != '\r') {
        return Verdict.refused("", false);
      }
      String line = bytes.substring(at, feed - 1);
      at = end;
      if (line.isEmpty()) {
        return judge(lines);
      }
      lines.add(line);
      fields = lines.size() == 1 ? end : fields;
    }
  }

  private static Verdict judge(List<String> lines) {
    Matcher request = REQUEST_LINE.matcher(lines.getFirst());
    Matcher begun = METHOD.matcher(lines.getFirst());
    String method = begun.matches() ? begun.group(1) : "";
    Verdict closing = Verdict.refused(method, false);
    if (!request.matches() || request.group(2).length() > LONGEST_TARGET) {
      return closing;
    }
    List<String> hosts = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    List<String> codings = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        return closing;
      }
      switch (field.group(1).toLowerCase(Locale.ROOT)) {
        case "host" -> hosts.add(field.group(2));
        case "content-length" -> lengths.add(field.group(2));
        case "transfer-encoding" -> codings.add(field.group(2));
        case "connection" -> options.addAll(elements(field.group(2)));
        default -> {}
      }
    }
    boolean isNew = !request.group(4).equals("0");
    boolean isWrong =
        !request.group(3).equals("1")
            || hosts.size() > 1
            || (isNew && hosts.isEmpty())
            || !hosts.stream().allMatch(RequestJudge::isHost)
            || lengths.size() > 1
            || !lengths.stream().allMatch(length -> length.matches("[0-9]+"))
            || (!codings.isEmpty() && !lengths.isEmpty())
            || (!codings.isEmpty() && !isNew)
            || codings.size() > 1
            || !codings.stream().allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"));
    if (isWrong) {
      return closing;
    }
    boolean hasBody = !codings.isEmpty() || !lengths.stream().allMatch(one -> one.matches("0+"));
    boolean keeps =
        !hasBody && !options.contains("close") && (isNew || options.contains("keep-alive"));
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Verdict.refused(method, keeps);
    }
    return hasBody ? closing : target(method, request.group(2), keeps);
  }

  private static Verdict target(String method, String written, boolean keeps) {
    if (written.startsWith("/")) {
      return Verdict.served(method, written.replaceFirst("^/+", "/"), keeps);
    }
    Matcher absolute = ABSOLUTE.matcher(written);
    if (!absolute.matches() || !isHost(absolute.group(1))) {
      return Verdict.refused(method, false);
    }
    String rest = absolute.group(2);
    return Verdict.served(method, ("/" + rest).replaceFirst("^/+", "/"), keeps);
  }

  private static boolean isHost(String written) {
    Matcher host = HOST.matcher(written);
    if (!host.matches()) {
      return false;
    }
    String port = host.group("port");
    int number = port == null || port.isEmpty() ? 80 : Integer.parseInt(port);
    return number > 0
        && number < 65536
        && (host.group("ipv6") == null || isIpv6(host.group("ipv6")));
  }

  private static boolean isIpv6(String text) {
    try {
      return Inet6Address.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  private static List<String> elements(String value) {
    List<String> elements = new ArrayList<>();
    for (String element : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      elements.add(element.strip());
    }
    return elements;
  }
}
