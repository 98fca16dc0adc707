package streamcache.testkit.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/**
 * Hostile conversations with the whole product, each about titles of its own: a provider is asked
 * for a title only if a request for it was valid, and the upstream request contains only what the
 * product sends and nothing that a client injected. One instance a provider; used by one thread.
 */
public final class ProductFuzz {

  private static final int TITLES = 4;
  private static final Set<Integer> ANSWERS =
      Set.of(200, 206, 304, 400, 403, 404, 412, 416, 502, 503, 504);
  private static final Set<String> FIELDS =
      Set.of("host", "user-agent", "accept", "accept-encoding", "range", "if-range");

  private final ScriptedOrigin provider;
  private final InetSocketAddress product;
  private final Random random;
  private final Content film = Content.of(77, 5000);
  private final Set<String> allowed = new HashSet<>();
  private final Set<String> known = new HashSet<>();

  public ProductFuzz(ScriptedOrigin provider, InetSocketAddress product, long seed) {
    this.provider = provider;
    this.product = product;
    this.random = new Random(seed);
    provider.onOthers(wire -> wire.play(Script.of(film)));
  }

  /**
   * Holds one conversation.
   *
   * @return how many of its requests were served
   * @throws AssertionError if anything is not as required
   */
  public int next() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < TITLES; i++) {
      paths.add("/title/" + HexFormat.of().toHexDigits(random.nextLong()));
    }
    known.addAll(paths);
    List<String> links = paths.stream().map(path -> link(provider.url(path))).toList();
    Conversation conversation = new RequestGrammar(random.nextLong(), links).next();
    List<ListenerFuzz.Served> served = ListenerFuzz.have(conversation, product);
    for (ListenerFuzz.Served one : served) {
      links.stream()
          .filter(link -> one.target().contains(mark(link)))
          .forEach(link -> allowed.add(paths.get(links.indexOf(link))));
      check(one, links, conversation);
    }
    provider.requests().forEach(request -> check(request, conversation));
    return served.size();
  }

  /**
   * Returns the part of a link that identifies its title, even if an earlier letter was changed.
   * Leaves out the end, since the last letter of base64 has several spellings.
   */
  private static String mark(String link) {
    return link.substring(link.length() - 12, link.length() - 2);
  }

  private void check(ListenerFuzz.Served one, List<String> links, Conversation conversation) {
    Answer answer = one.answer();
    if (!ANSWERS.contains(answer.status())) {
      throw new AssertionError("status " + answer.status() + " to " + conversation);
    }
    boolean isWhole = answer.status() == 200 && one.method().equals("GET");
    if (isWhole && links.contains(one.target())) {
      answer.check(film, 0, film.length());
    }
  }

  private void check(RecordedRequest request, Conversation conversation) {
    boolean isHidden = known.contains(request.path()) && !allowed.contains(request.path());
    boolean isOurs =
        request.method().equals("GET")
            && request.headers().all().stream()
                .allMatch(field -> FIELDS.contains(field.name().toLowerCase(Locale.ROOT)));
    if (isHidden || !isOurs) {
      throw new AssertionError("a provider was asked " + request + " by " + conversation);
    }
  }

  private static String link(String url) {
    return "/u/"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.getBytes(StandardCharsets.UTF_8));
  }
}
