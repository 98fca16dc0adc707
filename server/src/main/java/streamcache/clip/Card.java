package streamcache.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a clip shows, by value. Texts come from outside and may hold anything: what cannot be drawn
 * is left out or stands as a box.
 *
 * @param title name of the title; may be empty
 * @param provider host of the provider; may be empty
 * @param headline what happened, in a few words
 * @param meaning one sentence that says what it means for the viewer
 * @param notes further lines, such as "requested in Seerr"; two fit
 * @param time when it happened; shown in UTC
 * @param requestId names the request in the log
 * @param length what the clip claims to be long, rounded up to 8 s; 8 s to 24 h are possible
 */
public record Card(
    String title,
    String provider,
    String headline,
    String meaning,
    List<String> notes,
    Instant time,
    String requestId,
    Duration length) {

  /**
   * Long enough that no media server takes a look at the clip for having watched the film: Jellyfin
   * marks what is shorter than five minutes as played.
   */
  public static final Duration STANDARD_LENGTH = Duration.ofHours(2);

  public Card {
    notes = List.copyOf(notes);
  }
}
