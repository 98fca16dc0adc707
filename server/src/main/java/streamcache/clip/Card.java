package streamcache.clip;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The content of a clip, a value. Texts come from outside and may contain anything: a character
 * that cannot be drawn is left out or replaced by a box.
 *
 * @param title name of the title; may be empty
 * @param provider host of the provider; may be empty
 * @param headline what happened, in a few words
 * @param meaning one sentence that says what it means for the viewer
 * @param notes further lines, such as "requested in Seerr"; two fit
 * @param time when it happened; shown with its offset
 * @param requestId identifies the request in the log
 * @param length the length that the clip claims, rounded up to 8 s; 8 s to 24 h
 */
public record Card(
    String title,
    String provider,
    String headline,
    String meaning,
    List<String> notes,
    ZonedDateTime time,
    String requestId,
    Duration length) {

  /**
   * Long enough that no media server takes a look at the clip for a full playback: Jellyfin marks
   * anything shorter than five minutes as played.
   */
  public static final Duration STANDARD_LENGTH = Duration.ofHours(2);

  public Card {
    notes = List.copyOf(notes);
  }
}
