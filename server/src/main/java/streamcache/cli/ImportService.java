package streamcache.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import streamcache.link.BadLink;
import streamcache.link.Link;
import streamcache.link.LinkForm;
import streamcache.link.Links;
import streamcache.link.OpenedLink;
import streamcache.origin.OriginException;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.xtream.PanelGate;

/**
 * What a running server does for an import that a command runs: it fetches a page of a provider
 * within the limit of the account, and learns that limit. Only a process with the server's key can
 * ask, since the links of a request are sealed and expire within minutes, unlike those of a
 * library. Any thread.
 */
final class ImportService {

  static final String PAGE = "/import/page";
  static final String LIMIT = "/import/limit";

  /** How long a link of a request may be valid at most. */
  static final Duration LIFE = Duration.ofMinutes(2);

  private static final int FORBIDDEN = 403;
  private static final int BAD_GATEWAY = 502;
  private static final int IN_USE = 503;

  private final PanelGate gate;
  private final Links links;
  private final InstantSource clock;

  ImportService(PanelGate gate, Links links, InstantSource clock) {
    this.gate = gate;
    this.links = links;
    this.clock = clock;
  }

  /** Sends the page; cuts the connection if the provider does, or if a player needs the slot. */
  void page(Exchange exchange) throws ClientGone {
    if (refusesHead(exchange)) {
      return;
    }
    Map<String, String> parameters = parameters(exchange);
    Body body = new Body(exchange);
    try {
      if (gate.copy(link(parameters, "account"), link(parameters, "page"), body)) {
        body.begin();
        exchange.end();
      } else if (body.hasBegun) {
        exchange.abort();
      } else {
        answer(exchange, IN_USE, new Headers(), "a player uses the account");
      }
    } catch (BadLink e) {
      answer(exchange, FORBIDDEN, new Headers(), String.valueOf(e.getMessage()));
    } catch (OriginException e) {
      if (body.hasBegun) {
        exchange.abort();
        return;
      }
      Headers why = new Headers().add(FailureCode.FIELD, FailureCode.of(e.failure()));
      answer(exchange, BAD_GATEWAY, why, "the provider did not send the page");
    } catch (UncheckedIOException gone) {
      throw new ClientGone("the command ended");
    }
  }

  /** Learns how many connections the panel allows. */
  void limit(Exchange exchange) throws ClientGone {
    if (refusesHead(exchange)) {
      return;
    }
    Map<String, String> parameters = parameters(exchange);
    String connections = parameters.getOrDefault("connections", "");
    try {
      Link account = link(parameters, "account");
      if (!connections.matches("[1-9][0-9]?")) {
        throw new BadLink("The number of connections is missing.");
      }
      gate.limit(account, Integer.parseInt(connections));
      answer(exchange, /* status= */ 200, new Headers(), "ok");
    } catch (BadLink e) {
      answer(exchange, FORBIDDEN, new Headers(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean refusesHead(Exchange exchange) throws ClientGone {
    boolean isHead = exchange.request().method().equals("HEAD");
    if (isHead) {
      answer(exchange, FORBIDDEN, new Headers(), "");
    }
    return isHead;
  }

  private Link link(Map<String, String> parameters, String name) throws BadLink {
    OpenedLink opened = links.open(parameters.getOrDefault(name, ""));
    Instant now = clock.instant();
    boolean isOfCommand =
        opened.form() == LinkForm.SEALED
            && !opened.hasExpired(now)
            && opened.expires().filter(end -> end.isBefore(now.plus(LIFE))).isPresent();
    if (!isOfCommand) {
      throw new BadLink("This request is for commands of this program.");
    }
    return opened.link();
  }

  /** Links contain nothing that must be escaped. */
  private static Map<String, String> parameters(Exchange exchange) {
    String target = exchange.request().target();
    return Arrays.stream(target.substring(target.indexOf('?') + 1).split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, _) -> first));
  }

  private static void answer(Exchange exchange, int status, Headers headers, String text)
      throws ClientGone {
    byte[] bytes = (text + "\n").getBytes(UTF_8);
    exchange.head(
        status,
        headers
            .add("Content-Type", "text/plain; charset=utf-8")
            .add("Content-Length", Integer.toString(bytes.length))
            .add("Cache-Control", "no-store"));
    if (!exchange.request().method().equals("HEAD")) {
      exchange.body(ByteBuffer.wrap(bytes));
    }
    exchange.end();
  }

  /** The body of the response, whose head is sent once the provider has sent something. */
  private static final class Body extends OutputStream {

    private final Exchange exchange;
    private boolean hasBegun;

    Body(Exchange exchange) {
      this.exchange = exchange;
    }

    void begin() throws ClientGone {
      if (!hasBegun) {
        hasBegun = true;
        exchange.head(
            /* status= */ 200,
            new Headers()
                .add("Content-Type", "application/octet-stream")
                .add("Cache-Control", "no-store"));
      }
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      begin();
      exchange.body(ByteBuffer.wrap(bytes, from, length));
    }
  }
}
