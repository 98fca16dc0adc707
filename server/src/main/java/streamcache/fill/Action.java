package streamcache.fill;

import streamcache.link.TitleKey;

/** What a {@link Decision} wants done. */
public sealed interface Action {

  /**
   * Open a connection for {@code [start, end)}.
   *
   * @param end Long.MAX_VALUE: to the end of the file
   */
  record Open(TitleKey title, long start, long end) implements Action {}

  /** Let the players of a title begin: the line carries them. */
  record Admit(TitleKey title) implements Action {}

  /** End a connection to give its place to another. */
  record Close(TitleKey title, long connection) implements Action {}
}
