package streamcache.schedule;

/** What the validators (ETag, Last-Modified) of a provider's responses are taken to show. */
public enum ValidatorUse {
  /** An equal one shows that it is the stored file, a different one that it is another file. */
  TRUSTED,
  /** An equal one shows that it is the stored file; where they differ, the bytes decide. */
  CHECKED,
  /** They differed: stored bytes are fetched again and compared before anything else. */
  DISPUTED,
  /** They show nothing: only the bytes do. */
  IGNORED;

  /** Whether an equal strong validator shows that it is the stored file. */
  public boolean vouches() {
    return this == TRUSTED || this == CHECKED;
  }
}
