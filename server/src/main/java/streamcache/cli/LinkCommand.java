package streamcache.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkCodec;
import streamcache.settings.Settings;

/** The link command: from a URL to the line of a .strm file. */
final class LinkCommand {

  private final LinkCodec codec = new LinkCodec();
  private final Settings settings;
  private final PrintWriter out;
  private final PrintWriter err;

  LinkCommand(Settings settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int print(String url) {
    try {
      String encoded = codec.encode(url);
      Link link = codec.decode(encoded);
      out.println(
          "http://%s:%d/u/%s/%s"
              .formatted(Serve.host(), settings.listen().port(), encoded, escape(link.name())));
      return 0;
    } catch (BadLink e) {
      err.println("streamcache: " + e.getMessage());
      return 1;
    }
  }

  private static String escape(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
