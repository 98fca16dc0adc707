package streamcache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms (docs/architecture.md) and a few things nobody may call. */
final class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("streamcache");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("streamcache");

  @Test
  void rooms_importOnlyDownwards() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("range")
        .definedBy("streamcache.range..")
        .layer("link")
        .definedBy("streamcache.link..")
        .layer("settings")
        .definedBy("streamcache.settings..")
        .layer("origin")
        .definedBy("streamcache.origin..")
        .layer("store")
        .definedBy("streamcache.store..")
        .layer("fill")
        .definedBy("streamcache.fill..")
        .layer("playback")
        .definedBy("streamcache.playback..")
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
        .layer("http")
        .definedBy("streamcache.http..")
        .layer("cli")
        .definedBy("streamcache.cli..")
        .whereLayer("range")
        .mayNotAccessAnyLayer()
        .whereLayer("link")
        .mayNotAccessAnyLayer()
        .whereLayer("settings")
        .mayNotAccessAnyLayer()
        .whereLayer("origin")
        .mayOnlyAccessLayers("link", "settings", "range")
        .whereLayer("store")
        .mayOnlyAccessLayers("range", "link", "settings")
        .whereLayer("fill")
        .mayOnlyAccessLayers("origin", "store", "range", "link", "settings")
        .whereLayer("playback")
        .mayOnlyAccessLayers("fill", "origin", "store", "range", "link", "settings")
        .whereLayer("clip")
        .mayNotAccessAnyLayer()
        .whereLayer("trouble")
        .mayOnlyAccessLayers("clip", "playback", "origin", "range", "link", "settings")
        .whereLayer("metrics")
        .mayOnlyAccessLayers("outbox", "trouble", "playback", "fill", "origin", "store", "link")
        .whereLayer("outbox")
        .mayNotAccessAnyLayer()
        .whereLayer("seerr")
        .mayOnlyAccessLayers("outbox", "trouble", "playback", "fill", "origin", "link", "settings")
        .whereLayer("webhook")
        .mayOnlyAccessLayers(
            "outbox", "trouble", "playback", "fill", "store", "origin", "link", "settings")
        .whereLayer("http")
        .mayOnlyAccessLayers("trouble", "playback", "link", "settings")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(PRODUCT);
  }

  /** The run-time image has no java.desktop, and error pages need no fonts of the machine. */
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
