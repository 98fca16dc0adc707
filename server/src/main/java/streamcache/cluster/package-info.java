/**
 * Several servers that act as one: who is there, which node is the home of an account, and how a
 * player is served from another node. {@link streamcache.cluster.Cluster} is the entry point.
 * Nothing outside {@code GroupMembership} and the protocols beside it knows JGroups. May import
 * playback, fill, origin, link and settings.
 */
@NullMarked
package streamcache.cluster;

import org.jspecify.annotations.NullMarked;
