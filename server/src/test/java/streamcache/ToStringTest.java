package streamcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A record prints all its components by default. In packages that handle URLs, a record with text
 * must either define its own {@code toString} or be listed here with the reason why it has nothing
 * to hide.
 */
final class ToStringTest {

  private static final Set<String> TEXT = Set.of("java.lang.String", "java.util.Map", "byte[]");

  private static final Set<String> NOTHING_TO_HIDE =
      Set.of(
          // Its parts hide their own secrets.
          "streamcache.link.Payload",
          // User agents of players and validators; the link hides its own secrets.
          "streamcache.origin.Fetch",
          "streamcache.origin.HopHeaders",
          // Messages and names of this program.
          "streamcache.link.SpecialBlocks$Row",
          "streamcache.playback.Ended$Cut",
          "streamcache.playback.Multipart$Section",
          "streamcache.http.EarlyResponse",
          "streamcache.http.Judged$Malformed",
          "streamcache.http.TextAnswer",
          "streamcache.http.Service",
          "streamcache.http.ResponseHead",
          "streamcache.http.Forwarding",
          "streamcache.playback.Resource",
          "streamcache.playback.PlaybackRecord",
          // Hosts, and the metadata that a provider sends.
          "streamcache.origin.Destination",
          "streamcache.origin.ForeignSniff$Mark",
          // Fields of a response without those that may be secrets.
          "streamcache.origin.LinkProbe$Field",
          "streamcache.origin.LinkProbe$Head",
          "streamcache.origin.Facts");

  @Test
  void records_withText_decideWhatTheyShow() {
    List<String> undecided =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                    "streamcache.link",
                    "streamcache.origin",
                    "streamcache.http",
                    "streamcache.playback")
                .stream()
                .filter(type -> type.isRecord() && holdsText(type) && !decides(type))
                .map(JavaClass::getName)
                .filter(name -> !NOTHING_TO_HIDE.contains(name))
                .filter(name -> !name.startsWith("streamcache.origin.Failure$"))
                .sorted()
                .toList();

    assertThat(undecided).isEmpty();
  }

  private static boolean holdsText(JavaClass type) {
    return type.getFields().stream().anyMatch(field -> TEXT.contains(field.getRawType().getName()));
  }

  /** A generated {@code toString} is linked at run time through {@code ObjectMethods}. */
  private static boolean decides(JavaClass type) {
    return method(type, "toString")
        .flatMap(MethodModel::code)
        .map(code -> code.elementStream().noneMatch(ToStringTest::isMadeByThePlatform))
        .orElse(true);
  }

  private static Optional<MethodModel> method(JavaClass type, String name) {
    Path source = Path.of(type.getSource().orElseThrow().getUri());
    try {
      return ClassFile.of().parse(source).methods().stream()
          .filter(method -> method.methodName().equalsString(name))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMadeByThePlatform(CodeElement element) {
    return element instanceof InvokeDynamicInstruction call
        && call.bootstrapMethod().owner().displayName().equals("ObjectMethods");
  }
}
