package streamcache.outbox;

import java.util.List;
import java.util.Optional;

/**
 * What a program answered.
 *
 * @param fields in their order, as received
 * @param body as UTF-8
 */
public record Reply(int status, List<Field> fields, String body) {

  /** One header field. */
  public record Field(String name, String value) {

    /** Without the value, which may be a cookie. */
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  public Reply {
    fields = List.copyOf(fields);
  }

  /** The values of all fields of that name. */
  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The value of the first field of that name. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  public boolean isGood() {
    return status / 100 == 2;
  }

  /** Without fields and body. */
  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
