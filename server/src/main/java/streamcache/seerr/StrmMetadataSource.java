package streamcache.seerr;

import java.util.Optional;
import streamcache.link.TitleKey;

/** Identifies a title by the names of its {@code .strm} files and their folders. */
final class StrmMetadataSource implements MetadataSource {

  private final StrmIndex index;

  StrmMetadataSource(StrmIndex index) {
    this.index = index;
  }

  @Override
  public String source() {
    return "the .strm file";
  }

  @Override
  public Optional<MediaIdentity> tell(Case about) throws SeerrException {
    MediaIdentity all = MediaIdentity.UNKNOWN;
    for (String name : index.names(new TitleKey(about.key()))) {
      // A title without a year is ambiguous, and must not be mixed with the title of another file.
      MediaIdentity read = WorkName.read(name);
      MediaIdentity one = read.isNamed() ? read : read.untitled();
      if (one.contradicts(all) || (one.isNamed() && all.isNamed() && !one.isSurely(all))) {
        throw SeerrException.refused(
            "the .strm files of this title name different works; append ?tmdb=NUMBER to the link");
      }
      all = all.isNamed() ? all.completedBy(one) : one.completedBy(all);
    }
    return Optional.of(all).filter(MediaIdentity::isNamed);
  }
}
