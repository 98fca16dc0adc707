package streamcache.settings;

import java.util.Map;

/** The names of settings that this version no longer has. Constants only. */
final class SeedNames {

  /** Settings of the seed that are no longer needed: name to what replaces them. */
  static final Map<String, String> REPLACED =
      Map.of(
          "FOLLOWER_POLL_MS", "every write wakes the waiting players; nothing is polled",
          "FOLLOWER_MIN_BYTES", "players get the first byte as soon as it arrives",
          "FOLLOWER_START_WAIT_MS", "players wait for the first byte, at most ANSWER_WITHIN",
          "CLIENT_FLUSH_BYTES", "bytes are sent as soon as they arrive, at the player's pace",
          "TOTALS_TTL_SECS", "the length of a title is stored with its bytes",
          "TMP_RETENTION_SECS", "unfinished downloads are resumed; CACHE_MAX_BYTES includes them",
          "SUFFIX_EXT_ENABLED", "a file name after the link is always accepted");

  /** Settings of the seed that have another name here; the name in the table wins. */
  static final Map<String, SeedAlias> ALIASES =
      Map.of(
          "UPSTREAM_READ_TIMEOUT_MS", new SeedAlias(SettingsTable.FIRST_BYTE_WITHIN, "ms"),
          "CACHE_STALE_CHECK_SECS", new SeedAlias(SettingsTable.CACHE_REVALIDATE_INTERVAL, "s"));

  private SeedNames() {}
}
