package streamcache.outbox;

import java.util.List;
import java.util.Optional;

/**
 * The response of a program.
 *
 * @param fields header fields in the order received
 * @param body decoded as UTF-8
 */
public record Reply(int status, List<Field> fields, String body) {

  /** One header field. */
  public record Field(String name, String value) {

    /** Omits the value, which may be a cookie. */
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  public Reply {
    fields = List.copyOf(fields);
  }

  /** The values of all fields with that name. */
  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The value of the first field with that name. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  public boolean isGood() {
    return status / 100 == 2;
  }

  /** Omits fields and body. */
  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
