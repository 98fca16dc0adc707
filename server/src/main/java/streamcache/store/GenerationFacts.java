package streamcache.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a generation when it begins; kept in the sidecar's first block.
 *
 * @param total whole length in bytes; empty while unknown
 * @param strongValidator the provider's strong ETag, with quotes
 * @param lastModified the provider's Last-Modified as written
 * @param contentType the type players are told; never empty
 * @param contentDisposition the provider's Content-Disposition as written
 * @param name name for the media file, not yet cleaned
 * @param account what the provider counts; free of secrets
 * @param finalHost host the bytes came from
 * @param original what the title can be fetched again from, sealed by whoever has the key; letters
 *     to this room
 */
public record GenerationFacts(
    OptionalLong total,
    Optional<String> strongValidator,
    Optional<String> lastModified,
    String contentType,
    Optional<String> contentDisposition,
    String name,
    String account,
    String finalHost,
    Optional<String> original) {

  GenerationFacts withTotal(long length) {
    return new GenerationFacts(
        OptionalLong.of(length),
        strongValidator,
        lastModified,
        contentType,
        contentDisposition,
        name,
        account,
        finalHost,
        original);
  }

  GenerationFacts withOriginal(String letters) {
    return new GenerationFacts(
        total,
        strongValidator,
        lastModified,
        contentType,
        contentDisposition,
        name,
        account,
        finalHost,
        Optional.of(letters));
  }
}
