/** The command line and the one place that wires all rooms by constructor. Nothing imports it. */
@NullMarked
package streamcache.cli;

import org.jspecify.annotations.NullMarked;
