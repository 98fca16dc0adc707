package streamcache.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A file of the operator's page, held in memory.
 *
 * @param content read-only
 * @param tag an entity tag that changes with the bytes
 */
record PageFile(String type, ByteBuffer content, String tag) {

  private static final String FOLDER = "/streamcache/admin/page/";
  private static final String LIT = "/META-INF/resources/webjars/lit-html/3.2.1/lit-html.js";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "app.js",
          "actions.js",
          "api.js",
          "cache.js",
          "chart.js",
          "eviction.js",
          "format.js",
          "history.js",
          "library.js",
          "link.js",
          "login.js",
          "loglevel.js",
          "now.js",
          "password.js",
          "providers.js",
          "settings.js",
          "why.js");

  /** All files by their names below the page's folder; the page itself is named "". */
  static Map<String, PageFile> all() {
    Map<String, PageFile> files = new LinkedHashMap<>();
    files.put("", read(FOLDER + "index.html", "text/html; charset=utf-8"));
    files.put("style.css", read(FOLDER + "style.css", "text/css; charset=utf-8"));
    files.put("icon.svg", read(FOLDER + "icon.svg", "image/svg+xml"));
    files.put("lit-html.js", read(LIT, SCRIPT));
    for (String name : SCRIPTS) {
      files.put(name, read(FOLDER + name, SCRIPT));
    }
    return files;
  }

  private static PageFile read(String resource, String type) {
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + resource);
      }
      byte[] bytes = in.readAllBytes();
      CRC32 sum = new CRC32();
      sum.update(bytes);
      String tag = '"' + HexFormat.of().toHexDigits((int) sum.getValue()) + '"';
      return new PageFile(type, ByteBuffer.wrap(bytes).asReadOnlyBuffer(), tag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The length of the file. */
  int length() {
    return content.limit();
  }

  @Override
  public ByteBuffer content() {
    return content.duplicate();
  }
}
