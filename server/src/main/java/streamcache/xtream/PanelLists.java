package streamcache.xtream;

import java.util.Map;
import streamcache.catalog.EntryKind;

/**
 * How a panel is asked for everything of one kind.
 *
 * @param words the kind in the plural, for messages
 * @param categories the action that lists its categories
 * @param list the action that lists its items
 * @param id the field that holds the id of an item
 */
record PanelLists(String words, String categories, String list, String id) {

  static PanelLists of(EntryKind kind) {
    return switch (kind) {
      case FILM -> new PanelLists("films", "get_vod_categories", "get_vod_streams", "stream_id");
      case SERIES -> new PanelLists("series", "get_series_categories", "get_series", "series_id");
      case LIVE ->
          new PanelLists("channels", "get_live_categories", "get_live_streams", "stream_id");
    };
  }

  static Map<String, String> action(String name) {
    return Map.of("action", name);
  }
}
