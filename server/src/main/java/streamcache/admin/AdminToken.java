package streamcache.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import streamcache.durable.PrivateFile;
import streamcache.settings.AdminSettings;
import streamcache.settings.SecretText;

/**
 * The operator's token: the one of the settings, else the one in a file beside the keys, which is
 * made at the first start. Opened at start and by commands; blocks.
 *
 * @param text the token
 * @param file where it is kept; empty if the settings name it
 * @param isNew whether this start has made it, so that the operator has not seen it
 */
public record AdminToken(SecretText text, Optional<Path> file, boolean isNew) {

  private static final String NAME = "admin.token";

  /** In bytes; a longer file is some other file. */
  private static final int MOST_BYTES = 1025;

  /**
   * The token, which is made if there is none.
   *
   * @param warn receives a sentence for each problem
   * @return empty if it can be neither read nor made; the API then has no operator
   */
  public static Optional<AdminToken> openOrMake(AdminSettings settings, Consumer<String> warn) {
    return open(settings, /* makes= */ true, warn);
  }

  /** The token; empty if there is none so far, or it cannot be read. */
  public static Optional<AdminToken> open(AdminSettings settings, Consumer<String> warn) {
    return open(settings, /* makes= */ false, warn);
  }

  private static Optional<AdminToken> open(
      AdminSettings settings, boolean makes, Consumer<String> warn) {
    if (settings.token().isPresent()) {
      return settings.token().map(set -> new AdminToken(set, Optional.empty(), /* isNew= */ false));
    }
    PrivateFile file = new PrivateFile(settings.folder().resolve(NAME));
    try {
      boolean isMissing = Files.notExists(file.path());
      if (isMissing && makes) {
        file.makeOnce((TokenDigest.newToken() + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      keepToOwner(file, warn);
      return read(file.path(), isMissing, warn);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      warn.accept(
          "The API has no operator: %s cannot be read or made (%s). Set ADMIN_TOKEN, or make its"
                  .formatted(file.path(), e.getClass().getSimpleName())
              + " folder writable for this user.");
      return Optional.empty();
    }
  }

  private static Optional<AdminToken> read(Path file, boolean isNew, Consumer<String> warn)
      throws IOException {
    String text;
    try (var in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1).strip();
    }
    if (!text.matches("[!-~]{16,1024}")) {
      warn.accept(
          "The API has no operator: %s holds no token. Remove it, and the next start makes one."
              .formatted(file));
      return Optional.empty();
    }
    return Optional.of(new AdminToken(new SecretText(text), Optional.of(file), isNew));
  }

  private static void keepToOwner(PrivateFile file, Consumer<String> warn) throws IOException {
    if (!file.isOwn()) {
      file.mend();
      warn.accept(
          file.path()
              + " could be read by users other than its owner. If somebody may have read it, remove"
              + " it: the next start makes a new token.");
    }
  }
}
