package streamcache.settings;

import java.util.List;

/**
 * What may be fetched beyond and short of the defaults, which the address policy knows.
 *
 * @param allow places that are fetched from although their class of address is refused
 * @param deny places that are not fetched from
 * @param allowedHosts the only places a link may name; empty for any
 * @param redirects where a provider may lead to when {@code allowedHosts} is not empty
 */
public record EgressSettings(
    List<EgressEntry> allow,
    List<EgressEntry> deny,
    List<EgressEntry> allowedHosts,
    Redirects redirects) {

  /** Where redirects may lead. */
  public enum Redirects {
    /** To any public host, and to the allowed ones: providers hand over to CDNs. */
    ANY,
    /** To the allowed hosts only. */
    LISTED
  }

  public EgressSettings {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    allowedHosts = List.copyOf(allowedHosts);
  }
}
