package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import streamcache.settings.ValueType.Choice;
import streamcache.settings.ValueType.Flag;
import streamcache.settings.ValueType.Whole;

/** All settings of this version. Constants only. */
public final class SettingsTable {

  /** Filled by the declarations below, in the order in which people read them. */
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<Integer> PORT =
      of("PORT", new Whole(0, 65535), "8080", "TCP port to listen on; 0 lets the system choose");
  static final Setting<String> BIND =
      of("BIND", new ValueType.Host(), "*", "address to listen on; * means all addresses");
  static final Setting<Path> CACHE_DIR =
      computed(
          "CACHE_DIR",
          new ValueType.Folder(),
          "/var/cache/streamcache if writable, else $XDG_CACHE_HOME/streamcache",
          "cache folder; must be empty at the first start; one server at a time");
  static final Setting<Path> CONFIG_DIR =
      computed(
          "CONFIG_DIR",
          new ValueType.Folder(),
          "/etc/streamcache if writable, else $XDG_CONFIG_HOME/streamcache",
          "folder of streamcache.conf and secret.key; cannot be set in that file");
  static final Setting<Long> CACHE_MAX_BYTES =
      computed(
          "CACHE_MAX_BYTES",
          new ValueType.Size("1MiB", "1024TiB"),
          "90 % of the free disk space at the first start",
          "maximum size of the cache on disk, unfinished titles included");
  static final Setting<Long> CACHE_LOW_WATERMARK_BYTES =
      computed(
          "CACHE_LOW_WATERMARK_BYTES",
          new ValueType.Size("1", "1024TiB"),
          "95 % of CACHE_MAX_BYTES",
          "cache size to evict down to once CACHE_MAX_BYTES is exceeded; at most CACHE_MAX_BYTES");
  static final Setting<Long> CACHE_MIN_FREE_BYTES =
      of(
          "CACHE_MIN_FREE_BYTES",
          new ValueType.Size("0", "1024TiB"),
          "2GiB",
          "also evict titles when the disk has less than this free");
  static final Setting<Duration> CACHE_JANITOR_INTERVAL =
      of(
          "CACHE_JANITOR_INTERVAL",
          new ValueType.Time("100ms", "7d"),
          "300s",
          "time between two eviction runs; a write that exceeds the limit starts one at once");
  static final Setting<EvictionPolicy> EVICTION =
      of(
          "EVICTION",
          new Choice<>(EvictionPolicy.class),
          "heads",
          "eviction order: heads keeps the beginning of each title longest, lru removes whole titles by last access");
  static final Setting<Path> ADOPT_FROM =
      computed(
          "ADOPT_FROM",
          new ValueType.Folder(),
          "none",
          "cache folder of the nginx version, whose finished titles are adopted at their first play; see migrating.md");
  static final Setting<Boolean> ADOPT_TRUST =
      of(
          "ADOPT_TRUST",
          new Flag(),
          "0",
          "1 adopts these titles without comparing them with their provider's file");
  static final Setting<Long> PROGRESS_FLUSH_BYTES =
      of(
          "PROGRESS_FLUSH_BYTES",
          new ValueType.Size("4KiB", "1GiB"),
          "256KiB",
          "bytes after which a download records its progress on disk");
  static final Setting<Long> RANGE_TEE_THRESHOLD =
      of(
          "RANGE_TEE_THRESHOLD",
          new ValueType.Size("0", "1024TiB"),
          "20MiB",
          "a first request at or below this offset starts the download at 0; a first request beyond it fetches its own range first");
  static final Setting<Duration> FOLLOWER_WAIT_MAX =
      of(
          "FOLLOWER_WAIT_MAX",
          new ValueType.Time("100ms", "1d"),
          "60s",
          "how long a waiting player is kept without a new byte; every new byte restarts the time");
  static final Setting<Duration> ANSWER_WITHIN =
      of(
          "ANSWER_WITHIN",
          new ValueType.Time("100ms", "10m"),
          "8s",
          "how long a player waits for an answer or an error, unless the provider has accepted the connection and is still silent");
  static final Setting<Duration> FIRST_BYTE_WITHIN =
      of(
          "FIRST_BYTE_WITHIN",
          new ValueType.Time("100ms", "10m"),
          "30s",
          "how long a connected provider may take to send its first byte; the player waits as long");
  static final Setting<Duration> PLACE_WAIT_MAX =
      of(
          "PLACE_WAIT_MAX",
          new ValueType.Time("0s", "10m"),
          "12s",
          "how long a player waits for a free provider connection; the requests of one player for one title count together");
  static final Setting<Duration> RESOLVE_TTL =
      of(
          "RESOLVE_TTL",
          new ValueType.Time("0s", "7d"),
          "10m",
          "how long the target of a provider's redirect is reused while it works; 0 resolves it every time");
  static final Setting<Duration> CACHE_REVALIDATE_INTERVAL =
      of(
          "CACHE_REVALIDATE_INTERVAL",
          new ValueType.Time("0s", "3650d"),
          "12h",
          "age after which the next play of a complete title asks the provider whether the file has changed; 0 never asks");
  static final Setting<Long> LIVE_WINDOW =
      of(
          "LIVE_WINDOW",
          new ValueType.Size("4MiB", "4GiB"),
          "64MiB",
          "how much of a live channel is held in memory for all its viewers; four channels take this much each, more channels less each");
  static final Setting<Integer> PROVIDER_MAX_CONNECTIONS =
      computed(
          "PROVIDER_MAX_CONNECTIONS",
          new Whole(1, 64),
          "1 for Xtream-shaped URLs (/movie/USER/PASS/...), 32 for private and loopback addresses, else 4",
          "maximum connections to one provider account at a time, including closed ones that the provider still counts");
  static final Setting<Integer> COMPLETE_AFTER =
      of(
          "COMPLETE_AFTER",
          new ValueType.Share(),
          "0%",
          "share of a title that must have been watched before the rest is downloaded in the background; 0% downloads every title");
  static final Setting<Boolean> COMPLETE_SCANS =
      of(
          "COMPLETE_SCANS",
          new Flag(),
          "0",
          "1 also downloads titles that a media server's library scan has only probed");
  static final Setting<AdmissionPolicy> ADMISSION =
      of(
          "ADMISSION",
          new Choice<>(AdmissionPolicy.class),
          "first",
          "what to do with another film when the provider's bandwidth is used up: first refuses it with a message, share starts it anyway");
  static final Setting<Boolean> DISABLE_SSL_VERIFY =
      of(
          "DISABLE_SSL_VERIFY",
          new Flag(),
          "0",
          "1 accepts any provider certificate; anyone on the network path can then read and change the data");
  static final Setting<List<EgressEntry>> EGRESS_ALLOW =
      computed(
          "EGRESS_ALLOW",
          new ValueType.Places(),
          "none",
          "addresses and hosts to allow although their kind is blocked; see security.md");
  static final Setting<List<EgressEntry>> EGRESS_DENY =
      computed(
          "EGRESS_DENY",
          new ValueType.Places(),
          "none",
          "addresses and hosts to block; the more specific entry of EGRESS_ALLOW and EGRESS_DENY wins");
  static final Setting<List<EgressEntry>> ALLOWED_HOSTS =
      computed(
          "ALLOWED_HOSTS",
          new ValueType.Places(),
          "any that the address policy permits",
          "the only hosts that links may name");
  static final Setting<RedirectPolicy> ALLOWED_REDIRECTS =
      of(
          "ALLOWED_REDIRECTS",
          new Choice<>(RedirectPolicy.class),
          "any",
          "with ALLOWED_HOSTS, where providers may redirect to: any public host, or only the hosts in the list");
  static final Setting<RequireSigned> REQUIRE_SIGNED =
      of(
          "REQUIRE_SIGNED",
          new Choice<>(RequireSigned.class),
          "public",
          "which clients need signed or sealed links: public means all but loopback and private addresses, off none, always all");
  static final Setting<List<EgressEntry.Block>> TRUSTED_PROXIES =
      computed(
          "TRUSTED_PROXIES",
          new ValueType.Blocks(),
          "none",
          "reverse proxies whose forwarding headers are trusted");
  static final Setting<Path> SECRET_KEY_FILE =
      computed(
          "SECRET_KEY_FILE",
          new ValueType.File(),
          "secret.key in CONFIG_DIR",
          "keys of signed and sealed links, created at the first start; keep the file secret");
  static final Setting<BaseUrl> BASE_URL =
      computed(
          "BASE_URL",
          new ValueType.Web(),
          "http (https with TLS_CERT), the host name and PORT",
          "URL under which players reach this server; new links begin with it, and requests under its path are accepted");
  static final Setting<Path> TLS_CERT =
      computed(
          "TLS_CERT",
          new ValueType.PresentFile(),
          "none: plain HTTP",
          "certificate chain in PEM format; with TLS_KEY the port serves HTTPS; reloaded when the file changes");
  static final Setting<Path> TLS_KEY =
      computed(
          "TLS_KEY",
          new ValueType.PresentFile(),
          "none",
          "private key of TLS_CERT in PEM format (PKCS#8, not encrypted)");
  static final Setting<Duration> CLIENT_IDLE_MAX =
      of(
          "CLIENT_IDLE_MAX",
          new ValueType.Time("1s", "30d"),
          "1h",
          "how long a paused player keeps its connection without reading");
  static final Setting<Integer> CLIENT_STREAMS =
      of(
          "CLIENT_STREAMS",
          new Whole(0, 100_000),
          "200",
          "maximum responses at a time to one client address; more are answered 429; 0 is unlimited");
  static final Setting<Integer> CLIENT_NEW_TITLES =
      of(
          "CLIENT_NEW_TITLES",
          new Whole(0, 100_000),
          "600",
          "maximum new titles a minute from one client address; more are answered 429; 0 is unlimited");
  static final Setting<Duration> HEAD_WITHIN =
      of(
          "HEAD_WITHIN",
          new ValueType.Time("100ms", "10m"),
          "10s",
          "time allowed for sending the request headers; later ones are answered 408");
  static final Setting<Duration> DRAIN_WITHIN =
      of(
          "DRAIN_WITHIN",
          new ValueType.Time("0s", "1d"),
          "5s",
          "how long playbacks may continue after a stop request; container engines kill after 10 s");
  static final Setting<ErrorVideoPolicy> ERROR_VIDEO =
      of(
          "ERROR_VIDEO",
          new Choice<>(ErrorVideoPolicy.class),
          "players",
          "who gets a video that says why a title cannot be played: players only, or all including media servers; off sends an error status instead");
  static final Setting<Path> ERROR_VIDEO_FILE =
      computed(
          "ERROR_VIDEO_FILE",
          new ValueType.PresentFile(),
          "a built-in video for each cause",
          "your own video to send instead of the built-in one");
  static final Setting<Endpoint> SEERR_URL =
      computed(
          "SEERR_URL",
          new ValueType.Callable(/* mayHaveQuery= */ false),
          "none",
          "URL of Seerr (Jellyseerr, Overseerr), which is asked to replace titles that are gone; see seerr.md");
  static final Setting<SecretText> SEERR_API_KEY =
      computed(
          "SEERR_API_KEY",
          new ValueType.Secret(),
          "none",
          "its API key, from Seerr's general settings");
  static final Setting<Integer> SEERR_USER =
      computed(
          "SEERR_USER",
          new Whole(1, 999_999_999),
          "the owner of the key",
          "ID of the Seerr user to act as, with the rights and quotas of that user");
  static final Setting<Boolean> SEERR_DRY_RUN =
      of(
          "SEERR_DRY_RUN",
          new Flag(),
          "0",
          "1 sends nothing to Seerr and records what would have been sent; see streamcache seerr");
  static final Setting<Integer> SEERR_AFTER_FAILURES =
      of(
          "SEERR_AFTER_FAILURES",
          new Whole(1, 100),
          "3",
          "failures after which a title counts as lost; a title that the provider reports as gone counts at once");
  static final Setting<Duration> SEERR_WITHIN =
      of(
          "SEERR_WITHIN",
          new ValueType.Time("1m", "30d"),
          "24h",
          "time within which these failures must happen");
  static final Setting<Integer> SEERR_MAX_PER_HOUR =
      of(
          "SEERR_MAX_PER_HOUR",
          new Whole(1, 1000),
          "10",
          "maximum issues, comments and requests sent to Seerr an hour; more wait");
  static final Setting<Boolean> SEERR_ASK_PROVIDER =
      of(
          "SEERR_ASK_PROVIDER",
          new Flag(),
          "1",
          "1 asks an Xtream panel to identify a film that nothing else identifies; 0 never asks");
  static final Setting<List<Path>> STRM_DIRS =
      computed(
          "STRM_DIRS",
          FolderList.KIND,
          "none",
          "library folders whose names identify films for Seerr; see seerr.md");
  static final Setting<List<Path>> STRM_WRAP =
      computed(
          "STRM_WRAP",
          FolderList.KIND,
          "none",
          "library folders whose .strm files are given links as soon as other programs write them; see library.md");
  static final Setting<Integer> PREWARM_NEXT =
      of(
          "PREWARM_NEXT",
          new ValueType.Share(),
          "0%",
          "share of an episode after which the next one of the library is fetched in the background; 0% never does; see library.md");
  static final Setting<Boolean> PREWARM_NEXT_ALL =
      of(
          "PREWARM_NEXT_ALL",
          new Flag(),
          "0",
          "1 fetches all of that next episode, not only its head and its end");
  static final Setting<Integer> PREWARM_ADDED =
      of(
          "PREWARM_ADDED",
          new Whole(0, 1000),
          "0",
          "maximum titles fetched in the background each night of those added to the library the day before; 0 fetches none");
  static final Setting<Duration> IMPORT_EVERY =
      computed(
          "IMPORT_EVERY",
          new ValueType.Time("1h", "30d"),
          "never",
          "how often the server imports what the [import NAME] blocks of streamcache.conf name; see library.md");
  static final Setting<Duration> IMPORT_PAUSE =
      of(
          "IMPORT_PAUSE",
          new ValueType.Time("0s", "10m"),
          "1s",
          "pause between two requests of an import to an Xtream panel");
  static final Setting<Endpoint> WEBHOOK_URL =
      computed(
          "WEBHOOK_URL",
          new ValueType.Callable(/* mayHaveQuery= */ true),
          "none",
          "URL to post events to as JSON; see webhook.md");
  static final Setting<SecretText> WEBHOOK_SECRET =
      computed(
          "WEBHOOK_SECRET",
          new ValueType.Secret(),
          "none",
          "key that signs the webhook posts; without it they are not signed");
  static final Setting<SecretText> ADMIN_TOKEN =
      computed(
          "ADMIN_TOKEN", new ValueType.Secret(), "made at first start", "key to the API; api.md");
  static final Setting<AdminBind> ADMIN_BIND =
      computed(
          "ADMIN_BIND",
          AdminBind.KIND,
          "PORT serves them",
          "address and port for /admin and /api alone, which PORT then answers with 404; see admin.md");
  static final Setting<Boolean> LOG_VERBOSE =
      of("LOG_VERBOSE", new Flag(), "0", "1 logs more details, such as each request of a player");
  static final Setting<LogFormat> LOG_FORMAT =
      of("LOG_FORMAT", new Choice<>(LogFormat.class), "text", "text for people, json for machines");

  private SettingsTable() {}

  /** All settings, for command-line flags and for documentation. */
  public static List<Setting<?>> all() {
    return ClusterTable.after(ALL);
  }

  private static <T> Setting<T> of(
      String name, ValueType<T> kind, String standard, String meaning) {
    return listed(Setting.of(name, kind, standard, meaning));
  }

  private static <T> Setting<T> computed(
      String name, ValueType<T> kind, String words, String meaning) {
    return listed(Setting.computed(name, kind, words, meaning));
  }

  private static <T> Setting<T> listed(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
