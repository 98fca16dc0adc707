package streamcache.catalog;

/**
 * Where a file of the library is.
 *
 * @param folder relative to the library, with slashes
 * @param stem the file name without its extension
 */
record Place(String folder, String stem) {

  static final String LINK = ".strm";
  static final String DESCRIPTION = ".nfo";

  String link() {
    return folder + "/" + stem + LINK;
  }

  String description() {
    return folder + "/" + stem + DESCRIPTION;
  }

  /** A place beside this one for an entry with the same name, which servers show as a version. */
  Place labelled(String label) {
    return new Place(folder, stem + " - " + label);
  }
}
