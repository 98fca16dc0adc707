package streamcache.xtream;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import streamcache.link.Link;
import streamcache.origin.OriginException;

/**
 * The only way to a panel: sends one request at a time, within the limit of the account and under
 * the rules for its provider. Blocks.
 */
public interface PanelGate {

  /**
   * Sends one request and copies the body of a good response.
   *
   * @param account a link of the account that the request counts against
   * @param page what to ask for
   * @param to receives the body; what it holds after {@code false} or an exception is useless
   * @return whether the body is complete; false if the account is in use, or a player came to need
   *     its connection
   * @throws OriginException if there is no good response, or it breaks off
   * @throws UncheckedIOException if {@code to} fails
   */
  boolean copy(Link account, Link page, OutputStream to) throws OriginException;

  /**
   * Reports how many connections the panel allows.
   *
   * @param connections at least 1
   */
  void limit(Link account, int connections);
}
