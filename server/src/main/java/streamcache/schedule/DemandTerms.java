package streamcache.schedule;

import java.util.Optional;
import streamcache.link.Link;

/**
 * The immutable part of a demand.
 *
 * @param factsOnly whether the facts of the title are enough (HEAD)
 * @param agent the User-Agent of its player, blank if the player has none
 * @param isTrusted whether requests on behalf of its client may reach private networks
 * @param visit the visit that it is part of; empty when only the facts are wanted
 */
public record DemandTerms(
    Link link, boolean factsOnly, String agent, boolean isTrusted, Optional<ObservedVisit> visit) {}
