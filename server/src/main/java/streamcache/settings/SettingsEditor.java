package streamcache.settings;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the content of {@code streamcache.conf} with which some settings have other values, and
 * checks it as a start would. Writes nothing. Immutable; any thread.
 */
public final class SettingsEditor {

  /**
   * A content that a start would accept.
   *
   * @param settings what a start would read from it
   */
  public record Edited(String text, Settings settings) {

    /** As it is written. */
    public byte[] content() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The content may hold secrets. */
    @Override
    public String toString() {
      return "Edited[" + ConfigFile.NAME + "]";
    }
  }

  private final SettingsReader reader;

  public SettingsEditor(SettingsReader reader) {
    this.reader = reader;
  }

  /**
   * Changes settings of the server.
   *
   * @param content of the file; empty if there is none
   * @param changes by name; an empty value removes the setting from the file
   * @throws SettingsException with a sentence for each error, as a start would print it
   * @throws FixedSettingException if a setting needs a restart, or is set outside the file
   */
  public Edited change(byte[] content, Map<String, Optional<String>> changes)
      throws SettingsException, FixedSettingException {
    ConfigEdit edit = edit(content);
    for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
      Setting<?> setting = known(change.getKey());
      Optional<String> outside = reader.outside(setting);
      if (outside.isPresent()) {
        throw new FixedSettingException(
            "%s is set by %s, which takes precedence over %s; change it there and restart the server."
                .formatted(setting.name(), outside.get(), ConfigFile.NAME));
      }
      if (!RunTimeSettings.takesEffect(setting)) {
        throw needsRestart(setting.name());
      }
      if (change.getValue().isPresent()) {
        set(edit, Optional.empty(), setting, change.getValue().get());
      } else {
        edit.remove(Optional.empty(), namesOf(setting));
      }
    }
    return checked(edit);
  }

  /**
   * Changes keys of a provider block, which is added if there is none.
   *
   * @param hosts as in the header of the block
   * @param changes by name; no value removes the key, and only HEADER may have several
   */
  public Edited changeProvider(byte[] content, String hosts, Map<String, List<String>> changes)
      throws SettingsException, FixedSettingException {
    HostGlob block = block(hosts);
    ConfigEdit edit = edit(content);
    for (Map.Entry<String, List<String>> change : changes.entrySet()) {
      Setting<?> key = knownKey(change.getKey());
      if (!RunTimeSettings.takesEffectInBlock(key)) {
        throw needsRestart(key.name() + " of a provider block");
      }
      List<String> values = change.getValue();
      boolean isList = key.equals(ProviderTable.HEADER);
      if (isList || values.isEmpty()) {
        edit.remove(Optional.of(block), List.of(key.name()));
      }
      if (!isList && values.size() > 1) {
        throw wrong(key.name() + " takes one value.");
      }
      for (String value : values) {
        if (isList) {
          expectFit(edit.add(Optional.of(block), key.name(), oneLine(key, value)), key);
        } else {
          set(edit, Optional.of(block), key, value);
        }
      }
    }
    return checked(edit);
  }

  /** Removes a provider block. */
  public Edited removeProvider(byte[] content, String hosts)
      throws SettingsException, FixedSettingException {
    HostGlob block = block(hosts);
    ConfigEdit edit = edit(content);
    if (!edit.hasBlock(block)) {
      throw wrong(ConfigFile.NAME + " has no block for these hosts.");
    }
    Settings before = reader.read(content);
    for (ProviderBlock old : before.fill().providers().all()) {
      for (Setting<?> key : ProviderTable.all()) {
        boolean isFixed = old.hosts().equals(block) && old.sets(key);
        if (isFixed && !RunTimeSettings.takesEffectInBlock(key)) {
          throw needsRestart(key.name() + " of this block");
        }
      }
    }
    edit.removeBlock(block);
    return checked(edit);
  }

  private static ConfigEdit edit(byte[] content) throws SettingsException {
    try {
      return new ConfigEdit(ConfigFile.decoded(content));
    } catch (CharacterCodingException e) {
      throw wrong(ConfigFile.NAME + " is not UTF-8 text; save it in UTF-8.");
    }
  }

  private Edited checked(ConfigEdit edit) throws SettingsException {
    String text = edit.text();
    return new Edited(text, reader.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void set(
      ConfigEdit edit, Optional<HostGlob> block, Setting<?> setting, String value)
      throws SettingsException {
    expectFit(edit.set(block, setting.name(), oneLine(setting, value)), setting);
  }

  private static String oneLine(Setting<?> setting, String value) throws SettingsException {
    if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw wrong(
          setting.name()
              + " has to be one line of text; null removes it from "
              + ConfigFile.NAME
              + ".");
    }
    return value.strip();
  }

  private static void expectFit(boolean fits, Setting<?> setting) throws SettingsException {
    if (!fits) {
      throw wrong(
          setting.name() + " cannot be written on one line; use only one kind of quotation mark.");
    }
  }

  /** The setting and the names of the nginx version that set it. */
  private static List<String> namesOf(Setting<?> setting) {
    List<String> names = new ArrayList<>();
    names.add(setting.name());
    SeedNames.ALIASES.forEach((name, alias) -> {
      if (alias.setting().equals(setting)) {
        names.add(name);
      }
    });
    return names;
  }

  private static Setting<?> known(String name) throws SettingsException {
    return SettingsTable.all().stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "Unknown setting "
                    + Sources.cleaned(name)
                    + KnownNames.nearest(name)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; docs/settings.md lists all.")));
  }

  private static Setting<?> knownKey(String name) throws SettingsException {
    return ProviderTable.all().stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "Unknown key "
                    + Sources.cleaned(name)
                    + KnownNames.nearest(name, ProviderTable.all().stream().map(Setting::name))
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; docs/providers.md lists the keys.")));
  }

  private static HostGlob block(String hosts) throws SettingsException {
    return HostGlob.parse(hosts)
        .orElseThrow(() -> wrong("The path has to name " + BlockReader.HOSTS + "."));
  }

  private static FixedSettingException needsRestart(String name) {
    return new FixedSettingException(
        name + " needs a restart; change it in " + ConfigFile.NAME + " and restart the server.");
  }

  private static SettingsException wrong(String sentence) {
    return new SettingsException(List.of(sentence));
  }
}
