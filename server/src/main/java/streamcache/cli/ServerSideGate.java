package streamcache.cli;

import java.io.OutputStream;
import streamcache.fill.Fills;
import streamcache.fill.QueryPurpose;
import streamcache.link.Link;
import streamcache.origin.OriginException;
import streamcache.origin.Pages;
import streamcache.schedule.SideQueryTurn;
import streamcache.xtream.PanelGate;

/**
 * The gate within the server: each request is a side query of its account, so that it takes no
 * connection that a player needs, and gives way to one that comes. Beside players it runs only if
 * one connection more is free. Any thread.
 */
record ServerSideGate(Fills fills, Pages pages) implements PanelGate {

  @Override
  public boolean copy(Link account, Link page, OutputStream to) throws OriginException {
    return fills
        .sideQuery(
            account,
            QueryPurpose.IMPORT,
            SideQueryTurn.BESIDE_PLAYERS,
            (call, _) -> {
              pages.copy(page, to, call);
              return true;
            })
        .isPresent();
  }

  @Override
  public void limit(Link account, int connections) {
    fills.stated(account, connections);
  }
}
