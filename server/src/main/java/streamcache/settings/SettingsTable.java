package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import streamcache.settings.ValueType.Whole;

/** All settings of this version, and the names that it no longer or not yet has. Constants only. */
public final class SettingsTable {

  static final Setting<Integer> PORT =
      Setting.of(
          "PORT", new Whole(0, 65535), "8080", "TCP port to listen on; 0 lets the system choose");
  static final Setting<String> BIND =
      Setting.of("BIND", new ValueType.Host(), "*", "address to listen on; * is all of them");
  static final Setting<Path> CACHE_DIR =
      Setting.computed(
          "CACHE_DIR",
          new ValueType.Folder(),
          "/var/cache/streamcache if writable, else $XDG_CACHE_HOME/streamcache",
          "cache folder; must be empty at the first start; one server at a time");
  static final Setting<Path> CONFIG_DIR =
      Setting.computed(
          "CONFIG_DIR",
          new ValueType.Folder(),
          "/etc/streamcache if writable, else $XDG_CONFIG_HOME/streamcache",
          "folder of streamcache.conf and secret.key; not to be set in that file");
  static final Setting<Long> CACHE_MAX_BYTES =
      Setting.computed(
          "CACHE_MAX_BYTES",
          new ValueType.Size("1MiB", "1024TiB"),
          "90 % of what the disk has free at first start",
          "maximum size of the cache on disk, unfinished titles included");
  static final Setting<Long> CACHE_LOW_WATERMARK_BYTES =
      Setting.computed(
          "CACHE_LOW_WATERMARK_BYTES",
          new ValueType.Size("1", "1024TiB"),
          "95 % of CACHE_MAX_BYTES",
          "cache size to evict down to once CACHE_MAX_BYTES is exceeded; at most CACHE_MAX_BYTES");
  static final Setting<Long> CACHE_MIN_FREE_BYTES =
      Setting.of(
          "CACHE_MIN_FREE_BYTES",
          new ValueType.Size("0", "1024TiB"),
          "2GiB",
          "also evict titles when the disk has less than this free");
  static final Setting<Duration> CACHE_JANITOR_INTERVAL =
      Setting.of(
          "CACHE_JANITOR_INTERVAL",
          new ValueType.Time("100ms", "7d"),
          "300s",
          "time between two eviction runs; a write that exceeds the limit starts one at once");
  static final Setting<StoreSettings.Eviction> EVICTION =
      Setting.of(
          "EVICTION",
          new ValueType.Choice<>(StoreSettings.Eviction.class),
          "heads",
          "eviction order: heads keeps the beginning of each title longest, lru removes whole titles by last access");
  static final Setting<Long> PROGRESS_FLUSH_BYTES =
      Setting.of(
          "PROGRESS_FLUSH_BYTES",
          new ValueType.Size("4KiB", "1GiB"),
          "256KiB",
          "bytes after which a download records its progress on disk");
  static final Setting<Long> RANGE_TEE_THRESHOLD =
      Setting.of(
          "RANGE_TEE_THRESHOLD",
          new ValueType.Size("0", "1024TiB"),
          "20MiB",
          "a first request at or below this offset starts the download at 0; a first request beyond it fetches its own range first");
  static final Setting<Duration> FOLLOWER_WAIT_MAX =
      Setting.of(
          "FOLLOWER_WAIT_MAX",
          new ValueType.Time("100ms", "1d"),
          "60s",
          "how long a waiting player is kept without a new byte; every new byte restarts the time");
  static final Setting<Duration> ANSWER_WITHIN =
      Setting.of(
          "ANSWER_WITHIN",
          new ValueType.Time("100ms", "10m"),
          "8s",
          "how long a player waits for an answer or an error, unless the provider has accepted the connection and is still silent");
  static final Setting<Duration> FIRST_BYTE_WITHIN =
      Setting.of(
          "FIRST_BYTE_WITHIN",
          new ValueType.Time("100ms", "10m"),
          "30s",
          "how long a connected provider may take to send its first byte; the player waits as long");
  static final Setting<Duration> PLACE_WAIT_MAX =
      Setting.of(
          "PLACE_WAIT_MAX",
          new ValueType.Time("0s", "10m"),
          "12s",
          "how long a player waits for a free provider connection; the requests of one player for one title count together");
  static final Setting<Duration> RESOLVE_TTL =
      Setting.of(
          "RESOLVE_TTL",
          new ValueType.Time("0s", "7d"),
          "10m",
          "how long the target of a provider's redirect is reused while it works; 0 resolves it every time");
  static final Setting<Duration> CACHE_REVALIDATE_INTERVAL =
      Setting.of(
          "CACHE_REVALIDATE_INTERVAL",
          new ValueType.Time("0s", "3650d"),
          "12h",
          "age after which the next play of a complete title asks the provider whether the file has changed; 0 never asks");
  static final Setting<Integer> PROVIDER_MAX_CONNECTIONS =
      Setting.computed(
          "PROVIDER_MAX_CONNECTIONS",
          new Whole(1, 64),
          "1 for Xtream-shaped URLs (/movie/USER/PASS/...), else 4",
          "maximum connections to one provider account at a time, including closed ones that the provider still counts");
  static final Setting<Integer> COMPLETE_AFTER =
      Setting.of(
          "COMPLETE_AFTER",
          new ValueType.Share(),
          "0%",
          "share of a title that must have been watched before the rest is downloaded in the background; 0% downloads every title");
  static final Setting<Boolean> COMPLETE_SCANS =
      Setting.of(
          "COMPLETE_SCANS",
          new ValueType.Flag(),
          "0",
          "1 also downloads titles that a media server's library scan has only probed");
  static final Setting<FillSettings.Admission> ADMISSION =
      Setting.of(
          "ADMISSION",
          new ValueType.Choice<>(FillSettings.Admission.class),
          "first",
          "what to do with another film when the provider's bandwidth is used up: first refuses it with a message, share starts it anyway");
  static final Setting<Boolean> DISABLE_SSL_VERIFY =
      Setting.of(
          "DISABLE_SSL_VERIFY",
          new ValueType.Flag(),
          "0",
          "1 accepts any provider certificate; anyone on the network path can then read and change the data");
  static final Setting<List<EgressEntry>> EGRESS_ALLOW =
      Setting.computed(
          "EGRESS_ALLOW",
          new ValueType.Places(),
          "none",
          "addresses and hosts to allow although their kind is blocked; see security.md");
  static final Setting<List<EgressEntry>> EGRESS_DENY =
      Setting.computed(
          "EGRESS_DENY",
          new ValueType.Places(),
          "none",
          "addresses and hosts to block; the more specific entry of EGRESS_ALLOW and EGRESS_DENY wins");
  static final Setting<List<EgressEntry>> ALLOWED_HOSTS =
      Setting.computed(
          "ALLOWED_HOSTS",
          new ValueType.Places(),
          "any that the address policy permits",
          "the only hosts that links may name");
  static final Setting<EgressSettings.Redirects> ALLOWED_REDIRECTS =
      Setting.of(
          "ALLOWED_REDIRECTS",
          new ValueType.Choice<>(EgressSettings.Redirects.class),
          "any",
          "with ALLOWED_HOSTS, where providers may redirect to: any public host, or only the hosts in the list");
  static final Setting<LinkSettings.RequireSigned> REQUIRE_SIGNED =
      Setting.of(
          "REQUIRE_SIGNED",
          new ValueType.Choice<>(LinkSettings.RequireSigned.class),
          "public",
          "which clients need signed or sealed links: public means all but loopback and private addresses, off none, always all");
  static final Setting<List<EgressEntry.Block>> TRUSTED_PROXIES =
      Setting.computed(
          "TRUSTED_PROXIES",
          new ValueType.Blocks(),
          "none",
          "reverse proxies whose forwarding headers are trusted");
  static final Setting<Path> SECRET_KEY_FILE =
      Setting.computed(
          "SECRET_KEY_FILE",
          new ValueType.File(),
          "secret.key in CONFIG_DIR",
          "keys of signed and sealed links, created at the first start; keep the file secret");
  static final Setting<BaseUrl> BASE_URL =
      Setting.computed(
          "BASE_URL",
          new ValueType.Web(),
          "http (https with TLS_CERT), the host name and PORT",
          "URL under which players reach this server; new links begin with it, and requests under its path are accepted");
  static final Setting<Path> TLS_CERT =
      Setting.computed(
          "TLS_CERT",
          new ValueType.PresentFile(),
          "none: plain HTTP",
          "certificate chain in PEM format; with TLS_KEY the port serves HTTPS; reloaded when the file changes");
  static final Setting<Path> TLS_KEY =
      Setting.computed(
          "TLS_KEY",
          new ValueType.PresentFile(),
          "none",
          "private key of TLS_CERT in PEM format (PKCS#8, not encrypted)");
  static final Setting<Duration> CLIENT_IDLE_MAX =
      Setting.of(
          "CLIENT_IDLE_MAX",
          new ValueType.Time("1s", "30d"),
          "1h",
          "how long a paused player keeps its connection without reading");
  static final Setting<Integer> CLIENT_STREAMS =
      Setting.of(
          "CLIENT_STREAMS",
          new Whole(0, 100_000),
          "200",
          "maximum responses at a time to one client address; more are answered 429; 0 is unlimited");
  static final Setting<Integer> CLIENT_NEW_TITLES =
      Setting.of(
          "CLIENT_NEW_TITLES",
          new Whole(0, 100_000),
          "600",
          "maximum new titles a minute from one client address; more are answered 429; 0 is unlimited");
  static final Setting<Duration> HEAD_WITHIN =
      Setting.of(
          "HEAD_WITHIN",
          new ValueType.Time("100ms", "10m"),
          "10s",
          "time allowed for sending the request headers; later ones are answered 408");
  static final Setting<Duration> DRAIN_WITHIN =
      Setting.of(
          "DRAIN_WITHIN",
          new ValueType.Time("0s", "1d"),
          "5s",
          "how long playbacks may continue after a stop request; container engines kill after 10 s");
  static final Setting<TroubleSettings.ErrorVideo> ERROR_VIDEO =
      Setting.of(
          "ERROR_VIDEO",
          new ValueType.Choice<>(TroubleSettings.ErrorVideo.class),
          "players",
          "who gets a video that says why a title cannot be played: players only, or all including media servers; off sends an error status instead");
  static final Setting<Path> ERROR_VIDEO_FILE =
      Setting.computed(
          "ERROR_VIDEO_FILE",
          new ValueType.PresentFile(),
          "made for each cause",
          "your own video to send instead of the built-in one");
  static final Setting<Endpoint> SEERR_URL =
      Setting.computed(
          "SEERR_URL",
          new ValueType.Callable(/* mayHaveQuery= */ false),
          "none",
          "URL of Seerr (Jellyseerr, Overseerr), which is asked to replace titles that are gone; see seerr.md");
  static final Setting<SecretText> SEERR_API_KEY =
      Setting.computed(
          "SEERR_API_KEY",
          new ValueType.Secret(),
          "none",
          "its API key, from Seerr's general settings");
  static final Setting<Integer> SEERR_USER =
      Setting.computed(
          "SEERR_USER",
          new Whole(1, 999_999_999),
          "the owner of the key",
          "ID of the Seerr user to act as, with the rights and quotas of that user");
  static final Setting<Boolean> SEERR_DRY_RUN =
      Setting.of(
          "SEERR_DRY_RUN",
          new ValueType.Flag(),
          "0",
          "1 sends nothing to Seerr and records what would have been sent; see streamcache seerr");
  static final Setting<Integer> SEERR_AFTER_FAILURES =
      Setting.of(
          "SEERR_AFTER_FAILURES",
          new Whole(1, 100),
          "3",
          "failures after which a title counts as lost; a title that the provider reports as gone counts at once");
  static final Setting<Duration> SEERR_WITHIN =
      Setting.of(
          "SEERR_WITHIN",
          new ValueType.Time("1m", "30d"),
          "24h",
          "time within which these failures must happen");
  static final Setting<Integer> SEERR_MAX_PER_HOUR =
      Setting.of(
          "SEERR_MAX_PER_HOUR",
          new Whole(1, 1000),
          "10",
          "maximum issues, comments and requests sent to Seerr an hour; more wait");
  static final Setting<Boolean> SEERR_ASK_PROVIDER =
      Setting.of(
          "SEERR_ASK_PROVIDER",
          new ValueType.Flag(),
          "1",
          "1 asks an Xtream panel which film a link is when nothing else tells; 0 never asks");
  static final Setting<List<Path>> STRM_DIRS =
      Setting.computed(
          "STRM_DIRS",
          FolderList.KIND,
          "none",
          "library folders whose names tell Seerr which film a link is; see seerr.md");
  static final Setting<Endpoint> WEBHOOK_URL =
      Setting.computed(
          "WEBHOOK_URL",
          new ValueType.Callable(/* mayHaveQuery= */ true),
          "none",
          "URL to post events to as JSON; see webhook.md");
  static final Setting<SecretText> WEBHOOK_SECRET =
      Setting.computed(
          "WEBHOOK_SECRET",
          new ValueType.Secret(),
          "none",
          "key that signs the webhook posts; without it they are not signed");
  static final Setting<Boolean> LOG_VERBOSE =
      Setting.of(
          "LOG_VERBOSE",
          new ValueType.Flag(),
          "0",
          "1 logs more details, such as players that stop reading");
  static final Setting<LogSettings.Format> LOG_FORMAT =
      Setting.of(
          "LOG_FORMAT",
          new ValueType.Choice<>(LogSettings.Format.class),
          "text",
          "text for people, json for machines");

  /** In the order in which people read them. */
  private static final List<Setting<?>> ALL =
      List.of(
          PORT,
          BIND,
          CACHE_DIR,
          CONFIG_DIR,
          CACHE_MAX_BYTES,
          CACHE_LOW_WATERMARK_BYTES,
          CACHE_MIN_FREE_BYTES,
          CACHE_JANITOR_INTERVAL,
          EVICTION,
          PROGRESS_FLUSH_BYTES,
          RANGE_TEE_THRESHOLD,
          FOLLOWER_WAIT_MAX,
          ANSWER_WITHIN,
          FIRST_BYTE_WITHIN,
          PLACE_WAIT_MAX,
          RESOLVE_TTL,
          CACHE_REVALIDATE_INTERVAL,
          PROVIDER_MAX_CONNECTIONS,
          COMPLETE_AFTER,
          COMPLETE_SCANS,
          ADMISSION,
          DISABLE_SSL_VERIFY,
          EGRESS_ALLOW,
          EGRESS_DENY,
          ALLOWED_HOSTS,
          ALLOWED_REDIRECTS,
          REQUIRE_SIGNED,
          TRUSTED_PROXIES,
          SECRET_KEY_FILE,
          BASE_URL,
          TLS_CERT,
          TLS_KEY,
          CLIENT_IDLE_MAX,
          CLIENT_STREAMS,
          CLIENT_NEW_TITLES,
          HEAD_WITHIN,
          DRAIN_WITHIN,
          ERROR_VIDEO,
          ERROR_VIDEO_FILE,
          SEERR_URL,
          SEERR_API_KEY,
          SEERR_USER,
          SEERR_DRY_RUN,
          SEERR_AFTER_FAILURES,
          SEERR_WITHIN,
          SEERR_MAX_PER_HOUR,
          SEERR_ASK_PROVIDER,
          STRM_DIRS,
          WEBHOOK_URL,
          WEBHOOK_SECRET,
          LOG_VERBOSE,
          LOG_FORMAT);

  /** Settings of the seed that are no longer needed: name to what replaces them. */
  static final Map<String, String> REPLACED =
      Map.of(
          "FOLLOWER_POLL_MS", "players are woken by every write; nothing is polled",
          "FOLLOWER_MIN_BYTES", "players get the first byte as soon as it is there",
          "FOLLOWER_START_WAIT_MS", "players wait for the first byte itself, at most ANSWER_WITHIN",
          "CLIENT_FLUSH_BYTES", "bytes are sent as soon as they are there, at the player's pace",
          "TOTALS_TTL_SECS", "the length of a title is kept with its bytes",
          "TMP_RETENTION_SECS",
              "unfinished downloads are kept and resumed, CACHE_MAX_BYTES counts them",
          "SUFFIX_EXT_ENABLED", "a name behind the link is always understood");

  /** Settings of the seed that have another name here; the name in the table wins. */
  static final Map<String, SeedAlias> ALIASES =
      Map.of("UPSTREAM_READ_TIMEOUT_MS", new SeedAlias(FIRST_BYTE_WITHIN, "ms"));

  /** Settings of later versions; setting one causes a warning that it has no effect. */
  static final Set<String> LATER = Set.of("ADMIN_TOKEN");

  private SettingsTable() {}

  /** All settings, for command-line flags and for documentation. */
  public static List<Setting<?>> all() {
    return ALL;
  }
}
