package streamcache.admin;

import streamcache.settings.Effective;
import streamcache.settings.ProviderBlock;
import streamcache.settings.ProviderTable;
import streamcache.settings.RunTimeSettings;
import streamcache.settings.Setting;
import streamcache.settings.SettingsReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows the settings in effect, with secrets masked, and which of them can be changed now. */
record SettingList(SettingsInEffect inEffect, SettingsReader reader) {

  /**
   * @param etag of the file that they were read from
   */
  ObjectNode show(String etag) {
    ObjectNode answer = ApiAnswer.object().put("etag", etag).put("file", reader.file().toString());
    ArrayNode rows = answer.putArray("settings");
    inEffect.effective().forEach(each -> add(each, rows.addObject()));
    ArrayNode blocks = answer.putArray("providers");
    inEffect.providers().all().forEach(block -> add(block, blocks.addObject()));
    return answer;
  }

  private void add(Effective each, ObjectNode row) {
    Setting<?> setting = each.setting();
    boolean isChangeable =
        RunTimeSettings.takesEffect(setting) && reader.outside(setting).isEmpty();
    row.put("name", setting.name())
        .put("default", setting.standard())
        .put("from", each.where())
        .put("meaning", setting.meaning())
        .put("allowed", setting.kind().brief())
        .put("changeable", isChangeable);
    each.shown().ifPresent(value -> row.put("value", value));
  }

  private static void add(ProviderBlock block, ObjectNode row) {
    ArrayNode keys = row.put("hosts", block.hosts().toString()).putArray("keys");
    for (Setting<?> key : ProviderTable.all()) {
      block.shownAll(key).forEach(value -> add(key, value, keys.addObject()));
    }
  }

  private static void add(Setting<?> key, String value, ObjectNode row) {
    row.put("name", key.name())
        .put("value", value)
        .put("changeable", RunTimeSettings.takesEffectInBlock(key));
  }
}
