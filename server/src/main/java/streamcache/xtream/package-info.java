/**
 * Reads what an Xtream panel offers, and fills a media library with it: {@code XtreamAnswers} reads
 * its JSON, {@code PanelClient} asks it with patience, {@code XtreamImport} is one import. Every
 * request goes through a {@code PanelGate}, which keeps the limit of the account. May import
 * catalog, durable, link, origin's values and settings.
 */
@NullMarked
package streamcache.xtream;

import org.jspecify.annotations.NullMarked;
