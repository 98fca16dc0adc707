package streamcache.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import streamcache.settings.ImportBlock;
import streamcache.settings.SeerrSettings;
import streamcache.settings.Settings;

/** Examines the folders of the library: that they are there, and can be used as they have to be. */
record LibraryCheck(Settings settings, Findings findings) {

  private static final String WHAT = "library";

  void examine() {
    settings
        .seerr()
        .map(SeerrSettings::strmFolders)
        .orElse(List.of())
        .forEach(folder -> readable(folder, "STRM_DIRS"));
    settings.library().wrapped().forEach(folder -> writable(folder, "STRM_WRAP"));
    for (ImportBlock block : settings.imports().blocks()) {
      imported(block);
    }
  }

  private boolean readable(Path folder, String setting) {
    boolean isThere = Files.isDirectory(folder) && Files.isReadable(folder);
    findings.say(
        isThere,
        WHAT,
        folder
            + (isThere
                ? " is readable"
                : " is not a readable folder; mount it here, or correct " + setting));
    return isThere;
  }

  private void writable(Path folder, String setting) {
    if (readable(folder, setting)) {
      boolean isWritable = Files.isWritable(folder);
      findings.say(
          isWritable,
          WHAT,
          folder
              + (isWritable
                  ? " is writable"
                  : " is not writable for this user; %s changes files in it".formatted(setting)));
    }
  }

  /** The first import makes the folder. */
  private void imported(ImportBlock block) {
    Path folder = block.folder();
    if (Files.exists(folder)) {
      writable(folder, "[import %s]".formatted(block.name()));
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    boolean canBeMade = parent != null && Files.isDirectory(parent) && Files.isWritable(parent);
    findings.say(
        canBeMade,
        WHAT,
        folder
            + (canBeMade
                ? " is made by the first import"
                : " is missing and cannot be made; correct FOLDER of [import %s]"
                    .formatted(block.name())));
  }
}
