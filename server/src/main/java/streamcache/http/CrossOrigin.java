package streamcache.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import streamcache.link.LinkForm;
import streamcache.playback.Headers;

/**
 * What pages of other sites may do with a link (the CORS protocol of the Fetch standard). A page
 * that holds a signed or sealed link was given it: it may read every response to it. Anyone can
 * make a plain link, so that a page could ask for whatever it likes; plain links stay closed. No
 * response depends on the page, so none of them varies by Origin, and they are the same without
 * one: a response that a browser keeps serves a page later, too. Pure.
 */
final class CrossOrigin {

  private static final byte[] LINES =
      """
      Access-Control-Allow-Origin: *\r
      Access-Control-Expose-Headers: Content-Range, Accept-Ranges, Content-Length\r
      """
          .getBytes(StandardCharsets.US_ASCII);

  /** How long a browser may remember the response to a preflight: a day, in seconds. */
  private static final String MAX_AGE = "86400";

  private CrossOrigin() {}

  /**
   * @param target of a request, without the base path; may be empty
   */
  static boolean isAllowed(String target) {
    return target.startsWith(LinkForm.SIGNED.start()) || target.startsWith(LinkForm.SEALED.start());
  }

  /** Writes the lines that every response to such a link has. */
  static void writeTo(ByteBuf out) {
    out.writeBytes(LINES);
  }

  /**
   * The fields of a response to OPTIONS that permit what a page is about to request. Players in
   * pages add header fields of their own, none of which this server obeys unless it is listed.
   *
   * @param isFromPublicNetwork whether the browser asks on behalf of a page from a wider network
   *     than this server's (Private Network Access); the link is as good as anywhere else
   */
  static void permit(Headers headers, boolean isFromPublicNetwork) {
    headers
        .add("Access-Control-Allow-Methods", EarlyResponse.ALLOWED)
        .add(
            "Access-Control-Allow-Headers",
            "Range, If-Range, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since,"
                + " Cache-Control, Pragma, *")
        .add("Access-Control-Max-Age", MAX_AGE);
    if (isFromPublicNetwork) {
      headers.add("Access-Control-Allow-Private-Network", "true");
    }
  }
}
