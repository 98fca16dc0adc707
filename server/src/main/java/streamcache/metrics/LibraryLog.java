package streamcache.metrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.library.LibraryEvent;

/** Writes one line for each event of the library, with names of files and without their content. */
final class LibraryLog {

  private static final Logger LIBRARY = LoggerFactory.getLogger("library");

  private LibraryLog() {}

  static void log(LibraryEvent event) {
    switch (event) {
      case LibraryEvent.Wrapped(String name) ->
          LIBRARY.atInfo().addKeyValue("file", name).log("strm-wrapped");
      case LibraryEvent.LeftToOthers(String name) ->
          LIBRARY
              .atWarn()
              .addKeyValue("file", name)
              .addKeyValue("why", "another program rewrites it again and again")
              .log("strm-left-alone");
      case LibraryEvent.FileFaulty(String name, String sentence) ->
          LIBRARY
              .atWarn()
              .addKeyValue("file", name)
              .addKeyValue("why", sentence)
              .log("strm-faulty");
      case LibraryEvent.Unwatched(String sentence) ->
          LIBRARY.atWarn().addKeyValue("why", sentence).log("strm-unwatched");
    }
  }
}
