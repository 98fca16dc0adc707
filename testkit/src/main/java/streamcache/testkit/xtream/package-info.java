/**
 * A scripted Xtream panel, which answers as panels in the wild do: numbers as strings, lists as
 * objects, pages instead of JSON, lists that break off.
 */
@NullMarked
package streamcache.testkit.xtream;

import org.jspecify.annotations.NullMarked;
