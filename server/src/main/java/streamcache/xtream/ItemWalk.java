package streamcache.xtream;

import java.util.HashMap;
import java.util.Map;
import streamcache.catalog.LibraryException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds the objects of a list in a panel's response. Panels write a list as an array, as an object
 * with numbers for keys, or as an array of arrays, and a scalar field as an array. One thread, for
 * one value.
 */
final class ItemWalk {

  private static final String NUMBER = "[0-9]{1,6}";

  private final JsonParser parser;
  private final String id;
  private final XtreamAnswers.Receiver to;

  /**
   * @param parser at the first token of the value
   * @param id the field by which an object is recognized as an item
   */
  ItemWalk(JsonParser parser, String id, XtreamAnswers.Receiver to) {
    this.parser = parser;
    this.id = id;
    this.to = to;
  }

  /**
   * Reads the current value, of any kind, to its end.
   *
   * @param season the outermost key that is a number
   */
  void value(String season) throws LibraryException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value(season);
      }
    } else if (token == JsonToken.START_OBJECT) {
      PanelItem item = object(season);
      if (item.first(id).isPresent()) {
        to.accept(item);
      }
    }
  }

  /** Reads the current object to its end; items in it are delivered. */
  PanelItem object(String season) throws LibraryException {
    Map<String, String> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (!token.isStructStart()) {
        put(fields, name, token);
      } else if (name.matches(NUMBER)) {
        value(season.isEmpty() ? name : season);
      } else if (token == JsonToken.START_ARRAY) {
        array(fields, name);
      } else {
        parser.skipChildren();
      }
    }
    return new PanelItem(fields, season);
  }

  /** A list of scalars where one is meant: the first of them. */
  private void array(Map<String, String> fields, String name) {
    JsonToken token = parser.nextToken();
    if (token.isScalarValue()) {
      put(fields, name, token);
    }
    while (token != JsonToken.END_ARRAY) {
      parser.skipChildren();
      token = parser.nextToken();
    }
  }

  private void put(Map<String, String> fields, String name, JsonToken token) {
    String text = token == JsonToken.VALUE_NULL ? "" : parser.getString().strip();
    if (!text.isEmpty()) {
      fields.put(name, text);
    }
  }
}
