package streamcache.library;

import streamcache.event.Event;

/** What happens to the watched folders of the library. */
public sealed interface LibraryEvent extends Event {

  /** A file was given a link. */
  record Wrapped(String name) implements LibraryEvent {}

  /** A file is left alone for a while, since another program rewrites it again and again. */
  record LeftToOthers(String name) implements LibraryEvent {}

  /**
   * A file or folder cannot be read or written, or its link does not work; published once.
   *
   * @param sentence why, and what to do
   */
  record FileFaulty(String name, String sentence) implements LibraryEvent {}

  /**
   * Changes are noticed by walks only, every ten minutes.
   *
   * @param sentence why, and what to do
   */
  record Unwatched(String sentence) implements LibraryEvent {}
}
