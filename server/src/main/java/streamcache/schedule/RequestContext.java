package streamcache.schedule;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import streamcache.link.Link;
import streamcache.origin.Failure;

/** The link, User-Agent and trust with which a title is fetched. Belongs to a title. */
final class RequestContext {

  /** The header field of a link that names the User-Agent. */
  private static final String AGENT = "user-agent";

  /** The newest link wins: a provider may no longer accept old ones. */
  private Link link;

  private String agent;

  private final Supplier<Stream<DemandTerms>> demands;
  private final Agents agents;

  /**
   * Whether any requesting client may reach private networks. Stays set until nobody wants the
   * title any more: a client that may not must not end what was begun for one that may.
   */
  private boolean trusted;

  /**
   * @param demands what the demands for the title ask for now, oldest first
   * @param isAgentSet whether every request to the provider carries the same User-Agent
   */
  RequestContext(
      DemandTerms first,
      Supplier<Stream<DemandTerms>> demands,
      boolean isAgentSet,
      AccountAgent account) {
    this.link = first.link();
    this.demands = demands;
    this.agents = new Agents(account, isAgentSet || link.headers().containsKey(AGENT));
    this.agent = first.agent();
  }

  /**
   * Adds another demand for the title.
   *
   * @return whether it is the first from a trusted client
   */
  boolean isWidenedBy(DemandTerms terms) {
    link = terms.link();
    agent = terms.agent();
    return isTrustedBy(terms);
  }

  /**
   * Adds an order for the title, whose link may be older than that of a player.
   *
   * @return whether it is the first that may reach private networks
   */
  boolean isTrustedBy(DemandTerms terms) {
    boolean isFirstTrusted = terms.isTrusted() && !trusted;
    trusted |= terms.isTrusted();
    return isFirstTrusted;
  }

  /** The name by which people know the title. */
  String name() {
    return link.name();
  }

  /** The User-Agents of the current demands, oldest first, and of the last one that came. */
  private List<String> players() {
    return Stream.concat(demands.get().map(DemandTerms::agent), Stream.of(agent)).toList();
  }

  /**
   * A request with the User-Agent {@code as} was refused.
   *
   * @return whether to retry at once with another User-Agent
   */
  boolean refused(String as, Failure failure, long now) {
    return agents.refused(as, failure, players(), now);
  }

  /** Whether a refused request could be retried with another User-Agent. */
  boolean hasAnother(Failure failure, long now) {
    return agents.hasAnother(failure, players(), now);
  }

  /** Whether a player with that User-Agent does not share the failure of others. */
  boolean mayTry(String player, long now) {
    return agents.mayTry(player, now);
  }

  void accepted(String as) {
    agents.accepted(as);
  }

  /** The title was given up for now. */
  void givenUp() {
    agents.givenUp();
  }

  /**
   * The terms of the next request.
   *
   * @param support what is assumed about the provider's file
   * @param closes whether the connection must not be kept alive for another request
   */
  RequestTerms terms(RangeSupport support, boolean closes) {
    return new RequestTerms(
        link,
        agents.next(players()),
        trusted,
        /* continues= */ !support.isDoubted(),
        support.validators(),
        support.comparesFirst(),
        // Some panels refuse a channel that is requested with a Range.
        support.sendsRange() && !link.isLive(),
        support.sendsIfRange(),
        closes);
  }
}
