package streamcache.store;

/**
 * The files of one generation: its media, and the journal that records which bytes the media holds.
 *
 * @param name of the media file, without ".part"
 */
record TitleFiles(String name, Media media, SidecarJournal journal) {}
