package streamcache.admin;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import streamcache.playback.Request;
import streamcache.settings.AdminSettings;
import streamcache.settings.StoreSettings;
import streamcache.store.Store;

/**
 * What the API is built from.
 *
 * @param token the operator's; empty if there is none
 * @param clients the address by which the wrong tokens of a request are counted
 * @param connections the open connections of clients
 */
public record AdminParts(
    String version,
    AdminSettings settings,
    StoreSettings storeSettings,
    Optional<AdminToken> token,
    Function<Request, InetAddress> clients,
    Store store,
    PlayList plays,
    IntSupplier connections,
    InstantSource clock) {}
