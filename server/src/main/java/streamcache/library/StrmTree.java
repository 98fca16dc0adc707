package streamcache.library;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import streamcache.durable.FileRewrite;

/**
 * Walks through a folder of the library. Follows no symbolic link, which could lead out of it or
 * form a loop. Blocks; one thread.
 */
final class StrmTree {

  /** What a walk finds. */
  interface Visitor {

    /** A folder, before what is in it. */
    default void folder(Path folder) {}

    /** A file with the name of a {@code .strm} file. */
    void file(Path file) throws IOException;

    /** A file that a killed run has left. */
    void draft(Path file);

    /** Something that is not read, and why. */
    void result(StrmResult result);
  }

  private StrmTree() {}

  static boolean isStrm(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".strm");
  }

  /**
   * @param isStopping whether to end early
   */
  static void walk(Path folder, Visitor visitor, BooleanSupplier isStopping) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
            visitor.folder(found);
            return next();
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            visit(file, attributes, visitor);
            return next();
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            visitor.result(new StrmResult(file, StrmFailure.read(failure)));
            return next();
          }

          @Override
          public FileVisitResult postVisitDirectory(Path found, @Nullable IOException failure) {
            if (failure != null) {
              visitor.result(new StrmResult(found, StrmFailure.read(failure)));
            }
            return next();
          }

          private FileVisitResult next() {
            return isStopping.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
  }

  private static void visit(Path file, BasicFileAttributes attributes, Visitor visitor)
      throws IOException {
    if (FileRewrite.isDraft(file)) {
      visitor.draft(file);
    } else if (isStrm(file) && attributes.isSymbolicLink()) {
      visitor.result(new StrmResult(file, new StrmDecision.Left(LeftAlone.SYMBOLIC_LINK)));
    } else if (isStrm(file) && attributes.isRegularFile()) {
      visitor.file(file);
    }
  }
}
