package streamcache.schedule;

import streamcache.link.TitleKey;

/** A step that a {@link Decision} requires. */
sealed interface Action {

  /**
   * Open a connection for {@code [start, end)}.
   *
   * @param end Long.MAX_VALUE for the end of the file
   */
  record Open(TitleKey title, long start, long end) implements Action {}

  /** Admit the players of a title: the bandwidth suffices for them. */
  record Admit(TitleKey title) implements Action {}

  /** Close a connection to free its slot for another. */
  record Close(TitleKey title, long connection) implements Action {}
}
