package streamcache.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of value that a setting takes: how it is parsed, and how messages say what is allowed.
 * Pure.
 *
 * @param <T> the parsed value
 */
public sealed interface ValueType<T> {

  /** The value, or empty if the text is not allowed. */
  Optional<T> parse(String text);

  /** What is allowed, worded to follow "expected". */
  String allowed();

  /** What is allowed, for a column of a table. */
  default String brief() {
    return allowed();
  }

  /** The unit of a number without one; empty text if there is none. */
  default String bareUnit() {
    return "";
  }

  /** A number of bytes; both limits are inclusive and written as a person would write them. */
  record Size(String least, String most) implements ValueType<Long> {
    @Override
    public Optional<Long> parse(String text) {
      return Quantity.parse(text, Quantity.SIZES)
          .filter(bytes -> bytes >= bytes(least) && bytes <= bytes(most));
    }

    @Override
    public String allowed() {
      return "a size from " + least + " to " + most + ", such as 500GB, 20MiB or a number of bytes";
    }

    @Override
    public String brief() {
      return least + " to " + most;
    }

    @Override
    public String bareUnit() {
      return "bytes";
    }

    private static long bytes(String text) {
      return Quantity.parse(text, Quantity.SIZES).orElseThrow();
    }
  }

  /** A duration; both limits are inclusive. */
  record Time(String least, String most) implements ValueType<Duration> {
    @Override
    public Optional<Duration> parse(String text) {
      return Quantity.parse(text, Quantity.TIMES)
          .filter(millis -> millis >= millis(least) && millis <= millis(most))
          .map(Duration::ofMillis);
    }

    @Override
    public String allowed() {
      return "a time from "
          + least
          + " to "
          + most
          + ", such as 250ms, 60s, 4h, 1d or a number of seconds";
    }

    @Override
    public String brief() {
      return least + " to " + most;
    }

    @Override
    public String bareUnit() {
      return "seconds";
    }

    private static long millis(String text) {
      return Quantity.parse(text, Quantity.TIMES).orElseThrow();
    }
  }

  /** A whole number; both limits are inclusive. */
  record Whole(int least, int most) implements ValueType<Integer> {
    @Override
    public Optional<Integer> parse(String text) {
      if (!text.matches("[0-9]{1,9}")) {
        return Optional.empty();
      }
      return Optional.of(Integer.parseInt(text))
          .filter(number -> number >= least && number <= most);
    }

    @Override
    public String allowed() {
      return "a number from " + least + " to " + most;
    }
  }

  /** An address or name to listen on, without a port; an asterisk becomes empty text, for all. */
  record Host() implements ValueType<String> {
    private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern IPV6 =
        Pattern.compile(
            "\\[?([0-9A-Fa-f.]*:[0-9A-Fa-f.]*:" + "[0-9A-Fa-f.:]*(?:%[A-Za-z0-9._-]+)?)]?");

    @Override
    public Optional<String> parse(String text) {
      if (text.equals("*")) {
        return Optional.of("");
      }
      if (NAME_OR_IPV4.matcher(text).matches()) {
        return Optional.of(text);
      }
      var ipv6 = IPV6.matcher(text);
      return ipv6.matches() ? Optional.of(ipv6.group(1)) : Optional.empty();
    }

    @Override
    public String allowed() {
      return "an address or host name without a port, such as 127.0.0.1 or ::1, or * for all";
    }
  }

  /** A list of addresses, blocks and hosts, each with an optional port. */
  record Places() implements ValueType<List<EgressEntry>> {
    @Override
    public Optional<List<EgressEntry>> parse(String text) {
      return EgressEntry.parseAll(text);
    }

    @Override
    public String allowed() {
      return "a comma-separated list of addresses, CIDR blocks and host names, such as"
          + " 10.0.0.0/8, [fd00::/8]:80, nas.lan:8080, *.example.org";
    }

    @Override
    public String brief() {
      return "addresses, CIDR blocks, host names or globs, each with an optional port";
    }
  }

  /** A list of addresses and blocks. */
  record Blocks() implements ValueType<List<EgressEntry.Block>> {
    @Override
    public Optional<List<EgressEntry.Block>> parse(String text) {
      return EgressEntry.parseAll(text).flatMap(Blocks::only);
    }

    private static Optional<List<EgressEntry.Block>> only(List<EgressEntry> entries) {
      List<EgressEntry.Block> blocks = new ArrayList<>();
      for (EgressEntry entry : entries) {
        if (entry.port().isPresent() || !(entry.place() instanceof EgressEntry.Block block)) {
          return Optional.empty();
        }
        blocks.add(block);
      }
      return Optional.of(blocks);
    }

    @Override
    public String allowed() {
      return "a comma-separated list of addresses and CIDR blocks, such as 172.18.0.2,"
          + " 10.0.0.0/8, fd00::/8";
    }

    @Override
    public String brief() {
      return "addresses or CIDR blocks";
    }
  }

  /** A URL under which players reach the server. */
  record Web() implements ValueType<BaseUrl> {
    @Override
    public Optional<BaseUrl> parse(String text) {
      return BaseUrl.parse(text);
    }

    @Override
    public String allowed() {
      return "an http or https URL, optionally with a path other than /u, /s or /e, such as"
          + " https://films.example.org or http://nas:8080/films";
    }

    @Override
    public String brief() {
      return "an http or https URL, optionally with a path";
    }
  }

  /**
   * The URL of a program that is called.
   *
   * @param mayHaveQuery whether it may end in a query
   */
  record Callable(boolean mayHaveQuery) implements ValueType<Endpoint> {
    @Override
    public Optional<Endpoint> parse(String text) {
      return Endpoint.parse(text, mayHaveQuery);
    }

    @Override
    public String allowed() {
      return "an http or https URL without user and password, such as "
          + (mayHaveQuery ? "https://example.org/hook?id=1" : "http://nas:5055");
    }

    @Override
    public String brief() {
      return "an http or https URL";
    }
  }

  /** A password or key, as it is sent. */
  record Secret() implements ValueType<SecretText> {
    @Override
    public Optional<SecretText> parse(String text) {
      return text.matches("[!-~]{1,1024}") ? Optional.of(new SecretText(text)) : Optional.empty();
    }

    @Override
    public String allowed() {
      return "up to 1024 printable ASCII characters without spaces";
    }

    @Override
    public String brief() {
      return "printable ASCII without spaces";
    }
  }

  /** A folder, which need not exist yet. */
  record Folder() implements ValueType<Path> {
    @Override
    public Optional<Path> parse(String text) {
      try {
        return Optional.of(Path.of(text).toAbsolutePath().normalize());
      } catch (InvalidPathException notAPath) {
        return Optional.empty();
      }
    }

    @Override
    public String allowed() {
      return "the path of a folder";
    }
  }

  /** A file, which need not exist yet. */
  record File() implements ValueType<Path> {
    @Override
    public Optional<Path> parse(String text) {
      return new Folder().parse(text);
    }

    @Override
    public String allowed() {
      return "the path of a file";
    }
  }

  /** A file that exists and can be read. */
  record PresentFile() implements ValueType<Path> {
    @Override
    public Optional<Path> parse(String text) {
      return new Folder()
          .parse(text)
          .filter(path -> Files.isRegularFile(path) && Files.isReadable(path));
    }

    @Override
    public String allowed() {
      return "the path of a readable file";
    }
  }

  /** One of a few words. */
  record Choice<E extends Enum<E>>(Class<E> words) implements ValueType<E> {
    @Override
    public Optional<E> parse(String text) {
      return Arrays.stream(words.getEnumConstants())
          .filter(word -> word.name().equalsIgnoreCase(text))
          .findFirst();
    }

    @Override
    public String allowed() {
      return Arrays.stream(words.getEnumConstants())
          .map(word -> word.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
  }

  /** A part of a whole, in percent. */
  record Share() implements ValueType<Integer> {
    @Override
    public Optional<Integer> parse(String text) {
      return new Whole(0, 100).parse(text.replaceFirst("\\s*%$", ""));
    }

    @Override
    public String allowed() {
      return "a percentage from 0% to 100%";
    }

    @Override
    public String brief() {
      return "0% to 100%";
    }
  }

  /** A value that a class of its own parses. */
  record Form<T>(Function<String, Optional<T>> reader, String allowed, String brief)
      implements ValueType<T> {
    @Override
    public Optional<T> parse(String text) {
      return reader.apply(text);
    }
  }

  /** On or off. */
  record Flag() implements ValueType<Boolean> {
    @Override
    public Optional<Boolean> parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "1", "true", "yes", "on" -> Optional.of(true);
        case "0", "false", "no", "off" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String allowed() {
      return "1 or 0 (also true or false, yes or no, on or off)";
    }

    @Override
    public String brief() {
      return "1 or 0";
    }
  }
}
