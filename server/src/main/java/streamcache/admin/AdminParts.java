package streamcache.admin;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import streamcache.cluster.ClusterStatus;
import streamcache.cluster.OperatorRelay;
import streamcache.fill.Fills;
import streamcache.http.Clients;
import streamcache.link.AccountId;
import streamcache.link.Links;
import streamcache.link.Originals;
import streamcache.origin.LinkProbe;
import streamcache.origin.ProviderProfiles;
import streamcache.prewarm.Prewarms;
import streamcache.settings.AdminSettings;
import streamcache.store.Store;

/**
 * What the API is built from.
 *
 * @param token the operator's; empty if there is none
 * @param lessons what was learned about an account, in words
 * @param probe shows what a provider answers
 * @param linkBase what links begin with
 * @param connections the open connections of clients
 * @param cluster what this server is a node of; empty if it is alone
 * @param others the way to the other nodes; empty if it is alone
 */
public record AdminParts(
    String version,
    AdminSettings settings,
    SettingsInEffect inEffect,
    Optional<AdminToken> token,
    Clients clients,
    Store store,
    Fills fills,
    ProviderProfiles profiles,
    Function<AccountId, List<String>> lessons,
    PlayList plays,
    Timeline timeline,
    TrafficHistory history,
    Prewarms prewarms,
    Originals originals,
    EventFeed events,
    LibraryTrees library,
    Links links,
    LinkProbe probe,
    Supplier<String> linkBase,
    IntSupplier connections,
    LogLevel logLevel,
    Supplier<Optional<ClusterStatus>> cluster,
    Optional<OperatorRelay> others,
    InstantSource clock) {}
