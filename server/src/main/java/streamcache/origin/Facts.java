package streamcache.origin;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider's response says about the file as a whole, and about itself.
 *
 * @param total length of the whole file in bytes; empty if the response does not say
 * @param strongValidator the ETag with its quotes; empty if it is weak or absent
 * @param lastModified Last-Modified as written
 * @param contentType Content-Type as written
 * @param contentDisposition Content-Disposition as written
 * @param ranges whether the response shows that ranges work (206, or Accept-Ranges: bytes), and the
 *     settings do not say otherwise
 * @param finalHost host of the last hop, for the log and for the splice guard
 * @param date when the response was made, by the provider's clock; empty without a valid Date
 * @param isPlaced whether it states the place of its bytes as HTTP has it: it is the whole file
 *     from its start, or a 206 with Content-Range. If not, only a comparison can show their place
 * @param age how old the response was when it arrived, in seconds, as its Age says; else 0
 */
public record Facts(
    OptionalLong total,
    Optional<String> strongValidator,
    Optional<String> lastModified,
    Optional<String> contentType,
    Optional<String> contentDisposition,
    boolean ranges,
    String finalHost,
    Optional<Instant> date,
    boolean isPlaced,
    long age) {

  /** Facts from a response without Date and Age. */
  public Facts(
      OptionalLong total,
      Optional<String> strongValidator,
      Optional<String> lastModified,
      Optional<String> contentType,
      Optional<String> contentDisposition,
      boolean ranges,
      String finalHost) {
    this(
        total,
        strongValidator,
        lastModified,
        contentType,
        contentDisposition,
        ranges,
        finalHost,
        /* date= */ Optional.empty(),
        /* isPlaced= */ true,
        /* age= */ 0);
  }
}
