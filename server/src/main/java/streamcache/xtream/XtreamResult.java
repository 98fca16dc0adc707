package streamcache.xtream;

import java.util.List;
import java.util.Optional;
import streamcache.catalog.LibrarySummary;

/**
 * What an import has done.
 *
 * @param summary empty if the panel refused the account, so that the library is as it was
 * @param omitted films and channels, and series of which nothing was read, that were not selected
 * @param problems a sentence for each part that is missing; empty if the import is complete
 */
public record XtreamResult(Optional<LibrarySummary> summary, long omitted, List<String> problems) {

  public XtreamResult {
    problems = List.copyOf(problems);
  }

  public boolean isComplete() {
    return problems.isEmpty();
  }
}
