package streamcache.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamcache.link.AccountId;
import streamcache.link.SafeText;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.ProviderBlock;
import streamcache.settings.ProviderBlocks;
import streamcache.settings.ProviderRules;
import streamcache.settings.Settings;

/**
 * The providers command: which block of the settings applies to which host, what was learned about
 * it, and which blocks have matched no host so far.
 */
final class ProvidersCommand {

  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:/\\s*@]+)(?::([0-9]{1,5}))?");

  private static final int HTTP_PORT = 80;

  private final Settings settings;
  private final ProviderBlocks blocks;
  private final ProviderProfiles profiles;
  private final PrintWriter out;

  /**
   * @param profiles as last written by the server
   */
  ProvidersCommand(Settings settings, ProviderProfiles profiles, PrintWriter out) {
    this.settings = settings;
    this.blocks = settings.fill().providers();
    this.profiles = profiles;
    this.out = out;
  }

  int run(List<String> words) {
    return words.isEmpty() ? all() : one(words.getFirst());
  }

  private int all() {
    Map<AccountId, ProviderProfile> known = profiles.all();
    known.forEach(this::print);
    List<ProviderBlock> idle =
        blocks.all().stream()
            .filter(block ->
                known.keySet().stream()
                    .filter(account -> account.name().isEmpty())
                    .noneMatch(account -> block.hosts().names(account.host(), account.port())))
            .toList();
    idle.forEach(block -> out.println(block + " has matched no provider so far."));
    if (known.isEmpty() && idle.isEmpty()) {
      out.println("No provider has settings of its own, and none has been contacted so far.");
    }
    return 0;
  }

  private int one(String written) {
    Matcher host = HOST.matcher(written);
    if (!host.matches()) {
      out.println("streamcache: this is not a host; write it like panel.example.org:8080.");
      return Main.CANNOT_START;
    }
    String name = host.group(1).toLowerCase(Locale.ROOT);
    Optional<Integer> port = Optional.ofNullable(host.group(2)).map(Integer::valueOf);
    List<AccountId> known =
        profiles.all().keySet().stream()
            .filter(account -> account.host().equals(name))
            .filter(account -> port.orElse(account.port()) == account.port())
            .toList();
    known.forEach(account -> print(account, profiles.of(account)));
    if (known.isEmpty()) {
      print(new AccountId(name + ":" + port.orElse(HTTP_PORT)), ProviderProfile.NONE);
    }
    return 0;
  }

  private void print(AccountId account, ProviderProfile profile) {
    out.println(SafeText.of(account.value()));
    ProviderRules rules;
    if (account.name().isPresent()) {
      String name = account.name().get();
      blocks.ofAccount(name).forEach(block -> line("named", "in " + block));
      rules = settings.fill().accountRules(name);
    } else {
      List<ProviderBlocks.Applied> applied = blocks.applied(account.host(), account.port());
      applied.forEach(setting -> line("set", set(setting)));
      if (applied.isEmpty()) {
        line("set", "nothing for this provider");
      }
      rules = settings.fill().rules(account.host(), account.port());
    }
    List<String> lessons = new ProfileWords(account, profile, rules).lines(profiles.today());
    lessons.forEach(lesson -> line("learned", lesson));
    if (lessons.isEmpty()) {
      line("learned", "nothing so far");
    }
  }

  private static String set(ProviderBlocks.Applied setting) {
    String over =
        setting.over().stream().map(ProviderBlock::toString).collect(Collectors.joining(", "));
    return setting.key()
        + " = "
        + setting.value()
        + "   # "
        + setting.from()
        + (over.isEmpty() ? "" : ", overrides " + over);
  }

  private void line(String what, String text) {
    out.printf("  %-8s %s%n", what, text);
  }
}
