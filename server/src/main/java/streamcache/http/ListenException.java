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
    this(settings, cause, "BIND", "PORT");
  }

  private ListenException(ListenSettings settings, Throwable cause, String bind, String port) {
    super("cannot listen on " + place(settings) + advice(settings, cause, bind, port), cause);
  }

  /** The same for the port of the operator, which has a setting of its own. */
  public static ListenException ofAdmin(ListenSettings settings, ListenException thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return new ListenException(settings, cause, "ADMIN_BIND", "ADMIN_BIND");
  }

  /** The port, and the address unless the server listens on all addresses. */
  public static String place(ListenSettings settings) {
    String address = settings.bind().isEmpty() ? "" : " at " + settings.bind();
    return "port " + settings.port() + address;
  }

  private static String advice(ListenSettings settings, Throwable cause, String bind, String port) {
    String text = cause.toString().toLowerCase(Locale.ROOT);
    if (text.contains("unresolved") || text.contains("requested address")) {
      return ": this machine does not have that address; set "
          + bind
          + " to one of its own, or to *.";
    }
    if (text.contains("permission denied") && settings.port() <= LAST_PRIVILEGED) {
      return ": ports below 1024 need a privilege; set " + port + " to a higher one.";
    }
    return "; another server may be using it. Set " + port + " to a different one.";
  }
}
