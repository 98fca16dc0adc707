package streamcache.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One import block of streamcache.conf: an account whose films and series the server keeps in a
 * folder.
 *
 * @param name for messages
 * @param where file and line of its header
 * @param kinds at least one
 * @param prunes whether what the panel no longer lists is removed
 * @param written the values by key, as written
 */
public record ImportBlock(
    String name,
    String where,
    Endpoint url,
    String user,
    SecretText password,
    Path folder,
    Set<ImportKind> kinds,
    boolean prunes,
    Map<String, String> written) {

  public ImportBlock {
    kinds = Set.copyOf(kinds);
    written = Map.copyOf(written);
  }

  /** Lines that streamcache.conf accepts, with user and password masked. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("[import " + name + "]  # " + where);
    for (Setting<?> key : ImportTable.all()) {
      if (written.containsKey(key.name())) {
        String shown = shown(key);
        lines.add(key.name() + "=" + (shown.contains("#") ? "\"" + shown + "\"" : shown));
      }
    }
    return lines;
  }

  private String shown(Setting<?> key) {
    if (key.equals(ImportTable.PASSWORD) || key.equals(ImportTable.USER)) {
      return "****";
    }
    return key.equals(ImportTable.URL) ? url.toString() : written.getOrDefault(key.name(), "");
  }

  /** Omits user and password. */
  @Override
  public String toString() {
    return "[import " + name + "] at " + where;
  }
}
