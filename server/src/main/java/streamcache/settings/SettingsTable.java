package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All settings of this version, and what became of those it does not have. Constants only. */
public final class SettingsTable {

  static final Setting<Integer> PORT =
      Setting.of(
          "PORT",
          new Kind.Whole(0, 65535),
          "8080",
          "TCP port to listen on; 0 lets the system choose");
  static final Setting<String> BIND =
      Setting.of("BIND", new Kind.Host(), "*", "address to listen on; * is all of them");
  static final Setting<Path> CACHE_DIR =
      Setting.computed(
          "CACHE_DIR",
          new Kind.Folder(),
          "/var/cache/streamcache if writable, else $XDG_CACHE_HOME/streamcache",
          "folder of the store; one instance at a time");
  static final Setting<Path> CONFIG_DIR =
      Setting.computed(
          "CONFIG_DIR",
          new Kind.Folder(),
          "/etc/streamcache if writable, else $XDG_CONFIG_HOME/streamcache",
          "folder of streamcache.conf and secret.key; not to be set in that file");
  static final Setting<Long> CACHE_MAX_BYTES =
      Setting.computed(
          "CACHE_MAX_BYTES",
          new Kind.Size("1MiB", "1024TiB"),
          "90 % of what the disk has free at first start",
          "most the store may take on disk, partial titles included");
  static final Setting<Long> CACHE_LOW_WATERMARK_BYTES =
      Setting.computed(
          "CACHE_LOW_WATERMARK_BYTES",
          new Kind.Size("1", "1024TiB"),
          "95 % of CACHE_MAX_BYTES",
          "how far the janitor evicts once CACHE_MAX_BYTES is crossed; not above it");
  static final Setting<Long> CACHE_MIN_FREE_BYTES =
      Setting.of(
          "CACHE_MIN_FREE_BYTES",
          new Kind.Size("0", "1024TiB"),
          "2GiB",
          "titles are evicted also when the disk itself has less than this left");
  static final Setting<Duration> CACHE_JANITOR_INTERVAL =
      Setting.of(
          "CACHE_JANITOR_INTERVAL",
          new Kind.Time("100ms", "7d"),
          "300s",
          "between two rounds of the janitor; a write that crosses the limit wakes it as well");
  static final Setting<StoreSettings.Eviction> EVICTION =
      Setting.of(
          "EVICTION",
          new Kind.Choice<>(StoreSettings.Eviction.class),
          "heads",
          "what goes first: heads keeps the beginnings of titles longest, lru drops whole titles by last access");
  static final Setting<Long> PROGRESS_FLUSH_BYTES =
      Setting.of(
          "PROGRESS_FLUSH_BYTES",
          new Kind.Size("4KiB", "1GiB"),
          "256KiB",
          "how often a download notes in its journal what has arrived; players are woken on every write");
  static final Setting<Long> RANGE_TEE_THRESHOLD =
      Setting.of(
          "RANGE_TEE_THRESHOLD",
          new Kind.Size("0", "1024TiB"),
          "20MiB",
          "an opening request that starts up to here starts the whole download; one beyond fetches its own range first");
  static final Setting<Duration> FOLLOWER_WAIT_MAX =
      Setting.of(
          "FOLLOWER_WAIT_MAX",
          new Kind.Time("100ms", "1d"),
          "60s",
          "longest time without any new byte before a waiting player is given up; progress begins it anew");
  static final Setting<Duration> ANSWER_WITHIN =
      Setting.of(
          "ANSWER_WITHIN",
          new Kind.Time("100ms", "10m"),
          "8s",
          "longest time until a player gets an answer or an honest status, unless the provider is still answering");
  static final Setting<Duration> PLACE_WAIT_MAX =
      Setting.of(
          "PLACE_WAIT_MAX",
          new Kind.Time("0s", "10m"),
          "20s",
          "the same while a connection is in sight: one of the account comes free, or the provider said when to come back");
  static final Setting<Duration> RESOLVE_TTL =
      Setting.of(
          "RESOLVE_TTL",
          new Kind.Time("0s", "7d"),
          "10m",
          "how long the target of a provider's redirect is used again while it works; 0 asks every time");
  static final Setting<Integer> PROVIDER_MAX_CONNECTIONS =
      Setting.computed(
          "PROVIDER_MAX_CONNECTIONS",
          new Kind.Whole(1, 64),
          "1 for Xtream-shaped URLs (/movie/USER/PASS/...), else 4",
          "connections an account of a provider may have at once, from the first packet to the end of what it counts");
  static final Setting<Integer> COMPLETE_AFTER =
      Setting.of(
          "COMPLETE_AFTER",
          new Kind.Share(),
          "0%",
          "share of a title that must have been watched before the rest is fetched in the background; 0% is always");
  static final Setting<FillSettings.Admission> ADMISSION =
      Setting.of(
          "ADMISSION",
          new Kind.Choice<>(FillSettings.Admission.class),
          "first",
          "when the line to a provider does not carry another film: first tells its viewer so, share begins it all the same, on what is left");
  static final Setting<Boolean> DISABLE_SSL_VERIFY =
      Setting.of(
          "DISABLE_SSL_VERIFY",
          new Kind.Flag(),
          "0",
          "1 accepts any certificate of a provider, which lets anyone on the way read and change what is fetched");
  static final Setting<List<EgressEntry>> EGRESS_ALLOW =
      Setting.computed(
          "EGRESS_ALLOW",
          new Kind.Places(),
          "none",
          "fetched from although addresses of their kind are refused; see security.md");
  static final Setting<List<EgressEntry>> EGRESS_DENY =
      Setting.computed(
          "EGRESS_DENY",
          new Kind.Places(),
          "none",
          "not fetched from; the more specific entry of EGRESS_ALLOW and EGRESS_DENY wins");
  static final Setting<List<EgressEntry>> ALLOWED_HOSTS =
      Setting.computed(
          "ALLOWED_HOSTS",
          new Kind.Places(),
          "any that the address policy permits",
          "the only places that links may name");
  static final Setting<EgressSettings.Redirects> ALLOWED_REDIRECTS =
      Setting.of(
          "ALLOWED_REDIRECTS",
          new Kind.Choice<>(EgressSettings.Redirects.class),
          "any",
          "with ALLOWED_HOSTS, where providers may redirect to: any public host, or those listed only");
  static final Setting<LinkSettings.RequireSigned> REQUIRE_SIGNED =
      Setting.of(
          "REQUIRE_SIGNED",
          new Kind.Choice<>(LinkSettings.RequireSigned.class),
          "public",
          "from whom links must be signed or sealed: public is all but loopback and private addresses, off nobody, always everybody");
  static final Setting<List<EgressEntry.Block>> TRUSTED_PROXIES =
      Setting.computed(
          "TRUSTED_PROXIES",
          new Kind.Blocks(),
          "none",
          "reverse proxies whose word counts on the address of the player behind them");
  static final Setting<Path> SECRET_KEY_FILE =
      Setting.computed(
          "SECRET_KEY_FILE",
          new Kind.File(),
          "secret.key in CONFIG_DIR",
          "keys of signed and sealed links, made at first start; whoever has them reads all links");
  static final Setting<BaseUrl> BASE_URL =
      Setting.computed(
          "BASE_URL",
          new Kind.Web(),
          "http (https with TLS_CERT), the host name and PORT",
          "where players reach this server: what new links begin with; its path is understood in requests");
  static final Setting<Path> TLS_CERT =
      Setting.computed(
          "TLS_CERT",
          new Kind.PresentFile(),
          "none: plain HTTP",
          "certificate in PEM form, with those that vouch for it; with TLS_KEY the port speaks HTTPS; read again when it changes");
  static final Setting<Path> TLS_KEY =
      Setting.computed(
          "TLS_KEY",
          new Kind.PresentFile(),
          "none",
          "private key of TLS_CERT in PEM form (PKCS#8, not encrypted)");
  static final Setting<Duration> CLIENT_IDLE_MAX =
      Setting.of(
          "CLIENT_IDLE_MAX",
          new Kind.Time("1s", "30d"),
          "1h",
          "a player that takes no byte for this long is cut; a paused one is normal");
  static final Setting<Integer> CLIENT_STREAMS =
      Setting.of(
          "CLIENT_STREAMS",
          new Kind.Whole(0, 100_000),
          "200",
          "answers that may be under way to one client address at once, beyond it 429; 0 for any number");
  static final Setting<Integer> CLIENT_NEW_TITLES =
      Setting.of(
          "CLIENT_NEW_TITLES",
          new Kind.Whole(0, 100_000),
          "600",
          "titles a minute that one client address may ask for of which nothing is stored, beyond it 429; 0 for any number");
  static final Setting<Duration> HEAD_WITHIN =
      Setting.of(
          "HEAD_WITHIN",
          new Kind.Time("100ms", "10m"),
          "10s",
          "a request whose head is not complete by then is answered 408");
  static final Setting<Duration> DRAIN_WITHIN =
      Setting.of(
          "DRAIN_WITHIN",
          new Kind.Time("0s", "1d"),
          "5s",
          "how long running plays may go on after a request to stop; container engines kill after 10 s");
  static final Setting<TroubleSettings.ErrorVideo> ERROR_VIDEO =
      Setting.of(
          "ERROR_VIDEO",
          new Kind.Choice<>(TroubleSettings.ErrorVideo.class),
          "players",
          "who is shown a video that says why a title cannot be played: players, or media servers too with all; off gives everybody the error status");
  static final Setting<Path> ERROR_VIDEO_FILE =
      Setting.computed(
          "ERROR_VIDEO_FILE",
          new Kind.PresentFile(),
          "made for each cause",
          "a video of your own to be shown instead, for players that do not like ours");
  static final Setting<Endpoint> SEERR_URL =
      Setting.computed(
          "SEERR_URL",
          new Kind.Callable(/* mayHaveQuery= */ false),
          "none",
          "where Seerr (Jellyseerr, Overseerr) is, to be asked to mend titles that are gone; off without it; see seerr.md");
  static final Setting<SecretText> SEERR_API_KEY =
      Setting.computed(
          "SEERR_API_KEY", new Kind.Secret(), "none", "its API key, from Seerr's general settings");
  static final Setting<Integer> SEERR_USER =
      Setting.computed(
          "SEERR_USER",
          new Kind.Whole(1, 999_999_999),
          "the owner of the key",
          "number of the Seerr user to act as, with the rights and quotas of that user");
  static final Setting<Boolean> SEERR_DRY_RUN =
      Setting.of(
          "SEERR_DRY_RUN",
          new Kind.Flag(),
          "0",
          "1 asks Seerr nothing, and notes what would have been asked: streamcache seerr shows it");
  static final Setting<Integer> SEERR_AFTER_FAILURES =
      Setting.of(
          "SEERR_AFTER_FAILURES",
          new Kind.Whole(1, 100),
          "3",
          "failures after which a title counts as lost; one that the provider says is gone counts at once");
  static final Setting<Duration> SEERR_WITHIN =
      Setting.of(
          "SEERR_WITHIN",
          new Kind.Time("1m", "30d"),
          "24h",
          "how far apart the first and the last of these failures may be");
  static final Setting<Integer> SEERR_MAX_PER_HOUR =
      Setting.of(
          "SEERR_MAX_PER_HOUR",
          new Kind.Whole(1, 1000),
          "10",
          "most issues, comments and requests made in Seerr within an hour; more wait");
  static final Setting<Boolean> SEERR_ASK_PROVIDER =
      Setting.of(
          "SEERR_ASK_PROVIDER",
          new Kind.Flag(),
          "1",
          "whether an Xtream panel is asked which film its link is when nothing else tells; 0 for never");
  static final Setting<List<Path>> STRM_DIRS =
      Setting.computed(
          "STRM_DIRS",
          FolderList.KIND,
          "none",
          "folders of the library, whose names tell Seerr which film a link stands for; see seerr.md");
  static final Setting<Endpoint> WEBHOOK_URL =
      Setting.computed(
          "WEBHOOK_URL",
          new Kind.Callable(/* mayHaveQuery= */ true),
          "none",
          "where events are posted to as JSON; see webhook.md");
  static final Setting<SecretText> WEBHOOK_SECRET =
      Setting.computed(
          "WEBHOOK_SECRET",
          new Kind.Secret(),
          "none",
          "signs what is posted there; without it nothing is signed");
  static final Setting<Boolean> LOG_VERBOSE =
      Setting.of(
          "LOG_VERBOSE", new Kind.Flag(), "0", "1 logs more, such as players that stop reading");
  static final Setting<LogSettings.Format> LOG_FORMAT =
      Setting.of(
          "LOG_FORMAT",
          new Kind.Choice<>(LogSettings.Format.class),
          "text",
          "text for people, json for machines");

  /** In the order people read them. */
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
          PLACE_WAIT_MAX,
          RESOLVE_TTL,
          PROVIDER_MAX_CONNECTIONS,
          COMPLETE_AFTER,
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

  /** Settings of the seed that have lost their meaning: name to what takes their place. */
  static final Map<String, String> REPLACED =
      Map.of(
          "FOLLOWER_POLL_MS", "players are woken by every write, nothing is polled",
          "FOLLOWER_MIN_BYTES", "players get the first byte as soon as it is there",
          "FOLLOWER_START_WAIT_MS", "players wait for the first byte itself, at most ANSWER_WITHIN",
          "CLIENT_FLUSH_BYTES", "bytes are sent as soon as they are there, at the player's pace",
          "TOTALS_TTL_SECS", "the length of a title is kept with its bytes",
          "TMP_RETENTION_SECS",
              "unfinished downloads are kept and resumed, CACHE_MAX_BYTES counts them",
          "CACHE_REVALIDATE_INTERVAL",
              "every fetch checks that the provider's file is still the stored one",
          "UPSTREAM_READ_TIMEOUT_MS", "a provider that is silent for 10 s is cut and resumed",
          "SUFFIX_EXT_ENABLED", "a name behind the link is always understood");

  /** Settings of later versions; whoever sets one must not believe that it works. */
  static final Set<String> LATER = Set.of("ADMIN_TOKEN");

  private SettingsTable() {}

  /** All settings, for flags of the command line and for documentation. */
  public static List<Setting<?>> all() {
    return ALL;
  }
}
