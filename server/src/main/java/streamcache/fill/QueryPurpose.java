package streamcache.fill;

import java.util.Locale;

/** What a {@link SideQuery} is for. */
public enum QueryPurpose {
  /** Whether the provider still has the file of a complete title. */
  REVALIDATION,
  /** A list of titles for a library. */
  IMPORT,
  /** What the provider answers for a link that its operator tests. */
  LINK_TEST,
  /** What a panel says of an account whose title it refused. */
  ACCOUNT_STATE;

  /** The name in logs and in the API; stable. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
