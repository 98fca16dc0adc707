package streamcache.origin;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider's response says about the file as a whole.
 *
 * @param total length of the whole file in bytes; empty if the response does not say
 * @param strongValidator the ETag with its quotes; empty if it is weak or absent
 * @param lastModified Last-Modified as written
 * @param contentType Content-Type as written
 * @param contentDisposition Content-Disposition as written
 * @param ranges whether the response shows that ranges work (206, or Accept-Ranges: bytes)
 * @param finalHost host of the last hop, for the log and for the splice guard
 */
public record Facts(
    OptionalLong total,
    Optional<String> strongValidator,
    Optional<String> lastModified,
    Optional<String> contentType,
    Optional<String> contentDisposition,
    boolean ranges,
    String finalHost) {}
