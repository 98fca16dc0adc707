package streamcache.cli;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import streamcache.catalog.EntryKind;
import streamcache.catalog.LibraryRules;
import streamcache.catalog.LibraryRules.Removal;
import streamcache.catalog.MediaServer;
import streamcache.catalog.NameGlob;
import streamcache.catalog.Selection;
import streamcache.link.BadLink;

/**
 * The options of an import.
 *
 * @param selection which entries are imported
 * @param rules how the library is filled
 */
record ImportOptions(Selection selection, LibraryRules rules) {

  static final String JSON = "--json";

  private static final String GROUP = "--group";
  private static final String MATCH = "--match";
  static final String KIND = "--kind";
  private static final String FOR = "--for";
  private static final String NFO = "--nfo";
  private static final String PRUNE = "--prune";
  private static final String PRUNE_ALL = "--prune-all";
  private static final String DRY_RUN = "--dry-run";

  static void addTo(CommandSpec spec) {
    spec.addOption(Main.option(GROUP, "GLOB,..", "only groups with such a name, e.g. 'EN*'"))
        .addOption(Main.option(MATCH, "GLOB,..", "only entries with such a name"))
        .addOption(Main.option(KIND, "KIND,..", "only film, series or live"))
        .addOption(Main.option(FOR, "SERVER", "names for jellyfin (default), emby, kodi or plex"))
        .addOption(Main.option(NFO, "write .nfo files for titles with known tmdb or imdb numbers"))
        .addOption(
            Main.option(
                PRUNE, "remove files of earlier imports that are no longer listed, up to half"))
        .addOption(Main.option(PRUNE_ALL, "as --prune, however many they are"))
        .addOption(Main.option(DRY_RUN, "count what would change, and change nothing"))
        .addOption(Main.option(LinkOptions.SIGNED, "write signed links, which show the URL"))
        .addOption(Main.option(LinkOptions.PLAIN, "write plain links, for use at home only"))
        .addOption(Main.option(LinkOptions.EXPIRES, "TIME", "time until the links expire"))
        .addOption(Main.option(JSON, "print the summary as JSON"));
  }

  /**
   * @param source what the library is filled from
   * @throws BadLink with a sentence that names the option and its values
   */
  static ImportOptions of(Invocation call, String source) throws BadLink {
    Selection selection =
        new Selection(
            call.option(GROUP).map(NameGlob::of).orElse(NameGlob.ANY),
            call.option(MATCH).map(NameGlob::of).orElse(NameGlob.ANY),
            kinds(call));
    return new ImportOptions(
        selection,
        new LibraryRules(source, server(call), call.has(NFO), removal(call), call.has(DRY_RUN)));
  }

  private static Set<EntryKind> kinds(Invocation call) throws BadLink {
    Optional<String> written = call.option(KIND);
    if (written.isEmpty()) {
      return EnumSet.allOf(EntryKind.class);
    }
    Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
    for (String word : written.get().split(",", -1)) {
      kinds.add(
          EntryKind.of(word.strip())
              .orElseThrow(() -> new BadLink("--kind takes film, series or live, or several.")));
    }
    return kinds;
  }

  private static MediaServer server(Invocation call) throws BadLink {
    return MediaServer.of(call.option(FOR).orElse(MediaServer.JELLYFIN.word()))
        .orElseThrow(() -> new BadLink("--for takes jellyfin, emby, kodi or plex."));
  }

  private static Removal removal(Invocation call) {
    if (call.has(PRUNE_ALL)) {
      return Removal.ALL;
    }
    return call.has(PRUNE) ? Removal.AT_MOST_HALF : Removal.NONE;
  }
}
