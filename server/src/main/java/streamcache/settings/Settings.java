package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All settings, read once at start and never changed.
 *
 * @param configFolder where streamcache.conf is read from and keys are kept
 * @param effective every setting with its value and its source, in the order of the table
 * @param warnings sentences to log once: settings that are unknown, replaced, not yet supported or
 *     without effect
 */
public record Settings(
    StoreSettings store,
    FillSettings fill,
    ListenSettings listen,
    LinkSettings link,
    TroubleSettings trouble,
    Optional<SeerrSettings> seerr,
    Optional<WebhookSettings> webhook,
    ClientSettings clients,
    Optional<TlsSettings> tls,
    LogSettings log,
    Path configFolder,
    List<Effective> effective,
    List<String> warnings) {

  public Settings {
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads flags, the environment, and {@code streamcache.conf} in the configuration folder; the
   * former take precedence over the latter.
   *
   * @param flags name ({@code --cache-dir}, {@code cache-dir} or {@code CACHE_DIR}) to value
   * @param environment the variables of the process
   * @throws SettingsException with a sentence for every error
   */
  public static Settings load(Map<String, String> flags, Map<String, String> environment)
      throws SettingsException {
    return load(flags, environment, Folders.ofThisMachine());
  }

  static Settings load(Map<String, String> flags, Map<String, String> environment, Folders folders)
      throws SettingsException {
    Sources sources = new Sources();
    sources.addFlags(flags);
    sources.addEnvironment(environment);
    Path configFolder =
        sources.read(SettingsTable.CONFIG_DIR).orElseGet(() -> folders.config(environment));
    sources.addFile(configFolder);
    Path cacheFolder =
        sources.read(SettingsTable.CACHE_DIR).orElseGet(() -> folders.cache(environment));
    Optional<BaseUrl> baseUrl = sources.read(SettingsTable.BASE_URL);
    Settings settings =
        new Settings(
            store(sources, cacheFolder),
            fill(sources),
            listen(sources, baseUrl),
            link(sources, configFolder, baseUrl),
            new TroubleSettings(
                value(sources, SettingsTable.ERROR_VIDEO),
                sources.read(SettingsTable.ERROR_VIDEO_FILE)),
            seerr(sources),
            webhook(sources),
            new ClientSettings(
                value(sources, SettingsTable.CLIENT_STREAMS),
                value(sources, SettingsTable.CLIENT_NEW_TITLES)),
            tls(sources),
            new LogSettings(
                value(sources, SettingsTable.LOG_VERBOSE),
                value(sources, SettingsTable.LOG_FORMAT)),
            configFolder,
            effective(sources, cacheFolder, configFolder),
            sources.warnings());
    if (!sources.problems().isEmpty()) {
      throw new SettingsException(sources.problems());
    }
    return settings;
  }

  /** The settings that the server is built from. */
  public RoomSettings rooms() {
    return new RoomSettings(store, fill, listen, link, trouble, seerr, webhook, clients, tls);
  }

  private static StoreSettings store(Sources sources, Path folder) {
    OptionalLong most = optional(sources, SettingsTable.CACHE_MAX_BYTES);
    OptionalLong low = optional(sources, SettingsTable.CACHE_LOW_WATERMARK_BYTES);
    if (most.isPresent() && low.isPresent() && low.getAsLong() > most.getAsLong()) {
      sources
          .problems()
          .add("CACHE_LOW_WATERMARK_BYTES is above CACHE_MAX_BYTES; allowed is at most the same.");
    }
    return new StoreSettings(
        folder,
        most,
        low,
        value(sources, SettingsTable.CACHE_MIN_FREE_BYTES),
        value(sources, SettingsTable.CACHE_JANITOR_INTERVAL),
        value(sources, SettingsTable.PROGRESS_FLUSH_BYTES),
        value(sources, SettingsTable.EVICTION));
  }

  private static FillSettings fill(Sources sources) {
    return new FillSettings(
        value(sources, SettingsTable.RANGE_TEE_THRESHOLD),
        value(sources, SettingsTable.FOLLOWER_WAIT_MAX),
        value(sources, SettingsTable.ANSWER_WITHIN),
        value(sources, SettingsTable.FIRST_BYTE_WITHIN),
        value(sources, SettingsTable.PLACE_WAIT_MAX),
        value(sources, SettingsTable.RESOLVE_TTL),
        sources
            .read(SettingsTable.PROVIDER_MAX_CONNECTIONS)
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty),
        /* verifyTls= */ !value(sources, SettingsTable.DISABLE_SSL_VERIFY),
        egress(sources),
        value(sources, SettingsTable.COMPLETE_AFTER),
        value(sources, SettingsTable.COMPLETE_SCANS),
        value(sources, SettingsTable.ADMISSION),
        value(sources, SettingsTable.CACHE_REVALIDATE_INTERVAL),
        sources.providers());
  }

  private static EgressSettings egress(Sources sources) {
    return new EgressSettings(
        places(sources, SettingsTable.EGRESS_ALLOW),
        places(sources, SettingsTable.EGRESS_DENY),
        places(sources, SettingsTable.ALLOWED_HOSTS),
        value(sources, SettingsTable.ALLOWED_REDIRECTS));
  }

  private static ListenSettings listen(Sources sources, Optional<BaseUrl> baseUrl) {
    return new ListenSettings(
        value(sources, SettingsTable.BIND),
        value(sources, SettingsTable.PORT),
        value(sources, SettingsTable.CLIENT_IDLE_MAX),
        value(sources, SettingsTable.HEAD_WITHIN),
        value(sources, SettingsTable.DRAIN_WITHIN),
        baseUrl.map(BaseUrl::path).orElse(""));
  }

  private static Optional<TlsSettings> tls(Sources sources) {
    Optional<Path> certificate = sources.read(SettingsTable.TLS_CERT);
    Optional<Path> key = sources.read(SettingsTable.TLS_KEY);
    boolean isCertificateGiven = sources.given(SettingsTable.TLS_CERT).isPresent();
    if (isCertificateGiven != sources.given(SettingsTable.TLS_KEY).isPresent()) {
      sources
          .problems()
          .add(
              isCertificateGiven
                  ? "TLS_CERT is set without TLS_KEY; set both, or neither for plain HTTP."
                  : "TLS_KEY is set without TLS_CERT; set both, or neither for plain HTTP.");
    }
    return certificate.flatMap(chain -> key.map(own -> new TlsSettings(chain, own)));
  }

  private static LinkSettings link(Sources sources, Path configFolder, Optional<BaseUrl> baseUrl) {
    Optional<Path> keyFile = sources.read(SettingsTable.SECRET_KEY_FILE);
    return new LinkSettings(
        value(sources, SettingsTable.REQUIRE_SIGNED),
        sources.read(SettingsTable.TRUSTED_PROXIES).orElse(List.of()),
        keyFile.orElseGet(() -> configFolder.resolve("secret.key")),
        keyFile.isPresent(),
        baseUrl);
  }

  /** A URL or a key alone enables nothing and causes a warning; films play all the same. */
  private static Optional<SeerrSettings> seerr(Sources sources) {
    Optional<Endpoint> url = sources.read(SettingsTable.SEERR_URL);
    Optional<SecretText> key = sources.read(SettingsTable.SEERR_API_KEY);
    OptionalInt user =
        sources.read(SettingsTable.SEERR_USER).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    boolean dryRun = value(sources, SettingsTable.SEERR_DRY_RUN);
    int afterFailures = value(sources, SettingsTable.SEERR_AFTER_FAILURES);
    Duration within = value(sources, SettingsTable.SEERR_WITHIN);
    int maxPerHour = value(sources, SettingsTable.SEERR_MAX_PER_HOUR);
    List<Path> folders = sources.read(SettingsTable.STRM_DIRS).orElse(List.of());
    boolean asksProvider = value(sources, SettingsTable.SEERR_ASK_PROVIDER);
    var _ = isHalf(sources, SettingsTable.STRM_DIRS, SettingsTable.SEERR_URL);
    if (isHalf(sources, SettingsTable.SEERR_URL, SettingsTable.SEERR_API_KEY)
        || isHalf(sources, SettingsTable.SEERR_API_KEY, SettingsTable.SEERR_URL)) {
      return Optional.empty();
    }
    return url.flatMap(where ->
        key.map(secret ->
            new SeerrSettings(
                where,
                secret,
                user,
                dryRun,
                afterFailures,
                within,
                maxPerHour,
                folders,
                asksProvider)));
  }

  private static Optional<WebhookSettings> webhook(Sources sources) {
    Optional<Endpoint> url = sources.read(SettingsTable.WEBHOOK_URL);
    Optional<SecretText> secret = sources.read(SettingsTable.WEBHOOK_SECRET);
    return isHalf(sources, SettingsTable.WEBHOOK_SECRET, SettingsTable.WEBHOOK_URL)
        ? Optional.empty()
        : url.map(where -> new WebhookSettings(where, secret));
  }

  /** Whether a setting is given that has no effect without another one; adds a warning if so. */
  private static boolean isHalf(Sources sources, Setting<?> given, Setting<?> missing) {
    boolean isHalf = sources.given(given).isPresent() && sources.given(missing).isEmpty();
    if (isHalf) {
      sources
          .warnings()
          .add(given.name() + " has no effect without " + missing.name() + ", which is not set.");
    }
    return isHalf;
  }

  private static <T> T value(Sources sources, Setting<T> setting) {
    return sources.read(setting).orElseThrow();
  }

  private static List<EgressEntry> places(Sources sources, Setting<List<EgressEntry>> setting) {
    return sources.read(setting).orElse(List.of());
  }

  private static OptionalLong optional(Sources sources, Setting<Long> setting) {
    return sources.read(setting).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static List<Effective> effective(Sources sources, Path cache, Path config) {
    Map<String, String> computed =
        Map.of(
            SettingsTable.CACHE_DIR.name(), cache.toString(),
            SettingsTable.CONFIG_DIR.name(), config.toString());
    List<Effective> all = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.all()) {
      Optional<Sources.Given> given = sources.given(setting);
      Optional<String> standard =
          setting.computed()
              ? Optional.ofNullable(computed.get(setting.name()))
              : Optional.of(setting.standard());
      all.add(
          new Effective(
              setting,
              given.map(Sources.Given::value).or(() -> standard),
              given.map(Sources.Given::where).orElse("default")));
    }
    return all;
  }
}
