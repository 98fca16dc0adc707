package streamcache.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a generation when it begins; kept in the sidecar's first block.
 *
 * @param total total length in bytes; empty while unknown
 * @param strongValidator the provider's strong ETag, with quotes
 * @param lastModified the provider's Last-Modified, as received
 * @param contentType the type sent to players; never empty
 * @param contentDisposition the provider's Content-Disposition, as received
 * @param name name for the media file, not yet cleaned
 * @param account the provider account; free of secrets
 * @param finalHost the host that sent the bytes
 * @param original the original from which the title can be fetched again, sealed by the holder of
 *     the key; opaque to this package
 * @param response the response that these facts are from
 * @param adoptedFrom the file of an old cache that shares its bytes with the media file
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
    Optional<String> original,
    ResponseFacts response,
    Optional<String> adoptedFrom) {

  /** Facts of bytes that this store holds alone. */
  public GenerationFacts(
      OptionalLong total,
      Optional<String> strongValidator,
      Optional<String> lastModified,
      String contentType,
      Optional<String> contentDisposition,
      String name,
      String account,
      String finalHost,
      Optional<String> original,
      ResponseFacts response) {
    this(
        total,
        strongValidator,
        lastModified,
        contentType,
        contentDisposition,
        name,
        account,
        finalHost,
        original,
        response,
        /* adoptedFrom= */ Optional.empty());
  }

  /** Facts from a response of which nothing else is known. */
  public GenerationFacts(
      OptionalLong total,
      Optional<String> strongValidator,
      Optional<String> lastModified,
      String contentType,
      Optional<String> contentDisposition,
      String name,
      String account,
      String finalHost,
      Optional<String> original) {
    this(
        total,
        strongValidator,
        lastModified,
        contentType,
        contentDisposition,
        name,
        account,
        finalHost,
        original,
        ResponseFacts.UNKNOWN);
  }

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
        original,
        response,
        adoptedFrom);
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
        Optional.of(letters),
        response,
        adoptedFrom);
  }

  GenerationFacts withAdoptedFrom(String file) {
    return new GenerationFacts(
        total,
        strongValidator,
        lastModified,
        contentType,
        contentDisposition,
        name,
        account,
        finalHost,
        original,
        response,
        Optional.of(file));
  }
}
