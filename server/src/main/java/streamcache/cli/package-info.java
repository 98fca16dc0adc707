/**
 * The command line, and the only place that wires all packages by constructor. Nothing imports it.
 */
@NullMarked
package streamcache.cli;

import org.jspecify.annotations.NullMarked;
