package streamcache.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * Calls a program that the operator has named, with short JSON in both directions. Does not follow
 * redirects, because what is sent may be a secret. Makes one call at a time; {@link #close} from
 * any thread aborts the current one.
 */
public final class Caller implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Long enough for Seerr, which queries its own catalogue before it responds. */
  private static final Duration READ = Duration.ofSeconds(20);

  /** For the whole response; one that arrives too slowly is abandoned. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int MOST_BYTES = 4 << 20;

  private final CloseableHttpClient client;

  /**
   * @param agent the value of User-Agent
   */
  public Caller(String agent) {
    this.client =
        HttpClients.custom()
            .setUserAgent(agent)
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(1)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                            .setSocketTimeout((int) READ.toMillis(), TimeUnit.MILLISECONDS)
                            .setTimeToLive(1, TimeUnit.MINUTES)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(READ.toMillis(), TimeUnit.MILLISECONDS)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /** Blocks until the response is read. */
  public Reply get(String url, Map<String, String> fields) throws CallException {
    return call(new HttpGet(URI.create(url)), fields);
  }

  /** Blocks until the response is read. */
  public Reply post(String url, Map<String, String> fields, byte[] json) throws CallException {
    HttpPost request = new HttpPost(URI.create(url));
    request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    return call(request, fields);
  }

  private Reply call(HttpUriRequestBase request, Map<String, String> fields) throws CallException {
    fields.forEach(request::setHeader);
    try {
      return client.execute(request, Caller::reply);
    } catch (CallException e) {
      throw e;
    } catch (IOException e) {
      throw CallException.of(e);
    } catch (IllegalStateException closed) {
      throw new CallException("this server is stopping");
    }
  }

  private static Reply reply(ClassicHttpResponse response) throws IOException {
    List<Reply.Field> fields = new ArrayList<>();
    for (Header header : response.getHeaders()) {
      fields.add(new Reply.Field(header.getName(), header.getValue()));
    }
    HttpEntity entity = response.getEntity();
    String body = entity == null ? "" : text(entity.getContent());
    return new Reply(response.getCode(), fields, body);
  }

  private static String text(InputStream content) throws IOException {
    long begun = System.nanoTime();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] piece = new byte[16 * 1024];
    for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
      text.write(piece, 0, read);
      if (text.size() > MOST_BYTES || System.nanoTime() - begun > ANSWER.toNanos()) {
        throw new CallException("its answer is too long or too slow");
      }
    }
    return text.toString(UTF_8);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
