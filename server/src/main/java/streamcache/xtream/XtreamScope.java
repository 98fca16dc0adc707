package streamcache.xtream;

import java.time.Duration;
import streamcache.catalog.Selection;

/**
 * What an import takes from a panel, and how fast.
 *
 * @param pause between two requests
 * @param isDryRun whether nothing is written into the folder of the library
 */
public record XtreamScope(Selection selection, Duration pause, boolean isDryRun) {}
