package streamcache.admin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token may do; each role may do what those before it may. */
public enum Role {
  /** See everything. */
  READ,
  /** See everything, and change what is stored. */
  OPERATE;

  /** The role of that name, in lower case. */
  public static Optional<Role> of(String name) {
    return Arrays.stream(values()).filter(role -> role.word().equals(name)).findFirst();
  }

  /** The name as people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
