package streamcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import streamcache.durable.AtomicFile;
import streamcache.link.AccountId;

/**
 * The file of profiles: one line per account, below a head with the checksum of the rest. A write
 * takes effect completely or not at all, even if power fails. Blocks; one writer at a time.
 */
final class ProfileFile {

  private static final String OURS = "streamcache habits ";
  private static final String HEAD = OURS + "1 ";

  /** In bytes; a thousand accounts take a tenth of it. */
  private static final long LONGEST = 4L << 20;

  private final Path path;

  ProfileFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * @return empty if there is no file
   * @throws IOException if the file cannot be read or parsed, or fails its checksum
   */
  Map<AccountId, ProviderProfile> read() throws IOException {
    String text;
    try {
      if (Files.size(path) > LONGEST) {
        throw new IOException("too long");
      }
      text = Files.readString(path);
    } catch (NoSuchFileException _) {
      return Map.of();
    }
    int end = text.indexOf('\n') + 1;
    String lines = text.substring(end);
    if (!text.substring(0, end).equals(head(lines))) {
      throw new IOException("checksum mismatch");
    }
    Map<AccountId, ProviderProfile> profiles = new LinkedHashMap<>();
    try {
      lines
          .lines()
          .forEach(line -> {
            int blank = line.indexOf(' ');
            profiles.put(
                new AccountId(line.substring(0, blank)), ProfileLine.parse(line.substring(blank)));
          });
    } catch (RuntimeException e) {
      throw new IOException("invalid content", e);
    }
    return profiles;
  }

  /**
   * @throws IOException also if a file of another program has the name
   */
  void write(Map<AccountId, ProviderProfile> profiles) throws IOException {
    AtomicFile.refuseForeign(path, OURS.getBytes(UTF_8));
    StringBuilder lines = new StringBuilder();
    profiles.forEach((account, known) ->
        lines.append(account.value()).append(ProfileLine.of(known)).append('\n'));
    byte[] content = (head(lines.toString()) + lines).getBytes(UTF_8);
    AtomicFile.replace(path, ByteBuffer.wrap(content));
  }

  private static String head(String lines) {
    CRC32 sum = new CRC32();
    sum.update(lines.getBytes(UTF_8));
    return HEAD + Long.toHexString(sum.getValue()) + "\n";
  }
}
