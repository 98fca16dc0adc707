package streamcache.testkit.fuzz;

import java.util.List;

/**
 * What a provider sends for one request, and what a client must make of it.
 *
 * @param seed it was made from
 * @param pieces as they are passed to the system, Latin-1
 * @param end what follows them
 * @param truth how a client must treat the response
 */
public record HostileAnswer(long seed, List<String> pieces, End end, Truth truth) {

  /** What the provider does after the response. */
  public enum End {
    KEEP,
    CLOSE,
    RESET,
    /** Sends nothing more and keeps the connection open. */
    STALL
  }

  /** How a client must treat a response. */
  public enum Truth {
    /** Possibly sloppy, but unambiguous: every byte must arrive. */
    COMPLETE,
    /** Wrong or cut: it must not end cleanly, and the bytes before that must be correct. */
    BROKEN,
    /**
     * Framing counted among the bytes of the file: no client can detect it, but the response must
     * end.
     */
    LIE,
    /** The bytes that arrive must be correct; whether the response is complete is open. */
    OPEN
  }

  @Override
  public String toString() {
    String all = String.join("", pieces);
    String shown = all.length() > 1500 ? all.substring(0, 1500) + "..." : all;
    return "answer %d, %s, then %s: %s"
        .formatted(seed, truth, end, shown.replaceAll("[^\\x20-\\x7e\r\n]+", "*"));
  }
}
