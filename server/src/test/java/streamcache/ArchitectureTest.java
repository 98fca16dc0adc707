package streamcache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Enforces the dependencies between packages (docs/architecture.md) and forbids certain calls. */
final class ArchitectureTest {

  /** The folder that the test classes were compiled to. */
  private static final String OWN_PLACE =
      ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();

  private static final int MOST_IN_A_KNOT = 6;

  private static final Set<String> TO_RENAME_OR_DRAFT =
      Set.of("move", "createTempFile", "createTempDirectory");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(place -> !place.contains(OWN_PLACE))
          .importPackages("streamcache");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(place -> place.contains(OWN_PLACE))
          .importPackages("streamcache");

  @Test
  void rooms_importOnlyDownwards() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("range")
        .definedBy("streamcache.range..")
        .layer("event")
        .definedBy("streamcache.event..")
        .layer("durable")
        .definedBy("streamcache.durable..")
        .layer("link")
        .definedBy("streamcache.link..")
        .layer("catalog")
        .definedBy("streamcache.catalog..")
        .layer("settings")
        .definedBy("streamcache.settings..")
        .layer("media")
        .definedBy("streamcache.media..")
        .layer("live")
        .definedBy("streamcache.live..")
        .layer("origin")
        .definedBy("streamcache.origin..")
        .layer("store")
        .definedBy("streamcache.store..")
        .layer("schedule")
        .definedBy("streamcache.schedule..")
        .layer("fill")
        .definedBy("streamcache.fill..")
        .layer("playback")
        .definedBy("streamcache.playback..")
        .layer("cluster")
        .definedBy("streamcache.cluster..")
        .layer("prewarm")
        .definedBy("streamcache.prewarm..")
        .layer("clip")
        .definedBy("streamcache.clip..")
        .layer("trouble")
        .definedBy("streamcache.trouble..")
        .layer("metrics")
        .definedBy("streamcache.metrics..")
        .layer("outbox")
        .definedBy("streamcache.outbox..")
        .layer("seerr")
        .definedBy("streamcache.seerr..")
        .layer("webhook")
        .definedBy("streamcache.webhook..")
        .layer("library")
        .definedBy("streamcache.library..")
        .layer("xtream")
        .definedBy("streamcache.xtream..")
        .layer("http")
        .definedBy("streamcache.http..")
        .layer("admin")
        .definedBy("streamcache.admin..")
        .layer("cli")
        .definedBy("streamcache.cli..")
        .whereLayer("range")
        .mayNotAccessAnyLayer()
        .whereLayer("event")
        .mayNotAccessAnyLayer()
        .whereLayer("durable")
        .mayOnlyAccessLayers("range")
        .whereLayer("link")
        .mayOnlyAccessLayers("durable")
        .whereLayer("catalog")
        .mayOnlyAccessLayers("durable", "link", "settings")
        .whereLayer("settings")
        .mayNotAccessAnyLayer()
        .whereLayer("media")
        .mayNotAccessAnyLayer()
        .whereLayer("live")
        .mayOnlyAccessLayers("media")
        .whereLayer("origin")
        .mayOnlyAccessLayers("media", "durable", "link", "settings", "range")
        .whereLayer("store")
        .mayOnlyAccessLayers("event", "durable", "range", "link", "settings")
        .whereLayer("schedule")
        .mayOnlyAccessLayers("origin", "range", "link")
        .whereLayer("fill")
        .mayOnlyAccessLayers(
            "event", "schedule", "origin", "store", "live", "media", "range", "link", "settings")
        .whereLayer("playback")
        .mayOnlyAccessLayers(
            "event", "fill", "origin", "store", "live", "range", "link", "settings")
        .whereLayer("cluster")
        .mayOnlyAccessLayers("playback", "fill", "origin", "link", "settings")
        .whereLayer("prewarm")
        .mayOnlyAccessLayers(
            "event",
            "trouble",
            "playback",
            "fill",
            "origin",
            "store",
            "catalog",
            "library",
            "durable",
            "range",
            "link",
            "settings")
        .whereLayer("clip")
        .mayNotAccessAnyLayer()
        .whereLayer("trouble")
        .mayOnlyAccessLayers(
            "event", "clip", "playback", "origin", "media", "range", "link", "settings")
        .whereLayer("metrics")
        .mayOnlyAccessLayers(
            "event", "outbox", "trouble", "playback", "library", "fill", "origin", "store", "link")
        .whereLayer("outbox")
        .mayOnlyAccessLayers("durable", "event")
        .whereLayer("seerr")
        .mayOnlyAccessLayers(
            "event",
            "outbox",
            "trouble",
            "playback",
            "fill",
            "origin",
            "durable",
            "link",
            "settings")
        .whereLayer("webhook")
        .mayOnlyAccessLayers(
            "event",
            "outbox",
            "trouble",
            "playback",
            "fill",
            "store",
            "origin",
            "durable",
            "link",
            "settings")
        .whereLayer("library")
        .mayOnlyAccessLayers("event", "durable", "link")
        .whereLayer("xtream")
        .mayOnlyAccessLayers("catalog", "durable", "link", "origin", "settings")
        .whereLayer("http")
        .mayOnlyAccessLayers("event", "trouble", "playback", "link", "settings")
        .whereLayer("admin")
        .mayOnlyAccessLayers(
            "http",
            "cluster",
            "event",
            "prewarm",
            "playback",
            "fill",
            "schedule",
            "origin",
            "store",
            "durable",
            "range",
            "link",
            "settings",
            "trouble")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(PRODUCT);
  }

  /** A class name has one meaning, so a reader need not look up its package. */
  @Test
  void sources_simpleNameOfAClass_isUnique() throws IOException {
    Map<String, Long> times = new HashMap<>();
    for (String module : List.of("server", "testkit", "bench", "dist")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java") && !name.endsWith("-info.java"))
            .forEach(name -> times.merge(name, 1L, Long::sum));
      }
    }
    assertThat(times).hasSizeGreaterThan(900);
    assertThat(times).allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1));
  }

  /** The power-cut tests of durable hold for every file that is replaced or made durable. */
  @Test
  void product_onlyDurable_syncsRenamesAndWritesTemporaryFiles() {
    DescribedPredicate<JavaMethodCall> ofDurable =
        DescribedPredicate.describe(
            "sync, rename or create a temporary file",
            call ->
                (call.getTargetOwner().isAssignableTo(FileChannel.class)
                        && call.getName().equals("force"))
                    || (call.getTargetOwner().isEquivalentTo(Files.class)
                        && TO_RENAME_OR_DRAFT.contains(call.getName())));
    noClasses()
        .that()
        .resideOutsideOfPackages("streamcache.durable..", "streamcache.testkit..")
        .should()
        .callMethodWhere(ofDurable)
        .check(PRODUCT);
  }

  /** Reading one class of a dependency cycle means reading all of them. */
  @Test
  void rooms_haveNoLargeKnots() {
    List<Set<String>> large =
        Knots.of(PRODUCT.stream().filter(type -> !isOfTestkit(type)).toList()).stream()
            .filter(knot -> knot.size() > MOST_IN_A_KNOT)
            .toList();
    assertThat(large).isEmpty();
  }

  private static boolean isOfTestkit(JavaClass type) {
    return type.getPackageName().startsWith("streamcache.testkit");
  }

  /** The same events at the same times have the same effects, simulated or in production. */
  @Test
  void schedule_readsNoClock_startsNoThread_touchesNoFileOrSocket() {
    noClasses()
        .that()
        .resideInAPackage("streamcache.schedule..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio..",
            "java.util.concurrent",
            "java.util.concurrent.locks..",
            "org.slf4j..",
            "streamcache.store..",
            "streamcache.settings..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.time.Clock.class,
            java.time.Instant.class,
            java.time.InstantSource.class,
            Thread.class,
            System.class)
        .check(PRODUCT);
    noClasses()
        .that()
        .resideInAPackage("streamcache.schedule..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("streamcache.origin..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.assignableTo("streamcache.origin.Failure"))))
        .check(PRODUCT);
  }

  /** A server that is alone loads none of it. */
  @Test
  void product_onlyCluster_knowsJGroups() {
    noClasses()
        .that()
        .resideOutsideOfPackage("streamcache.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jgroups..")
        .check(PRODUCT);
  }

  /** The run-time image has no java.desktop, and error pages need no installed fonts. */
  @Test
  void product_needsNoDesktop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..")
        .check(PRODUCT);
  }

  @Test
  void product_neitherSleepsNorUsesJavaNetUrl() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.net.URL.class)
        .check(PRODUCT);
  }

  @Test
  void tests_neitherSleepNorAreSwitchedOff() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(TESTS);
    DescribedPredicate<JavaClass> switchedOff =
        DescribedPredicate.describe(
            "are switched off",
            type ->
                isDisabled(type.getAnnotations())
                    || type.getMethods().stream().anyMatch(ArchitectureTest::isDisabled));
    noClasses()
        .that(switchedOff)
        .should()
        .bePublic()
        .orShould()
        .notBePublic()
        .allowEmptyShould(true)
        .check(TESTS);
  }

  private static boolean isDisabled(JavaMethod method) {
    return isDisabled(method.getAnnotations());
  }

  private static boolean isDisabled(java.util.Set<? extends JavaAnnotation<?>> annotations) {
    return annotations.stream()
        .anyMatch(annotation -> annotation.getRawType().isEquivalentTo(Disabled.class));
  }
}
