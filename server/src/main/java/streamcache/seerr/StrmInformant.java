package streamcache.seerr;

import java.util.Optional;
import streamcache.link.TitleKey;

/** What the {@code .strm} files of a title and the folders they lie in are called. */
final class StrmInformant implements Informant {

  private final StrmIndex index;

  StrmInformant(StrmIndex index) {
    this.index = index;
  }

  @Override
  public String source() {
    return "the .strm file";
  }

  @Override
  public Optional<Work> tell(Case about) throws SnagException {
    Work all = Work.UNKNOWN;
    for (String name : index.names(new TitleKey(about.key()))) {
      // A title without its year may be anything, and is not to be mixed with that of another.
      Work read = WorkName.read(name);
      Work one = read.isNamed() ? read : read.untitled();
      if (one.contradicts(all) || (one.isNamed() && all.isNamed() && !one.isSurely(all))) {
        throw SnagException.refused(
            "the .strm files of this title name different works; put ?tmdb=NUMBER behind the link");
      }
      all = all.isNamed() ? all.completedBy(one) : one.completedBy(all);
    }
    return Optional.of(all).filter(Work::isNamed);
  }
}
