package streamcache.origin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import streamcache.link.HttpUrl;

/**
 * The head of one hop's response, with the body not yet read.
 *
 * @param from the target it came from
 * @param connection the connection it holds; the owner of the response cuts it or gives it back
 * @param isReusable whether the connection may serve another request after a complete body
 */
record HopResponse(
    HttpUrl from, ClassicHttpResponse response, PooledConnection connection, boolean isReusable) {

  int status() {
    return response.getCode();
  }

  OptionalInt statusFact() {
    return OptionalInt.of(status());
  }

  /** The first non-empty value of a header field, if there is one. */
  Optional<String> header(String name) {
    return headers(name).stream().filter(value -> !value.isEmpty()).findFirst();
  }

  List<String> headers(String name) {
    return Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
  }

  /** Body length as framed by Content-Length; empty for chunked and close-delimited bodies. */
  OptionalLong length() {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return OptionalLong.of(0);
    }
    return entity.getContentLength() < 0
        ? OptionalLong.empty()
        : OptionalLong.of(entity.getContentLength());
  }

  InputStream body() throws OriginException {
    try {
      HttpEntity entity = response.getEntity();
      return entity == null ? InputStream.nullInputStream() : entity.getContent();
    } catch (IOException e) {
      throw NetworkFailures.reading(e);
    }
  }
}
