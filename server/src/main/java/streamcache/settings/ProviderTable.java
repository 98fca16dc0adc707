package streamcache.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys that a provider block of streamcache.conf may set, in the order people read them. */
public final class ProviderTable {

  static final Setting<Integer> MAX_CONNECTIONS =
      key(
          "MAX_CONNECTIONS",
          new ValueType.Whole(1, 64),
          "PROVIDER_MAX_CONNECTIONS",
          "connections an account may have at once");
  static final Setting<Duration> COOL_DOWN =
      key(
          "COOL_DOWN",
          new ValueType.Time("0s", "5m"),
          "learned",
          "how long the provider counts a connection that was closed");
  static final Setting<String> AGENT =
      key(
          "AGENT",
          new ValueType.Form<>(ProviderTable::agent, "up to 512 letters of ASCII", "text"),
          "the player's own",
          "User-Agent the provider sees; one written into a link wins over it");
  static final Setting<ExtraHeader> HEADER =
      key(
          "HEADER",
          new ValueType.Form<>(
              ExtraHeader::parse,
              "Name: value in ASCII, for a header that is not about framing, ranges or proxies;"
                  + " the agent has a key of its own",
              "Name: value; may stand several times"),
          "none",
          "sent to the host of the link and to no other");
  static final Setting<Set<String>> DROP_PARAMETERS =
      key(
          "DROP_PARAMETERS",
          new ValueType.Form<>(
              ProviderTable::parameters,
              "a list of names of query parameters with commas between, without username, which"
                  + " tells accounts apart",
              "names of query parameters"),
          "none",
          "what does not tell one title from another, such as tokens and times");
  static final Setting<Boolean> NO_RANGE =
      key(
          "NO_RANGE",
          new ValueType.Flag(),
          "0",
          "1 asks for whole files only: for a provider that answers ranges with wrong bytes");
  static final Setting<Long> RATE_LIMIT =
      key(
          "RATE_LIMIT",
          new ValueType.Size("16KiB", "100GiB"),
          "none",
          "bytes a second of all connections of an account together");
  static final Setting<Long> FILL_RATE_LIMIT =
      key(
          "FILL_RATE_LIMIT",
          new ValueType.Size("16KiB", "100GiB"),
          "none",
          "the same for what is fetched in the background only");
  static final Setting<Long> FILL_QUOTA =
      key(
          "FILL_QUOTA",
          new ValueType.Size("0", "1024TiB"),
          "none",
          "bytes a day that may be fetched in the background; 0 is nothing");
  static final Setting<DayHours> FILL_HOURS =
      key(
          "FILL_HOURS",
          new ValueType.Form<>(
              DayHours::parse,
              "two different times of day with a minus between, such as 01:00-07:30",
              "such as 01:00-07:30"),
          "always",
          "when anything may be fetched in the background, by the clock of this machine");
  static final Setting<Integer> COMPLETE_AFTER =
      key(
          "COMPLETE_AFTER",
          new ValueType.Share(),
          "COMPLETE_AFTER",
          "share of a title that must have been watched before the rest is fetched");
  static final Setting<FillSettings.Admission> ADMISSION =
      key(
          "ADMISSION",
          new ValueType.Choice<>(FillSettings.Admission.class),
          "ADMISSION",
          "what becomes of another film when the line does not carry all");
  static final Setting<Proxy> PROXY =
      key(
          "PROXY",
          new ValueType.Form<>(
              Proxy::parse,
              "http://host:port or socks5://host:port, perhaps with user:password@ before the host",
              "http:// or socks5:// address"),
          "none",
          "what the provider and its redirects are reached through");
  static final Setting<Boolean> DISABLE_SSL_VERIFY =
      key(
          "DISABLE_SSL_VERIFY",
          new ValueType.Flag(),
          "DISABLE_SSL_VERIFY",
          "1 accepts any certificate of these hosts, also when a redirect leads to them");
  static final Setting<TroubleSettings.ErrorVideo> ERROR_VIDEO =
      key(
          "ERROR_VIDEO",
          new ValueType.Choice<>(TroubleSettings.ErrorVideo.class),
          "ERROR_VIDEO",
          "who is shown a video that says why a title cannot be played");

  private static final List<Setting<?>> ALL =
      List.of(
          MAX_CONNECTIONS,
          COOL_DOWN,
          AGENT,
          HEADER,
          DROP_PARAMETERS,
          NO_RANGE,
          RATE_LIMIT,
          FILL_RATE_LIMIT,
          FILL_QUOTA,
          FILL_HOURS,
          COMPLETE_AFTER,
          ADMISSION,
          PROXY,
          DISABLE_SSL_VERIFY,
          ERROR_VIDEO);

  /** Names that people look for but that need no setting, and why. */
  static final Map<String, String> NEEDLESS =
      Map.of("NO_HEAD", "no provider is ever asked with HEAD");

  private static final int LONGEST_AGENT = 512;

  private ProviderTable() {}

  /** All keys, for documentation. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  private static <T> Setting<T> key(
      String name, ValueType<T> kind, String standard, String meaning) {
    return Setting.computed(name, kind, standard, meaning);
  }

  private static Optional<String> agent(String text) {
    boolean isFit = text.length() <= LONGEST_AGENT && text.matches("[\\x20-\\x7e]+");
    return isFit ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Set<String>> parameters(String text) {
    Set<String> names = new TreeSet<>(Arrays.asList(text.strip().split("[,\\s]+", -1)));
    boolean isFit =
        names.stream().allMatch(name -> name.matches("[A-Za-z0-9_.~\\[\\]-]{1,64}"))
            && !names.contains("username");
    return isFit ? Optional.of(Set.copyOf(names)) : Optional.empty();
  }
}
