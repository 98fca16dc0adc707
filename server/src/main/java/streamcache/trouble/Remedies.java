package streamcache.trouble;

import java.util.List;
import streamcache.link.TitleKey;

/** Knows whether a repair of a title has been requested. Any thread, must not block. */
public interface Remedies {

  /** For a server that never requests repairs. */
  Remedies NONE = _ -> List.of();

  /**
   * Lines for viewers of a title that fails, such as "Reported in Seerr"; two fit on the screen.
   */
  List<String> notes(TitleKey title);
}
