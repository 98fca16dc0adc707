package streamcache.xtream;

import java.time.Duration;
import streamcache.catalog.Selection;

/**
 * What an import takes from a panel, and how fast.
 *
 * @param pause between two requests
 */
public record XtreamScope(Selection selection, Duration pause) {}
