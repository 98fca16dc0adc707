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
    String address = settings.bind().isEmpty() ? "" : " at " + settings.bind();
    return "port " + settings.port() + address;
  }

  private static String advice(ListenSettings settings, Throwable cause) {
    String text = cause.toString().toLowerCase(Locale.ROOT);
    if (text.contains("unresolved") || text.contains("requested address")) {
      return ": this machine does not have that address; set BIND to one of its own, or to *.";
    }
    if (text.contains("permission denied") && settings.port() <= LAST_PRIVILEGED) {
      return ": ports below 1024 need a privilege; set PORT to a higher one.";
    }
    return "; another server may be using it. Set PORT to a different one.";
  }
}
