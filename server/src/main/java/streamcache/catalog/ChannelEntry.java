package streamcache.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A live channel.
 *
 * @param name as shown in a list of channels; not blank
 * @param attributes of its {@code #EXTINF} line, such as {@code tvg-id} and {@code tvg-logo}, in
 *     the order in which they are written; the group is not among them
 */
public record ChannelEntry(
    String sourceId, String name, Map<String, String> attributes, String group, MediaTarget target)
    implements CatalogEntry {

  public ChannelEntry {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** Omits the attributes, whose addresses may hold secrets. */
  @Override
  public String toString() {
    return "ChannelEntry[" + name + "]";
  }
}
