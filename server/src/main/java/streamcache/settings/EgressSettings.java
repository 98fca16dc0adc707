package streamcache.settings;

import java.util.List;

/**
 * What may be fetched beyond the defaults of the address policy, and what may not.
 *
 * @param allow destinations that are fetched from although their class of address is refused
 * @param deny destinations that are refused, unless a more specific entry of {@code allow} matches
 * @param allowedHosts the only destinations that a link may name; empty for any
 * @param redirects where a provider may redirect to if {@code allowedHosts} is not empty
 */
public record EgressSettings(
    List<EgressEntry> allow,
    List<EgressEntry> deny,
    List<EgressEntry> allowedHosts,
    RedirectPolicy redirects) {

  public EgressSettings {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    allowedHosts = List.copyOf(allowedHosts);
  }

  static EgressSettings read(Sources sources) {
    return new EgressSettings(
        sources.read(SettingsTable.EGRESS_ALLOW).orElse(List.of()),
        sources.read(SettingsTable.EGRESS_DENY).orElse(List.of()),
        sources.read(SettingsTable.ALLOWED_HOSTS).orElse(List.of()),
        sources.value(SettingsTable.ALLOWED_REDIRECTS));
  }
}
