package streamcache.seerr;

import java.util.Optional;

/**
 * Who may tell which work a title is when its link does not. Asked on the thread of the rounds; may
 * block for the disk or the network.
 */
interface Informant {

  /** Who tells, for people: "the .strm file". */
  String source();

  /**
   * @return a work that is named, by an id or by title and year; empty: it is not known here
   * @throws SnagException it cannot be told, and nobody else is to be asked
   */
  Optional<Work> tell(Case about) throws SnagException;
}
