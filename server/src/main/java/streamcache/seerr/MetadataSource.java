package streamcache.seerr;

import java.util.Optional;

/**
 * A source that may identify a title whose link does not. Called on the worker thread; may block
 * for the disk or the network.
 */
interface MetadataSource {

  /** The name of the source for people, such as "the .strm file". */
  String source();

  /**
   * @return a work that is named, by an id or by title and year; empty if this source does not know
   *     it
   * @throws SeerrException if the source cannot say, and no other source is to be asked
   */
  Optional<MediaIdentity> tell(Case about) throws SeerrException;
}
