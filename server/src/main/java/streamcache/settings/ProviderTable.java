package streamcache.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a provider block of streamcache.conf, in the order in which people read them. */
public final class ProviderTable {

  /** Filled by the declarations below. */
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<Integer> MAX_CONNECTIONS =
      key(
          "MAX_CONNECTIONS",
          new ValueType.Whole(1, 64),
          "PROVIDER_MAX_CONNECTIONS",
          "maximum number of connections per account");
  static final Setting<String> ACCOUNT =
      key(
          "ACCOUNT",
          new ValueType.Form<>(
              ProviderTable::account,
              "up to 64 letters, digits, dots, hyphens or underscores",
              "name"),
          "the host's own",
          "name of the account; all hosts with this name share its connections");
  static final Setting<Duration> COOL_DOWN =
      key(
          "COOL_DOWN",
          new ValueType.Time("0s", "5m"),
          "learned",
          "how long the provider counts a connection after it was closed");
  static final Setting<String> AGENT =
      key(
          "AGENT",
          new ValueType.Form<>(
              ProviderTable::agent, "up to 512 printable ASCII characters", "text"),
          "the player's own",
          "User-Agent sent to the provider; a User-Agent in a link takes precedence");
  static final Setting<ExtraHeader> HEADER =
      key(
          "HEADER",
          new ValueType.Form<>(
              ExtraHeader::parse,
              "Name: value in ASCII, for a header that does not concern framing, ranges or"
                  + " proxies; set the User-Agent with AGENT",
              "Name: value; may be given several times"),
          "none",
          "header sent to the provider and its redirects; Authorization and Cookie to the host of the link only");
  static final Setting<Set<String>> DROP_PARAMETERS =
      key(
          "DROP_PARAMETERS",
          new ValueType.Form<>(
              ProviderTable::parameters,
              "names of query parameters, separated by commas; not username, which identifies the"
                  + " account",
              "names of query parameters"),
          "none",
          "query parameters that do not identify a title, such as tokens and times");
  static final Setting<Boolean> NO_RANGE =
      key(
          "NO_RANGE",
          new ValueType.Flag(),
          "0",
          "1 requests whole files only, for a provider that sends wrong bytes for ranges");
  static final Setting<Boolean> TRUST_VALIDATORS =
      key(
          "TRUST_VALIDATORS",
          new ValueType.Flag(),
          "learned",
          "0 ignores ETag and Last-Modified and compares bytes; 1 takes a different one for another file");

  static final Setting<Long> RANGE_SIZE =
      key(
          "RANGE_SIZE",
          new ValueType.Size("1MiB", "1GiB"),
          "none",
          "requests closed ranges of this size, for a provider that throttles open ranges");
  static final Setting<Long> RATE_LIMIT =
      key(
          "RATE_LIMIT",
          new ValueType.Size("16KiB", "100GiB"),
          "none",
          "bytes per second for all connections of an account together");
  static final Setting<Long> FILL_RATE_LIMIT =
      key(
          "FILL_RATE_LIMIT",
          new ValueType.Size("16KiB", "100GiB"),
          "none",
          "bytes per second for background fills of an account");
  static final Setting<Long> FILL_QUOTA =
      key(
          "FILL_QUOTA",
          new ValueType.Size("0", "1024TiB"),
          "none",
          "bytes per day for background fills; 0 disables them");
  static final Setting<DayHours> FILL_HOURS =
      key(
          "FILL_HOURS",
          new ValueType.Form<>(
              DayHours::parse,
              "two different times of day joined by a hyphen, such as 01:00-07:30",
              "such as 01:00-07:30"),
          "always",
          "time of day for background fills, in this machine's time zone");
  static final Setting<Integer> COMPLETE_AFTER =
      key(
          "COMPLETE_AFTER",
          new ValueType.Share(),
          "COMPLETE_AFTER",
          "share of a title that must have been watched before the rest is fetched in the background");
  static final Setting<AdmissionPolicy> ADMISSION =
      key(
          "ADMISSION",
          new ValueType.Choice<>(AdmissionPolicy.class),
          "ADMISSION",
          "what happens to another film when the bandwidth does not suffice for all");
  static final Setting<Proxy> PROXY =
      key(
          "PROXY",
          new ValueType.Form<>(
              Proxy::parse,
              "http://host:port or socks5://host:port, optionally with user:password@ before the host",
              "http:// or socks5:// URL"),
          "none",
          "proxy for the provider and its redirects");
  static final Setting<Boolean> DISABLE_SSL_VERIFY =
      key(
          "DISABLE_SSL_VERIFY",
          new ValueType.Flag(),
          "DISABLE_SSL_VERIFY",
          "1 accepts any certificate from these hosts, even when a redirect leads to them");
  static final Setting<Boolean> TLS_LEGACY =
      key(
          "TLS_LEGACY",
          new ValueType.Flag(),
          "0",
          "1 also permits RSA key exchange and TLS 1.0 and 1.1 to these hosts");
  static final Setting<ErrorVideoPolicy> ERROR_VIDEO =
      key(
          "ERROR_VIDEO",
          new ValueType.Choice<>(ErrorVideoPolicy.class),
          "ERROR_VIDEO",
          "which clients get a video that says why a title cannot be played");

  /** Names that people look for but that need no setting, and why. */
  static final Map<String, String> NEEDLESS =
      Map.of("NO_HEAD", "no HEAD request is ever sent to a provider");

  private static final int LONGEST_AGENT = 512;

  private ProviderTable() {}

  /** All keys, for documentation. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Setting<T> key(
      String name, ValueType<T> kind, String standard, String meaning) {
    Setting<T> key = Setting.computed(name, kind, standard, meaning);
    ALL.add(key);
    return key;
  }

  private static Optional<String> agent(String text) {
    boolean isFit = text.length() <= LONGEST_AGENT && text.matches("[\\x20-\\x7e]+");
    return isFit ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> account(String text) {
    return text.matches("[A-Za-z0-9._-]{1,64}") ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Set<String>> parameters(String text) {
    Set<String> names = new TreeSet<>(Arrays.asList(text.strip().split("[,\\s]+", -1)));
    boolean isFit =
        names.stream().allMatch(name -> name.matches("[A-Za-z0-9_.~\\[\\]-]{1,64}"))
            && !names.contains("username");
    return isFit ? Optional.of(Set.copyOf(names)) : Optional.empty();
  }
}
