package streamcache.playback;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import streamcache.playback.Headers.Field;

/**
 * Header fields that many responses share, with their wire format once somebody has encoded them.
 * Immutable but for that; any thread.
 */
public final class SharedFields {

  private final List<Field> fields;
  private volatile byte @Nullable [] encoded;

  SharedFields(Headers headers) {
    this.fields = List.copyOf(headers.fields());
  }

  public List<Field> fields() {
    return fields;
  }

  /**
   * The wire format; not to be changed.
   *
   * @param encoder called at the first time, perhaps by several threads at once; always the same
   */
  public byte[] encoded(Function<List<Field>, byte[]> encoder) {
    byte[] known = encoded;
    if (known == null) {
      known = encoder.apply(fields);
      encoded = known;
    }
    return known;
  }
}
