/**
 * Turns a cause into an answer: status, words, HTML, problem+json or text. The only place that maps
 * one to the other. May import origin, link and settings.
 */
@NullMarked
package streamcache.trouble;

import org.jspecify.annotations.NullMarked;
