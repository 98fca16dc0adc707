package streamcache.catalog;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks a playlist that is packed with gzip or zip, recognized by its first bytes. */
final class Unpacking {

  private static final int BUFFER = 1 << 16;

  /** A gzip file may be packed again by the server that sends it; more often is an attack. */
  private static final int MOST_LAYERS = 3;

  private Unpacking() {}

  /** The text inside {@code packed}; closing it closes {@code packed}. */
  static InputStream of(InputStream packed) throws IOException {
    InputStream inner = buffered(packed);
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      byte[] start = start(inner);
      if (isGzip(start)) {
        inner = buffered(new GZIPInputStream(inner, BUFFER));
      } else if (isZip(start)) {
        inner = buffered(playlistOf(new ZipInputStream(inner)));
      } else {
        return inner;
      }
    }
    throw new PlaylistException("The playlist is packed more than three times; unpack it first.");
  }

  private static InputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }

  private static byte[] start(InputStream in) throws IOException {
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    return start;
  }

  private static boolean isGzip(byte[] start) {
    return start.length >= 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B;
  }

  private static boolean isZip(byte[] start) {
    return start.length == 4
        && start[0] == 'P'
        && start[1] == 'K'
        && start[2] == 3
        && start[3] == 4;
  }

  private static InputStream playlistOf(ZipInputStream zip) throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName().toLowerCase(Locale.ROOT);
      if (name.endsWith(".m3u") || name.endsWith(".m3u8") || name.endsWith(".txt")) {
        return zip;
      }
    }
    throw new PlaylistException(
        "The zip file contains no playlist: no file ends in .m3u or .m3u8.");
  }
}
