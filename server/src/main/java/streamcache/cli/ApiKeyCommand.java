package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import streamcache.admin.ApiKey;
import streamcache.admin.ApiKeys;
import streamcache.admin.Role;

/** The api-key command: lists, makes and ends keys to the API. Shows a key when it is made only. */
final class ApiKeyCommand {

  static final String ROLE = "--role";

  private static final String USAGE =
      "streamcache: write 'api-key add NAME --role read|operate', 'api-key remove NAME' or"
          + " 'api-key list'.";

  private final ApiKeys keys;
  private final PrintWriter out;
  private final PrintWriter err;

  ApiKeyCommand(Path configFolder, PrintWriter out, PrintWriter err) {
    this.keys = new ApiKeys(configFolder, InstantSource.system());
    this.out = out;
    this.err = err;
  }

  int run(Invocation call) {
    List<String> words = call.words();
    Optional<Role> role = call.option(ROLE).flatMap(Role::of);
    try {
      if (words.isEmpty() || words.equals(List.of("list"))) {
        return list();
      }
      if (words.size() == 2 && words.getFirst().equals("add") && role.isPresent()) {
        return add(words.get(1), role.get());
      }
      if (words.size() == 2 && words.getFirst().equals("remove")) {
        return remove(words.get(1));
      }
    } catch (IOException e) {
      err.printf(
          "streamcache: %s cannot be read or written (%s); run this command as the user of the"
              + " server.%n",
          keys.path(), e.getClass().getSimpleName());
      return 1;
    }
    err.println(USAGE);
    return Main.CANNOT_START;
  }

  private int list() throws IOException {
    List<ApiKey> all = keys.all();
    all.forEach(
        key -> out.printf("%-24s %-8s made %s%n", key.name(), key.role().word(), key.made()));
    if (all.isEmpty()) {
      out.println("There are no keys; make one: streamcache api-key add NAME --role read");
    }
    return 0;
  }

  private int add(String name, Role role) throws IOException {
    try {
      out.println(keys.add(name, role));
    } catch (IllegalArgumentException refused) {
      err.println("streamcache: " + refused.getMessage());
      return 1;
    }
    err.println("This key is shown only now. A running server accepts it at once.");
    return 0;
  }

  private int remove(String name) throws IOException {
    if (!keys.remove(name)) {
      err.println("streamcache: there is no key of this name; list them: streamcache api-key list");
      return 1;
    }
    out.println("The key is removed; a running server no longer accepts it.");
    return 0;
  }
}
