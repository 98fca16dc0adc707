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
 * The state of one subject (a title, a provider, an account or the disk) and its notices that are
 * not posted yet. Stored as one line of JSON. Pure.
 *
 * @param subject names the subject; contains no blanks
 * @param noticed when the latest notice was made
 * @param isOpen whether the end of the condition is to be posted too
 * @param pending notices to post, oldest first
 */
record Alert(String subject, Instant noticed, boolean isOpen, List<Notice> pending) {

  /** A notice about the same title, account or disk is not repeated within this time. */
  static final Duration ONCE_IN = Duration.ofDays(1);

  /**
   * Limits what a flapping provider accumulates while nothing can be posted; the oldest are
   * dropped.
   */
  private static final int MOST_PENDING = 10;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultVisibility(shown -> shown.withIsGetterVisibility(Visibility.NONE))
          .build();

  Alert {
    pending = List.copyOf(pending);
  }

  static Alert of(String subject) {
    return new Alert(subject, Instant.EPOCH, /* isOpen= */ false, List.of());
  }

  boolean isFresh(Instant now) {
    return noticed.plus(ONCE_IN).isAfter(now);
  }

  /** Whether the subject can be forgotten. */
  boolean isOver(Instant now) {
    return pending.isEmpty() && !isOpen && !isFresh(now);
  }

  Alert noticed(Notice notice, boolean staysOpen) {
    List<Notice> all = new ArrayList<>(pending);
    all.add(notice);
    List<Notice> newest = all.subList(Math.max(0, all.size() - MOST_PENDING), all.size());
    return new Alert(subject, notice.time(), staysOpen, newest);
  }

  Alert without(Notice posted) {
    return new Alert(
        subject,
        noticed,
        isOpen,
        pending.stream().filter(notice -> !notice.id().equals(posted.id())).toList());
  }

  String write() {
    return JSON.writeValueAsString(this);
  }

  /** Empty if the text cannot be read; only this subject is lost. */
  static Optional<Alert> read(String text) {
    try {
      return Optional.of(JSON.readValue(text, Alert.class));
    } catch (JacksonException | NullPointerException spoilt) {
      return Optional.empty();
    }
  }
}
