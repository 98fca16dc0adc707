package streamcache.xtream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.zip.GZIPInputStream;
import streamcache.catalog.LibraryException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads the responses of panels as streams, never as a whole. Accepts what panels are known to
 * write: raw control characters, bytes that are not UTF-8, trailing commas, text after the end,
 * gzip that nobody asked for. Pure, apart from the stream.
 */
final class XtreamAnswers {

  private static final int LONGEST_TEXT = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_MISSING_VALUES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
          .build();

  private XtreamAnswers() {}

  /** Receives the objects of a list, in their order. */
  interface Receiver {
    void accept(PanelItem item) throws LibraryException;
  }

  /**
   * Reads a list of objects, or an object whose values they are.
   *
   * @param id the field that such an object has and no other
   * @throws PanelException if it is no list, or breaks off
   */
  static void list(InputStream in, String id, Receiver to)
      throws IOException, PanelException, LibraryException {
    read(
        in,
        (parser, first) -> {
          if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
            throw PanelException.passing("it sent no list");
          }
          int[] items = {0};
          new ItemWalk(
                  parser,
                  id,
                  item -> {
                    items[0]++;
                    to.accept(item);
                  })
              .value("");
          if (first == JsonToken.START_OBJECT && items[0] == 0) {
            throw PanelException.passing("it sent no list");
          }
        });
  }

  /**
   * Reads the episodes of a series, by season or in one list.
   *
   * @throws PanelException if it is no object, or breaks off
   */
  static void episodes(InputStream in, Receiver to)
      throws IOException, PanelException, LibraryException {
    read(
        in,
        (parser, first) -> {
          if (first == JsonToken.START_ARRAY) {
            new ItemWalk(parser, "id", to).value("");
            return;
          }
          if (first != JsonToken.START_OBJECT) {
            throw PanelException.passing("it sent nothing about the series");
          }
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isIt = parser.currentName().equals("episodes");
            parser.nextToken();
            if (isIt) {
              new ItemWalk(parser, "id", to).value("");
            } else {
              parser.skipChildren();
            }
          }
        });
  }

  /** Reads what the panel says about the account. */
  static AccountInfo account(InputStream in) throws IOException, PanelException, LibraryException {
    AccountInfo[] info = {AccountInfo.UNKNOWN};
    read(
        in,
        (parser, first) -> {
          if (first != JsonToken.START_OBJECT) {
            throw PanelException.passing("it sent nothing about the account");
          }
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isIt = parser.currentName().equals("user_info");
            parser.nextToken();
            if (isIt && parser.currentToken() == JsonToken.START_OBJECT) {
              info[0] = AccountInfo.of(new ItemWalk(parser, "", _ -> {}).object(""));
            } else {
              parser.skipChildren();
            }
          }
        });
    return info[0];
  }

  private interface Work {
    void on(JsonParser parser, JsonToken first) throws PanelException, LibraryException;
  }

  private static void read(InputStream raw, Work work)
      throws IOException, PanelException, LibraryException {
    InputStream in = plain(raw);
    if (startsLikeAPage(in)) {
      throw PanelException.passing("it sent a web page");
    }
    try (JsonParser parser =
        JSON.createParser(ObjectReadContext.empty(), new InputStreamReader(in, UTF_8))) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw PanelException.passing("it sent nothing");
      }
      work.on(parser, first);
    } catch (JacksonException broken) {
      throw PanelException.passing("its response broke off or was no JSON");
    }
  }

  private static InputStream plain(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 64 * 1024);
    in.mark(2);
    boolean isGzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return isGzip ? new BufferedInputStream(new GZIPInputStream(in), 64 * 1024) : in;
  }

  private static boolean startsLikeAPage(InputStream in) throws IOException {
    in.mark(1024);
    int first = in.read();
    for (int at = 0; at < 1000 && Character.isWhitespace(first); at++) {
      first = in.read();
    }
    in.reset();
    return first == '<';
  }
}
