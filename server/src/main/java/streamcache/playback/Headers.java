package streamcache.playback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Header fields in their order; names are compared case-insensitively. Not thread-safe. */
public final class Headers {

  /** One field in its wire format. */
  public record Field(String name, String value) {

    /** Without the value, which may be a password. */
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  private final @Nullable SharedFields shared;
  private final List<Field> fields = new ArrayList<>();

  public Headers() {
    this.shared = null;
  }

  /** Begins with the shared fields. */
  Headers(SharedFields shared) {
    this.shared = shared;
  }

  public Headers add(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  /** The value of the first field of that name. */
  public Optional<String> first(String name) {
    String value = shared == null ? null : first(shared.fields(), name);
    return Optional.ofNullable(value == null ? first(fields, name) : value);
  }

  private static @Nullable String first(List<Field> fields, String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** All values of that name joined by ", " (RFC 9110 section 5.3); empty when there is none. */
  public Optional<String> joined(String name) {
    List<String> values = new ArrayList<>();
    for (Field field : fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** All fields, shared ones first. */
  public List<Field> fields() {
    if (shared == null) {
      return Collections.unmodifiableList(fields);
    }
    return Stream.concat(shared.fields().stream(), fields.stream()).toList();
  }

  /** The fields that it shares with other responses, if any. */
  public Optional<SharedFields> shared() {
    return Optional.ofNullable(shared);
  }

  /** The fields after those that it shares. */
  public List<Field> own() {
    return Collections.unmodifiableList(fields);
  }
}
