package streamcache.xtream;

import java.util.HashMap;
import java.util.Map;

/** The names of the categories of one kind. One thread. */
final class Categories {

  private final Map<String, String> names = new HashMap<>();

  void add(PanelItem category) {
    names.put(category.text("category_id"), PanelText.line(category.text("category_name")));
  }

  /** The name of the category of an item; an empty string if unknown. */
  String of(PanelItem item) {
    return names.getOrDefault(item.text("category_id", "category_ids"), "");
  }
}
