package streamcache.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamcache.durable.PrivateFile;

/**
 * The file with the keys to the API, one a line. Commands change it, one at a time; a running
 * server reads it at each request, so that a removed key ends at once. Blocks.
 */
public final class ApiKeys {

  private static final String NAME = "api.keys";

  /** In bytes, about a thousand keys; the rest of a longer file is not read. */
  private static final int MOST_BYTES = 256 * 1024;

  private final PrivateFile file;
  private final InstantSource clock;

  /**
   * @param folder of the configuration
   */
  public ApiKeys(Path folder, InstantSource clock) {
    this.file = new PrivateFile(folder.resolve(NAME));
    this.clock = clock;
  }

  public Path path() {
    return file.path();
  }

  /** All keys; lines that hold none are left out. */
  public List<ApiKey> all() throws IOException {
    try (var in = Files.newInputStream(file.path())) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
      return text.lines().flatMap(line -> ApiKey.read(line).stream()).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  /**
   * Adds a key and returns it; it is kept nowhere else.
   *
   * @throws IllegalArgumentException with a sentence if the name is taken or is none
   */
  public String add(String name, Role role) throws IOException {
    if (!ApiKey.isName(name)) {
      throw new IllegalArgumentException(
          "A name of a key has up to 64 letters, digits, dots, hyphens and underscores.");
    }
    List<ApiKey> keys = new ArrayList<>(all());
    if (keys.stream().anyMatch(key -> key.name().equals(name))) {
      throw new IllegalArgumentException(
          "There is a key of this name; remove it first, or choose another name.");
    }
    String token = TokenDigest.newToken();
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    keys.add(new ApiKey(name, role, today.toString(), TokenDigest.of(token)));
    write(keys);
    return token;
  }

  /** Removes the key of that name; false if there is none. */
  public boolean remove(String name) throws IOException {
    List<ApiKey> keys = new ArrayList<>(all());
    boolean isRemoved = keys.removeIf(key -> key.name().equals(name));
    if (isRemoved) {
      write(keys);
    }
    return isRemoved;
  }

  /** The key with that digest. */
  Optional<ApiKey> of(TokenDigest presented) throws IOException {
    Optional<ApiKey> found = Optional.empty();
    for (ApiKey key : all()) {
      found = key.digest().isOf(presented) ? Optional.of(key) : found;
    }
    return found;
  }

  private void write(List<ApiKey> keys) throws IOException {
    StringBuilder text = new StringBuilder();
    keys.forEach(key -> text.append(key.line()).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    if (Files.exists(file.path())) {
      file.replace(bytes);
    } else {
      file.makeOnce(bytes);
    }
  }
}
