package streamcache.trouble;

import java.util.List;
import streamcache.link.TitleKey;

/** Knows whether somebody has been asked to mend a title. Any thread, must not block. */
public interface Remedies {

  /** When nobody is ever asked. */
  Remedies NONE = _ -> List.of();

  /**
   * Lines for viewers of a title that fails, such as "Reported in Seerr"; two fit on the screen.
   */
  List<String> notes(TitleKey title);
}
