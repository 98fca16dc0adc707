package streamcache.library;

/** Why a {@code .strm} file is left as it is. */
public enum LeftAlone {
  EMPTY("nothing to play in it"),
  TOO_LARGE("larger than 128 KiB"),
  NOT_TEXT("not text in UTF-8"),
  SYMBOLIC_LINK("a symbolic link"),
  NOT_WEB("no web address (plugin://, rtsp://, a local path)"),
  LIVE("a live channel; --live includes them"),
  PLAYLIST("a playlist (.m3u8, .mpd)"),
  NOT_SELECTED("not selected by --match and --exclude"),
  PROVIDER_URL("the URL of a provider, not a link"),
  EXPIRES("a link that expires; a plain link cannot"),
  CHANGING("changed by another program just now");

  private final String words;

  LeftAlone(String words) {
    this.words = words;
  }

  /** For a table: what the file is. */
  public String words() {
    return words;
  }
}
