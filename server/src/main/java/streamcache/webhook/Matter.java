package streamcache.webhook;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was noticed and is to be posted about one thing: a title, a provider, an account, the disk.
 * Kept as a line of JSON. Pure.
 *
 * @param subject names the thing, without blanks
 * @param noticed when it was last found worth a notice
 * @param isOpen whether its end is to be noticed, too
 * @param pending to be posted, the oldest first
 */
record Matter(String subject, Instant noticed, boolean isOpen, List<Notice> pending) {

  /** The same is not told again within this time. */
  static final Duration ONCE_IN = Duration.ofDays(1);

  /** Of a provider that comes and goes while nobody takes notices; the oldest go. */
  private static final int MOST_PENDING = 10;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultVisibility(shown -> shown.withIsGetterVisibility(Visibility.NONE))
          .build();

  Matter {
    pending = List.copyOf(pending);
  }

  static Matter of(String subject) {
    return new Matter(subject, Instant.EPOCH, /* isOpen= */ false, List.of());
  }

  boolean isFresh(Instant now) {
    return noticed.plus(ONCE_IN).isAfter(now);
  }

  /** Whether there is nothing to remember about it. */
  boolean isOver(Instant now) {
    return pending.isEmpty() && !isOpen && !isFresh(now);
  }

  Matter noticed(Notice notice, boolean staysOpen) {
    List<Notice> all = new ArrayList<>(pending);
    all.add(notice);
    List<Notice> newest = all.subList(Math.max(0, all.size() - MOST_PENDING), all.size());
    return new Matter(subject, notice.time(), staysOpen, newest);
  }

  Matter without(Notice posted) {
    return new Matter(
        subject,
        noticed,
        isOpen,
        pending.stream().filter(notice -> !notice.id().equals(posted.id())).toList());
  }

  String write() {
    return JSON.writeValueAsString(this);
  }

  /** Empty when it cannot be read, which costs this matter only. */
  static Optional<Matter> read(String text) {
    try {
      return Optional.of(JSON.readValue(text, Matter.class));
    } catch (JacksonException | NullPointerException spoilt) {
      return Optional.empty();
    }
  }
}
