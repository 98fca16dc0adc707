package streamcache.origin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import streamcache.link.AccountId;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.settings.EgressSettings;
import streamcache.settings.FillSettings;
import streamcache.settings.RedirectPolicy;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;

/** Shorthands for the values that tests of the origin need. */
final class Fetches {

  static final Duration GENEROUS = Duration.ofSeconds(10);
  static final Timeouts PATIENT =
      new Timeouts(
          GENEROUS, GENEROUS, GENEROUS, GENEROUS, GENEROUS, GENEROUS, GENEROUS.multipliedBy(3));

  /** Permits everything, for tests of other matters. */
  static final AddressPolicy OPEN = (_, addresses) -> addresses;

  /** For tests that wait for a time-out. */
  static final Timeouts HASTY =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          GENEROUS);

  private Fetches() {}

  static HttpOrigin origin() {
    return origin(PATIENT, OPEN);
  }

  static HttpOrigin origin(Timeouts timeouts, AddressPolicy policy) {
    return origin(timeouts, policy, /* verifyTls= */ true);
  }

  static HttpOrigin origin(Timeouts timeouts, AddressPolicy policy, boolean verifyTls) {
    return origin(new Network(policy, Resolver.SYSTEM, timeouts), verifyTls);
  }

  static HttpOrigin origin(ProviderProfiles profiles) {
    return origin(new Network(OPEN, Resolver.SYSTEM, PATIENT), /* verifyTls= */ true, profiles);
  }

  static HttpOrigin origin(Network network, boolean verifyTls) {
    return origin(network, verifyTls, ProviderProfiles.inMemory(InstantSource.system()));
  }

  /** An origin that asks every provider for closed ranges of this many bytes. */
  static HttpOrigin closedRanges(long size) {
    try {
      Path folder = Files.createTempDirectory("streamcache-fetches");
      Files.writeString(
          folder.resolve("streamcache.conf"), "[provider *]\nRANGE_SIZE = " + size + "\n");
      FillSettings settings =
          Settings.load(Map.of("CONFIG_DIR", folder.toString()), Map.of()).fill();
      return new HttpOrigin(
          settings,
          new Network(OPEN, Resolver.SYSTEM, PATIENT),
          "Streamcache/test",
          ProviderProfiles.inMemory(InstantSource.system()));
    } catch (IOException | SettingsException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpOrigin origin(Network network, boolean verifyTls, ProviderProfiles profiles) {
    FillSettings settings =
        new FillSettings(
            20 << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(8),
            Duration.ofMinutes(10),
            /* providerMaxConnections= */ OptionalInt.empty(),
            verifyTls,
            new EgressSettings(List.of(), List.of(), List.of(), RedirectPolicy.ANY));
    return new HttpOrigin(settings, network, "Streamcache/test", profiles);
  }

  static Fetch whole(String url) {
    return from(url, 0);
  }

  static Fetch from(String url, long start) {
    return fetch(link(url, Map.of()), start, OptionalLong.empty());
  }

  static Fetch range(String url, long start, long end) {
    return fetch(link(url, Map.of()), start, OptionalLong.of(end));
  }

  static Fetch with(String url, Map<String, String> linkHeaders) {
    return fetch(link(url, linkHeaders), 0, OptionalLong.empty());
  }

  /** A fetch for a trusted client. */
  private static Fetch fetch(Link link, long start, OptionalLong end) {
    return new Fetch(
        link,
        start,
        end,
        /* ifRange= */ Optional.empty(),
        /* playerHeaders= */ Map.of(),
        /* isTrusted= */ true);
  }

  /** The same for a client that may not reach private networks. */
  static Fetch untrusted(Fetch fetch) {
    return new Fetch(
        fetch.link(),
        fetch.start(),
        fetch.end(),
        fetch.ifRange(),
        fetch.playerHeaders(),
        /* isTrusted= */ false);
  }

  static Link link(String url, Map<String, String> headers) {
    String host = url.replaceFirst("https?://([^/]*).*", "$1");
    HttpUrl parsed = url(url);
    return new Link(parsed, parsed, key(url), new AccountId(host), headers, "film.mkv");
  }

  static HttpUrl url(String url) {
    try {
      return HttpUrl.parse(url);
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }

  static TitleKey key(String url) {
    CRC32 digest = new CRC32();
    digest.update(url.getBytes(StandardCharsets.UTF_8));
    String letters = Long.toString(digest.getValue(), 26).toLowerCase(Locale.ROOT);
    StringBuilder key = new StringBuilder();
    letters.chars().forEach(c -> key.append((char) (c < 'a' ? c - '0' + 'q' : c)));
    return new TitleKey((key + "a".repeat(26)).substring(0, 26));
  }

  /** All bytes of an upstream up to its clean end, through a direct buffer. */
  static byte[] drain(Upstream upstream) throws OriginException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    byte[] all = new byte[0];
    while (upstream.read(buffer.clear()) >= 0) {
      int size = all.length;
      all = Arrays.copyOf(all, size + buffer.flip().remaining());
      buffer.get(all, size, all.length - size);
    }
    return all;
  }

  /** Why a fetch cannot be opened. */
  static Failure failure(HttpOrigin origin, Fetch fetch) {
    try (Upstream upstream = origin.open(fetch)) {
      throw new AssertionError("opened: " + upstream.facts());
    } catch (OriginException e) {
      return e.failure();
    }
  }

  /** Why the body of an opened fetch cannot be read to its end. */
  static Failure bodyFailure(HttpOrigin origin, Fetch fetch) throws OriginException {
    Upstream upstream = origin.open(fetch);
    try (upstream) {
      drain(upstream);
    } catch (OriginException e) {
      return e.failure();
    }
    throw new AssertionError("body read to its end: " + upstream.facts());
  }
}
