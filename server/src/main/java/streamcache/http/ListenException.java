package streamcache.http;

import java.io.IOException;
import java.util.Locale;
import streamcache.settings.ListenSettings;

/** The port for players cannot be opened; the message says why and what to do. */
public final class ListenException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Ports up to this one need a privilege that ordinary users do not have. */
  private static final int LAST_PRIVILEGED = 1023;

  /**
   * @param cause why binding failed
   */
  public ListenException(ListenSettings settings, Throwable cause) {
    super("cannot listen on " + place(settings) + advice(settings, cause), cause);
  }

  /** The port, and the address unless the server listens on all addresses. */
  public static String place(ListenSettings settings) {
    String address = settings.bind().isEmpty() ? "" : " of " + settings.bind();
    return "port " + settings.port() + address;
  }

  private static String advice(ListenSettings settings, Throwable cause) {
    String text = cause.toString().toLowerCase(Locale.ROOT);
    if (text.contains("unresolved") || text.contains("requested address")) {
      return ": that is no address of this machine; set BIND to one that is, or to *.";
    }
    if (text.contains("permission denied") && settings.port() <= LAST_PRIVILEGED) {
      return ": ports below 1024 are not for every user; set PORT to a higher one.";
    }
    return "; is another server running there? Set PORT to another one.";
  }
}
