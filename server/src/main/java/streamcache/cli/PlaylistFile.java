package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import streamcache.catalog.CatalogSource;

/** A playlist on disk. */
record PlaylistFile(Path file) implements CatalogSource {

  @Override
  public String shownName() {
    return file.toString();
  }

  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // To open it says what is wrong.
    }
  }

  @Override
  public InputStream open() throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name the playlist in it.");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException none) {
      throw new IOException("There is no file " + file + ".");
    } catch (AccessDeniedException denied) {
      throw new IOException("The file " + file + " cannot be read: permission denied.");
    }
  }
}
