package streamcache.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import streamcache.settings.StoreSettings;
import streamcache.store.AdoptionTrial;
import streamcache.store.Store;
import streamcache.store.StoreException;
import streamcache.store.StoreFolder;
import streamcache.store.StoreUsage;
import tools.jackson.databind.JsonNode;

/** Examines the cache folder, its disk and its file system. Blocks on the disk. */
record StoreCheck(StoreSettings settings, Findings findings) {

  private static final String FOLDER = "folder";
  private static final String FILE_SYSTEM = "file system";
  private static final String SPACE = "space";
  private static final String LITTLE =
      ": less than CACHE_MIN_FREE_BYTES; free some space or lower it";

  /** By opening it, while no server runs. */
  void examine() {
    try (Store store = Store.open(settings, _ -> {})) {
      findings.good(FOLDER, settings.folder() + " is writable");
      fileSystem(store.fileSystem());
      space(store.usage());
    } catch (StoreException e) {
      findings.bad(FOLDER, String.valueOf(e.getMessage()));
    }
    oldCache();
  }

  /**
   * By what the running server tells.
   *
   * @param status its state, if its API can be asked
   */
  void examineInUse(Optional<JsonNode> status) {
    findings.good(FOLDER, settings.folder() + " is in use by the running server");
    fileSystem(new StoreFolder(settings.folder()).fileSystem());
    status
        .map(answer -> answer.path("store"))
        .ifPresentOrElse(
            store -> space(usage(store)), () -> space(settings.folder().toFile().getUsableSpace()));
    oldCache();
  }

  private static StoreUsage usage(JsonNode store) {
    return new StoreUsage(
        store.path("usedBytes").asLong(),
        store.path("maxBytes").asLong(),
        store.path("diskFreeBytes").asLong(),
        store.path("titles").asLong(),
        store.path("isWritable").asBoolean(true));
  }

  private void oldCache() {
    settings
        .adoption()
        .ifPresent(old -> {
          Optional<String> objection =
              new AdoptionTrial(old.folder(), settings.folder()).objection();
          findings.say(
              objection.isEmpty(),
              "old cache",
              objection.orElse("titles of " + old.folder() + " can be adopted"));
        });
  }

  private void fileSystem(String words) {
    Optional<String> advice = FileSystemNotes.advice(type(settings.folder()));
    if (advice.isPresent()) {
      findings.note(FILE_SYSTEM, words + "; " + advice.get());
    } else {
      findings.good(FILE_SYSTEM, words);
    }
  }

  private static String type(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.type();
    } catch (IOException _) {
      return "";
    }
  }

  /** What is known without the server. */
  private void space(long free) {
    boolean isEnough = free >= settings.minFreeBytes();
    String text = Serve.gigabytes(free) + " free on the disk";
    findings.say(isEnough, SPACE, isEnough ? text : text + LITTLE);
  }

  private void space(StoreUsage usage) {
    String text =
        "%s of at most %s used, %s free on the disk"
            .formatted(
                Serve.gigabytes(usage.usedBytes()),
                Serve.gigabytes(usage.maxBytes()),
                Serve.gigabytes(usage.diskFreeBytes()));
    if (!usage.isWritable()) {
      findings.bad(
          SPACE, text + "; the store accepts no bytes, and the log says why (store-failed)");
    } else if (usage.diskFreeBytes() < settings.minFreeBytes()) {
      findings.bad(SPACE, text + LITTLE);
    } else if (usage.maxBytes() - usage.usedBytes() > usage.diskFreeBytes()) {
      findings.bad(SPACE, text + ": too little for CACHE_MAX_BYTES; lower that setting");
    } else {
      findings.good(SPACE, text);
    }
  }
}
