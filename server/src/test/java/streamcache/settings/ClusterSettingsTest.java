package streamcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClusterSettingsTest {

  private static final String KEY = "sixteen-letters!";

  private static Settings load(Map<String, String> flags) throws SettingsException {
    return Settings.load(flags, Map.of());
  }

  @Test
  void cluster_notSet_isAlone() throws SettingsException {
    assertThat(load(Map.of()).cluster()).isEmpty();
  }

  @Test
  void cluster_places_areReadWithTheirPorts() throws SettingsException {
    ClusterSettings settings =
        load(Map.of(
                "CLUSTER", "tcp://one, two:7900,[fd00::1]:7810",
                "CLUSTER_KEY", KEY,
                "CLUSTER_PRIMARY", "one"))
            .cluster()
            .orElseThrow();

    assertThat(settings.places())
        .isEqualTo(
            new NodePlaces.Listed(
                List.of(
                    new NodePlace("one", 7800),
                    new NodePlace("two", 7900),
                    new NodePlace("fd00::1", 7810))));
    assertThat(settings.primary()).contains(new NodePlace("one", 7800));
  }

  @Test
  void cluster_dnsName_isRead() throws SettingsException {
    assertThat(load(Map.of("CLUSTER", "dns://nodes", "CLUSTER_KEY", KEY)).cluster())
        .map(ClusterSettings::places)
        .contains(new NodePlaces.Named(new NodePlace("nodes", 7800)));
  }

  @Test
  void cluster_badPlace_isRefused() {
    for (String written : List.of("one,two", "tcp://", "tcp://one:0", "udp://one", "tcp://a b")) {
      assertThatThrownBy(() -> load(Map.of("CLUSTER", written, "CLUSTER_KEY", KEY)))
          .as(written)
          .hasMessageContaining("CLUSTER");
    }
  }

  @Test
  void cluster_withoutKeyOrWithAShortOne_isRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> load(Map.of("CLUSTER", "tcp://one")))
        .hasMessageContaining("CLUSTER is set without CLUSTER_KEY");
    assertThatThrownBy(() -> load(Map.of("CLUSTER", "tcp://one", "CLUSTER_KEY", "fifteen-letters")))
        .hasMessageContaining("CLUSTER_KEY is shorter")
        .hasMessageNotContaining("fifteen");
  }

  @Test
  void clusterKey_alone_warns() throws SettingsException {
    Settings settings = load(Map.of("CLUSTER_KEY", KEY));

    assertThat(settings.cluster()).isEmpty();
    assertThat(settings.warnings()).anyMatch(line -> line.startsWith("CLUSTER_KEY has no effect"));
    assertThat(settings.effective()).noneMatch(each -> each.line().contains(KEY));
  }
}
